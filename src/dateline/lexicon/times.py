"""The words of time of a language, as data: which class a word is of and what it is worth.

The file is `times_<language>.yaml`; the grammar in `parse.time_grammar` is written over the classes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.lexicon.loading import mapping

SHAPES = (
    *("day", "number", "year", "date", "comma", "dot", "dash", "slash"),
    *("apostrophe", "open", "close", "break", "name", "other", "percent", "clock", "fiscalyear"),
)
"""Classes that come from a token's shape, not from the lexicon."""


@dataclass(frozen=True, slots=True)
class TenseWords:
    """The words by which a clause points ahead or back; what each list is for stands in the YAML file."""

    ahead: frozenset[str]
    modals: frozenset[str]
    wants: frozenset[str]
    before_to: frozenset[str]
    planned: frozenset[str]
    fixing: frozenset[str]
    scheduled: frozenset[str]
    scheduled_plural: frozenset[str]
    coming: frozenset[str]
    subjects: frozenset[str]
    lasting: frozenset[str]
    scheduled_events: frozenset[str]
    back: frozenset[str]
    past: frozenset[str]
    not_past: frozenset[str]
    not_ahead: frozenset[str]
    named: Mapping[str, frozenset[str]]
    ahead_forms: re.Pattern[str]
    back_forms: re.Pattern[str]
    past_forms: re.Pattern[str]
    after_forms: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TimeRules:
    """The grammar over the classes: `pieces` that rules share, `rules` in order, `keys` with the rules near them."""

    pieces: Mapping[str, str]
    rules: Mapping[str, str]
    keys: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """`classes` in order, `words` in lower case to (class, value), `capitalised` words that need a capital.

    `phrases` matches the entries that are no plain word, longest first; `beside` are the words by which a time is
    told from what only looks like one, `clock`, `sign` and `fiscal` the patterns of hours, quarters and fiscal years.
    """

    classes: tuple[str, ...]
    words: Mapping[str, tuple[str, int | str]]
    capitalised: frozenset[str]
    phrases: str
    name_before: frozenset[str]
    name_after: frozenset[str]
    named_for_days: frozenset[str]
    southern: frozenset[str]
    measures: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    clock: str
    sign: str
    fiscal: str
    tense: TenseWords
    rules: TimeRules


@cache
def time_words(language: str = "en") -> TimeWords:
    """The time words of `language`; ValueError names a word that two classes claim."""
    data = mapping(f"times_{language}.yaml")
    words: dict[str, tuple[str, int | str]] = {}
    for name, entries in data["classes"].items():
        for word, value in entries.items():
            if word.lower() in words:
                raise ValueError(f"times_{language}.yaml: {word!r} is in {name} and {words[word.lower()][0]}")
            words[word.lower()] = (name, value)
    phrases = sorted((w for w in words if not w.isalpha()), key=len, reverse=True)
    return TimeWords(
        classes=(*data["classes"], *SHAPES),
        words=words,
        capitalised=frozenset(data["capitalised"]),
        phrases="|".join(_phrase(p) for p in phrases if p != "&"),
        name_before=frozenset(data["name_before"]),
        name_after=frozenset(data["name_after"]),
        southern=frozenset(name.lower() for name in data["southern"]),
        named_for_days=frozenset(data["named_for_days"]),
        measures=frozenset(data["measures"]),
        beside={name: frozenset(words) for name, words in data["beside"].items()},
        clock="|".join(re.sub(r"\s+", "", pattern) for pattern in data["shapes"]["clock"]),
        sign=data["shapes"]["sign"],
        fiscal=data["shapes"]["fiscal"],
        tense=_tense(data["tense"]),
        rules=_rules(data["grammar"]),
    )


def _phrase(written: str) -> str:
    """A phrase as a pattern; the word after one that ends in an apostrophe ("l'année") may touch it."""
    pattern = re.escape(written).replace(r"\ ", r"\s{1,2}")
    return pattern if written.endswith("'") else rf"{pattern}(?!\w)"


def _tense(data: Mapping[str, Any]) -> TenseWords:
    forms: dict[str, Any] = {f"{name}_forms": re.compile(pattern) for name, pattern in data["forms"].items()}
    named = {name: frozenset(words) for name, words in data["named"].items()}
    lists: dict[str, Any] = {name: frozenset(words) for name, words in data.items() if name not in ("forms", "named")}
    return TenseWords(**lists, **forms, named=named)


def _rules(data: Mapping[str, Any]) -> TimeRules:
    keys = tuple((key, tuple(rules)) for key, rules in data["keys"].items())
    return TimeRules(pieces=data["pieces"], rules=data["rules"], keys=keys)
