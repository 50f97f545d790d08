"""Lines above a report that name its outlet ("Example Herald | 3 May 2031"), and names of agencies nobody lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from dateline.lexicon.actors import by_name as known_actor
from dateline.lexicon.countries import by_demonym
from dateline.lexicon.furniture import furniture_words
from dateline.lexicon.gazetteer import lookup
from dateline.lexicon.mastheads import masthead_words
from dateline.model import Precision, Sector
from dateline.parse.stamps import written_dates

LONGEST: Final = 120
LARGE: Final = 100_000
"""Inhabitants of a town that sections are named after; small towns share their names with outlets."""

_POINTS: Final = frozenset({Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT})
_BAR = re.compile(r"\s*[|•·/]\s*|\s+[–—-]+\s+")
_COMMA = re.compile(r"\s*[,;]\s+|\s*[,;]$|^[,;]\s*")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_TRAILING = re.compile(r"\s+(?:on|at|in|dated)$", re.IGNORECASE)
_LOOSE = re.compile(r"^(?:(?:the|on|at|of)\b|[\s,|()·•–—-])+|(?:\b(?:the|on|at|of)|[\s,|(·•–—-])+$", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z][A-Z.&-]{1,5}")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a line says of the outlet. `dated`: it carries a date with its year; `sure`: it needs no other sign."""

    outlet: str | None
    agency: str | None
    byline: str | None
    dated: bool
    sure: bool


def masthead(line: str) -> Masthead | None:
    """What a line that is made of names and a date says, or None for any other line.

    Beside a date between bars any short name may stand; it is the outlet when its words are those of outlets, when it
    is a known one, or when it is one word that is no place, people or section. Alone on its line only the words decide.
    """
    if len(line) > LONGEST or "\n" in line:
        return None
    dates = list(_dates(line))
    if not dates and _BY.match(line) is None:
        return _alone(line.strip(" |•·–—-"))
    rest, reached = [], 0
    for start, end in dates:
        rest.append(line[reached:start])
        reached = end
    pieces = [piece for part in (*rest, line[reached:]) for piece in _pieces(part)]
    barred = any(_BAR.search(part) is not None for part in (*rest, line[reached:]))
    found = _named(pieces, barred=barred)
    return replace(found, dated=bool(dates)) if found is not None else None


def without_outlet(title: str) -> tuple[str, str | None]:
    """A headline without the outlet that a page title ends with ("... | Example Herald"), and that outlet."""
    bars = list(re.finditer(r"\s+[|–—-]\s+", title))
    if bars and len(title[: bars[-1].start()].split()) >= 4:
        name = title[bars[-1].end() :].strip()
        if _outlet(name):
            return title[: bars[-1].start()].strip(), name
    return title, None


def credited(bracket: str, *, certain: bool) -> str | None:
    """The agency that the bracket of a dateline names by its form; `certain` if place or day show it is a dateline.

    In a certain dateline any short name of capitals counts that is no section, body, country or date.
    """
    for part in re.split(r"\s*[,/;|]\s*", bracket):
        name = part.strip()
        words = masthead_words()
        if words.agency.fullmatch(name) is not None and _capitalised(name):
            return name
        if words.bracketed.fullmatch(name) is not None and _capitalised(name, small=certain):
            return name
        if certain and _credit_name(name):
            return name
    return None


def newspaper(name: str) -> bool:
    """Whether a credited name is rather an outlet than an agency ("Example Post")."""
    return _outlet(name) and masthead_words().bracketed.fullmatch(name) is None


def _dates(line: str) -> Iterator[tuple[int, int]]:
    """Stretches of a line that are a date with its year, with weekday, time and zone."""
    days = [(d.start, d.end) for d in written_dates(line) if d.year is not None]
    for found in furniture_words().stamps.finditer(line):
        loose = _LOOSE.search(found.group())
        tail = _LOOSE.sub("", found.group())
        lead = len(loose.group()) if loose is not None and loose.start() == 0 else 0
        start = found.start() + lead
        if any(start <= day and end <= start + len(tail) for day, end in days):
            yield start, start + len(tail)


