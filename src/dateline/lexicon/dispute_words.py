"""The words of `dispute_words.yaml`: labels of forces, kinds of victims, the outset of a departure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.loading import mapping


@dataclass(frozen=True, slots=True)
class DisputeWords:
    """One pattern a list; each finds a word of its list in lower-cased text."""

    labels: Mapping[str, re.Pattern[str]]
    targets: Mapping[str, re.Pattern[str]]
    outset: re.Pattern[str]


@cache
def dispute_words() -> DisputeWords:
    """The word lists, read once."""
    data = mapping("dispute_words.yaml")
    return DisputeWords(
        labels={name: _pattern(words) for name, words in data["labels"].items()},
        targets={name: _pattern(words) for name, words in data["targets"].items()},
        outset=_pattern(data["outset"]),
    )


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words as a whole word; the longest first."""
    forms = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(re.escape(form).replace(r"\*", r"\w*") for form in forms) + r")\b")
