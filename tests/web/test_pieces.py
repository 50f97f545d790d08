"""Files are sent whole, in pieces of some size."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import StreamingResponse

from dateline.web.pieces import SIZE, in_pieces, sent


def test_pieces_are_the_same_bytes_and_few() -> None:
    lines = [b"x" * 999 + b"\n"] * 1000
    found = list(in_pieces(iter(lines)))
    assert b"".join(found) == b"".join(lines)
    assert all(SIZE <= len(piece) < SIZE + 1000 for piece in found[:-1])
    assert list(in_pieces([])) == []


def test_what_fits_into_one_piece_has_a_length_and_the_rest_does_not() -> None:
    short = sent([b"a\n", b"b\n"], "text/csv", {"x-of": "claims"})
    assert (short.body, short.headers["content-length"], short.headers["x-of"]) == (b"a\nb\n", "4", "claims")
    assert sent([], "text/csv", {}).body == b""
    assert isinstance(sent([b"x" * SIZE, b"y"], "text/csv", {}), StreamingResponse)


def test_the_rest_of_a_long_file_is_made_while_it_is_sent() -> None:
    made = []

    def lines() -> Iterator[bytes]:
        for number in range(1000):
            made.append(number)
            yield b"x" * 999 + b"\n"

    sent(lines(), "text/csv", {})
    assert len(made) < 100
