"""Places made coarse in what leaves the desk, so that it can be shown without showing where exactly somebody is.

Points go or become coarse, and the names of those places are taken out of every string. Only names that the ledger
read as places are known: a report can point at a place in other words, so whoever passes a blurred dossier on reads it
first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar, cast

from dateline.lexicon import countries
from dateline.lexicon.regions import shared_region
from dateline.model import Claim, Document, Event, Place, Precision, Presence

T = TypeVar("T")
WITHHELD = "[place]"
_COARSE = frozenset({Precision.COUNTRY, Precision.REGION})
_DEGREE = 80_000.0
"""Metres within which a place lies whose point was put on whole degrees."""

_SHORTEST = 3


class Blur(StrEnum):
    """How coarse: the country only, or also a point on whole degrees (some 100 km)."""

    COUNTRY = "country"
    REGION = "region"


class Blurring:
    """What is left of records when places are blurred; `names` are those of all places that must not be told."""

    def __init__(self, blur: Blur, names: Iterable[str]) -> None:
        self._blur = blur
        wanted = sorted({name.strip() for name in names if _telling(name)}, key=lambda name: (-len(name), name))
        self._names = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE) if wanted else None
        )

    def words(self, text: str) -> str:
        """`text` without the names."""
        return text if self._names is None else self._names.sub(WITHHELD, text)

    def of(self, value: T) -> T:
        """A record with every place in it blurred and every string without the names; offsets stay the report's."""
        return cast(T, self._value(value))

    def _value(self, value: Any) -> Any:
        if isinstance(value, Place):
            return self._place(value)
        if isinstance(value, Document):
            value = replace(value, url=None, text="", dateline_place=None)
        if isinstance(value, Presence):
            value = replace(value, at_sites=(), sites=(), site=None)
        if isinstance(value, StrEnum):
            return value
        if isinstance(value, str):
            return self.words(value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: self._value(getattr(value, field.name)) for field in fields(value)})
        if isinstance(value, Mapping):
            return {key: self._value(held) for key, held in value.items() if key not in ("lat", "lon")}
        if isinstance(value, (tuple, list)):
            return tuple(map(self._value, value))
        return value

    def _place(self, place: Place) -> Place:
        if place.precision in _COARSE:
            return replace(place, lat=None, lon=None, uncertainty=None)
        country = None if place.country is None else countries.by_code(place.country)
        name = WITHHELD if country is None else country.name
        bare = replace(place, text=None, start=None, end=None, name=name, alternatives=())
        if self._blur is Blur.COUNTRY or place.lat is None or place.lon is None:
            return replace(bare, lat=None, lon=None, precision=Precision.COUNTRY, uncertainty=None)
        lat, lon = float(round(place.lat)), float(round(place.lon))
        return replace(bare, lat=lat, lon=lon, precision=Precision.PROVINCE, uncertainty=_DEGREE)


def names_of(record: Claim | Event | Presence | Document) -> Iterator[str]:
    """The names of the places of a record that blurring takes away."""
    if isinstance(record, Claim):
        place = record.place
        if place is not None and place.precision not in _COARSE:
            yield from (name for name in (place.text, *_parts(place.name), *place.alternatives) if name is not None)
    elif isinstance(record, Event):
        yield from _parts(record.place or "")
        for variant in record.variants.get("place", ()):
            yield from _parts(variant.value)
    elif isinstance(record, Presence):
        for site in (*record.sites, *(one.site for one in record.at_sites)):
            yield from _parts(site)
    elif record.dateline_place is not None:
        yield from _parts(record.dateline_place)


def _parts(name: str) -> list[str]:
    """A name and, where it is of several places, each of them."""
    return [name, *re.split(r"; | and |, ", name)]


def _telling(name: str) -> bool:
    """Whether a name tells more than a country or a region of several countries does."""
    name = name.strip()
    return len(name) >= _SHORTEST and not countries.named(name) and shared_region(name) is None
