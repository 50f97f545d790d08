"""The map of who has forces where, in one piece: a browser moves it through time without asking again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

import msgspec

from dateline.desk.desk import Desk
from dateline.desk.stays import STALE, UNKNOWN_START, AllStays, Site, Stay, Stays, all_stays
from dateline.lexicon.countries import by_code
from dateline.model import Precision

_EPOCH = date(1970, 1, 1).toordinal()

PRECISE, CAME, CARRIED = 1, 2, 4
"""Bits of a stay: its beginning is known to the day; somebody says that they came then; its figure is an older one."""

Span = tuple[int | None, int | None, float | None, float | None, int | None, int, int]
"""A stay: first and last day (since 1970; None: open), low, high, as of, bits, independent origins."""


@dataclass(frozen=True, slots=True)
class MapSite:
    """A base or town with a point, and the stays of one force there; `reach` in metres."""

    name: str
    lat: float
    lon: float
    reach: int | None
    precision: Precision | None
    stays: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class MapPresence:
    """A force in a host: its stays in the whole of it, and those at sites; `by` is the sending state's code."""

    id: str
    force: str
    by: str | None
    host: str
    stays: tuple[Span, ...]
    sites: tuple[MapSite, ...]


@dataclass(frozen=True, slots=True)
class WorldMap:
    """All presences with a stay; `first` and `last` are the days between which something is told or changes.

    `countries` gives the names of the codes used; `stale` the days after which a report is ageing and old, and
    `unknown_start` those before the first report from which a stay of unknown beginning is shown.
    """

    first: int
    last: int
    stale: tuple[int, int]
    unknown_start: int
    countries: dict[str, str]
    presences: tuple[MapPresence, ...]


class _Head(msgspec.Struct, frozen=True):
    """A map as it is written: presences that are drawn already, in place of `WorldMap.presences`."""

    first: int
    last: int
    stale: tuple[int, int]
    unknown_start: int
    countries: dict[str, str]
    presences: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A presence as JSON, with the first and last day of which it tells (since 1970)."""

    of: Stays
    written: msgspec.Raw
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class WrittenMap:
    """The map as JSON with a name for its content (`etag`), and what the next one can take over of it."""

    body: bytes
    etag: str
    drawn: Mapping[str, _Drawn] = field(repr=False)


def world_map(desk: Desk) -> WorldMap:
    """The map of a ledger; a presence that nobody asserts is not on it."""
    return msgspec.json.decode(map_json(desk).body, type=WorldMap)


def map_json(desk: Desk) -> WrittenMap:
    """The map as JSON, written once for a derivation; presences that are as they were are not written again."""
    return desk.kept_derived("map.json", lambda: _written(all_stays(desk), desk.last_derived("map.json", WrittenMap)))


def _written(stays: AllStays, before: WrittenMap | None) -> WrittenMap:
    known = {} if before is None else before.drawn
    rows = [row for row in stays.rows if row.series]
    drawn = {row.id: one if (one := known.get(row.id)) is not None and one.of is row else _draw(row) for row in rows}
    today = date.today().toordinal() - _EPOCH
    first = min((one.first for one in drawn.values() if one.first is not None), default=today)
    last = max((one.last for one in drawn.values() if one.last is not None), default=today)
    codes = {code for row in rows for code in (row.force_country, row.host) if code is not None}
    head = _Head(
        min(first, today),
        min(last, today),
        STALE,
        UNKNOWN_START,
        {code: country.name for code in sorted(codes) if (country := by_code(code)) is not None},
        tuple(one.written for one in drawn.values()),
    )
    body = msgspec.json.encode(head)
    return WrittenMap(body, f'"{blake2b(body, digest_size=12).hexdigest()}"', drawn)


def _draw(row: Stays) -> _Drawn:
    made = _presence(row)
    told = [day for span in _spans(made) for day in (span[0], span[4]) if day is not None]
    return _Drawn(row, msgspec.Raw(msgspec.json.encode(made)), min(told, default=None), max(told, default=None))


def _spans(presence: MapPresence) -> Iterable[Span]:
    yield from presence.stays
    for site in presence.sites:
        yield from site.stays


def _presence(row: Stays) -> MapPresence:
    sites = tuple(found for site in row.sites if (found := _site(site)) is not None)
    return MapPresence(row.id, row.force, row.force_country, row.host, _told(row.series), sites)


def _site(site: Site) -> MapSite | None:
    """A site with a point, None for one without."""
    if site.lat is None or site.lon is None:
        return None
    reach = None if site.reach is None else round(site.reach)
    return MapSite(site.site, site.lat, site.lon, reach, site.precision, _told(site.steps))


def _told(steps: Sequence[Stay]) -> tuple[Span, ...]:
    return tuple(
        (
            _day(step.start),
            _day(step.end),
            step.low,
            step.high,
            _day(step.as_of),
            PRECISE * step.start_precise | CAME * step.start_asserted | CARRIED * step.carried,
            step.origins,
        )
        for step in steps
    )


def _day(text: str | None) -> int | None:
    return None if text is None else date.fromisoformat(text[:10]).toordinal() - _EPOCH
