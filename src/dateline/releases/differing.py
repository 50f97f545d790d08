"""Where two files begin to differ, in words."""

from __future__ import annotations

from typing import IO

_BEFORE, _AFTER = 30, 50
_LONGEST = 1 << 20


def first_difference(ours: IO[bytes], theirs: IO[bytes]) -> str | None:
    """Where a file (`theirs`) leaves what the ledger gives (`ours`), with some words of both; None: nowhere."""
    number = 0
    while True:
        number += 1
        one, other = ours.readline(_LONGEST), theirs.readline(_LONGEST)
        if one != other:
            at = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
            return f"first in line {number}: it has {_words(other, at)}, the ledger gives {_words(one, at)}"
        if not one:
            return None


def _words(told: bytes, at: int) -> str:
    if not told:
        return "no such line"
    begin = max(0, at - _BEFORE)
    return repr(told[begin : at + _AFTER].decode("utf-8", "replace"))
