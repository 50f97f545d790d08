"""BibTeX (and biblatex) of the reports cited: an `@online` entry a report, in UTF-8.

Title, byline and outlet stand in double braces: no style changes their case or splits them into names. `date` is for
biblatex and `year` for older styles. The note has the agency credited and the id of the report in the ledger.
"""

from __future__ import annotations

from typing import BinaryIO

from dateline.export.citing import NO_OUTLET, UNTITLED, bibtex, iso_day, line, said_of
from dateline.export.listing import Record
from dateline.export.selection import Selection


def write(selection: Selection, out: BinaryIO) -> None:
    """One entry a report that a claim of the selection quotes, newest first; the key is the id of the report."""
    out.write(b"% Encoding: UTF-8\n")
    for report in selection.cited():
        out.write(f"\n{_entry(report)}\n".encode())


def _entry(report: Record) -> str:
    outlet = line(report["outlet"] or NO_OUTLET)
    day = iso_day(report["published"])
    fields = {
        "title": line(report["title"] or UNTITLED),
        "author": outlet if report["byline"] is None else line(report["byline"]),
        "organization": "" if report["byline"] is None else outlet,
        "date": day,
        "year": day[:4],
        "url": report["url"] or "",
        "language": line(report["language"] or ""),
        "note": line(said_of([("from", report["agency"]), ("dateline", report["id"])])),
    }
    return bibtex(report["id"], fields)
