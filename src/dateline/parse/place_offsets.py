"""How far and in which direction from a named place something is: "30 km north of Gao", "just outside Kidal"."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.lexicon.place_words import place_words
from dateline.model import Precision
from dateline.parse.place_view import View

EARTH_KM = 6371.0
NEAR_KM = 20.0
"""What "near" and "outside" add to how far the point may be off; a house rule."""

OFF = 0.3
"""Share of a measured distance by which the point may be off: half of one of eight compass points is 22 degrees."""

TOWN_KM = 12.0
GROWTH = 0.45
"""The radius of a town of a million people, and the power of its people by which it grows: our own estimate, a
little under the half that the same density everywhere would give."""

_BEFORE = 80
"""Characters before a name in which a distance is looked for."""


@dataclass(frozen=True, slots=True)
class Offset:
    """From a named place: kilometres and compass degrees, None where none is said; `start` is that of the phrase."""

    start: int
    km: float | None
    bearing: float | None


def offset(seen: View, at: int) -> Offset | None:
    """What stands before the name at token `at`; None where nothing moves it."""
    start = seen.starts[at]
    before = seen.text[max(0, start - _BEFORE) : start]
    words = place_words(seen.language)
    match = words.measured.search(before)
    if match is not None:
        number = _number(match["number"], words.spelt)
        towards = match["compass"]
        bearing = None if towards is None else _bearing(towards, words.compass)
        unit = words.kilometres[match["unit"].lower().rstrip(".")]
        return Offset(start - len(before) + match.start(), number * unit, bearing)
    return Offset(start, None, None) if words.loose.search(before) else None


def _bearing(towards: str, compass: Mapping[str, float]) -> float:
    """The degrees of a compass point, with its hyphen, a space or neither."""
    plain = re.sub(r"[-\s]", "", towards.lower())
    return next(degrees for point, degrees in compass.items() if point.replace("-", "") == plain)


def _number(words: str, spelt: Mapping[str, float]) -> float:
    known = spelt.get(words.lower())
    return float(words.replace(",", "").rstrip(".")) if known is None else float(known)


def moved(lat: float, lon: float, away: Offset) -> tuple[float, float]:
    """The point at the offset's distance and direction, on a sphere; the point itself where no direction is said."""
    if away.km is None or away.bearing is None:
        return lat, lon
    arc, course = away.km / EARTH_KM, math.radians(away.bearing)
    north, east = math.radians(lat), math.radians(lon)
    there = math.asin(math.sin(north) * math.cos(arc) + math.cos(north) * math.sin(arc) * math.cos(course))
    across = math.sin(course) * math.sin(arc) * math.cos(north)
    side = east + math.atan2(across, math.cos(arc) - math.sin(north) * math.sin(there))
    return round(math.degrees(there), 4), round((math.degrees(side) + 540) % 360 - 180, 4)


def uncertainty(precision: Precision, population: int, radius: int, away: Offset | None) -> float | None:
    """Metres from the point within which the place meant very likely lies; None where no point or size is known.

    A site 3 km; a town the radius of one of its people; a district or province the distance to about its edge (25 and
    100 km where that is not known); what "near" or a measured distance adds on top.
    """
    if precision is Precision.SITE:
        km = 3.0
    elif precision is Precision.SETTLEMENT:
        km = town_km(population)
    elif precision in (Precision.DISTRICT, Precision.PROVINCE):
        km = float(radius) or (25.0 if precision is Precision.DISTRICT else 100.0)
    else:
        return None
    if away is not None:
        km += NEAR_KM if away.km is None else OFF * away.km if away.bearing is not None else away.km
    return round(1000 * km)


def town_km(population: int) -> float:
    """About the radius of a town of that many people; two kilometres for one whose people nobody counted."""
    return 2.0 if population <= 0 else max(1.0, TOWN_KM * (population / 1e6) ** GROWTH)
