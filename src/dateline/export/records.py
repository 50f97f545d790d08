"""JSON Lines of whole claims, as the annotation guide has them."""

from __future__ import annotations

from typing import BinaryIO

from dateline.export.jsonl import line
from dateline.export.selection import Selection


def write(selection: Selection, out: BinaryIO) -> None:
    """One claim a line, with its report."""
    for record in selection.claims():
        out.write(line(record))
