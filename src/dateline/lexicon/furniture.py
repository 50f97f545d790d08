"""Words of page furniture, credits and datelines (`furniture_<language>.yaml`), as patterns and tables.

Those of all languages are looked for together: a page is cleaned before its language is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from dateline.lexicon.loading import joined

_NAME: Final = (
    r"(?-i:(?:[^\W\d_a-z]|d['’]|al-|de |van |von |bin |el )[\w.'’-]*"
    r"(?:,? (?:and |of |for |the |at |in )?(?:[^\W\d_a-z]|d['’]|al-|de |van |von |bin |el )[\w.'’-]*){0,14})"
)
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone as newsrooms write it: minutes east, and how dates in figures are ordered where it is used."""

    minutes: int
    order: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Reasons of furniture by a page's tags, ARIA roles and class words; `hidden` are classes not shown."""

    tags: Mapping[str, str]
    roles: Mapping[str, str]
    classes: Mapping[str, str]
    hidden: frozenset[str]


@dataclass(frozen=True, slots=True)
class FurnitureWords:
    """`lines` and `sentences` map a reason to its pattern, to be matched in full and at a sentence's start.

    `section` is the header of a list of other stories, `inline_section` one with a story on the same line,
    `stamp` a date of publication alone, `stamps` one inside a line; `agencies` maps lower-case names to the
    canonical one, `months` and `weekdays` words to numbers (weekdays: none); `openers` are small words that
    open sentences, `bridges` those that end no headline.
    """

    lines: Mapping[str, re.Pattern[str]]
    sentences: Mapping[str, re.Pattern[str]]
    prefixes: Mapping[str, re.Pattern[str]]
    section: re.Pattern[str]
    inline_section: re.Pattern[str]
    stamp: re.Pattern[str]
    stamps: re.Pattern[str]
    agency: re.Pattern[str]
    stamp_labels: Mapping[str, tuple[str, ...]]
    menu_words: frozenset[str]
    social_words: frozenset[str]
    agencies: Mapping[str, str]
    not_datelines: frozenset[str]
    openers: frozenset[str]
    bridges: frozenset[str]
    months: Mapping[str, int]
    weekdays: frozenset[str]
    zones: Mapping[str, Zone]
    layout: Layout
    ordinals: str
    at: str
    by: str
    after_name: str
    between: str
    date_of: str
    day_first: re.Pattern[str]


@cache
def furniture_words() -> FurnitureWords:
    """The words, read once; the patterns ignore case except inside `<name>`."""
    data = joined("furniture")
    agencies = {name: canonical for canonical, names in data["agencies"].items() for name in names}
    months = {name: number % _YEAR + 1 for number, names in enumerate(data["months"]) for name in names}
    stand_ins = {
        "<name>": _NAME,
        "<agency>": _any(agencies),
        "<stamp>": _stamp([*months, *data["weekdays"], *data["zones"]], data["clock"]),
    }

    def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        for name, pattern in stand_ins.items():
            joined = joined.replace(name, pattern)
        return re.compile(joined, re.IGNORECASE)

    def family(key: str) -> dict[str, re.Pattern[str]]:
        return {reason: compiled(group[key]) for reason, group in data["patterns"].items() if key in group}

    return FurnitureWords(
        lines=family("line"),
        sentences=family("sentence"),
        prefixes=family("prefix"),
        section=compiled(data["sections"]),
        inline_section=compiled(rf"\W{{0,3}}{pattern}\s?[:|>»–—-]\s?" for pattern in data["inline_sections"]),
        stamp=compiled(["<stamp>"]),
        stamps=compiled([r"(?<!\w)<stamp>(?!\w)"]),
        agency=compiled([r"\b<agency>\b"]),
        stamp_labels={name: tuple(labels) for name, labels in data["stamps"].items()},
        menu_words=frozenset(data["menu_words"]),
        social_words=frozenset(data["social_words"]),
        agencies=agencies,
        not_datelines=frozenset(data["not_datelines"]),
        openers=frozenset(data["openers"]),
        bridges=frozenset(data["bridges"]),
        months=months,
        weekdays=frozenset(data["weekdays"]),
        zones={name: Zone(zone["minutes"], zone.get("order")) for name, zone in data["zones"].items()},
        layout=Layout(**{**data["layout"], "hidden": frozenset(data["layout"]["hidden"])}),
        ordinals="|".join(data["ordinals"]),
        at="|".join(data["at"]),
        by="|".join(data["by"]),
        after_name="|".join(data["after_name"]),
        between="|".join(data["and"]),
        date_of="|".join(data["of"]),
        day_first=re.compile(rf"\b(?:{'|'.join(data['day_first'])})\s*$", re.IGNORECASE),
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


def _stamp(words: Iterable[str], clock: Iterable[str]) -> str:
    token = (
        rf"(?:\d[\d.:/-]*(?:st|nd|rd|th|am|pm|h|z)?(?:t\d[\d.:]*z?)?|[+-]\d[\d:]*|{_any(words)}\.?|{'|'.join(clock)})"
    )
    return rf"(?:(?=[^\n]{{0,40}}\d)\(?{token}(?:[ ,|()\u00b7\u2022–—-]{{1,3}}{token}){{0,14}}\)?)"
