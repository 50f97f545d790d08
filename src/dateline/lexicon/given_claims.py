"""Words of claims written elsewhere, as data (`given_claims.yaml`): our kinds, stances, units under other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.loading import mapping
from dateline.model import Kind, Stance, Unit

_GAP = r"\W+(?:[\w'’-]+\W+){0,3}?"


@dataclass(frozen=True, slots=True)
class GivenWords:
    """The lists of the file; the patterns find their words whole, whatever their case.

    `instead` refines a given kind, `told` finds one where none was given; in both the first pattern that is found
    counts. `silent` words take that back.
    """

    types: Mapping[str, Kind]
    open_types: frozenset[str]
    stances: Mapping[str, Stance]
    instead: Mapping[Kind, tuple[tuple[Kind, re.Pattern[str]], ...]]
    silent: re.Pattern[str]
    told: tuple[tuple[Kind, re.Pattern[str]], ...]
    units: Mapping[str, Unit]
    ceiling: re.Pattern[str]
    remaining: re.Pattern[str]
    cumulative: re.Pattern[str]
    documents: re.Pattern[str]
    withheld: re.Pattern[str]
    itself: frozenset[str]


@cache
def given_words() -> GivenWords:
    """The words, read once; ValueError names a kind, stance or unit that is none of ours."""
    data = mapping("given_claims.yaml")
    return GivenWords(
        types={str(kind): kind for kind in Kind} | {name: Kind(kind) for name, kind in data["types"].items()},
        open_types=frozenset(data["open_types"]),
        stances={name: Stance(stance) for name, stance in data["stances"].items()},
        instead={Kind(kind): _by_kind(others) for kind, others in data["instead"].items()},
        silent=_pattern(data["silent"]),
        told=_by_kind(data["told"]),
        units={name: Unit(unit) for name, unit in data["units"].items()},
        ceiling=_pattern(data["ceiling"]),
        remaining=_pattern(data["remaining"]),
        cumulative=_pattern(data["cumulative"]),
        documents=_pattern(data["documents"]),
        withheld=_pattern(data["withheld"]),
        itself=frozenset(data["itself"]),
    )


def _by_kind(lists: Mapping[str, Iterable[str]]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((Kind(kind), _pattern(words)) for kind, words in lists.items())


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    found = "|".join(_entry(str(entry)) for entry in sorted(map(str, entries), key=len, reverse=True))
    return re.compile(rf"(?i)(?<!\w)(?:{found})(?!\w)")


def _entry(entry: str) -> str:
    """One entry of the file as a pattern: `*` ends a stem, `...` skips a few words."""
    parts = [r"\W+".join(_word(word) for word in part.split()) for part in entry.split("...")]
    return _GAP.join(parts)


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)
