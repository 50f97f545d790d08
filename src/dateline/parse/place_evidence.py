"""What a report says elsewhere that tells which of several places of one name is meant.

Countries and provinces by names that can mean only them, and, softly, where the candidates of all its names lie:
names of one report tend to lie near one another, as in the geoparsers of Leidner (2007) and Smith and Crane (2001).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar

from dateline.lexicon.countries import by_code, by_name, demonym_countries, named, territory, writes_small
from dateline.lexicon.gazetteer import Entry, fold, lookup
from dateline.model import Precision
from dateline.parse.place_spans import Naming, Shape
from dateline.parse.place_view import View

STATE = 9.0
RIVAL = 6.2
"""Priors of a state, and of a province that contends with a state of its name."""

RENOWNED = 5.0
"""Prior from which a name that is not a place's own speaks for another country than the report's: "Peking"."""

UNMISTAKABLE = 4.0
"""Prior from which a town speaks for its country; the next country's must be 1.5 lower."""

MOST = 40
"""Candidates of a name that are weighed, likeliest first."""

NEIGHBOUR_KM = 1500.0
"""Kilometres between the middles of states that count as neighbours."""

WHOLE = frozenset({"GBR"})
"""States whose first-level units are as large as states."""

Cell = tuple[int, int]
Unit = tuple[str | None, str]
K = TypeVar("K")


