"""Whether two claims can speak of one place: by points and their uncertainty, else by the words of the names."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from dateline.lexicon.event_words import event_words
from dateline.lexicon.place_keys import fold
from dateline.model import Place, Precision

_REACH = {Precision.SITE: 6.0, Precision.SETTLEMENT: 12.0, Precision.DISTRICT: 40.0, Precision.PROVINCE: 120.0}
"""Kilometres from a point within which what happens there is told by its name: grounds, towns, districts, provinces."""

_FARTHEST = 40.0
"""Kilometres that the uncertainty of a site's or town's point is believed for; of a province five times as many."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Nearness(IntEnum):
    """How two places stand to each other."""

    APART = -1
    UNKNOWN = 0
    WITHIN = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Where:
    """What the place of a claim says: how exact it is, its point, and the words that name it.

    `exact` is False for a country, a region and a place without a name of its own ("an air base in Niger"); `reach` is
    in kilometres. `keys` are what the place is listed under, `lookups` those of all that can be the same.
    """

    exact: bool
    wide: bool
    words: frozenset[str]
    lat: float | None = None
    lon: float | None = None
    reach: float = 0.0
    keys: tuple[str, ...] = ()
    lookups: tuple[str, ...] = ()


NOWHERE = Where(exact=False, wide=True, words=frozenset())


@lru_cache(maxsize=16384)
def where(name: str, precision: Precision, lat: float | None, lon: float | None, uncertainty: float | None) -> Where:
    """The place of a claim, by the parts of it that matter here."""
    if precision not in _REACH:
        return NOWHERE
    generic = event_words()
    words = frozenset(
        fold(word)
        for word in _WORD.findall(name.casefold())
        if word not in generic.sites and word not in generic.generic
    )
    if not words and lat is None:
        return NOWHERE
    believed = _FARTHEST * (5 if precision is Precision.PROVINCE else 1)
    reach = max(_REACH[precision], min((uncertainty or 0.0) / 1000, believed))
    named = tuple(f"w:{word}" for word in sorted(words))
    wide = precision is Precision.PROVINCE
    if lat is None or lon is None:
        return Where(True, wide, words, None, None, reach, named, named)
    around = _cells(lat, lon, max(reach, _FARTHEST) / 111)
    return Where(True, wide, words, lat, lon, reach, (*named, *_cells(lat, lon, 0.0)), (*named, *around))


def _cells(lat: float, lon: float, degrees: float) -> tuple[str, ...]:
    """The square degrees that meet a square around a point; it is widened towards the poles as the meridians close."""
    across = min(degrees / max(math.cos(math.radians(lat)), 0.1), 30.0)
    north = range(math.floor(lat - degrees), math.floor(lat + degrees) + 1)
    east = range(math.floor(lon - across), math.floor(lon + across) + 1)
    return tuple(f"c:{i}:{(j + 180) % 360 - 180}" for i in north for j in east)


def place_of(place: Place | None) -> Where:
    """The place of a claim, `NOWHERE` when it has none."""
    if place is None:
        return NOWHERE
    return where(place.name, place.precision, place.lat, place.lon, place.uncertainty)


def nearness(one: Where, other: Where) -> Nearness:
    """How two places stand to each other; a country is compatible with all its towns."""
    if not one.exact or not other.exact:
        return Nearness.UNKNOWN
    wide = one.wide or other.wide
    near = Nearness.WITHIN if wide and not (one.wide and other.wide) else Nearness.SAME
    distance = _distance(one, other)
    if distance is not None and distance <= max(one.reach, other.reach):
        return near
    if one.words and other.words and (one.words <= other.words or other.words <= one.words):
        return Nearness.SAME if one.words == other.words else near
    if distance is None and (wide or not one.words or not other.words):
        return Nearness.UNKNOWN
    return Nearness.APART


def _distance(one: Where, other: Where) -> float | None:
    """Great-circle kilometres between the points, None when one has none."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    phi, psi = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
