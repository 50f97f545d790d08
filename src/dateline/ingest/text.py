"""Plain text: the whole file is the report."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.ingest.decode import binary, decoded
from dateline.ingest.report import refused, report
from dateline.model import Document, Hints, Issue


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """One document of a plain text file in any encoding, its text kept whole.

    Title, dates and page furniture are found later, by `dateline.parse.header.described`.
    Refuses binary data (`binary`) and text without a letter (`empty`).
    """
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not a text: {kind}", hints)
        return
    text = decoded(data).text
    if not any(char.isalpha() for char in text):
        yield refused("empty", "no text in it", hints)
        return
    yield report(text, data, hints, {})