def _pieces(part: str) -> Iterator[tuple[str, bool]]:
    """(name, whether "by" leads to it) of the names around a date, labels dropped."""
    words = masthead_words()
    for piece in (p for bar in _BAR.split(part) for p in _COMMA.split(bar)):
        text = _TRAILING.sub("", piece.strip(" ()[]:\t"))
        label = words.labels.match(text)
        if label is not None and not text[label.end() : label.end() + 1].isalnum():
            text = text[label.end() :].strip(" :").removeprefix("the ")
        by = _BY.match(text)
        if text and (by is None or by.end() < len(text)):
            yield (text[by.end() :], True) if by is not None else (text, False)


def _alone(name: str) -> Masthead | None:
    words = masthead_words()
    if not _capitalised(name) and words.domain.fullmatch(name) is None:
        return None
    if words.agency.fullmatch(name) is not None:
        return Masthead(None, name, None, dated=False, sure=False)
    if not _outlet(name):
        return None
    sure = words.strong.fullmatch(name) is not None or words.domain.fullmatch(name) is not None
    return Masthead(name, None, None, dated=False, sure=sure)


def _named(pieces: list[tuple[str, bool]], *, barred: bool) -> Masthead | None:
    outlet = agency = byline = None
    unknown: list[str] = []
    for name, by in pieces:
        if _outlet(name):
            outlet = outlet or name
        elif masthead_words().agency.fullmatch(name) is not None or name.lower() in furniture_words().agencies:
            agency = agency or name
        elif by and _capitalised(name) and len(name.split()) > 1 and not _section(name):
            byline = byline or name
        elif _section(name) or (_capitalised(name) and _located(name)):
            continue
        elif len(name.split()) <= 3 and _capitalised(name, small=False):
            unknown.append(name)
        else:
            return None
    named = outlet or agency or byline
    if unknown and not (named or barred or (len(unknown) == 1 and " " not in unknown[0])):
        return None
    single = [name for name in unknown if " " not in name and len(name) > 2]
    if outlet is None and agency is None and len(single) == 1:
        outlet = single[0]
    return Masthead(outlet, agency, byline, dated=True, sure=outlet is not None or agency is not None)


def _outlet(name: str) -> bool:
    words = masthead_words()
    if words.domain.fullmatch(name) is not None:
        return True
    if not _capitalised(name) or _section(name):
        return False
    if words.strong.fullmatch(name) is not None:
        return True
    if words.agency.fullmatch(name) is None and words.weak.fullmatch(name) is not None:
        return True
    actor = known_actor(name)
    listed = name.lower() in furniture_words().agencies
    return actor is not None and actor.sector is Sector.MED and not actor.person and not listed


def _credit_name(name: str) -> bool:
    words = furniture_words()
    if name.lower() in words.not_datelines or name.lower() in words.weekdays or name.lower() in words.months:
        return False
    if _section(name) or any(char.isdigit() for char in name) or name.lower() in words.zones:
        return False
    if _ACRONYM.fullmatch(name) is None and not (len(name) > 3 and len(name.split()) <= 5 and _capitalised(name)):
        return False
    return not _located(name)


def _section(name: str) -> bool:
    words = furniture_words()
    tokens = re.findall(r"[\w'’-]+", name.lower())
    return all(
        word in masthead_words().generic or word in words.menu_words or word in words.not_datelines or word.isdigit()
        for word in tokens
    )


def _located(name: str) -> bool:
    """Whether it is a people or a place that a section or a line of place and date may be named after."""
    if by_demonym(name) is not None:
        return True
    return any(place.population >= LARGE or place.precision not in _POINTS for place in lookup(name))


def _capitalised(name: str, *, small: bool = True) -> bool:
    """Whether each word of a name has a capital; small words of names ("of", "de") may do without."""
    tokens, free = name.split(), masthead_words().small
    big = [token for token in tokens if not (small and token.lower() in free)]
    return (
        0 < len(tokens) <= 6
        and bool(big)
        and all(token[0].isupper() or token[0].isdigit() for token in big)
        and re.search(r"[.!?:;\"“”]|\d{3}", name.rstrip(".")) is None
    )
