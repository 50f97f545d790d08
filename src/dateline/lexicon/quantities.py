"""The words of number of a language, as data: how a count is written, bounded and what it counts.

The file is `quantities_<language>.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from dateline.lexicon.loading import mapping
from dateline.model import Scope, Unit


class Bound(StrEnum):
    """What the words around a number make of it."""

    UNDER = "under"
    EXACT = "exact"
    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Figures:
    """How numbers are written in figures: what parts thousands (a pattern), and the sign before decimals."""

    thousands: str
    decimal: str

    @property
    def pattern(self) -> str:
        """Matches a number in figures."""
        decimal = re.escape(self.decimal)
        return rf"\d{{1,3}}(?:{self.thousands}\d{{3}})+(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?"

    def value(self, written: str) -> float:
        """What they are worth; ValueError where they are no number."""
        return float(re.sub(self.thousands, "", written).replace(self.decimal, "."))

    def whole(self, written: str) -> bool:
        """Whether it is a whole number in figures."""
        return re.sub(self.thousands, "", written).isdecimal()


LITTLE = (
    "of",
    "of_forces",
    "including",
    "toll_at",
    "articles",
    "one",
    "no",
    "down_to",
    "leaving",
    "behind",
    "meeting",
    "bodies",
)
"""Lists of small words that the syntax around a count is read by."""


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The lexicon as read; lemmas and words in lower case.

    `vague` are ranges by themselves, `before`/`after` the words around a number and what they make of it,
    `units` counted nouns by lemma, `verbs` what is done to the counted, `suffering` verbs whose subject
    suffers, `lives`/`taking` a toll put as lives, `tolls` nouns of "the death of N", `states` words after a
    count ("13 dead"), `endings` those of plurals and what a singular has instead, `little` the lists of LITTLE; the
    rest is told beside each list in the file.
    """

    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    suffixes: Mapping[str, int]
    vague: Mapping[str, tuple[int, int | None]]
    fractions: Mapping[str, float]
    before: Mapping[str, Bound]
    after: Mapping[str, Bound]
    units: Mapping[str, Unit]
    plurals: frozenset[str]
    currency_signs: frozenset[str]
    military: frozenset[str]
    verbs: Mapping[str, Unit]
    suffering: Mapping[str, Unit]
    tolls: Mapping[str, Unit]
    states: Mapping[str, Unit]
    lives: frozenset[str]
    taking: frozenset[str]
    linking: frozenset[str]
    between: frozenset[str]
    denied: frozenset[str]
    measures: frozenset[str]
    strength: frozenset[str]
    membership: frozenset[str]
    designations: frozenset[str]
    skipped: frozenset[str]
    shares: frozenset[str]
    scope: Mapping[str, Scope]
    reducing: frozenset[str]
    changing: frozenset[str]
    figures: Figures
    joining: tuple[str, ...]
    few: tuple[str, ...]
    ranges: Mapping[str, tuple[str, ...]]
    endings: tuple[tuple[str, str], ...]
    little: Mapping[str, frozenset[str]]


@cache
def quantity_words(language: str = "en") -> QuantityWords:
    """The number words of `language`; KeyError names a section that the file lacks."""
    data = mapping(f"quantities_{language}.yaml")
    units = {lemma: Unit(unit) for lemma, unit in _inverted(data["units"]).items()}
    return QuantityWords(
        numbers=data["numbers"],
        multipliers=data["multipliers"],
        suffixes=data["suffixes"],
        vague={word: (low, high) for word, (low, high) in data["vague"].items()},
        fractions=data["fractions"],
        before={word: Bound(bound) for word, bound in _inverted(data["before"]).items()},
        after={word: Bound(bound) for word, bound in _inverted(data["after"]).items()},
        units=units,
        plurals=frozenset(form for lemma in units for form in _plurals(lemma, data["plurals"])),
        currency_signs=frozenset(data["currency_signs"]),
        military=frozenset(data["military"]),
        verbs={lemma: Unit(unit) for lemma, unit in _inverted(data["verbs"]).items()},
        suffering={lemma: Unit(unit) for lemma, unit in _inverted(data["suffering"]).items()},
        tolls={lemma: Unit(unit) for lemma, unit in _inverted(data["tolls"]).items()},
        states={word: Unit(unit) for word, unit in data["states"].items()},
        lives=frozenset(data["lives"]),
        taking=frozenset(data["taking"]),
        linking=frozenset(data["linking"]),
        between=frozenset(data["between"]),
        denied=frozenset(data["denied"]),
        measures=frozenset(data["measures"]),
        strength=frozenset(data["strength"]),
        membership=frozenset(data["membership"]),
        designations=frozenset(data["designations"]),
        skipped=frozenset(data["skipped"]),
        shares=frozenset(data["shares"]),
        scope={word: Scope(scope) for word, scope in _inverted(data["scope"]).items()},
        reducing=frozenset(data["reducing"]),
        changing=frozenset(data["changing"]),
        figures=Figures(**data["figures"]),
        joining=tuple(data["joining"]),
        few=tuple(data["few"]),
        ranges={name: tuple(entries) for name, entries in data["ranges"].items()},
        endings=tuple((plural, singular) for plural, singular in data["plurals"]["taken_off"]),
        little={name: frozenset(data["little"][name]) for name in LITTLE},
    )


def _inverted(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """From {value: words} to {word: value}."""
    return {word: value for value, words in groups.items() for word in words}


def _plurals(lemma: str, rules: Mapping[str, Any]) -> Iterable[str]:
    """The plural forms of a noun, the wrong ones harmless."""
    for singular, plural in rules["endings"]:
        if lemma.endswith(singular):
            yield lemma.removesuffix(singular) + plural
    if lemma in rules["same"]:
        yield lemma
    if lemma in rules["irregular"]:
        yield rules["irregular"][lemma]
