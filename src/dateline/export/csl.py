"""CSL JSON (1.0.2) of the reports cited, as Zotero, Pandoc and citeproc read it: one item a report.

What is not known is left out. The agency credited, the sum of the raw bytes and where each detail was found are in
`custom`, which readers keep and styles do not print.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from dateline.export.citing import csl_report, line
from dateline.export.jsonl import line as json_line
from dateline.export.listing import Record
from dateline.export.selection import Selection


def write(selection: Selection, out: BinaryIO) -> None:
    """An array with one item a report that a claim of the selection quotes, newest first, an item a line."""
    before = b"[\n"
    for report in selection.cited():
        out.write(before + json_line(_item(report)).rstrip(b"\n"))
        before = b",\n"
    out.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def _item(report: Record) -> dict[str, Any]:
    custom: dict[str, Any] = {"dateline": report["id"], "sha256": report["sha256"]}
    if report["agency"] is not None:
        custom["agency"] = line(report["agency"])
    if report["provenance"]:
        custom["provenance"] = report["provenance"]
    return csl_report(report["id"], report) | {"custom": custom}
