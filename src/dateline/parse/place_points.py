"""Which place a mention means: gazetteer candidates weighed by what else the report speaks of.

A candidate's score is its prior (about log10 of population) plus the evidence for its country in the
document, for its province, and from a container beside it ("Sinjar, Iraq"). Two distant candidates
that score alike are left undecided: the place keeps its name and, where they agree, its country.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.lexicon.countries import by_code, named
from dateline.lexicon.gazetteer import HAND_WRITTEN, Entry, fold, lookup, sites
from dateline.lexicon.place_words import place_weights
from dateline.model import Place, Precision
from dateline.parse.place_evidence import MOST, RENOWNED, STATE, Context, distance, mistakable, own_name, rival
from dateline.parse.place_offsets import moved, town_km, uncertainty
from dateline.parse.place_spans import Naming, Shape

ALIKE = 0.4
"""Candidates whose scores differ by less (odds under three to two) stay undecided."""

OBSCURE = 3.4
"""Prior under which a place is a guess, unless the report speaks of its country."""

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
    Shape.QUARTER: Precision.DISTRICT,
}


@dataclass(frozen=True, slots=True)
class Within:
    """The container written beside a mention: a country, and the code of a province in it."""

    country: str
    admin: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a mention was decided to mean: an entry, or only a country, or neither; `among` whom nothing decides."""

    entry: Entry | None = None
    country: str | None = None
    among: tuple[Entry, ...] = ()


def place(naming: Naming, text: str, choice: Choice) -> Place:
    """The mention as a Place; a country or region carries no point."""
    entry = choice.entry
    country = choice.country if entry is None else entry.country
    said = None if naming.shape is Shape.PROVINCE else _PRECISION.get(naming.shape)
    by_town = entry is not None and said is not None and entry.precision is not said
    name = naming.spoken if entry is None or by_town or naming.shape is Shape.PART else entry.name
    precision = _precision(naming, entry)
    pointed = entry is not None and precision not in (Precision.COUNTRY, Precision.REGION)
    words = text[naming.start : naming.end]
    if entry is None or not pointed:
        several = tuple(map(_label, choice.among))
        return Place(words, naming.start, naming.end, name, country, None, None, precision, None, several)
    away = naming.away
    lat, lon = (entry.lat, entry.lon) if away is None else moved(entry.lat, entry.lon, away)
    if away is not None and away.km is not None and precision is Precision.SETTLEMENT:
        precision = Precision.DISTRICT
    error = uncertainty(
        entry.precision if precision is Precision.DISTRICT else precision, entry.population, entry.radius, away
    )
    if error is not None and by_town:
        error += 1000 * round(town_km(entry.population))
    return Place(words, naming.start, naming.end, name, country, lat, lon, precision, error)


