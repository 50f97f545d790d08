"""How much it shows that two reports share something: constants with their reasons, by benchmarks/copies.py."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from dateline.lexicon.reuse_words import reuse_words

COMMON: Final = 0.35
"""A word that every second report on politics has."""

COUNTRY: Final = 0.35
"""A country or its people, or a day: all reports of an event name them."""

NAME: Final = 1.0
"""A name: every report of the event has the minister; a word that is neither common nor a name weighs the same."""

FIGURES: Final = (0.4, 0.8, 1.4, 1.8)
"""A figure by its digits that are not trailing zeros (1, 2, 3, more): 1,000 is everybody's, 1,593 is one source's."""

SMALL_FIGURE: Final = 12
"""Up to here a figure weighs as a common word: two bases, three days."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@lru_cache(maxsize=65_536)
def weight(term: str) -> float:
    """What one shared term shows."""
    if term[0] == "#":
        return figure_weight(term[1:])
    if term[0] in "@~":
        return COUNTRY
    if term[0] == "=":
        return NAME
    return COMMON if term in reuse_words().common else 1.0


def figure_weight(digits: str) -> float:
    """What a shared figure shows: years and small numbers little, round ones less than odd ones."""
    if digits.isdigit():
        value = int(digits)
        if value <= SMALL_FIGURE or (len(digits) == len("2000") and _FIRST_YEAR <= value <= _LAST_YEAR):
            return COMMON
    shown = digits.replace(".", "").strip("0")
    return FIGURES[min(len(shown), len(FIGURES)) - 1] if shown else COMMON
