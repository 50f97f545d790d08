"""Places given as plain words ("Airbase 101, Niamey"; "northern Benin"), found in the tables of sites and places.

A bare country is a country, never its capital. A part of a country ("southern Niger") and a list of towns keep the
country without a point. A base without a name ("air base in Niger") is the country. Of places of one name that of
the expected country goes first; without one the likeliest answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.lexicon import countries
from dateline.lexicon.gazetteer import Entry, lookup, sites
from dateline.lexicon.place_keys import fold, without_air_words
from dateline.lexicon.sites import site
from dateline.model import Kind, Place, Precision

TOWN_OF_SITE = 10_000.0
"""Metres within which a base very likely lies that is only known by its town."""

_ASIDE = re.compile(r"\s*\((?:sic|implied|inferred|[^)]*\bsic\b[^)]*)\)|['\"‘’“”](?=\w)|(?<=\w)['\"’”](?=\s|$)")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_PART = re.compile(
    r"(?i)^(?:the\b|several|various|many|some|other|large|parts?\b"
    r"|(?:far |extreme )?(?:north|south|east|west)(?:ern|-?(?:east|west)(?:ern)?)?"
    r"|central|northern|southern|eastern|western|upper|lower|rural|border|and|,|\s|of|regions?|areas?)+\s+(?=\S)"
)
_MOVE = re.compile(r"(?i)^(?:from\s+)?(?P<left>.+?)\s+to\s+(?P<reached>.+)$")
_NEAR = re.compile(r"(?i)^(?:near|outside|around|close to|just outside)\s+(?:the\s+)?")
_BARE_SITE = re.compile(
    r"(?i)^(?:an?|the|its|this|that|unnamed|same|former|military|air|us|french|russian|\s)*"
    r"(?:air ?bases?|bases?|airfields?|airports?|camps?|sites?|positions?)"
    r"(?:\s+(?:in|at|near|of|inside|outside)\s+(?P<where>.+))?$"
)
_SITE_WORD = re.compile(
    r"(?i)\b(?:base|air ?base|airport|airfield|camp|embassy|barracks|garrison|fort|port|hangar|site|compound)s?\b"
)
_NAME = re.compile(r"[A-ZÀ-Þ\d]|(?:al|el|ar|as|ash|at|az|ad|an)[ -][A-ZÀ-Þ]")
_PROVINCE = re.compile(
    r"(?i)^(?P<name>.+?)\s+(?:region|province|governorate|oblast|district|area|county|state|department)$"
)
_GLUE = re.compile(r"\s*(?:;|\s+and\s+|\s+&\s+)\s*")
_OF_TOWN = re.compile(r"(?i)^(?P<site>.+?)\s+(?:at|in|near)\s+(?P<town>.+)$")
_FAR_BEHIND = 2.5
"""How much less likely (in powers of ten of people) the place of the expected country may be."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What else a claim says of where it is: its kind, and the countries expected, likeliest first."""

    kind: Kind
    expected: tuple[str, ...]


def spot(text: str, scene: Scene) -> Place | None:
    """The place that the words mean, or None where the tables do not know it."""
    words = " ".join(_ASIDE.sub("", text).split())
    found = _found(words, scene.kind in (Kind.WITHDRAWAL, Kind.EXPULSION), scene.expected)
    if found is None:
        return None
    name, entry = found
    if entry.precision in (Precision.COUNTRY, Precision.REGION):
        return Place(text, None, None, name, entry.country, None, None, entry.precision)
    away = (
        TOWN_OF_SITE if entry.precision is Precision.SITE and entry.source != "sites" and name != entry.name else None
    )
    return Place(text, None, None, name, entry.country, entry.lat, entry.lon, entry.precision, away)


def is_region(text: str) -> bool:
    """Whether the words are a region of several states ("Sahel region"), which cannot act."""
    return any(entry.precision is Precision.REGION for entry in lookup(text))


_Found = tuple[str, Entry]


@lru_cache(maxsize=8192)
def _found(words: str, left: bool, expected: tuple[str, ...]) -> _Found | None:
    """The name and entry of a place; `left`: of "A to B" take A."""
    outer = " ".join(_BRACKETS.sub(" ", words).split())
    moved = _MOVE.match(outer)
    if moved is not None:
        outer = moved["left"] if left else moved["reached"]
    outer = _NEAR.sub("", outer).strip(" ,")
    return (
        _listed(outer)
        or _unnamed_site(outer, expected)
        or _part(outer, expected)
        or _single(outer, expected)
        or _parts_of_one(outer, expected)
        or _of_town(outer, expected)
        or _several(outer, expected)
        or _province(outer, expected)
        or _of_state(outer)
        or _in_brackets(words, expected)
    )


def _single(name: str, expected: tuple[str, ...]) -> _Found | None:
    """A site, a country, a territory, a region or a place of the gazetteer by its bare name."""
    listed = _listed(name)
    if listed is not None or not _NAME.match(name):
        return listed
    found = _likeliest(lookup(name), expected)
    return None if found is None else (found.name, found)


def _listed(name: str) -> _Found | None:
    """A place of our own tables: a site, a country, a territory."""
    known = site(name)
    if known is not None:
        entry = Entry(known.name, known.country, known.lat, known.lon, Precision.SITE, 0, "sites", "", 0.0)
        return known.name, entry
    country = next(iter(countries.named(name)), None)
    if country is not None:
        return country.name, _without_point(country.name, country.code, Precision.COUNTRY)
    inside = countries.territory(name)
    if inside is not None:
        precision = inside.precision if inside.precision is not Precision.COUNTRY else Precision.PROVINCE
        return inside.name, Entry(inside.name, inside.state, inside.lat, inside.lon, precision, 0, "regions", "", 0.0)
    return None


