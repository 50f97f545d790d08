"""Every presence in its days: what the map, the list of presences and the changes of late are read from.

A presence's record names every claim it rests on; on a large ledger that is most of it. Only what these pages show is
decoded, once for a derivation, and kept; of a record that is the same as before nothing is decoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import blake2b

import msgspec
from sqlalchemy import select

from dateline.desk.desk import Desk
from dateline.model import DeploymentKind, Precision, Sector, Standing
from dateline.store.schema import claims, presences

STALE = (31, 365)
"""Days after the last report up to which it is fresh, and up to which it is ageing (as `policies.stale` has it)."""

UNKNOWN_START = 365
"""Days before the first report of a stay, of unknown beginning, from which it is shown."""

_CLAIM = re.compile(rb'"(claim-[0-9a-f]+)"')
_MANY = 500


class Age(StrEnum):
    """How old the last report of a stay is on a day; `before` the first report, where its beginning is not known."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Stay:
    """A step of a presence without the claims it rests on; fields as in `dateline.model.Step`."""

    start: str | None
    end: str | None
    low: float | None
    high: float | None
    as_of: str | None
    start_precise: bool = False
    start_asserted: bool = False
    end_precise: bool = False
    end_asserted: bool = False
    origins: int = 0
    carried: bool = False

    @property
    def gone(self) -> bool:
        """Whether nobody is there."""
        return self.low == 0 and self.high == 0

    def age(self, on: str) -> Age | None:
        """How old the last report of it is on a day, None where it does not hold that day."""
        if self.end is not None and on > self.end:
            return None
        told = self.as_of or self.end
        fresh, ageing, begun = _days_around(on)
        if self.start is not None:
            if on < self.start:
                return None
        elif told is None or told[:10] > begun:
            return None
        elif on < told and not self.gone:
            return Age.BEFORE
        if told is None or told[:10] >= fresh:
            return Age.FRESH
        return Age.AGEING if told[:10] >= ageing else Age.OLD


@dataclass(frozen=True, slots=True)
class Site:
    """The stays of a force at one base or town; `reach` is how many metres off its point may be, None: not known."""

    site: str
    lat: float | None
    lon: float | None
    steps: tuple[Stay, ...]
    reach: float | None = None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Stays:
    """A presence in its days; fields as in `dateline.model.Presence`, claims only counted.

    `apart` tells how many claims plan, allege, deny it or make it depend, by their stance.
    """

    id: str
    force: str
    force_country: str | None
    sector: Sector
    host: str
    status: Standing
    low: float | None
    high: float | None
    as_of: str | None
    series: tuple[Stay, ...]
    sites: tuple[Site, ...]
    deployment: DeploymentKind | None
    apart: tuple[tuple[str, int], ...]

    def on(self, day: str) -> tuple[Stay, Age] | None:
        """Its stay in the country on a day with the age of the last report, None where none is told."""
        return holding(self.series, day)


def holding(steps: Sequence[Stay], day: str) -> tuple[Stay, Age] | None:
    """The last of some steps that holds on a day."""
    for step in reversed(steps):
        age = step.age(day)
        if age is not None:
            return step, age
    return None


@dataclass(frozen=True)
class AllStays:
    """Every presence of a ledger, by host and force; `marks` are digests of the records they were read from, by id."""

    rows: tuple[Stays, ...]
    marks: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @cached_property
    def newest_day(self) -> str | None:
        """The newest day that any stay is told of, none after today."""
        told = [stay.as_of for row in self.rows for stay in row.series if stay.as_of is not None]
        return min(max(told), date.today().isoformat()) if told else None

    @cached_property
    def by_id(self) -> dict[str, Stays]:
        """The presences by their ids."""
        return {row.id: row for row in self.rows}


def all_stays(desk: Desk) -> AllStays:
    """Every presence in its days, read once for a derivation."""
    return desk.kept_derived("stays", lambda: _read(desk, desk.last_derived("stays", AllStays)))


class _Step(msgspec.Struct, frozen=True, gc=False):
    """A step of a site as its record has it: with its claims as they stand there."""

    start: str | None
    end: str | None
    low: float | None
    high: float | None
    as_of: str | None
    supports: msgspec.Raw
    start_precise: bool = False
    start_asserted: bool = False
    end_precise: bool = False
    end_asserted: bool = False
    origins: int = 0
    carried: bool = False

    def stay(self) -> Stay:
        """The stay without its claims."""
        return Stay(*(getattr(self, name) for name in Stay.__dataclass_fields__))


