"""Comma-separated values (RFC 4180, UTF-8): one row a record, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import BinaryIO

from dateline.export.listing import Listing, Record, Scalar, Shape
from dateline.export.safe import cell

_CHUNK = 1 << 16
"""Characters that are gathered before they are handed on."""


def write(listing: Listing, out: BinaryIO) -> None:
    """Write the flat rows with a heading; text that a spreadsheet would take for a formula is neutralised."""
    for chunk in stream(listing.records, listing.shape):
        out.write(chunk)


def stream(records: Iterable[Record], shape: Shape, *, tags: Sequence[str] = ()) -> Iterator[bytes]:
    """The same piece by piece, while records still come; `tags` are a second heading, as HXL has it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(shape.columns)
    if tags:
        writer.writerow(tags)
    values = itemgetter(*shape.columns)
    for record in records:
        writer.writerow(map(_cell, values(shape.flat(record))))
        if text.tell() >= _CHUNK:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    found = text.getvalue().encode("utf-8", "backslashreplace")
    text.seek(0)
    text.truncate()
    return found


def _cell(value: Scalar) -> Scalar:
    if type(value) is str:
        return cell(value)
    if type(value) is float and value.is_integer():
        return int(value)
    return value
