"""Sheets of reports: which column holds what, and a row of cells as a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from dateline.ingest.decode import cleaned
from dateline.ingest.html import page as page_report
from dateline.ingest.report import LONGEST, Found, refused, report, too_long
from dateline.model import Document, Hints, Issue

Cell = object
"""What a cell holds: text, a number, a date or None."""

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "full text", "fulltext", "article text", "report text", "body text",
             "text body", "article", "article body", "texte", "contenu", "corps", "texto", "report"),
    "html": ("html", "content html", "body html", "page"),
    "title": ("title", "headline", "heading", "titre", "article title", "titulo", "hed"),
    "published": ("published", "date", "published at", "publication date", "date published", "publish date",
                  "pub date", "pubdate", "published date", "date de publication", "date publication", "datetime"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "publication", "media", "medium", "paper", "source name",
               "journal", "site", "site name", "media name"),
    "url": ("url", "link", "address", "web address", "uri", "lien", "article url", "source url", "href"),
    "language": ("language", "lang", "langue", "language code"),
    "byline": ("byline", "author", "authors", "auteur", "by", "journalist", "creator"),
}  # fmt: skip
"""The fields of a report, each with the names that columns of it usually have."""

MOST_SEEN: Final = 40
_WORDS = re.compile(r"[^0-9a-zà-ÿ]+")


class ColumnsError(ValueError):
    """The columns of a sheet are not those that were given, or none of them is known to hold a text."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a report stand in a row: the field's place, counted from 0, and the column's name."""

    names: tuple[str, ...]
    places: Mapping[str, int]


def columns_of(header: Sequence[Cell], given: Mapping[str, str]) -> Columns:
    """The columns of a sheet by its first row; ColumnsError, with the names that were seen, if none holds a text.

    What is given counts, names compared without regard to case, blanks and signs; a field that is not given is
    known by its usual names, unless some other field was given that column.
    """
    names = tuple(shown_cell(cell) for cell in header)
    plain = [_plain(name) for name in names]
    places: dict[str, int] = {}
    for field, name in given.items():
        if field not in USUAL:
            raise ColumnsError(f"no field {field!r}: the fields are {', '.join(USUAL)}")
        exact = [i for i, seen in enumerate(names) if seen == name] or [
            i for i, seen in enumerate(plain) if seen and seen == _plain(name)
        ]
        if not exact:
            raise ColumnsError(f"no column {name!r}; {_seen(names)}")
        places[field] = exact[0]
    for field, usual in USUAL.items():
        free = [i for i in range(len(plain)) if i not in places.values()]
        found = [i for word in usual for i in free if plain[i] == word]
        if field not in places and found:
            places[field] = found[0]
    if "text" not in places and "html" not in places:
        raise ColumnsError(
            f"no column is known to hold the text; {_seen(names)}. Say which one does: --columns text=NAME"
            " (claims and reference data are read by `dateline import`)"
        )
    return Columns(names, places)


def row_report(row: Sequence[Cell], columns: Columns, where: str, hints: Hints) -> Iterator[Document | Issue]:
    """The report in a row, or the issue that it is none (`bad_row`, `too_long`); nothing for an empty row.

    The SHA-256 is that of the row as JSON, an object with the columns' names.
    """
    cells = {name: shown_cell(cell) for name, cell in zip(columns.names, row, strict=False)}
    if not any(value.strip() for value in cells.values()):
        return
    found = {
        field: Found(value, f"column {columns.names[place]}")
        for field, place in columns.places.items()
        if place < len(row) and (value := " ".join(shown_cell(row[place]).split()))
    }
    raw = json.dumps(cells, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    found.pop("text", None)
    found.pop("html", None)
    text = _cell(row, columns, "text")
    if len(text) > LONGEST:
        yield too_long(f"{where}: {len(text)} characters", hints)
        return
    if any(char.isalpha() for char in text):
        yield report(cleaned(text), raw, hints, found)
        return
    page = _cell(row, columns, "html")
    if not page.strip():
        yield refused("bad_row", f"{where}: no text in it", hints)
        return
    for item in page_report(cleaned(page), raw, hints, found):
        yield refused(item.code, f"{where}: {item.message}", hints) if isinstance(item, Issue) else item


def shown_cell(cell: Cell) -> str:
    """A cell as text: dates in ISO 8601, without a time where that is midnight; whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        midnight = cell.time() == time() and cell.tzinfo is None
        return cell.date().isoformat() if midnight else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cleaned(str(cell))


def _cell(row: Sequence[Cell], columns: Columns, field: str) -> str:
    place = columns.places.get(field)
    return shown_cell(row[place]) if place is not None and place < len(row) else ""


def _plain(name: str) -> str:
    return _WORDS.sub(" ", name.casefold()).strip()


def _seen(names: Sequence[str]) -> str:
    named = [repr(" ".join(name.split())[:60]) for name in names if name.strip()]
    shown, more = named[:MOST_SEEN], f" and {len(named) - MOST_SEEN} more" if len(named) > MOST_SEEN else ""
    return f"the columns are {', '.join(shown)}{more}" if shown else "its first row is empty"
