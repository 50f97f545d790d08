"""Files that are sent as they are written: in pieces of some size, since each piece waits its turn for a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from starlette.responses import Response, StreamingResponse

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


def sent(chunks: Iterable[bytes], kind: str, headers: Mapping[str, str]) -> Response:
    """The answer of media type `kind` that has these bytes; what fits into one piece is sent at once.

    Its first piece is made here: a short file takes one turn of a thread, not three.
    """
    pieces = in_pieces(chunks)
    first = next(pieces, b"")
    if len(first) < SIZE:
        return Response(first, media_type=kind, headers=headers)
    return StreamingResponse(chain((first,), pieces), media_type=kind, headers=headers)
