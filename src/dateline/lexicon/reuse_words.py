"""Words for comparing two reports (`reuse_words_<language>.yaml`): empty ones, common ones, spellings, the unnamed.

The lists of all languages hold together: two reports are compared whatever they are in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.loading import by_language, lists

_FILES = "reuse_words"

STEM = 7
"""Letters that a stem keeps: "withdrew" stays apart from "withdrawal", "withdraws" does not from "withdrawn"."""

_ENDINGS = ("ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s")


@dataclass(frozen=True, slots=True)
class ReuseWords:
    """`empty` as written; `common` and `unnamed` as stems; `spelling` from a spelling to the usual one.

    A sentence with a word of `withheld` says that a name is kept back; words of `withholding` only say how.
    """

    empty: frozenset[str]
    common: frozenset[str]
    spelling: Mapping[str, str]
    unnamed: frozenset[str]
    withheld: frozenset[str]
    withholding: frozenset[str]
    titles: frozenset[str]


@cache
def reuse_words() -> ReuseWords:
    """The words, read once."""
    return ReuseWords(
        empty=frozenset(lists(_FILES, "empty")),
        common=frozenset(map(stem, lists(_FILES, "common"))),
        spelling={seen: usual for data in by_language(_FILES).values() for seen, usual in data["spelling"].items()},
        unnamed=frozenset(map(stem, lists(_FILES, "unnamed"))),
        withheld=frozenset(lists(_FILES, "withheld")),
        withholding=frozenset(lists(_FILES, "withholding")),
        titles=frozenset(lists(_FILES, "titles")),
    )


def stem(word: str) -> str:
    """A crude stem of a lower-case word: an ending off, at most seven letters. For comparing only, never shown."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1]
    return word[:STEM]
