"""How a report is cited: one rule for BibTeX and CSL, used by the exports and the citations of the desk.

Words of reports are untrusted: they stay on one line, controls and direction marks become escapes that are seen, and
nothing in them is a command of TeX. Braces are written as names (`\\textbraceleft{}`), because BibTeX counts braces
even behind a backslash. An address is verbatim in both notations: what is no character of a URI is percent-encoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from dateline.export.safe import visible

LONGEST = 400
"""Characters of a title or quotation; the rest is cut and an ellipsis says so."""

UNTITLED = "untitled report"
NO_OUTLET = "outlet not known"

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    **{char: f"\\{char}" for char in "#$%&_"},
}
_KEPT = "".join(chr(number) for number in range(33, 127) if chr(number) not in '"<>\\^`{|}')
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LITERAL = ("title", "author", "organization")


def line(text: str) -> str:
    """`text` on one line, cut to `LONGEST` characters, nothing in it that a terminal or reader obeys.

    >>> line("Two\\n lines\\u202e")
    'Two lines\\\\u202e'
    """
    found = " ".join(visible(text).split())
    return found if len(found) <= LONGEST else f"{found[:LONGEST].rstrip()} …"


def tex(text: str) -> str:
    """`text` with every character that TeX or BibTeX would act on written as what it shows; letters stay UTF-8.

    >>> print(tex("50% of {x} é"))
    50\\% of \\textbraceleft{}x\\textbraceright{} é
    """
    return "".join(_TEX.get(char, char) for char in text)


def address(url: str) -> str:
    """A URL of characters that a URI has; others are percent-encoded, what is encoded already stays.

    >>> address("https://e.org/a b%20{é}")
    'https://e.org/a%20b%20%7B%C3%A9%7D'
    """
    return quote(url.strip().encode("utf-8", "replace"), safe=_KEPT)


def bibtex(key: str, fields: Mapping[str, str]) -> str:
    """An `@online` entry; empty fields are left out, names and titles keep their case.

    `url` is taken verbatim (see `address`), `date`, `year` and `langid` too; all other fields are escaped here.
    """
    told = "".join(f"  {name} = {{{_field(name, value)}}},\n" for name, value in fields.items() if value)
    return f"@online{{{key},\n{told}}}"


def _field(name: str, value: str) -> str:
    if name in ("url", "date", "year", "langid"):
        return address(value)
    return f"{{{tex(value)}}}" if name in _LITERAL else tex(value)


def day_parts(published: str | None) -> list[int]:
    """Year, month and day of a day or moment, as many as it gives; [] where it gives none.

    >>> day_parts("2024-05-04T10:00:00Z"), day_parts("2024"), day_parts(None)
    ([2024, 5, 4], [2024], [])
    """
    found = _DAY.match(published or "")
    return [] if found is None else [int(part) for part in found.groups() if part is not None]


def iso_day(published: str | None) -> str:
    """The same as ISO 8601 writes it, "" where it is not known.

    >>> iso_day("2024-05-04T10:00:00Z"), iso_day("soon")
    ('2024-05-04', '')
    """
    found = _DAY.match(published or "")
    return "" if found is None else found[0]


def csl_report(identifier: str, report: Mapping[str, Any]) -> dict[str, Any]:
    """A report as an item of CSL JSON 1.0.2, of its title, outlet, byline, language, address and day of publication.

    What it does not tell is left out; only a title there always is.
    """
    found: dict[str, Any] = {"id": identifier, "type": "article-newspaper"}
    found["title"] = line(report["title"] or UNTITLED)
    if report["outlet"] is not None:
        found["container-title"] = line(report["outlet"])
    if report.get("byline") is not None:
        found["author"] = [{"literal": line(report["byline"])}]
    if report["url"] is not None:
        found["URL"] = address(report["url"])
    if report["language"] is not None:
        found["language"] = line(report["language"])
    parts = day_parts(report["published"])
    if parts:
        found["issued"] = {"date-parts": [parts]}
    return found


def said_of(parts: Iterable[tuple[str, object]]) -> str:
    """Details as one note: "from AP; dateline doc-1"; those without a value are left out.

    >>> said_of([("from", "AP"), ("by", None), ("dateline", "doc-1")])
    'from AP; dateline doc-1'
    """
    return "; ".join(f"{name} {value}" for name, value in parts if value is not None)
