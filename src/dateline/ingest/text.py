"""Plain text: the whole file is the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dateline.ingest.decode import binary, decoded
from dateline.ingest.report import LONGEST, refused, report, too_long
from dateline.model import Document, Hints, Issue

WIDEST: Final = 4
"""Bytes that a character takes at most, in UTF-8, UTF-16, UTF-32 and GB 18030."""


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """One document of a plain text file in any encoding, its text kept whole.

    Title, dates and page furniture are found later, by `dateline.parse.header.described`.
    Refuses binary data (`binary`), text without a letter (`empty`), and without decoding it what must
    be longer than any report that is read (`too_long`): no encoding takes more than four bytes for a character.
    """
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not a text: {kind}", hints)
        return
    if len(data) > WIDEST * LONGEST:
        yield too_long(f"{len(data)} bytes", hints)
        return
    text = decoded(data, declared=hints.charset).text
    if not any(char.isalpha() for char in text):
        yield refused("empty", "no text in it", hints)
        return
    yield report(text, data, hints, {})
