"""Made-up presences put straight into the derived tables of a ledger, for what shows them: a few, or many sites."""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from dateline import reconcile
from dateline.lexicon.countries import by_code
from dateline.model import Presence, Sector, SitePresence, Standing, Step, content_id
from dateline.store import open_store
from dateline.store.derived import Derived

SENDERS = ("USA", "RUS", "FRA", "GBR", "TUR", "CHN", "IRN", "ARE", "ITA", "IND", "RWA", "ETH")
HOSTS = {
    "NER": (11.9, 23.0, 0.5, 15.5),
    "MLI": (10.5, 24.5, -12.0, 4.0),
    "SYR": (32.5, 37.0, 36.0, 42.0),
    "IRQ": (29.5, 37.0, 39.5, 48.0),
    "DJI": (11.0, 12.7, 41.8, 43.3),
    "SOM": (-1.5, 11.5, 41.5, 50.5),
    "POL": (49.2, 54.5, 14.5, 24.0),
    "DEU": (47.5, 54.5, 6.5, 14.5),
    "JPN": (31.5, 44.0, 130.5, 143.0),
    "KOR": (34.5, 38.2, 126.5, 129.3),
    "UKR": (45.0, 51.8, 23.0, 39.5),
    "LBY": (21.0, 32.5, 10.5, 24.5),
}


def step(start: str | None, end: str | None, low: float | None, high: float | None, as_of: str | None = None) -> Step:
    """A step that a report tells, known to the day where it has a start."""
    told = as_of or end or start
    reason = f"Told of {told}."
    return Step(start, end, low, high, told, (), reason, start_precise=start is not None, origins=1)


def presence(
    by: str,
    host: str,
    steps: Iterable[Step],
    sites: Iterable[SitePresence] = (),
    *,
    status: Standing = Standing.PRESENT,
) -> Presence:
    """A presence of a state's armed forces."""
    series = tuple(steps)
    country = by_code(by)
    last = series[-1] if series else None
    return Presence(
        id=content_id("presence", host, by),
        force=f"{by if country is None else country.name}, armed forces",
        force_country=by,
        sector=Sector.MIL,
        host=host,
        site=None,
        status=status,
        low=None if last is None else last.low,
        high=None if last is None else last.high,
        scope=None,
        as_of=None if last is None else last.as_of,
        supports=(),
        series=series,
        at_sites=tuple(sites),
    )


def put(path: Path, rows: Iterable[Presence], *, entries: int = 0) -> Path:
    """A ledger at a path that holds these presences among its derived ones, as if derived after so many entries."""
    with closing(open_store(path, create=True)) as store, store.writing() as connection:
        tables = Derived(connection)
        tables.put_presences(("made up", row) for row in rows)
        tables.mark(reconcile.VERSION, entries)
    return path


def many(sites: int = 3000, *, seed: int = 7) -> list[Presence]:
    """Presences with so many sites in all, each with two or three steps between 2015 and 2024."""
    chance = random.Random(seed)
    pairs = [(by, host) for by in SENDERS for host in HOSTS if by != host]
    return [
        _many_of(by, host, sites * (at + 1) // len(pairs) - sites * at // len(pairs), chance)
        for at, (by, host) in enumerate(pairs)
    ]


def _many_of(by: str, host: str, count: int, chance: random.Random) -> Presence:
    south, north, west, east = HOSTS[host]
    places = [
        SitePresence(
            f"Base {number} of {host}",
            round(chance.uniform(south, north), 4),
            round(chance.uniform(west, east), 4),
            tuple(_steps(chance)),
        )
        for number in range(count)
    ]
    return presence(by, host, _steps(chance), places)


def _steps(chance: random.Random) -> list[Step]:
    cut = sorted(chance.sample(range(2015, 2024), 2))
    low = chance.choice((None, 20, 100, 300, 800, 2000))
    high = None if low is None else low * chance.choice((1, 1, 1.5))
    return [
        step(f"{cut[0]}-03-01", f"{cut[1]}-02-28", low, high),
        step(f"{cut[1]}-03-01", None, None if low is None else low / 2, high, "2024-03-01"),
    ]
