"""How much a ledger holds, counted where counting is cheap: what is only ever added is counted by its last number."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, exists, func, or_, select, text

from dateline.model import DisputeStatus
from dateline.store.opening import Store
from dateline.store.schema import (
    claims,
    disputes,
    documents,
    entries,
    events,
    issues,
    judgements,
    listed_claims,
    origins,
    presences,
    reading_issues,
    readings,
    runs,
)
from dateline.store.shown import shown


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a ledger holds. `claims` are of the newest readings, `claims_ever` of all; `refused` are reports.

    `issues` go by code, those of the newest readings and of refused reports. `first_report` and `last_report` are days
    of publication. `last_reading` is the moment of the last report that was read or refused, `last_addition` that of
    the newest entry of the log; None where the log began later or there is none.
    """

    documents: int
    claims: int
    claims_ever: int
    events: int
    presences: int
    origins: int
    disputes: int
    open_disputes: int
    judgements: int
    refused: int
    issues: Mapping[str, int]
    first_report: str | None
    last_report: str | None
    last_reading: str | None
    last_addition: str | None


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A program that read into the ledger, with its parser's model, and how many reports it read."""

    run: str
    extractor: str
    model: str
    reports: int


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: of the ledger's file or tables, of what waits to be worked into it, and free beside it.

    What is free on a server is not known: None.
    """

    size: int
    waiting: int
    free: int | None


def holdings(store: Store) -> Holdings:
    """What a ledger holds."""
    with store.reading(snapshot=True) as connection:

        def number(query: Select[Any]) -> int:
            return int(connection.execute(query).scalar() or 0)

        def word(query: Select[Any]) -> str | None:
            return connection.execute(query.limit(1)).scalar()

        def rows(table: Table) -> Select[Any]:
            return select(func.count()).select_from(table)

        logged = select(entries.c.recorded_at).order_by(entries.c.number.desc())
        return Holdings(
            documents=number(select(func.max(documents.c.number))),
            claims=number(rows(listed_claims)),
            claims_ever=number(select(func.max(claims.c.number))),
            events=number(rows(events)),
            presences=number(rows(presences)),
            origins=number(rows(origins)),
            disputes=number(rows(disputes)),
            open_disputes=number(rows(disputes).where(disputes.c.status == str(DisputeStatus.OPEN))),
            judgements=number(select(func.max(judgements.c.number))),
            refused=number(rows(entries).where(entries.c.what == "refused")),
            issues={row.code: row.number for row in connection.execute(_issues_by_code())},
            first_report=_day(word(select(func.min(documents.c.published)))),
            last_report=_day(word(select(func.max(documents.c.published)))),
            last_reading=word(logged.where(entries.c.what != "judgement")),
            last_addition=word(logged),
        )


def _issues_by_code() -> Select[Any]:
    given = exists().where(reading_issues.c.item == issues.c.id)
    current = or_(~given, given.where(shown(reading_issues)))
    counted = select(issues.c.code, func.count().label("number")).where(current)
    return counted.group_by(issues.c.code).order_by(issues.c.code)


def _day(published: str | None) -> str | None:
    return None if published is None else published[:10]


def read_by(store: Store) -> tuple[ReadBy, ...]:
    """The programs that read into the ledger, the newest first."""
    counted = select(readings.c.run, func.count().label("reports")).group_by(readings.c.run).subquery()
    query = select(runs.c.id, runs.c.extractor, runs.c.model, func.coalesce(counted.c.reports, 0).label("reports"))
    joined = query.select_from(runs.outerjoin(counted, counted.c.run == runs.c.number))
    with store.reading() as connection:
        rows = connection.execute(joined.order_by(runs.c.number.desc())).all()
    return tuple(ReadBy(row.id, row.extractor, row.model, row.reports) for row in rows)


def disk(store: Store) -> Disk | None:
    """What the ledger takes on its disk, None for one in memory; the system is asked, a file is never opened."""
    if store.address is None or (store.address.path is None and store.address.server is None):
        return None
    path = store.address.path
    if path is None:
        return Disk(_size(store), 0, None)
    try:
        size = path.stat().st_size
        log = path.with_name(path.name + "-wal")
        waiting = log.stat().st_size if log.exists() else 0
        return Disk(size, waiting, shutil.disk_usage(path.parent).free)
    except OSError:
        return None


def _size(store: Store) -> int:
    """Bytes of the tables and indexes of a ledger on a server."""
    tables = "FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace)"
    with store.reading() as connection:
        return int(connection.execute(text(f"SELECT sum(pg_total_relation_size(oid)) {tables}")).scalar() or 0)
