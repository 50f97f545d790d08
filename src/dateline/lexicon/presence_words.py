"""How claims put how much of a force came, stays or went, as data (`presence_<language>.yaml`).

The lists of all languages are looked for together: a claim is some words of its report, and those of two languages
hardly meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.lexicon import countries
from dateline.lexicon.loading import by_language, lists
from dateline.lexicon.phrases import phrases
from dateline.model import DeploymentKind

_HOST = "HOST"
_LAST = r"(?<![\w-])(?:{last})(?!\W+(?:of\W+(?:the|its|their)?\W*)?(?:{other})(?!\w))(?![\w-])"
_OF_WHOLE = re.compile(
    r"(?i)(?<!\w)(?:out of|of|from)\W+(?:(?:a|the|its|their|some|about|around|nearly|almost|roughly|over|more than"
    r"|force|contingent|total|estimated|put|counted|at|of)\W+){0,5}"
    r"(?P<number>\d{1,3}(?:[,  ]\d{3})+|\d{2,6})(?![\w.,]*\d)"
    r"(?!\W+(?:tonnes?|tons?|bases?|sites?|camps?|dollars|euros|km|kilomet|miles|planes?|aircraft|percent|per cent|"
    r"january|february|march|april|may|june|july|august|september|october|november|december))"
)
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class PresenceWords:
    """Patterns over the words of a claim; each list is explained in the file."""

    last: re.Pattern[str]
    whole: re.Pattern[str]
    done: re.Pattern[str]
    not_whole: re.Pattern[str]
    last_base: re.Pattern[str]
    bases: re.Pattern[str]
    under_way: re.Pattern[str]
    part: re.Pattern[str]
    remain: re.Pattern[str]
    driven_out: re.Pattern[str]
    more: re.Pattern[str]
    not_more: re.Pattern[str]
    cumulative: re.Pattern[str]
    served: re.Pattern[str]
    few: re.Pattern[str]
    handed: re.Pattern[str]
    going: re.Pattern[str]
    standing: re.Pattern[str]
    national: re.Pattern[str]
    shares: Mapping[str, re.Pattern[str]]
    share_bounds: Mapping[str, tuple[float, float]]
    deployment: Mapping[DeploymentKind, re.Pattern[str]]
    abroad: tuple[str, ...]
    inside: tuple[str, ...]

    def share(self, words: str) -> tuple[float, float] | None:
        """The part of a force that left, as bounds between 0 and 1, where the words give one."""
        for name, pattern in self.shares.items():
            if pattern.search(words):
                return self.share_bounds[name]
        return None

    def deployment_kind(self, words: str) -> DeploymentKind | None:
        """What the force is there for, as far as the words say."""
        return next((kind for kind, pattern in self.deployment.items() if pattern.search(words)), None)


_FILES = "presence"


@cache
def presence_words() -> PresenceWords:
    """The words of all languages; KeyError names a list that a file lacks."""
    tables = by_language(_FILES).values()
    last = (_LAST.format(last="|".join(data["last"]), other="|".join(data["not_last"])) for data in tables)
    single = "whole done not_whole last_base bases under_way part remain driven_out more not_more cumulative"
    return PresenceWords(
        last=re.compile("|".join(last), re.IGNORECASE),
        **{
            name: phrases(lists(_FILES, name))
            for name in [*single.split(), "standing", "national", "served", "few", "handed", "going"]
        },
        shares={name: phrases(entries) for name, entries in _joined("shares").items()},
        share_bounds={name: (low, high) for data in tables for name, (low, high) in data["share_bounds"].items()},
        deployment={DeploymentKind(kind): phrases(entries) for kind, entries in _joined("deployment").items()},
        abroad=tuple(map(str, lists(_FILES, "abroad"))),
        inside=tuple(map(str, lists(_FILES, "inside"))),
    )


def _joined(name: str) -> dict[Any, list[str]]:
    """Lists by name, of all languages."""
    out: dict[Any, list[str]] = {}
    for data in by_language(_FILES).values():
        for key, entries in data[name].items():
            out.setdefault(key, []).extend(entries)
    return out


@cache
def out_of(host: str) -> re.Pattern[str]:
    """Finds words that put the leaving force outside the country of that alpha-3 code."""
    return _of_country(presence_words().abroad, host)


@cache
def inside(host: str) -> re.Pattern[str]:
    """Finds words that put a force in the country of that alpha-3 code as a whole."""
    return _of_country(presence_words().inside, host)


def _of_country(entries: Iterable[str], host: str) -> re.Pattern[str]:
    """The phrases with the names of a country; "Niger's capital" is not the country."""
    found = phrases(_filled(entries, _names(host)))
    return re.compile(rf"{found.pattern}(?!['’]s)")


def _names(host: str) -> tuple[str, ...]:
    country = countries.by_code(host)
    if country is None:
        return (host,)
    told = (known for code in countries.languages() for c, known in countries.forms(code) if c is country)
    return tuple(dict.fromkeys(name for known in told for name in known.names))


def _filled(entries: Iterable[str], names: tuple[str, ...]) -> Iterable[str]:
    for entry in entries:
        if _HOST not in entry:
            yield entry
        else:
            yield from (entry.replace(_HOST, name.lower()) for name in names)


def of_whole(words: str, party: float) -> float | None:
    """The number of which a party of that size left: 950 in "766 out of about 950"; None for none, or for a year."""
    for found in _OF_WHOLE.finditer(words):
        number = int(re.sub(r"\D", "", found["number"]))
        if number > party and (number not in _YEARS or "," in found["number"]):
            return number
    return None


def vague_number(text: str) -> int | None:
    """What ACLED puts for a number in words: 12 for "dozens"; None for words that it has no number for.

    >>> vague_number("several hundred"), vague_number("400")
    (100, None)
    """
    words = text.casefold()
    if any(char.isdigit() for char in words):
        return None
    found = [number for number, pattern in _acled_numbers().items() if pattern.search(words)]
    return max(found, default=None)


@cache
def _acled_numbers() -> Mapping[int, re.Pattern[str]]:
    return {int(number): phrases(entries) for number, entries in _joined("acled_numbers").items()}
