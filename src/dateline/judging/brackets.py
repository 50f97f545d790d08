"""Names as a person types them, with what he says of them in brackets: `Wagner Group [RUS PMC]`, `Gao [MLI site]`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from dateline.lexicon.countries import by_code, demonym_countries, named

_BRACKETED = re.compile(r"(?P<name>[^\[\]]*?)\s*\[(?P<inside>[^\[\]]*)\]\s*(?P<behind>[^\[\]]*)")
_POINT = re.compile(r"(?P<lat>[+-]?\d+(?:\.\d+)?)\s*(?:,\s*|\s)(?P<lon>[+-]?\d+(?:\.\d+)?)")
_NOTHING = frozenset({"none", "null", "nobody", "not said"})
NOT_KNOWN = "?"

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Typed:
    """A name, the words in brackets after it, and what stands behind them."""

    name: str
    inside: tuple[str, ...] = ()
    behind: str = ""


def typed(text: str) -> Typed:
    """What was typed, in its parts; ValueError for brackets that do not close or stand before the name."""
    text = " ".join(text.split())
    match = _BRACKETED.fullmatch(text)
    if match is None:
        if "[" in text or "]" in text:
            raise ValueError(f"{text!r}: write a name and then its brackets, as in: Wagner Group [RUS PMC]")
        return Typed(text)
    return Typed(match["name"].strip(), tuple(match["inside"].split()), match["behind"].strip())


def is_nothing(text: str) -> bool:
    """Whether the words mean that the slot is empty.

    >>> is_nothing("None"), is_nothing("Niger")
    (True, False)
    """
    return text.strip().casefold() in _NOTHING


def one_of(kind: type[E], text: str, *, what: str) -> E:
    """The member of an enumeration that was typed, in any case; ValueError names the nearest ones."""
    wanted = text.strip().casefold().replace(" ", "_").replace("-", "_")
    for member in kind:
        if str(member).casefold() == wanted:
            return member
    raise ValueError(f"{text.strip()!r} is no {what}; {_meant(wanted, [str(member) for member in kind])}")


def _meant(wanted: str, known: Iterable[str]) -> str:
    words = {word.casefold(): word for word in known}
    near = [words[word] for word in difflib.get_close_matches(wanted, words, n=3)]
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(words.values())}"


def country(text: str) -> str | None:
    """The alpha-3 code of a country by code, name or demonym, None for "?"; ValueError where it is none or two."""
    words = text.strip()
    if words == NOT_KNOWN or is_nothing(words):
        return None
    found = countries_of(words)
    if len(found) != 1:
        wrong = f"may be {' or '.join(found)}" if found else "is no country"
        raise ValueError(f"{words!r} {wrong}; use a name or an alpha-3 code such as NER")
    return found[0]


def country_of(text: str) -> str | None:
    """The alpha-3 code of a country by code, name or demonym, "'s" aside; None where the words are none or mean two."""
    found = countries_of(text)
    return found[0] if len(found) == 1 else None


def countries_of(text: str) -> tuple[str, ...]:
    """The alpha-3 codes of all countries that the words may mean ("Congo")."""
    words = text.strip().replace("’", "'").removesuffix("'s")
    if len(words) == 3 and (known := by_code(words.upper())) is not None and known.code == words.upper():
        return (known.code,)
    for form in dict.fromkeys((words, words.title(), words.upper())):
        states = named(form) or demonym_countries(form)
        if states:
            return tuple(state.code for state in states)
    return ()


def point(text: str) -> tuple[float, float]:
    """A point typed as LAT,LON in degrees."""
    match = _POINT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text.strip()!r} is no point; write LAT,LON in degrees, as in 13.4815,2.1836")
    return float(match["lat"]), float(match["lon"])
