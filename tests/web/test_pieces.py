"""Files are sent whole, in pieces of some size."""

from __future__ import annotations

from dateline.web.pieces import SIZE, in_pieces


def test_pieces_are_the_same_bytes_and_few() -> None:
    lines = [b"x" * 999 + b"\n"] * 1000
    found = list(in_pieces(iter(lines)))
    assert b"".join(found) == b"".join(lines)
    assert all(SIZE <= len(piece) < SIZE + 1000 for piece in found[:-1])
    assert list(in_pieces([])) == []
