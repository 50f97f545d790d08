"""Who and where, as STIX has them: identities, locations and, for bases, infrastructure; each written once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dateline.export.listing import Record
from dateline.export.stix.things import Maker, Thing, stix_id
from dateline.lexicon import countries

_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("GOV", "MIL", "PMC", "POL", "PTY", "IGO", "NGO", "MED", "BUS"), "organization"),
        **dict.fromkeys(("government", "military", "igo", "media"), "organization"),
        **dict.fromkeys(("REB", "armed_group"), "group"),
        **dict.fromkeys(("official", "witness", "expert"), "individual"),
        **dict.fromkeys(("CIV", "civil"), "class"),
    }
)
"""`identity_class` of each sector of an actor and each kind of source; the others are unknown."""
_SECTORS: Mapping[str, str] = MappingProxyType(
    {"GOV": "government", "MIL": "defense", "NGO": "non-profit", "BUS": "commercial"}
)
_REGIONS: Mapping[str, str] = MappingProxyType(
    {
        "africa": "africa",
        "east africa": "eastern-africa",
        "central africa": "middle-africa",
        "north africa": "northern-africa",
        "southern africa": "southern-africa",
        "west africa": "western-africa",
        "latin america": "latin-america-caribbean",
        "south america": "south-america",
        "central america": "central-america",
        "asia": "asia",
        "central asia": "central-asia",
        "south asia": "southern-asia",
        "southeast asia": "south-eastern-asia",
        "europe": "europe",
        "eastern europe": "eastern-europe",
    }
)
"""Regions that STIX's list has; the others are named in its style ("sahel"), which it allows."""


class Parties:
    """Makes identities, locations and infrastructure, and says which of them are new.

    Keeps the ids of these only: they are few, however many claims there are.
    """

    def __init__(self, maker: Maker) -> None:
        self._make = maker
        self._known: set[str] = set()
        self._fresh: list[Thing] = []
        self._bases: set[tuple[str, str | None]] = set()

    def fresh(self) -> Iterator[Thing]:
        """What was made since this was last asked, each once for the whole bundle."""
        while self._fresh:
            yield self._fresh.pop(0)

    def actor(self, actor: Record) -> str:
        """The identity of an actor of a claim, or of the force of a presence."""
        name, country, sector = actor["name"], actor["country"], actor["sector"]
        return self._identity(name, _CLASSES.get(sector, "unknown"), country=country, sector=sector)

    def source(self, name: str, kind: str) -> str:
        """The identity of who says or passes on something, by name and kind of source."""
        return self._identity(name, _CLASSES.get(kind, "unknown"))

    def place(self, place: Record) -> list[str]:
        """The location of a place, and the infrastructure where it is a base; empty where STIX cannot hold it.

        A country or a region has no point, nor has a place of which several bear the name.
        """
        location = self._location(place)
        if location is None:
            return []
        if place["precision"] != "site":
            return [location]
        self._bases.add((place["name"], place["country"]))
        return [location, self._base(place, location)]

    def host(self, host: str) -> str | None:
        """The location of a host country, or of a region whose total is told."""
        country = countries.by_code(host)
        if country is None:
            return self._location({"name": host, "country": None, "lat": None, "lon": None, "precision": "region"})
        found = {"name": country.name, "country": country.code, "lat": None, "lon": None, "precision": "country"}
        return self._location(found)

    def site(self, name: str, host: str, point: tuple[float | None, float | None]) -> str | None:
        """The location of a site of a presence; it is that of a base where a claim says that it is one."""
        code = host if countries.by_code(host) is not None else None
        level = "site" if (name, code) in self._bases else "settlement"
        found = {"name": name, "country": code, "lat": point[0], "lon": point[1], "precision": level}
        return next(iter(self.place(found)), None)

    def _identity(self, name: str, identity_class: str, **more: Any) -> str:
        sectors = [_SECTORS[more["sector"]]] if more.get("sector") in _SECTORS else []
        return self._kept(
            "identity",
            (name, identity_class, *more.values()),
            name=name,
            identity_class=identity_class,
            sectors=sectors,
            extra=more,
        )

    def _location(self, place: Record) -> str | None:
        country = None if place["country"] is None else countries.by_code(place["country"])
        pinned = place["lat"] is not None and place["lon"] is not None
        region = _region(place["name"]) if country is None and not pinned else None
        if country is None and not pinned and region is None:
            return None
        point = {"latitude": place["lat"], "longitude": place["lon"]} if pinned else {}
        if pinned and place.get("uncertainty") is not None:
            point["precision"] = place["uncertainty"]
        code = None if country is None else country.alpha2
        level = place["precision"]
        return self._kept(
            "location",
            (place["name"], code, *point.values(), region, level),
            name=place["name"],
            country=code,
            region=region,
            **point,
            extra={"level": level},
        )

    def _base(self, place: Record, location: str) -> str:
        key = self._kept(
            "infrastructure",
            (place["name"], place["country"], location),
            name=place["name"],
            infrastructure_types=["unknown"],
            description="Military base or airfield.",
        )
        self._kept(
            "relationship",
            (key, "located-at", location),
            relationship_type="located-at",
            source_ref=key,
            target_ref=location,
        )
        return key

    def _kept(self, kind: str, key: tuple[object, ...], **properties: Any) -> str:
        found = stix_id(kind, *key)
        if found not in self._known:
            self._known.add(found)
            self._fresh.append(self._make.lasting(kind, key, **properties))
        return found


def _region(name: str) -> str | None:
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isascii())
    slug = re.sub(r"[^a-z0-9]+", "-", plain.removeprefix("the ")).strip("-")
    return _REGIONS.get(slug.replace("-", " "), slug or None)