class _Site(msgspec.Struct, frozen=True):
    site: str
    lat: float | None
    lon: float | None
    steps: tuple[_Step, ...]

    def claim(self) -> str | None:
        """A claim that places it: the first of the newest step that has any."""
        for step in reversed(self.steps):
            found = _CLAIM.search(bytes(step.supports))
            if found is not None:
                return found[1].decode()
        return None


class _Record(msgspec.Struct, frozen=True):
    """What is decoded of a presence's record."""

    id: str
    force: str
    force_country: str | None
    sector: Sector
    host: str
    status: Standing
    low: float | None
    high: float | None
    as_of: str | None
    series: tuple[Stay, ...] = ()
    at_sites: tuple[_Site, ...] = ()
    deployment: DeploymentKind | None = None
    planned: msgspec.Raw = msgspec.Raw(b"[]")
    alleged: msgspec.Raw = msgspec.Raw(b"[]")
    denied: msgspec.Raw = msgspec.Raw(b"[]")
    conditional: msgspec.Raw = msgspec.Raw(b"[]")

    def apart(self) -> tuple[tuple[str, int], ...]:
        """How many claims of each stance stand beside."""
        counts = ((name, len(_CLAIM.findall(bytes(getattr(self, name))))) for name in _APART)
        return tuple((name, count) for name, count in counts if count)


_APART = ("planned", "alleged", "denied", "conditional")


class _Located(msgspec.Struct, frozen=True):
    precision: Precision
    uncertainty: float | None = None


class _Placed(msgspec.Struct, frozen=True):
    place: _Located | None = None


def _read(desk: Desk, before: AllStays | None) -> AllStays:
    """Every presence as it is now; `before` has those that need not be decoded again."""
    decoder = msgspec.json.Decoder(_Record)
    known = AllStays(()) if before is None else before
    marks: dict[str, bytes] = {}
    places: list[tuple[tuple[str, bool, str, str, str], str]] = []
    new: list[_Record] = []
    with desk.store.reading() as connection:
        c = presences.c
        for key, host, sender, force, record in connection.execute(
            select(c.id, c.host, c.force_country, c.force_key, c.record)
        ):
            places.append(((host, sender is not None, sender or "", force, key), key))
            marks[key] = blake2b(record.encode(), digest_size=16).digest()
            if known.marks.get(key) != marks[key]:
                new.append(decoder.decode(record))
    placing = {(record.id, site.site): site.claim() for record in new for site in record.at_sites}
    located = _located(desk, (claim for claim in placing.values() if claim is not None))
    found = known.by_id | {record.id: _stays(record, placing, located) for record in new}
    return AllStays(tuple(found[key] for _, key in sorted(places)), marks)


def _located(desk: Desk, ids: Iterable[str]) -> dict[str, _Located]:
    """How exactly claims place what they tell of."""
    decoder = msgspec.json.Decoder(_Placed)
    wanted = sorted(set(ids))
    found: dict[str, _Located] = {}
    with desk.store.reading() as connection:
        for at in range(0, len(wanted), _MANY):
            query = select(claims.c.id, claims.c.record).where(claims.c.id.in_(wanted[at : at + _MANY]))
            for row in connection.execute(query):
                place = decoder.decode(row.record).place
                if place is not None:
                    found[row.id] = place
    return found


def _stays(record: _Record, placing: dict[tuple[str, str], str | None], located: dict[str, _Located]) -> Stays:
    sites = []
    for site in record.at_sites:
        known = located.get(placing[record.id, site.site] or "")
        steps = tuple(step.stay() for step in site.steps)
        reach = None if known is None else known.uncertainty
        sites.append(Site(site.site, site.lat, site.lon, steps, reach, None if known is None else known.precision))
    shared = {name: getattr(record, name) for name in Stays.__dataclass_fields__ if name not in ("sites", "apart")}
    return Stays(**shared, sites=tuple(sites), apart=record.apart())


@lru_cache(maxsize=1000)
def _days_around(on: str) -> tuple[str, str, str]:
    """Seen from a day: from which on a report is fresh, is ageing, and up to which a first one may come after it."""
    day = date.fromisoformat(on[:10])
    return _days_off(day, -STALE[0]), _days_off(day, -STALE[1]), _days_off(day, UNKNOWN_START)


def _days_off(day: date, days: int) -> str:
    """The ISO day so many days off, or the first or last that there is."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal())).isoformat()
