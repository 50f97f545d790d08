"""Tables as CSV and as JSON Lines: claims unless another table is asked for."""

from __future__ import annotations

from typing import BinaryIO

from dateline.export import csv
from dateline.export.jsonl import line
from dateline.export.selection import Selection
from dateline.export.tables import table_called

USUAL = "claims"
"""The table that a format of one table has unless another is asked for."""


def write_csv(selection: Selection, out: BinaryIO) -> None:
    """Claims as CSV (RFC 4180, UTF-8), one row a claim."""
    write_csv_table(selection, USUAL, out)


def write_csv_table(selection: Selection, name: str, out: BinaryIO) -> None:
    """A table as CSV, the columns in the order of the codebook; what a spreadsheet would take for a formula is
    escaped with an apostrophe."""
    table = table_called(name)
    for piece in csv.stream(table.records(selection), table.shape):
        out.write(piece)


def write_jsonl(selection: Selection, out: BinaryIO) -> None:
    """Claims as JSON Lines, each whole, with the reference of its report: `dateline import` takes them over."""
    write_jsonl_table(selection, USUAL, out)


def write_jsonl_table(selection: Selection, name: str, out: BinaryIO) -> None:
    """The records of a table as JSON Lines, each whole: more than the columns of the table hold."""
    for record in table_called(name).records(selection):
        out.write(line(record))