def _likeliest(entries: Sequence[Entry], expected: tuple[str, ...]) -> Entry | None:
    if not entries:
        return None
    for code in expected:
        inside = next((entry for entry in entries if entry.country == code), None)
        if inside is not None and inside.prior >= entries[0].prior - _FAR_BEHIND:
            return inside
    return entries[0]


def _unnamed_site(name: str, expected: tuple[str, ...]) -> _Found | None:
    """ "an air base in Niger": the place it is in, since no base is named."""
    match = _BARE_SITE.match(name)
    if match is None:
        return None
    where = match["where"]
    if where is not None:
        return _single(where, expected)
    code = expected[0] if expected else None
    country = countries.by_code(code) if code is not None else None
    return None if country is None else (country.name, _without_point(country.name, country.code, Precision.COUNTRY))


def _parts_of_one(name: str, expected: tuple[str, ...]) -> _Found | None:
    """ "Airbase 101, Niamey", "Perevalne, Crimea", "US embassy, Niamey": a place and where it is."""
    at = _OF_TOWN.match(name)
    parts = [at["site"], at["town"]] if at is not None and ", " not in name else name.split(", ")
    if len(parts) < 2 or _GLUE.search(name):
        return None
    first, around = parts[0], _single(parts[-1], expected)
    within = expected if around is None or around[1].country is None else (around[1].country, *expected)
    found = _single(first, within)
    if found is not None and around is not None and found[1].country != around[1].country:
        found = None
    is_site = _SITE_WORD.search(first) is not None
    if found is not None and (found[1].precision is Precision.SITE or around is None):
        return found
    if is_site and around is not None:
        return _site_of_town(first, around[1])
    larger = around is not None and around[1].precision not in (Precision.SITE, Precision.SETTLEMENT)
    return found if larger else None


def _of_town(name: str, expected: tuple[str, ...]) -> _Found | None:
    """ "Kayes airport", "Timbuktu camp": a site that only its town is known of."""
    town = " ".join(_SITE_WORD.sub(" ", name).split())
    around = _single(town, expected) if town and town != name else None
    return None if around is None or around[1].country is None else _site_of_town(name, around[1])


def _site_of_town(name: str, town: Entry) -> _Found:
    """A base or building that is known by its town: the airfield listed under its name there, else near the town."""
    bare = " ".join(without_air_words(name).split())
    own = next((entry for entry in sites(bare) if bare and entry.country == town.country), None)
    if own is not None:
        return own.name, own
    if town.precision in (Precision.COUNTRY, Precision.REGION):
        return town.name, town
    return name, Entry(town.name, town.country, town.lat, town.lon, Precision.SITE, 0, town.source, town.admin, 0.0)


def _several(name: str, expected: tuple[str, ...]) -> _Found | None:
    """ "Ouallam, Ayorou, Niamey": one region, with the country that all share."""
    parts = [part for piece in _GLUE.split(name) for part in piece.split(", ") if part]
    found = [one for part in parts if (one := _single(part, expected)) is not None]
    if len(parts) < 2 or not found or found[0][1].precision is Precision.COUNTRY and len(found) < len(parts):
        return None if not found or len(parts) < 2 else found[0]
    codes = {entry.country for _, entry in found}
    joined = " and ".join(dict.fromkeys(one for one, _ in found))
    return joined, _without_point(joined, codes.pop() if len(codes) == 1 else None, Precision.REGION)


def _part(name: str, expected: tuple[str, ...]) -> _Found | None:
    """ "southern Niger": part of a place, under its own words and without a point."""
    rest = _PART.sub("", name)
    if rest == name or any(e.country in expected and e.name == name for e in lookup(name)):
        return None
    whole = _single(rest, expected)
    if whole is not None:
        return name, _without_point(name, whole[1].country, Precision.REGION)
    code = expected[0] if expected else None
    return None if code is None else (name, _without_point(name, code, Precision.REGION))


def _province(name: str, expected: tuple[str, ...]) -> _Found | None:
    """ "Kidal region": the province or district of that name, never the town."""
    match = _PROVINCE.match(name)
    if match is None or not _NAME.match(name):
        return None
    larger = [e for e in lookup(match["name"]) if e.precision not in (Precision.SETTLEMENT, Precision.SITE)]
    found = _likeliest(larger, expected)
    return None if found is None else (found.name, found)


def _of_state(name: str) -> _Found | None:
    """ "Libya's Al-Khadim air base": the place, in that state."""
    owner, _, rest = name.partition("'s ")
    state = countries.by_name(owner) if rest else None
    found = None if state is None else _single(rest, (state.code,))
    return found if found is not None and state is not None and found[1].country == state.code else None


def _in_brackets(words: str, expected: tuple[str, ...]) -> _Found | None:
    inner = _BRACKETS.search(words)
    return None if inner is None or not fold(inner.group(1)) else _single(inner.group(1), expected)


def _without_point(name: str, country: str | None, precision: Precision) -> Entry:
    return Entry(name, country, 0.0, 0.0, precision, 0, "countries", "", 0.0)
