"""Words whose hyphen is their own, wherever a line ends (`hyphens.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.lexicon.loading import mapping


@dataclass(frozen=True, slots=True)
class HyphenWords:
    """Words, in lower case, that stand `before` or `after` a hyphen which belongs to the word."""

    before: frozenset[str]
    after: frozenset[str]


@cache
def hyphen_words() -> HyphenWords:
    """The two lists of the file."""
    lists = mapping("hyphens.yaml")
    return HyphenWords(frozenset(map(str, lists["before"])), frozenset(map(str, lists["after"])))
