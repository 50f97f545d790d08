"""Texts as the words that PostgreSQL indexes, told apart the way SQLite's index tells them apart.

A word is a run of letters and digits, without case and accents: "C-130" is "c" and "130", wherever it stands. Told by
the server alone, words would depend on its locale and on what it takes for an address, a number or a path.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_PLACED = 16_000
"""Words of a text whose places are kept, so that phrases are found; PostgreSQL counts no further than 16,383."""
MOST_BYTES = 800_000
"""Bytes of different words of a text that are indexed; PostgreSQL takes a megabyte."""
LONGEST = 500
"""Letters of the longest word that is indexed."""
GAP = "qxgapxq"
"""Stands between two texts that are indexed together, so that no phrase goes from one into the other."""

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text in their order.

    >>> words_of("À Sévaré, 3 C-130")
    ['a', 'sevare', '3', 'c', '130']
    """
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return [word for word in _WORD.findall(text.lower()) if len(word) <= LONGEST]


def indexed(texts: Sequence[str]) -> tuple[str, str]:
    """The words of texts that are indexed with their places, and those further on, each once and without."""
    placed: list[str] = []
    for text in texts:
        placed += [GAP, *words_of(text)] if placed else words_of(text)
    further = dict.fromkeys(placed[MOST_PLACED:])
    placed = placed[:MOST_PLACED]
    kept, size = set[str](), 2 * len(placed)
    for words in (placed, further):
        for word in words:
            if word not in kept and size + len(word.encode()) + 8 <= MOST_BYTES:
                kept.add(word)
                size += len(word.encode()) + 8
    rest = [word for word in further if word in kept and word != GAP]
    return " ".join(word for word in placed if word in kept), " ".join(rest)
