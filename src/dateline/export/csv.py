"""Comma-separated values (RFC 4180, UTF-8): one row a record, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from dateline.export.listing import Listing, Scalar
from dateline.export.safe import cell


def write(listing: Listing, out: BinaryIO) -> None:
    """Write the flat rows with a heading; text that a spreadsheet would take for a formula is neutralised."""
    text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(listing.shape.columns)
        for record in listing.records:
            row = listing.shape.flat(record)
            writer.writerow([_cell(row[column]) for column in listing.shape.columns])
    finally:
        text.detach()


def _cell(value: Scalar) -> Scalar:
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
