"""A place as an analyst types it, resolved through the gazetteer once and for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.judging.brackets import Typed, country, country_of, is_nothing, one_of, point, typed
from dateline.lexicon.gazetteer import Entry, lookup, sites
from dateline.lexicon.place_keys import without_air_words
from dateline.model import Place, Precision
from dateline.parse.place_evidence import distance
from dateline.parse.place_offsets import uncertainty
from dateline.reconcile.corrections import POINTLESS

MARGIN = 1.5
"""A namesake is out of the question when its prior (about log10 of population) is so much lower: thirty times smaller,
as for names that speak for a country in a report. Less, and the analyst is asked: nothing around a typed name tells."""

NEAR = 2.0
"""What a place gains by lying in a country that the claim speaks of."""

INSIDE_KM = 60.0
"""How far a place may lie from the town that is written after it ("Airbase 101, Niamey")."""


def place_typed(text: str, *, near: Iterable[str | None] = ()) -> Place | None:
    """The place of what was typed, None for "none"; ValueError names the candidates where it may be several.

    A name ("Agadez"), one in its country, province or town ("Airbase 101, Niamey"), or any name with country and
    precision in brackets, and a point for what the gazetteer does not have: "Camp X [MLI site] 16.25,-0.03".
    Of namesakes in several countries, one of the countries `near` is meant, where only one has it.

    >>> place_typed("Airbase 101, Niamey").name, str(place_typed("Niger").precision)
    ('Airbase 101', 'country')
    """
    if is_nothing(text):
        return None
    given = typed(text)
    if not given.name:
        raise ValueError("a place needs a name")
    if given.inside:
        return _bracketed(given)
    found = _candidates(given.name)
    if not found:
        raise ValueError(
            f"{given.name!r} is not in the gazetteer; say what it is, as in: {given.name} [MLI site] 16.25,-0.03"
        )
    return _place(_chosen(given.name, found, {code for code in near if code is not None}))


def _bracketed(given: Typed) -> Place:
    """A name with its own country and precision; its point from the gazetteer if none is typed."""
    if len(given.inside) != 2:
        raise ValueError(f"[{' '.join(given.inside)}]: write country and precision, as in: {given.name} [MLI site]")
    code, precision = country(given.inside[0]), one_of(Precision, given.inside[1], what="precision")
    if given.behind:
        if precision in POINTLESS:
            raise ValueError(f"a {precision} has no point")
        lat, lon = point(given.behind)
        return Place(None, None, None, given.name, code, lat, lon, precision, uncertainty(precision, 0, 0, None))
    same = [entry for entry in _named(given.name) if entry.country == code and entry.precision is precision]
    if same:
        return _place(same[0])
    return Place(None, None, None, given.name, code, None, None, precision)


def _candidates(name: str) -> Sequence[Entry]:
    """The places of a name, likeliest first; after a comma, those inside what is written there."""
    found = _named(name)
    owner, comma, container = name.rpartition(",")
    if found or not comma:
        return found
    inside = _named(owner.strip())
    code = country_of(container)
    if code is not None:
        kept = [entry for entry in inside if entry.country == code]
    else:
        around = _named(container.strip())
        kept = [entry for entry in inside if any(_within(entry, outer) for outer in around)]
    if inside and not kept:
        raise ValueError(f"there is {_listed(inside)}, but none in {container.strip()!r}")
    return kept


def _named(name: str) -> Sequence[Entry]:
    bare = without_air_words(name).strip()
    return lookup(name) or (sites(bare) if bare and bare != name else ())


def _within(entry: Entry, outer: Entry) -> bool:
    if entry.country != outer.country or entry == outer:
        return False
    wide = outer.precision in (Precision.PROVINCE, Precision.DISTRICT)
    if wide and entry.admin and entry.admin == outer.admin:
        return True
    return distance(entry, outer) <= max(INSIDE_KM, float(outer.radius))


def _chosen(name: str, found: Sequence[Entry], near: set[str]) -> Entry:
    """The one that is meant; ValueError names those that could be."""

    def likely(entry: Entry) -> float:
        return entry.prior + (NEAR if entry.country in near else 0.0)

    ranked = sorted(found, key=likely, reverse=True)
    rivals = [entry for entry in ranked if likely(ranked[0]) - likely(entry) < MARGIN]
    best = rivals[0]
    others = [
        entry for entry in rivals if not _same(best, entry) and (entry.country in near or best.country not in near)
    ]
    if any(entry.country != best.country or entry.precision is best.precision for entry in others):
        raise ValueError(f"{name!r} may be {_listed([best, *others])}: write one of them so")
    return best


def _same(a: Entry, b: Entry) -> bool:
    return a.country == b.country and distance(a, b) <= INSIDE_KM


def _listed(entries: Sequence[Entry]) -> str:
    """Candidates as they can be typed."""
    some = [_as_typed(entry) for entry in entries[:4]]
    return " or ".join(dict.fromkeys(some))


def _as_typed(entry: Entry) -> str:
    pointed = "" if entry.precision in POINTLESS else f" {entry.lat:g},{entry.lon:g}"
    return f"{entry.name} [{entry.country or '?'} {entry.precision}]{pointed}"


def _place(entry: Entry) -> Place:
    if entry.precision in POINTLESS:
        return Place(None, None, None, entry.name, entry.country, None, None, entry.precision)
    error = uncertainty(entry.precision, entry.population, entry.radius, None)
    return Place(None, None, None, entry.name, entry.country, entry.lat, entry.lon, entry.precision, error)
