"""Words by which reports tell how far an act has come, and words of names that name nobody (`event_words.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.countries import countries
from dateline.lexicon.loading import mapping


@dataclass(frozen=True, slots=True)
class EventWords:
    """`begin`, `complete`, `total` and `recalled` are patterns for the words of a claim; the others are words.

    `generic` holds also the words of the names and demonyms of countries, in lower case.
    """

    begin: re.Pattern[str]
    complete: re.Pattern[str]
    total: re.Pattern[str]
    recalled: re.Pattern[str]
    generic: frozenset[str]
    diplomats: frozenset[str]
    sites: frozenset[str]


@cache
def event_words() -> EventWords:
    """The words of `event_words.yaml`; ValueError where the file is not of that shape."""
    table = mapping("event_words.yaml")
    return EventWords(
        begin=_pattern(table["begin"]),
        complete=_pattern(table["complete"]),
        total=_pattern(table["total"]),
        recalled=_pattern(table["recalled"]),
        generic=_words(table["generic"]) | _country_words(),
        diplomats=_words(table["diplomats"]),
        sites=_words(table["sites"]),
    )


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _country_words() -> frozenset[str]:
    """Every word of a name, alias or demonym of a country."""
    names = (
        name
        for country in countries()
        for name in (country.name, *country.aliases, *country.adjectives, *country.people)
    )
    return frozenset(word for name in names for word in re.findall(r"\w+", name.casefold()))
