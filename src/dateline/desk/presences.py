"""The list of presences: who has forces where, today or on a day, filtered, sorted and paged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from dateline.desk.desk import Desk
from dateline.desk.stays import Age, Stay, Stays, all_stays
from dateline.desk.terms import country_name
from dateline.model import Standing
from dateline.store.filters import Filters, admitting
from dateline.store.records import fold

ROWS = 50
SITES = 3
"""How many bases and towns a row names."""


@dataclass(frozen=True, slots=True)
class PresencesWanted:
    """Which presences: every field that is given must hold.

    `host` is a country (name or alpha-3 code) or a region, `actor` a country or part of a force's name. `on` is an
    ISO day: only those told to be there then, in the strength of that day. `sort` is a key of `SORTS`, with `-` before
    it for the other way round; `page` counts from 1. ValueError for a day or sort that is none.
    """

    host: str | None = None
    actor: str | None = None
    status: Standing | None = None
    on: str | None = None
    sort: str = "host"
    page: int = 1

    def __post_init__(self) -> None:
        if self.on is not None:
            object.__setattr__(self, "on", date.fromisoformat(self.on).isoformat())
        if self.sort.removeprefix("-") not in SORTS:
            raise ValueError(f"presences are not sorted by {self.sort}: {', '.join(SORTS)}")


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A presence in a list.

    `low`, `high` and `as_of` are of the day asked for, else of its newest stay; `age` is how old the report was then;
    `gone` says that all had left. `sites` are some of the bases and towns where they are, `more_sites` how many more.
    """

    id: str
    force: str
    force_country: str | None
    by: str
    host: str
    host_name: str
    status: Standing
    low: float | None
    high: float | None
    as_of: str | None
    carried: bool
    gone: bool
    age: Age | None
    origins: int
    sites: tuple[str, ...]
    more_sites: int
    apart: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PresencePage:
    """A page of presences; `total` is that of all pages, `pages` how many there are."""

    rows: tuple[PresenceRow, ...]
    total: int
    page: int
    pages: int


def presences(desk: Desk, wanted: PresencesWanted) -> PresencePage:
    """The page of presences that is wanted; a page behind the last one is the last one."""
    found = _found(desk, wanted)
    pages = max(1, -(-len(found) // ROWS))
    page = min(max(1, wanted.page), pages)
    some = found[(page - 1) * ROWS : page * ROWS]
    return PresencePage(tuple(presence_row(row, wanted.on) for row in some), len(found), page, pages)


def _found(desk: Desk, wanted: PresencesWanted) -> list[Stays]:
    """All that are wanted, in order; of a day and of no country or force, made once for a derivation."""
    everywhere = replace(wanted, host=None, actor=None, page=1)
    if wanted == replace(everywhere, page=wanted.page) or wanted.on is None:
        key = ("presences", everywhere, date.today().isoformat())
        found = desk.kept_derived(key, lambda: _ordered(_admitted(all_stays(desk).rows, everywhere), everywhere))
        return found if wanted.host is None and wanted.actor is None else _admitted(found, wanted)
    return _ordered(_admitted(all_stays(desk).rows, wanted), wanted)


def _ordered(rows: Iterable[Stays], wanted: PresencesWanted) -> list[Stays]:
    on = wanted.on or date.today().isoformat()
    key = SORTS[wanted.sort.removeprefix("-")]
    return sorted(rows, key=lambda row: key(row, on), reverse=wanted.sort.startswith("-"))


def _admitted(rows: Iterable[Stays], wanted: PresencesWanted) -> list[Stays]:
    admits = admitting(Filters(host=wanted.host, status=wanted.status, actor=wanted.actor))
    return [row for row in rows if admits(row, ()) and (wanted.on is None or _is_there(row, wanted.on))]


def _is_there(row: Stays, on: str) -> bool:
    held = row.on(on)
    return held is not None and not held[0].gone


def presence_row(row: Stays, on: str | None = None) -> PresenceRow:
    """A presence as a list shows it, on a day or as it was last told."""
    day = on or date.today().isoformat()
    held = row.on(day)
    stay, age = held if held is not None else (None, None)
    low, high, as_of = (row.low, row.high, row.as_of) if stay is None else (stay.low, stay.high, stay.as_of)
    sites = _sites_on(row, day)
    return PresenceRow(
        row.id,
        row.force,
        row.force_country,
        country_name(row.force_country) or "",
        row.host,
        _host(row),
        row.status,
        low,
        high,
        as_of,
        stay is not None and stay.carried,
        stay is not None and stay.gone,
        age,
        0 if stay is None else stay.origins,
        tuple(sites[:SITES]),
        max(0, len(sites) - SITES),
        row.apart,
    )


def _sites_on(row: Stays, day: str) -> list[str]:
    """The bases and towns where they are on a day, best told first."""
    there = []
    for site in row.sites:
        held = next((step for step in reversed(site.steps) if step.age(day) is not None), None)
        if held is not None and not held.gone:
            there.append((-held.origins, site.site))
    return [name for _, name in sorted(there)]


def _host(row: Stays) -> str:
    return country_name(row.host) or row.host


def _stay(row: Stays, on: str) -> Stay | None:
    held = row.on(on)
    return None if held is None else held[0]


def _strength(row: Stays, on: str) -> float:
    stay = _stay(row, on)
    low, high = (row.low, row.high) if stay is None else (stay.low, stay.high)
    return -(high if high is not None else low if low is not None else -1.0)


def _newest(row: Stays, on: str) -> tuple[int, ...]:
    stay = _stay(row, on)
    told = row.as_of if stay is None else stay.as_of
    return tuple(-ord(char) for char in told or "")


SORTS: Mapping[str, Callable[[Stays, str], Any]] = MappingProxyType(
    {
        "host": lambda row, on: (_host(row), _strength(row, on), row.force, row.id),
        "force": lambda row, on: (fold(row.force), _host(row), row.id),
        "strength": lambda row, on: (_strength(row, on), _host(row), row.id),
        "as_of": lambda row, on: (_newest(row, on) or (0,), _host(row), row.id),
        "status": lambda row, on: (list(Standing).index(row.status), _host(row), row.id),
    }
)
"""Orders of the list: by host, force, strength (largest first), newest report first, or standing."""