def _label(entry: Entry) -> str:
    """A candidate by name, country and point, to tell it from its namesakes."""
    return f"{entry.name}, {entry.country or 'several states'} ({entry.lat:.2f}, {entry.lon:.2f})"


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
    ranked = sorted(
        ((_score(naming, entry, context, within), -at, entry) for at, entry in enumerate(candidates(naming))),
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
    alike = [entry for score, _, entry in ranked[1:] if top - score < ALIKE]
    apart = [e for e in alike if best.precision is e.precision and not _same(best, e)]
    if apart:
        shared = all(entry.country == best.country for entry in apart)
        return Choice(None, best.country if shared else None, (best, *apart))
    return Choice(_larger(naming, best, [entry for _, _, entry in ranked[1:]]), best.country)


def _same(a: Entry, b: Entry) -> bool:
    """Whether two entries are one place: close by, or one province or region listed twice."""
    wide = a.precision in (Precision.PROVINCE, Precision.REGION) and a.country == b.country
    return distance(a, b) <= NEAR_KM or (wide and fold(a.name) == fold(b.name))


def candidates(naming: Naming) -> list[Entry]:
    """Everything a mention may mean: states of the name, and places of it that fit what the words around it say."""
    entries = _shaped(naming)
    states = _states(naming) if naming.shape in (Shape.PLAIN, Shape.PART) else ()
    own = {state.country for state in states}
    return [*states, *(entry for entry in entries if entry.country not in own)]


def _shaped(naming: Naming) -> list[Entry]:
    """The gazetteer's places of the name that fit what the words around it say."""
    if naming.shape is Shape.QUARTER:
        return []
    found = list(lookup(naming.name)[:MOST])
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
    return tuple(
        Entry(country.name, country.code, 0.0, 0.0, Precision.COUNTRY, 0, "countries", "", STATE - number / 2)
        for number, country in enumerate(states)
    )


def traits(naming: Naming, entry: Entry, context: Context, within: Within | None) -> Iterator[tuple[str, float]]:
    """What speaks for a candidate, as (trait, strength); `place_weights.yaml` has the fitted weights."""
    if is_state(entry):
        yield from _traits_of_state(naming, entry, context)
        return
    yield f"is {entry.precision.value}", 1.0
    yield "size", entry.prior - 4.0
    if entry.source in HAND_WRITTEN:
        yield "listed", 1.0
    if entry.precision is Precision.PROVINCE:
        yield "sister provinces", math.log1p(context.sisters(entry))
    if entry.precision is Precision.PROVINCE and _namesake_of_capital(entry):
        yield "namesake of capital", 1.0
    if not own_name(entry.name, naming.name):
        yield "other name", 1.0
    if entry.country is not None:
        yield "country named", math.log1p(context.countries[entry.country])
        if not context.countries[entry.country]:
            yield "country unnamed", 1.0
        if entry.country == context.home:
            yield "home", 1.0
    yield from _traits_of_surroundings(naming, entry, context)
    if within is not None and entry.country == within.country and within.admin in ("", entry.admin):
        yield "container", 1.0


def _traits_of_state(naming: Naming, entry: Entry, context: Context) -> Iterator[tuple[str, float]]:
    yield "is state", 1.0
    if context.countries[entry.country or ""]:
        yield "state spoken of", 1.0
    if rival(naming.name, entry.country or ""):
        yield "state with rival", 1.0
    yield "second state", STATE - entry.prior
    yield "neighbours spoken of", math.log1p(context.neighbours(entry.country or ""))


def _traits_of_surroundings(naming: Naming, entry: Entry, context: Context) -> Iterator[tuple[str, float]]:
    if entry.admin:
        yield "province named", math.log1p(context.admins[entry.country or "", entry.admin])
        yield "others in province", math.log1p(context.beside(naming.name, entry))
    if entry.precision is not Precision.REGION:
        yield "others near", math.log1p(context.near(naming.name, entry))


def is_state(entry: Entry) -> bool:
    """Whether the candidate is a state or one of its autonomous or historic lands (Scotland, Darfur)."""
    return entry.source == "countries"


@lru_cache(maxsize=4096)
def _namesake_of_capital(entry: Entry) -> bool:
    """Whether a province far from its state's capital has the capital's name (Washington)."""
    state = by_code(entry.country) if entry.country is not None else None
    if state is None or entry.name not in state.capitals:
        return False
    towns = (e for e in lookup(entry.name) if e.country == entry.country and e.precision is Precision.SETTLEMENT)
    capital = next(towns, None)
    return capital is not None and distance(capital, entry) > TWIN_KM


def _score(naming: Naming, entry: Entry, context: Context, within: Within | None) -> float:
    """How much speaks for a candidate."""
    weights = place_weights()["choice"]
    return sum(weights.get(trait, 0.0) * value for trait, value in traits(naming, entry, context, within))


def _too_obscure(entry: Entry, naming: Naming, context: Context, within: Within | None) -> bool:
    """Whether a small place, or another name of a greater one, would be a guess: no other word of its country."""
    abroad = mistakable(naming, entry.country, context.home)
    if entry.prior >= (RENOWNED if abroad else OBSCURE) or entry.source == "sites":
        return False
    if within is not None and entry.country == within.country:
        return False
    if abroad:
        return entry.country != context.dominant()
    return entry.country is None or not context.countries[entry.country]


def _larger(naming: Naming, best: Entry, others: Iterable[Entry]) -> Entry:
    """Of a town and the province of its name, the province where it is much the larger, else the town."""
    if naming.shape not in (Shape.PLAIN, Shape.PART) or best.precision not in _TWINS:
        return best
    for other in others:
        twin = other.precision in _TWINS and other.precision is not best.precision
        if twin and other.country == best.country and distance(best, other) < TWIN_KM:
            town, wide = sorted((best, other), key=lambda entry: entry.precision is Precision.PROVINCE)
            small = town.population < SMALL_TOWN or wide.population >= DWARFED * town.population
            return wide if small and town.population < wide.population else town
    return best
