"""Reports as fact sheets hold them: one a line, its claims in our own short wording, without the text of the report.

Fields of a report: `id`, `outlet`, `url`, `language`, `published` or `published_inferred`, `title_paraphrase`,
`wire_origin` with `wire_origin_basis`, `claims`; of a claim: `claim_id`, `paraphrase`, `event_type`, `actor`,
`target`, `place`, `quantity`, `event_time`, `status`, `source`, `source_type`, `via`. The document's text is the
paraphrases, one a line, and each claim's evidence is its line: what it quotes is a paraphrase, not the report.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from dateline.ingest.claims.fields import Record, Unfit, moment, needed, words
from dateline.ingest.claims.imported import Imported, Log
from dateline.ingest.claims.propositions import Given, proposition
from dateline.ingest.claims.voices import Carrier, agencies
from dateline.ingest.report import LONGEST
from dateline.model import Claim, Document, Evidence, identified

FILES: Final = ("reports.jsonl", "seeds.jsonl")
"""The files of a folder of facts, in the order they are read."""
MOST_CLAIMS: Final = 2000
"""Claims of one report that are read."""

_BRACKETS = re.compile(r"\s*\([^)]*\)")


def fits(record: Record) -> bool:
    """Whether a line is a report of this format."""
    return isinstance(record.get("claims"), list) and "id" in record


def report(record: Record, line: int, path: str | None) -> Imported:
    """The report of one line, its claims and what could not be taken over."""
    log = Log(line, path)
    items = record["claims"][:MOST_CLAIMS]
    if len(record["claims"]) > MOST_CLAIMS:
        log.note("bad_report", f"{len(record['claims'])} claims, the first {MOST_CLAIMS} are read")
    written = {at: text for at, item in enumerate(items) if (text := _paraphrase(item, log)) is not None}
    if not written or sum(map(len, written.values())) > LONGEST:
        log.note("bad_report", "no claim with a paraphrase" if not written else f"more than {LONGEST} characters")
        return Imported(None, issues=tuple(log.issues))
    try:
        document, named = _document(record, "\n".join(written.values()), log)
    except Unfit as error:
        log.note("bad_report", str(error))
        return Imported(None, issues=tuple(log.issues))
    carrier = Carrier(log.tried(partial(words, record, "outlet")), agencies(document.agency or ""))
    claims: list[Claim] = []
    external = [(document.id, named)]
    start = 0
    for at, text in written.items():
        evidence = Evidence(start, start + len(text), text)
        start = evidence.end + 1
        given = Given(items[at], text, document, carrier, log)
        claim = proposition(given, evidence)
        if claim is not None:
            claims.append(claim)
            external += [(claim.id, name) for name in [given.name] if name is not None]
    issues = tuple(replace(issue, document=document.id) for issue in log.issues)
    return Imported(document, tuple(claims), tuple(external), issues)


def load_facts(folder: Path) -> tuple[list[Document], list[Claim], dict[str, str]]:
    """The documents and claims of a folder of facts, and the external id of each by ours."""
    documents, claims, external = list[Document](), list[Claim](), dict[str, str]()
    for name in FILES:
        file = folder / name
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            found = report(json.loads(line), 0, str(file))
            if found.document is not None:
                documents.append(found.document)
                claims.extend(found.claims)
                external.update(found.external)
    return documents, claims, external


def _paraphrase(item: object, log: Log) -> str | None:
    """The words of a claim; they stay in the text even where nothing else of it can be used."""
    if not isinstance(item, Mapping):
        log.note("bad_claim", "a claim is no object")
        return None
    try:
        return needed(item, "paraphrase")
    except Unfit as error:
        log.note("bad_claim", str(error), str(item.get("claim_id"))[:40])
        return None


def _document(record: Record, text: str, log: Log) -> tuple[Document, str]:
    """The document of a report, and the id it has elsewhere."""
    name = needed(record, "id")
    values: dict[str, str | None] = {}
    provenance: dict[str, str] = {"text": "paraphrase"}
    for field, key in (("title", "title_paraphrase"), ("outlet", "outlet"), ("url", "url"), ("language", "language")):
        values[field] = log.tried(partial(words, record, key))
    for key, where in (("published", "given"), ("published_inferred", "inferred")):
        if values.get("published") is None:
            values["published"] = log.tried(partial(moment, record, key))
            provenance |= {"published": where} if values["published"] is not None else {}
    outlet = values["outlet"]
    if outlet is not None and "(" in outlet:
        provenance["outlet"] = f"given as “{outlet}”"
        values["outlet"] = _BRACKETS.sub("", outlet).strip() or outlet
    wire = log.tried(partial(words, record, "wire_origin"))
    if wire is not None and (credits := agencies(wire)):
        values["agency"] = "; ".join(credits)
        how = log.tried(partial(words, record, "wire_origin_basis")) or "given"
        provenance["agency"] = "named in the text" if "named in the text" in wire else how
    provenance |= {field: "given" for field, value in values.items() if value is not None and field not in provenance}
    sha = hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
    document = Document("", text, sha, provenance=dict(sorted(provenance.items())), **values)  # type: ignore[arg-type]
    return identified(document), name