@dataclass(frozen=True)
class Context:
    """Countries and provinces the report names, with counts, the country of its outlet, and its names."""

    countries: Counter[str]
    admins: Counter[tuple[str, str]]
    home: str | None
    names: frozenset[str] = field(default=frozenset())

    def dominant(self) -> str | None:
        """The country most of the evidence speaks of, when it clearly leads."""
        told = self.countries + Counter({self.home: 2} if self.home is not None else {})
        ranked = told.most_common(2)
        if not ranked or ranked[0][1] < 2:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None

    def neighbours(self, country: str) -> int:
        """How many other states that the report speaks of lie within `NEIGHBOUR_KM` of a state's middle."""
        here = _middle(country)
        if here is None:
            return 0
        middles = (_middle(other) for other in self.countries if other != country)
        return sum(1 for middle in middles if middle is not None and distance(here, middle) <= NEIGHBOUR_KM)

    def sisters(self, entry: Entry) -> int:
        """How many other provinces of the entry's country the report names."""
        return sum(1 for place in self.admins if place[0] == entry.country and place[1] != entry.admin)

    def near(self, name: str, entry: Entry) -> float:
        """How many other names of the report may lie within about a degree of the entry."""
        own = _cells(fold(name))
        total, by_cell = 0.0, self._by_cell
        row, column = _cell(entry)
        for cell in ((row + a, column + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
            total += by_cell.get(cell, 0.0) - own.get(cell, 0.0)
        return max(0.0, total)

    def beside(self, name: str, entry: Entry) -> float:
        """How many other names of the report may lie in the entry's province."""
        place = unit(entry)
        return 0.0 if place is None else max(0.0, self._by_unit.get(place, 0.0) - _units(fold(name)).get(place, 0.0))

    @cached_property
    def _by_cell(self) -> Mapping[Cell, float]:
        return _sum(_cells(name) for name in self.names)

    @cached_property
    def _by_unit(self) -> Mapping[Unit, float]:
        return _sum(_units(name) for name in self.names)


def context(seen: View, found: list[Naming], home: str | None) -> Context:
    """The evidence of a report: its names of places, and demonyms outside them."""
    countries: Counter[str] = Counter()
    admins: Counter[tuple[str, str]] = Counter()
    for naming in found:
        country = evidence_country(naming.name)
        if country is None or mistakable(naming, country, home):
            continue
        countries[country] += 1
        first = next(iter(lookup(naming.name)), None)
        if first is not None and first.country == country and first.precision is Precision.PROVINCE:
            admins[country, first.admin] += 1
    inside, small = {naming.start for naming in found}, writes_small(seen.language)
    for at, capital in enumerate(seen.capital):
        states = (
            demonym_countries(seen.words[at], seen.language)
            if (capital or small) and seen.starts[at] not in inside
            else ()
        )
        if len(states) == 1:
            countries[states[0].code] += 1
    return Context(countries, admins, home, frozenset(fold(n.name) for n in found if not named(n.name)))


def evidence_country(name: str) -> str | None:
    """The country a name speaks for in the document: a state's, or an unmistakable place's."""
    state = by_name(name)
    found = lookup(name)
    if state is not None:
        if len(named(name)) > 1:
            return None
        return None if rival(name, state.code) and territory(name) is None else state.code
    if not found or found[0].country is None or found[0].prior < UNMISTAKABLE:
        return None
    rest = [entry.prior for entry in found if entry.country != found[0].country]
    return found[0].country if not rest or found[0].prior - rest[0] >= 1.5 else None


def mistakable(naming: Naming, country: str | None, home: str | None) -> bool:
    """Whether a name speaks for a town abroad only by a name it has too, or by a site called after it.

    "Terminus", once Atlanta, in a report from Nigeria; "Pearl Square" in one from Bahrain.
    """
    if home in (None, country) or by_name(naming.name) is not None:
        return False
    found = lookup(naming.name)
    if not found or found[0].prior >= RENOWNED:
        return False
    return naming.shape is Shape.SITE or not own_name(found[0].name, naming.name)


def own_name(own: str, asked: str) -> bool:
    """Whether the words asked for are the place's first name or part of it, or hold it, not an old or foreign one."""
    return fold(asked) in fold(own) or fold(own) in fold(asked)


def home_country(*names: str | None) -> str | None:
    """The country that the place of a dateline ("EDMONTON, Ky"), or else an outlet's name ("Kyiv Post"), speaks for.

    In each, the last of its names that can mean one country only.
    """
    for name in filter(None, names):
        words = re.findall(r"\w[\w'’.-]*", name)
        spans = ((start, end) for end in range(len(words), 0, -1) for start in range(max(0, end - 3), end))
        found = (evidence_country(" ".join(words[start:end])) for start, end in spans)
        country = next(filter(None, found), None)
        if country is not None:
            return country
    return None


def rival(name: str, code: str) -> bool:
    """Whether a great province of another state has a state's name (Georgia)."""
    return any(e.country != code and e.prior >= RIVAL and e.precision is Precision.PROVINCE for e in lookup(name))


def distance(a: Entry, b: Entry) -> float:
    """Kilometres between two entries."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


@lru_cache(maxsize=512)
def _middle(country: str) -> Entry | None:
    """The gazetteer's point of a state."""
    state = by_code(country)
    entries = lookup(state.name) if state is not None else ()
    return next((entry for entry in entries if entry.country == country and entry.source == "countries"), None)


def _cell(entry: Entry) -> Cell:
    return round(entry.lat), round(entry.lon)


def unit(entry: Entry) -> Unit | None:
    """The province an entry lies in, None where that says little (`WHOLE`: England is one)."""
    return (entry.country, entry.admin) if entry.admin and entry.country not in WHOLE else None


def _weights(key: str) -> Iterator[tuple[Entry, float]]:
    """The candidates of a folded name and how likely each is by its prior alone."""
    entries = lookup(key)[:MOST]
    most = max((entry.prior for entry in entries), default=0.0)
    strength = [10 ** ((entry.prior - most) / 2) for entry in entries]
    total = sum(strength)
    yield from ((entry, part / total) for entry, part in zip(entries, strength, strict=True))


@lru_cache(maxsize=4096)
def _cells(key: str) -> Mapping[Cell, float]:
    """Where the candidates of a folded name lie."""
    found: defaultdict[Cell, float] = defaultdict(float)
    for entry, part in _weights(key):
        if entry.precision is not Precision.REGION:
            found[_cell(entry)] += part
    return dict(found)


@lru_cache(maxsize=4096)
def _units(key: str) -> Mapping[Unit, float]:
    """The provinces that the candidates of a folded name lie in."""
    found: defaultdict[Unit, float] = defaultdict(float)
    for entry, part in _weights(key):
        place = unit(entry)
        if place is not None:
            found[place] += part
    return dict(found)


def _sum(tables: Iterable[Mapping[K, float]]) -> Mapping[K, float]:
    total: defaultdict[K, float] = defaultdict(float)
    for table in tables:
        for key, value in table.items():
            total[key] += value
    return dict(total)
