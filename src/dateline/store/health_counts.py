"""How much a ledger holds, counted where counting is cheap: what is only ever added is counted by its last number."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, func, or_, select

from dateline.store.opening import Store
from dateline.store.schema import (
    claims,
    documents,
    entries,
    issues,
    judgements,
    listed_claims,
    reading_issues,
    readings,
    runs,
)
from dateline.store.shown import shown


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a ledger holds. `claims` are of the newest readings, `claims_ever` of all; `refused` are reports.

    `issues` go by code, those of the newest readings and of refused reports. `last_reading` is the moment of the last
    report that was read or refused, None where the log began later or nothing was.
    """

    documents: int
    claims: int
    claims_ever: int
    judgements: int
    refused: int
    issues: Mapping[str, int]
    last_reading: str | None


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A program that read into the ledger, with its parser's model, and how many reports it read."""

    run: str
    extractor: str
    model: str
    reports: int


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: of the ledger's file, of what waits to be worked into it, and free beside it."""

    size: int
    waiting: int
    free: int


def holdings(store: Store) -> Holdings:
    """What a ledger holds."""
    given = exists().where(reading_issues.c.item == issues.c.id)
    current = or_(~given, given.where(shown(reading_issues)))
    by_code = (
        select(issues.c.code, func.count().label("number"))
        .where(current)
        .group_by(issues.c.code)
        .order_by(issues.c.code)
    )
    refused = select(func.count()).where(entries.c.what == "refused")
    last = select(entries.c.recorded_at).where(entries.c.what != "judgement").order_by(entries.c.number.desc())
    with store.reading() as connection:

        def number(query: object) -> int:
            return int(connection.execute(query).scalar() or 0)  # type: ignore[call-overload]

        return Holdings(
            number(select(func.max(documents.c.number))),
            number(select(func.count()).select_from(listed_claims)),
            number(select(func.max(claims.c.number))),
            number(select(func.max(judgements.c.number))),
            number(refused),
            {row.code: row.number for row in connection.execute(by_code)},
            connection.execute(last.limit(1)).scalar(),
        )


def read_by(store: Store) -> tuple[ReadBy, ...]:
    """The programs that read into the ledger, the newest first."""
    counted = select(readings.c.run, func.count().label("reports")).group_by(readings.c.run).subquery()
    query = select(runs.c.id, runs.c.extractor, runs.c.model, func.coalesce(counted.c.reports, 0).label("reports"))
    joined = query.select_from(runs.outerjoin(counted, counted.c.run == runs.c.number))
    with store.reading() as connection:
        rows = connection.execute(joined.order_by(runs.c.number.desc())).all()
    return tuple(ReadBy(row.id, row.extractor, row.model, row.reports) for row in rows)


def disk(store: Store) -> Disk | None:
    """What the ledger takes on its disk, None for one in memory; asked of the system, the file is never opened."""
    path = Path(store.name)
    try:
        size = path.stat().st_size
        log = path.with_name(path.name + "-wal")
        waiting = log.stat().st_size if log.exists() else 0
        return Disk(size, waiting, shutil.disk_usage(path.parent).free)
    except OSError:
        return None
