"""Which place a mention means: gazetteer candidates weighed by what else the report speaks of.

A candidate's score is its prior (about log10 of population) plus the evidence for its country in the
document, for its province, and from a container beside it ("Sinjar, Iraq"). Two distant candidates
that score alike are left undecided: the place keeps its name and, where they agree, its country.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.lexicon.countries import by_name, named, territory
from dateline.lexicon.gazetteer import Entry, fold, lookup, sites
from dateline.model import Place, Precision
from dateline.parse.place_spans import Naming, Shape

BOOST = 2.0
"""The most that the document's evidence for a country adds to a candidate's prior."""

STATE = 9.0
RIVAL = 6.2
"""Priors of a state, and of a province that contends with a state of its name."""

CONTAINER = 4.0
HOME = 0.5
ADMIN = 1.2
ALIKE = 0.15
"""Two distant candidates within this score of each other are equals."""

OBSCURE = 3.4
"""A settlement of lower prior needs evidence for its country."""

NEAR_KM = 60.0
SMALL_TOWN = 50_000
TWIN_KM = 400.0
_TWINS = frozenset({Precision.PROVINCE, Precision.SETTLEMENT})
DWARFED = 8
"""A province counts as the larger meaning of a name when it has this many times its town's people."""

_PRECISION = {
    Shape.SITE: Precision.SITE,
    Shape.AIRFIELD: Precision.SITE,
    Shape.PROVINCE: Precision.PROVINCE,
    Shape.DISTRICT: Precision.DISTRICT,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What the document says elsewhere: countries and provinces it names, with weights."""

    countries: Counter[str]
    admins: Counter[tuple[str, str]]
    home: str | None

    def dominant(self) -> str | None:
        """The country most of the evidence speaks of, when it clearly leads."""
        ranked = self.countries.most_common(2)
        if not ranked or ranked[0][1] < 2:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1] else None


@dataclass(frozen=True, slots=True)
class Within:
    """The container written beside a mention: a country, and the code of a province in it."""

    country: str
    admin: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a mention was decided to mean: an entry, or only a country, or neither."""

    entry: Entry | None = None
    country: str | None = None
    scores: tuple[float, ...] = field(default=())


def place(naming: Naming, text: str, choice: Choice) -> Place:
    """The mention as a Place; a country or region carries no point."""
    entry = choice.entry
    country = choice.country if entry is None else entry.country
    said = None if naming.shape is Shape.PROVINCE else _PRECISION.get(naming.shape)
    by_town = entry is not None and said is not None and entry.precision is not said
    name = naming.spoken if entry is None or by_town or naming.shape is Shape.PART else entry.name
    precision = _precision(naming, entry)
    pointed = entry is not None and precision not in (Precision.COUNTRY, Precision.REGION)
    lat, lon = (entry.lat, entry.lon) if entry is not None and pointed else (None, None)
    words = text[naming.start : naming.end]
    return Place(words, naming.start, naming.end, name, country, lat, lon, precision)


def _precision(naming: Naming, entry: Entry | None) -> Precision:
    """How exact a mention is, from what it means and how it is put."""
    if naming.shape is Shape.PART:
        inner = Precision.REGION if entry is None else entry.precision
        return Precision.DISTRICT if inner is Precision.SETTLEMENT else Precision.REGION
    if entry is not None:
        return entry.precision if naming.shape is Shape.PROVINCE else _PRECISION.get(naming.shape, entry.precision)
    if naming.shape is Shape.PLAIN and naming.label in ("LOC", "FAC"):
        return Precision.REGION if naming.label == "LOC" else Precision.SITE
    return _PRECISION.get(naming.shape, Precision.SETTLEMENT)


def choose(naming: Naming, context: Context, within: Within | None) -> Choice:
    """What a mention means here, or as much of it as the report decides."""
    entries = _shaped(naming)
    states = _states(naming) if naming.shape in (Shape.PLAIN, Shape.PART) else ()
    if states:
        own = {state.country for state in states}
        entries = [entry for entry in entries if entry.country not in own]
    ranked = sorted(
        ((_score(entry, context, within), -number, entry) for number, entry in enumerate((*states, *entries))),
        reverse=True,
    )
    if not ranked:
        country = within.country if within is not None else None
        if country is None and naming.shape not in (Shape.PLAIN, Shape.PART):
            country = context.dominant()
        return Choice(None, country)
    top, _, best = ranked[0]
    if _too_obscure(best, naming, context, within):
        return Choice(None, within.country if within is not None else None)
    for score, _, other in ranked[1:]:
        if top - score >= ALIKE:
            break
        if distance(best, other) > NEAR_KM and best.precision is other.precision:
            return Choice(None, best.country if best.country == other.country else None)
    return Choice(_larger(naming, best, [entry for _, _, entry in ranked[1:]]), best.country)


def _shaped(naming: Naming) -> list[Entry]:
    """The gazetteer's places of the name that fit what the words around it say."""
    found = list(lookup(naming.name))
    if naming.shape in (Shape.SITE, Shape.AIRFIELD):
        full = [entry for entry in lookup(naming.spoken) if entry.precision is Precision.SITE]
        if full:
            return full
        if naming.shape is Shape.AIRFIELD:
            airfields = list(sites(naming.name))
            if airfields:
                return airfields
        own = [entry for entry in found if fold(entry.name) == fold(naming.name)]
        return own if naming.name != naming.spoken else []
    if naming.shape is Shape.PROVINCE:
        wide = [e for e in found if e.precision in (Precision.PROVINCE, Precision.REGION, Precision.DISTRICT)]
        full = [e for e in lookup(naming.spoken) if e.precision in (Precision.PROVINCE, Precision.REGION)]
        return list(dict.fromkeys((*full, *(e for e in wide if e.precision is Precision.REGION)))) or wide or found
    if naming.shape is Shape.DISTRICT:
        return [e for e in (*lookup(naming.spoken), *found) if e.precision is Precision.DISTRICT] or found
    if naming.shape is Shape.SETTLEMENT:
        return [e for e in found if e.precision is Precision.SETTLEMENT] or found
    return found


def _states(naming: Naming) -> tuple[Entry, ...]:
    """Countries of the name as candidates, the likelier first."""
    states = named(naming.name)
    prior = STATE - (_rival(naming.name, states[0].code) if states else 0)
    return tuple(
        Entry(country.name, country.code, 0.0, 0.0, Precision.COUNTRY, 0, "countries", "", prior - number / 2)
        for number, country in enumerate(states)
    )


def _rival(name: str, code: str) -> bool:
    """Whether a great province of another state has a state's name (Georgia)."""
    return any(e.country != code and e.prior >= RIVAL and e.precision is Precision.PROVINCE for e in lookup(name))


def _score(entry: Entry, context: Context, within: Within | None) -> float:
    """Prior and evidence of a candidate."""
    score = entry.prior
    if entry.country is not None:
        weight = context.countries[entry.country]
        score += min(BOOST, 1.2 * math.log1p(weight)) + HOME * (entry.country == context.home)
        if entry.admin:
            score += min(BOOST, ADMIN * math.log1p(context.admins[entry.country, entry.admin]))
    if within is not None and entry.precision is not Precision.COUNTRY:
        fits = entry.country == within.country and within.admin in ("", entry.admin)
        score += CONTAINER if fits else 0.0
    return score


def _too_obscure(entry: Entry, naming: Naming, context: Context, within: Within | None) -> bool:
    """Whether a small place would be a guess: nothing else in the report speaks of its country."""
    if entry.prior >= OBSCURE or entry.source == "sites":
        return False
    if within is not None and entry.country == within.country:
        return False
    return entry.country is None or not context.countries[entry.country]


def _larger(naming: Naming, best: Entry, others: Iterable[Entry]) -> Entry:
    """Of a town and the province of its name, the province where it is much the larger, else the town."""
    if naming.shape is not Shape.PLAIN or best.precision not in _TWINS:
        return best
    for other in others:
        twin = other.precision in _TWINS and other.precision is not best.precision
        if twin and other.country == best.country and distance(best, other) < TWIN_KM:
            town, wide = sorted((best, other), key=lambda entry: entry.precision is Precision.PROVINCE)
            small = town.population < SMALL_TOWN or wide.population >= DWARFED * town.population
            return wide if small and town.population < wide.population else town
    return best


def evidence_country(name: str) -> str | None:
    """The country a name speaks for in the document: a state's, or an unmistakable place's."""
    state = by_name(name)
    found = lookup(name)
    if state is not None:
        if len(named(name)) > 1:
            return None
        return None if _rival(name, state.code) and territory(name) is None else state.code
    if not found or found[0].country is None or found[0].prior < OBSCURE:
        return None
    rest = [entry.prior for entry in found if entry.country != found[0].country]
    return found[0].country if not rest or found[0].prior - rest[0] >= 1.5 else None


def distance(a: Entry, b: Entry) -> float:
    """Kilometres between two entries."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))
