"""Words taken out of texts however they are written, and ids under other names, for what must not be found again."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable

from dateline.lexicon.place_keys import fold

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = 3
"""Characters between two words of one name at most: "Air-Base 101", "Air Base\\r\\n101"."""
_LONGEST = 8
"""Words of a name at most, apostrophes and hyphens counted as ends of words."""

Known = Callable[[str], bool]


class Withheld:
    """Names that are taken out of texts; case, accents, hyphens, apostrophes and line feeds make no difference.

    `also` says of any other words, those that begin with a capital, whether they are such a name.
    """

    def __init__(self, names: Iterable[str], mark: str, also: Known | None = None) -> None:
        self._keys = frozenset(key for name in names if (key := _key(name)))
        self._starts = frozenset(key[:2] for key in self._keys)
        self._mark = mark
        self._also = also
        self._told: dict[str, bool] = {}

    def out_of(self, text: str, *, prose: bool = True) -> str:
        """`text` with the mark in place of the names; only those listed where it is no `prose`."""
        if not self._keys and self._also is None:
            return text
        words = [match.span() for match in _WORD.finditer(text)]
        pieces, last, at = [], 0, 0
        while at < len(words):
            end = self._end(text, words, at, prose)
            if end is None:
                at += 1
                continue
            pieces += [text[last : words[at][0]], self._mark]
            last = words[end][1]
            at = end + 1
        return "".join([*pieces, text[last:]]) if pieces else text

    def _end(self, text: str, words: list[tuple[int, int]], at: int, prose: bool) -> int | None:
        """The last word of the longest name that begins with a word."""
        start = words[at][0]
        listed = fold(text[start : words[at][1]])[:2] in self._starts or words[at][1] - start == 1
        guessed = prose and self._also is not None and text[start].isupper()
        if not listed and not guessed:
            return None
        found = None
        for end in range(at, min(at + _LONGEST, len(words))):
            if end > at and words[end][0] - words[end - 1][1] > _BETWEEN:
                break
            some = text[start : words[end][1]]
            if (listed and _key(some) in self._keys) or (guessed and self._is_name(some)):
                found = end
        return found

    def _is_name(self, some: str) -> bool:
        if self._also is None or len(some) > _LONGEST_NAME:
            return False
        known = self._told.get(some)
        if known is None:
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            known = self._told[some] = self._also(some)
        return known


_REMEMBERED = 50_000
_LONGEST_NAME = 60


def _key(name: str) -> str:
    return fold(name.replace("_", " "))


_ID = re.compile(r"\b(claim|doc|event|presence|dispute|origin|relay|judgement|issue)-([0-9a-f]{20})\b")
_ROUNDS = 4


class Renaming:
    """Ids under other names: an id is a hash of what it names, so whoever guesses that can prove the guess by it.

    The same key gives the same names, and only who has it can go back. Two ids never become one.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, text: str) -> str:
        """`text` with every id in it renamed."""
        return _ID.sub(lambda match: f"{match[1]}-{self._turned(match[1], match[2], range(_ROUNDS))}", text)

    def back(self, text: str) -> str:
        """What `of` was given."""
        return _ID.sub(lambda match: f"{match[1]}-{self._turned(match[1], match[2], range(_ROUNDS)[::-1])}", text)

    def _turned(self, what: str, digits: str, rounds: range) -> str:
        """A Feistel network over both halves of the digits, keyed with HMAC-SHA-256."""
        left, right = int(digits[:10], 16), int(digits[10:], 16)
        if rounds.step < 0:
            left, right = right, left
        for number in rounds:
            left, right = right, left ^ self._mixed(what, number, right)
        if rounds.step < 0:
            left, right = right, left
        return f"{left:010x}{right:010x}"

    def _mixed(self, what: str, number: int, half: int) -> int:
        digest = hmac.digest(self._key, f"{what} {number} {half:010x}".encode(), hashlib.sha256)
        return int.from_bytes(digest[:5], "big")
