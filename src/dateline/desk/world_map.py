"""The map of who has forces where, in one piece: a browser moves it through time without asking again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from dateline.desk.desk import Desk
from dateline.desk.stays import STALE, UNKNOWN_START, Site, Stay, Stays, all_stays
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


def world_map(desk: Desk) -> WorldMap:
    """The map of a ledger; a presence that nobody asserts is not on it."""
    rows = [row for row in all_stays(desk).rows if row.series]
    presences = tuple(_presence(row) for row in rows)
    today = date.today().toordinal() - _EPOCH
    told = [day for one in presences for span in _spans(one) for day in (span[0], span[4]) if day is not None]
    codes = {code for one in presences for code in (one.by, one.host) if code is not None}
    return WorldMap(
        min((day for day in told if day <= today), default=today),
        min(max(told, default=today), today),
        STALE,
        UNKNOWN_START,
        {code: country.name for code in sorted(codes) if (country := by_code(code)) is not None},
        presences,
    )


def map_json(desk: Desk) -> bytes:
    """The map as JSON, written once for a derivation."""
    return desk.kept_derived("map.json", lambda: msgspec.json.encode(world_map(desk)))


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
