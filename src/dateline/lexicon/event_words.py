"""Words by which reports tell how far an act has come, and words of names that name nobody.

The files are `event_words_<language>.yaml`.
The lists of all languages are looked for together, as those of `dateline.lexicon.presence_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.countries import forms, languages
from dateline.lexicon.loading import lists

_FILES = "event_words"


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
    """The words of all languages; KeyError names a list that a file lacks."""
    return EventWords(
        begin=_pattern(lists(_FILES, "begin")),
        complete=_pattern(lists(_FILES, "complete")),
        total=_pattern(lists(_FILES, "total")),
        recalled=_pattern(lists(_FILES, "recalled")),
        generic=_words(lists(_FILES, "generic")) | _country_words(),
        diplomats=_words(lists(_FILES, "diplomats")),
        sites=_words(lists(_FILES, "sites")),
    )


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def _country_words() -> frozenset[str]:
    """Every word of a name, alias or demonym of a country."""
    names = (
        name
        for language in languages()
        for _, known in forms(language)
        for name in (*known.names, *known.adjectives, *known.people)
    )
    return frozenset(word for name in names for word in re.findall(r"\w+", name.casefold()))
