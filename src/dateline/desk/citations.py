"""A claim as a reader cites it: its words, who says so, the report, and the id under which the ledger keeps it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from dateline.desk.statements import voice_of
from dateline.export.safe import visible
from dateline.model import Claim, Document

_LONGEST = 400
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#|!~&])")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "#$%&_"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in four notations; report words in it are inert in each of them."""

    plain: str
    markdown: str
    bibtex: str
    csl: str


def citation(claim: Claim, document: Document) -> Citation:
    """How a claim is cited. Words longer than 400 characters are cut; a date nobody gave is said to be missing."""
    quote, title = _line(" … ".join(part.exact for part in claim.evidence)), _line(document.title or "untitled report")
    outlet, day = _line(document.outlet or "outlet not known"), (document.published or "")[:10]
    says = f"{claim.stance} by {_line(voice_of(claim, document))}"
    url = None if document.url is None else _line(document.url)
    dated = day or "no date"
    at = "" if url is None else f" {url}."
    link = "" if url is None else f" <{url.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>."
    return Citation(
        f"“{quote}” ({says}). {outlet}, “{title}”, {dated}.{at} dateline {claim.id}.",
        f"> {_md(quote)}\n\n— {_md(says)}. {_md(outlet)}, *{_md(title)}*, {dated}.{link} `{claim.id}`",
        _bibtex(
            claim, {"title": title, "author": outlet, "date": day, "url": url or "", "note": f"“{quote}” ({says})"}
        ),
        json.dumps(_csl(claim, document, quote, says), ensure_ascii=False, indent=2),
    )


def _line(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()} …"


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _bibtex(claim: Claim, fields: dict[str, str]) -> str:
    told = "".join(
        f"  {name} = {{{{{_tex(value)}}}}},\n" if name in ("title", "author") else f"  {name} = {{{_tex(value)}}},\n"
        for name, value in fields.items()
        if value
    )
    return f"@online{{{claim.id},\n{told}  keywords = {{{claim.kind}}}\n}}"


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in text)


def _csl(claim: Claim, document: Document, quote: str, says: str) -> list[dict[str, Any]]:
    found: dict[str, Any] = {"id": claim.id, "type": "article-newspaper"}
    found |= {
        "title": _line(document.title or "untitled report"),
        "container-title": _line(document.outlet or "outlet not known"),
        "note": f"“{quote}” ({says})",
    }
    if document.byline is not None:
        found["author"] = [{"literal": _line(document.byline)}]
    if document.url is not None:
        found["URL"] = _line(document.url)
    if document.language is not None:
        found["language"] = _line(document.language)
    day = (document.published or "")[:10].split("-")
    if all(part.isdigit() for part in day):
        found["issued"] = {"date-parts": [[int(part) for part in day]]}
    return [found]
