"""Claims as the annotation guide writes them, one a line: gathered by document, their values checked one by one.

A line carries its report's id, outlet, address, title and day, not its text. Where the ledger holds the document, the
claim keeps its offsets. Else the text of the imported document is the pieces of evidence of its claims, one a line in
the order they stand in, and offsets are counted anew; `basis` of a claim tells the old ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from dateline.ingest.claims.fields import Record, Unfit, moment, needed, record_at, words
from dateline.ingest.claims.imported import VERSION, Imported, Log
from dateline.ingest.claims.slots import Offsets, claim_of, pieces_of
from dateline.ingest.report import LONGEST
from dateline.model import DATA_SET_ROW, Claim, Document, Evidence, Issue, content_id, identified

_FIELDS: Final = ("title", "outlet", "url", "language")


def fits(record: Record) -> bool:
    """Whether a line is a claim of this format."""
    return "kind" in record and isinstance(record.get("document"), dict) and isinstance(record.get("evidence"), list)


@dataclass(slots=True)
class _Report:
    """The lines of one report: its reference from the first of them, and every claim with its evidence."""

    name: str
    values: dict[str, str | None]
    lines: list[tuple[Record, tuple[Evidence, ...], Log]] = field(default_factory=list)


class Claims:
    """Gathers the claims of a file by report; `held` gives a document of the ledger by its id."""

    def __init__(self, path: str | None, held: Callable[[str], Document | None]) -> None:
        self._path = path
        self._held = held
        self._reports: dict[str, _Report] = {}
        self._refused: list[Issue] = []

    def take(self, record: Record, line: int) -> None:
        """Keep the claim of a line for its report."""
        log = Log(line, self._path)
        try:
            reference = record_at(record, "document") or {}
            name = needed(reference, "id")
            evidence = pieces_of(record)
        except Unfit as error:
            log.note("bad_claim", str(error))
            self._refused += log.issues
            return
        report = self._reports.get(name)
        if report is None:
            values = {key: log.tried(partial(words, reference, key)) for key in _FIELDS}
            values["published"] = log.tried(partial(moment, reference, "published"))
            report = self._reports[name] = _Report(name, values)
        report.lines.append((record, evidence, log))

    def reports(self) -> Iterator[Imported]:
        """Every report that was gathered, in the order of its first line."""
        if self._refused:
            yield Imported(None, issues=tuple(self._refused))
        for report in self._reports.values():
            yield self._report(report)

    def _report(self, report: _Report) -> Imported:
        held = self._held(report.name)
        document, offsets = (None, None) if held is None else _kept(report, held)
        if document is None or offsets is None:
            document, offsets = _built(report)
        if len(document.text) > LONGEST:
            message = f"{report.name[:80]}: {len(document.text)} characters of evidence, at most {LONGEST} are read"
            return Imported(None, issues=(Issue("too_long", message, path=self._path),))
        claims: dict[str, Claim] = {}
        external = {(document.id, report.name): None} if document.id != report.name else {}
        issues: list[Issue] = []
        for record, evidence, log in report.lines:
            claim = _claim(record, evidence, document, offsets, log)
            issues += (replace(issue, document=document.id) for issue in log.issues)
            if claim is not None:
                claims[claim.id] = claim
                external |= {(claim.id, name): None for name in _names(record) if name != claim.id}
        return Imported(document, tuple(claims.values()), tuple(external), tuple(issues))


def _kept(report: _Report, held: Document) -> tuple[Document | None, Offsets | None]:
    """The ledger's own document, if all the evidence stands in it as it is quoted."""
    pieces = {piece for _, evidence, _ in report.lines for piece in evidence}
    if all(held.text[piece.start : piece.end] == piece.exact for piece in pieces):
        return held, Offsets({piece: piece.start for piece in pieces}, held.text)
    return None, None


def _built(report: _Report) -> tuple[Document, Offsets]:
    """A document of the pieces of evidence, each once, and where each of them stands now."""
    found = {piece for _, evidence, _ in report.lines for piece in evidence}
    pieces = sorted(found, key=lambda piece: (piece.start, piece.end, piece.exact))
    starts: dict[Evidence, int] = {}
    parts: list[str] = []
    length = 0
    for piece in pieces:
        starts[piece] = length
        parts.append(" ".join(piece.exact.split("\n")))
        length += len(parts[-1]) + 1
    text = "\n".join(parts)
    is_row = all(_is_row(record) for record, _, _ in report.lines)
    provenance = {name: "given" for name, value in report.values.items() if value is not None}
    provenance["text"] = DATA_SET_ROW if is_row else "evidence"
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document("", text, sha, provenance=dict(sorted(provenance.items())), **report.values)  # type: ignore[arg-type]
    return identified(document), Offsets(starts, text)


def _is_row(record: Record) -> bool:
    """Whether a claim tells that its document is a row of a data set."""
    basis = record.get("basis")
    return isinstance(basis, dict) and basis.get("document") == DATA_SET_ROW


def _claim(
    record: Record, evidence: tuple[Evidence, ...], document: Document, offsets: Offsets, log: Log
) -> Claim | None:
    """The claim of a line, under an id of its content; None and an issue where it cannot be one."""
    try:
        claim = claim_of(record, evidence, offsets, log)
    except Unfit as error:
        log.note("bad_claim", str(error), next(iter(_names(record)), None))
        return None
    slots = (claim.actor, claim.recipient, claim.place, claim.quantity, claim.time)
    where = [(piece.start, piece.end) for piece in claim.evidence]
    said = [repr(value) for value in (*slots, claim.attribution)]
    identity = content_id("claim", document.id, VERSION, claim.kind, where, said, claim.stance)
    return replace(claim, id=identity, document=document.id)


def _names(record: Record) -> Iterator[str]:
    """The id a claim has elsewhere."""
    value = record.get("id")
    if isinstance(value, str) and 0 < len(value) <= 200:
        yield value
