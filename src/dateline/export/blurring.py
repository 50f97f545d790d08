"""Places made coarse in what leaves the desk, so that it can be shown without showing where exactly somebody is.

Points go or become coarse, and the names of those places are taken out of every string. Only names that the ledger
read as places are known, and in prose those of the gazetteer in the same countries: a report can point at a place in
other words, so whoever passes a blurred dossier or export on reads it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from dateline.export.changing import changed
from dateline.export.withheld import Withheld
from dateline.lexicon import countries
from dateline.lexicon.gazetteer import lookup
from dateline.lexicon.regions import shared_region
from dateline.model import Claim, Document, Event, Judgement, Place, Precision, Presence

T = TypeVar("T")
WITHHELD = "[place]"
COARSE = frozenset({Precision.COUNTRY, Precision.REGION})
"""What tells no more than blurring leaves."""
_DEGREE = 80_000.0
"""Metres within which a place lies whose point was put on whole degrees: half of the diagonal, at the equator."""

_SHORTEST = 3
FINEST, COARSEST = 0.1, 10.0
"""Degrees that a grid can have."""


class Blur(StrEnum):
    """How coarse: the country only, or also a point on whole degrees (some 100 km)."""

    COUNTRY = "country"
    REGION = "region"


def blur_of(value: str) -> Blur | float:
    """A blur as it is written: "country", "region", or the degrees of a grid; ValueError for what is neither.

    >>> blur_of("country"), blur_of("0.5")
    (<Blur.COUNTRY: 'country'>, 0.5)
    """
    if value in list(Blur):
        return Blur(value)
    try:
        degrees = float(value)
    except ValueError:
        degrees = 0.0
    if not FINEST <= degrees <= COARSEST:
        raise ValueError(
            f"{value!r} is no blur: write country, region, or degrees from {FINEST:g} to {COARSEST:g} such as 0.5"
        )
    return degrees


class Blurring:
    """What is left of records when places are blurred.

    `names` are those of all places that must not be told, `within` the countries (alpha-3) of whose other places
    the names go from prose too.
    """

    def __init__(self, blur: Blur | float, names: Iterable[str], *, within: Iterable[str] = ()) -> None:
        self._degrees = {Blur.COUNTRY: None, Blur.REGION: 1.0}[blur] if isinstance(blur, Blur) else blur
        self._within = frozenset(within)
        wanted = {name.strip() for name in names if _telling(name)}
        self._withheld = Withheld(wanted, WITHHELD, self._is_place if self._within else None)

    def words(self, text: str, *, prose: bool = True) -> str:
        """`text` without the names; where it is no `prose` but a name, only without those of the ledger."""
        return self._withheld.out_of(text, prose=prose)

    def of(self, value: T) -> T:
        """A record with every place in it blurred and every string without the names; offsets stay the report's."""
        return changed(value, self._whole, self._string)

    def _whole(self, value: Any) -> Any:
        if isinstance(value, Place):
            return self._place(value)
        if isinstance(value, Document):
            return replace(value, url=None, text="", dateline_place=None)
        if isinstance(value, Event) and value.place is not None and self.words(value.place) != value.place:
            return replace(value, place=None)
        if isinstance(value, Presence):
            return replace(value, at_sites=(), sites=(), site=None)
        if isinstance(value, Judgement):
            return replace(value, value=_without_place(value.value))
        if isinstance(value, Mapping):
            return {key: held for key, held in value.items() if key not in ("lat", "lon")}
        return value

    def _string(self, text: str, prose: bool) -> str:
        return self.words(text, prose=prose)

    def _is_place(self, name: str) -> bool:
        """Whether the gazetteer has a place of that name in the countries, one that tells more than they do."""
        if not _telling(name):
            return False
        return any(one.country in self._within and one.precision not in COARSE for one in lookup(name))

    def _place(self, place: Place) -> Place:
        if place.precision in COARSE:
            return replace(place, lat=None, lon=None, uncertainty=None)
        country = None if place.country is None else countries.by_code(place.country)
        name = WITHHELD if country is None else country.name
        bare = replace(place, text=None, start=None, end=None, name=name, alternatives=())
        if self._degrees is None or place.lat is None or place.lon is None:
            return replace(bare, lat=None, lon=None, precision=Precision.COUNTRY, uncertainty=None)
        lat, lon = (_on_grid(value, self._degrees) for value in (place.lat, place.lon))
        around = _DEGREE * self._degrees + (place.uncertainty or 0.0)
        return replace(bare, lat=lat, lon=lon, precision=Precision.PROVINCE, uncertainty=around)


def _on_grid(value: float, degrees: float) -> float:
    return round(round(value / degrees) * degrees, 6) + 0.0


def _without_place(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a judgement decides, without a place that an analyst typed."""
    if str(value.get("slot", "")).partition(".")[0] != "place":
        return value
    return {key: held for key, held in value.items() if key != "to"}


def names_of(record: Claim | Event | Presence | Document | Judgement) -> Iterator[str]:
    """The names of the places of a record that blurring takes away."""
    if isinstance(record, Claim):
        place = record.place
        if place is not None and place.precision not in COARSE:
            yield from _of_place(place)
    elif isinstance(record, Event):
        yield from _parts(record.place or "")
        for variant in record.variants.get("place", ()):
            yield from _parts(variant.value)
    elif isinstance(record, Presence):
        for site in (*record.sites, *(one.site for one in record.at_sites)):
            yield from _parts(site)
    elif isinstance(record, Judgement):
        yield from _typed(record.value)
    elif record.dateline_place is not None:
        yield from _parts(record.dateline_place)


def _of_place(place: Place) -> Iterator[str]:
    for name in (place.text, place.name, *place.alternatives):
        if name is not None:
            yield from _parts(name)


def _typed(value: Mapping[str, Any]) -> Iterator[str]:
    """The name of the place that an analyst put in the place of another."""
    to = value.get("to")
    if isinstance(to, Mapping) and value.get("slot") == "place" and to.get("precision") not in COARSE:
        yield from _parts(str(to.get("name") or ""))


def _parts(name: str) -> list[str]:
    """A name and, where it is of several places, each of them."""
    return [name, *re.split(r"; | and |, ", name)]


def _telling(name: str) -> bool:
    """Whether a name tells more than a country or a region of several countries does."""
    name = name.strip()
    return len(name) >= _SHORTEST and not countries.named(name) and shared_region(name) is None
