"""A claim as a reader cites it: its words, who says so, the report, and the id under which the ledger keeps it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from dateline.export.citing import NO_OUTLET, UNTITLED, address, bibtex, csl_report, iso_day, line
from dateline.export.voices import voice_of
from dateline.model import Claim, Document, as_record

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#|!~&])")


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in four notations; report words in it are inert in each of them."""

    plain: str
    markdown: str
    bibtex: str
    csl: str


def citation(claim: Claim, document: Document) -> Citation:
    """How a claim is cited. Words longer than 400 characters are cut; a date nobody gave is said to be missing."""
    quote, title = line(" … ".join(part.exact for part in claim.evidence)), line(document.title or UNTITLED)
    outlet, day = line(document.outlet or NO_OUTLET), iso_day(document.published)
    says = f"{claim.stance} by {line(voice_of(claim, document))}"
    url = None if document.url is None else line(document.url)
    dated = day or "no date"
    at = "" if url is None else f" {url}."
    link = "" if url is None else f" <{address(url)}>."
    fields = {"title": title, "author": outlet, "date": day, "year": day[:4], "url": document.url or ""}
    return Citation(
        f"“{quote}” ({says}). {outlet}, “{title}”, {dated}.{at} dateline {claim.id}.",
        f"> {_md(quote)}\n\n— {_md(says)}. {_md(outlet)}, *{_md(title)}*, {dated}.{link} `{claim.id}`",
        bibtex(claim.id, {**fields, "note": f"“{quote}” ({says})", "keywords": str(claim.kind)}),
        json.dumps([_csl(claim, document, quote, says)], ensure_ascii=False, indent=2),
    )


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _csl(claim: Claim, document: Document, quote: str, says: str) -> dict[str, Any]:
    found = csl_report(claim.id, as_record(document)) | {"note": f"“{quote}” ({says})"}
    return {"container-title": NO_OUTLET} | found
