"""Files that are sent as they are written: in pieces of some size, since each piece waits its turn for a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SIZE = 64 * 1024
"""Bytes from which a piece is sent."""


def in_pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of 64 KB and somewhat more, the last one smaller."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= SIZE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
