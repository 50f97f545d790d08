"""Words that were looked for, marked in what was found: as the index finds them, without regard to case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.store.records import fold

_BEFORE = 90
_LONGEST = 280
_LAST_LATIN = 0x250
_PART = re.compile(r'"([^"]+)"|(\S+)')
_PIECE = re.compile(r"[^\W_]+")
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a snippet; `hit` says that they were looked for."""

    text: str
    hit: bool = False


def snippet(text: str, words: str) -> tuple[Piece, ...]:
    """The text from shortly before the first of the words on, at most 280 characters, the words marked.

    >>> snippet("Sévaré is held.", "sevare")
    (Piece(text='Sévaré', hit=True), Piece(text=' is held.', hit=False))
    """
    pattern = _pattern(words)
    first = None if pattern is None else pattern.search(text)
    start = 0 if first is None or first.start() <= _BEFORE else _word_start(text, first.start() - _BEFORE)
    end = len(text) if len(text) - start <= _LONGEST else max(start + _LONGEST, 0 if first is None else first.end())
    pieces = list(_marked(text[start:end], pattern))
    if start > 0:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at, at + 30)
    return at if space < 0 else space + 1


def _marked(text: str, pattern: re.Pattern[str] | None) -> list[Piece]:
    found, at = [], 0
    for match in () if pattern is None else pattern.finditer(text):
        if match.start() > at:
            found.append(Piece(text[at : match.start()]))
        found.append(Piece(match.group(), True))
        at = match.end()
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str] | None:
    """What finds any of the words, phrases in quotes as a whole, words that end in * by their beginning."""
    told = []
    for phrase, word in _PART.findall(words)[:_MOST_WORDS]:
        pieces = ["".join(map(_any_of, fold(piece))) for piece in _PIECE.findall(phrase or word)]
        if pieces:
            told.append(r"[\W_]+".join(pieces) + (r"\w*" if word.endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)", re.IGNORECASE) if told else None


def _any_of(char: str) -> str:
    others = _accented().get(char, "")
    return f"[{re.escape(char)}{others}]" if others else re.escape(char)


@cache
def _accented() -> Mapping[str, str]:
    """Letters with accents by the letter without."""
    found: dict[str, str] = defaultdict(str)
    for code in range(0xC0, _LAST_LATIN):
        char = chr(code)
        plain = unicodedata.normalize("NFKD", char)[0].casefold()
        if plain != char and plain.isalpha():
            found[plain] += char
    return found
