"""Recorded time: the moment a row came, and the ledger as it stood at an earlier one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, or_, select, true

from dateline.store import search
from dateline.store.listing import list_all
from dateline.store.moments import after, now
from dateline.store.notices import NOTICE, settle_all
from dateline.store.opening import Store, open_store
from dateline.store.schema import (
    captures,
    claims,
    document_captures,
    documents,
    entries,
    evidence,
    external_ids,
    issues,
    judgement_targets,
    judgements,
    notices,
    reading_claims,
    reading_issues,
    readings,
    runs,
)

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class LogMark:
    """How far a log goes: the number of its last entry, its moment (None: not known), the SHA-256 of what was added.

    Two ledgers of one sum hold the same reports, judgements and notices, added in the same order at the same moments.
    What notices came to is not in the sum: it follows from them.
    """

    entry: int
    at: str | None
    sha256: str


_ADDED = frozenset({"reading", "refused", "judgement", NOTICE})


def log_mark(store: Store, until: str | None = None, *, entry: int | None = None) -> LogMark:
    """The mark of the log of a ledger, or of what `as_recorded` takes of it."""
    digest = hashlib.sha256()
    last, at = 0, None
    logged = select(entries, runs.c.id.label("name")).select_from(
        entries.outerjoin(runs, runs.c.number == entries.c.run)
    )
    with store.reading() as connection:
        for row in connection.execute(logged.where(_recorded(until, entry)).order_by(entries.c.number)):
            last = row.number
            if row.what in _ADDED:
                told = [row.recorded_at, row.what, row.item, row.name]
                digest.update(json.dumps(told, ensure_ascii=True).encode() + b"\n")
                at = max(filter(None, (at, row.recorded_at)), default=None)
    return LogMark(last, at, digest.hexdigest())


def as_recorded(store: Store, until: str | None, *, entry: int | None = None) -> Store:
    """A copy in memory of what was recorded up to the end of a day or a moment, nothing derived yet.

    With `entry` it goes no further than the entry of the log of that number. Embargoes are those of the moment; without
    one, of the last entry that is taken. ValueError for what is no moment.
    """
    known = _recorded(until, entry)
    moment = log_mark(store, entry=entry).at or now() if until is None else after(until)
    then = open_store(":memory:", create=True, clock=lambda: moment)
    with store.reading(snapshot=True) as old, then.writing() as new:
        for table, query in (*_known(known), *_captured(moment, known)):
            _copy(old, new, table, query)
        list_all(new)
        search.index_all(new)
        settle_all(new, moment)
    return then


def _recorded(until: str | None, entry: int | None) -> ColumnElement[bool]:
    """That an entry was made by then."""
    found: list[ColumnElement[bool]] = []
    if until is not None:
        found.append(or_(entries.c.recorded_at.is_(None), entries.c.recorded_at < after(until)))
    if entry is not None:
        found.append(entries.c.number <= entry)
    return and_(true(), *found)


def _known(known: ColumnElement[bool]) -> Iterator[tuple[Table, Select[Any]]]:
    """What is copied, in an order that keeps every reference: rows of entries that are `known`."""
    read = select(entries.c.item).where(known, entries.c.what == "reading")
    decided = select(entries.c.item).where(known, entries.c.what == "judgement")
    refused = select(entries.c.item).where(known, entries.c.what == "refused")
    yield entries, select(entries).where(known)
    yield runs, select(runs).where(runs.c.number.in_(select(entries.c.run).where(known)))
    yield documents, select(documents).where(documents.c.id.in_(read))
    yield readings, select(readings).where(_of_a_reading(readings, known))
    given = select(reading_claims.c.item).where(_of_a_reading(reading_claims, known))
    noted = select(reading_issues.c.item).where(_of_a_reading(reading_issues, known))
    yield claims, select(claims).where(claims.c.id.in_(given))
    yield evidence, select(evidence).where(evidence.c.claim.in_(given))
    yield issues, select(issues).where(or_(issues.c.id.in_(noted), issues.c.id.in_(refused)))
    yield reading_claims, select(reading_claims).where(_of_a_reading(reading_claims, known))
    yield reading_issues, select(reading_issues).where(_of_a_reading(reading_issues, known))
    yield judgements, select(judgements).where(judgements.c.id.in_(decided))
    yield judgement_targets, select(judgement_targets).where(judgement_targets.c.judgement.in_(decided))
    told = select(entries.c.item).where(known, entries.c.what == NOTICE)
    logged = select(entries.c.item).where(entries.c.what == NOTICE)
    silent = notices.c.document.in_(read) & notices.c.id.not_in(logged)
    yield notices, select(notices).where(or_(notices.c.id.in_(told), silent))
    yield external_ids, select(external_ids).where(or_(external_ids.c.item.in_(read), external_ids.c.item.in_(given)))


def _captured(moment: str, known: ColumnElement[bool]) -> Iterator[tuple[Table, Select[Any]]]:
    """The captures that were kept by a moment, of the documents that were."""
    kept = or_(captures.c.kept_at.is_(None), captures.c.kept_at <= moment)
    read = select(entries.c.item).where(known, entries.c.what == "reading")
    of_known = document_captures.c.document.in_(read)
    of_kept = document_captures.c.capture.in_(select(captures.c.id).where(kept))
    yield captures, select(captures).where(kept, captures.c.id.in_(select(document_captures.c.capture).where(of_known)))
    yield document_captures, select(document_captures).where(of_known, of_kept)


def _of_a_reading(table: Table, known: ColumnElement[bool]) -> ColumnElement[bool]:
    same = (entries.c.item == table.c.document) & (entries.c.run == table.c.run)
    return exists().where(known, entries.c.what == "reading", same)


def _copy(old: Connection, new: Connection, table: Table, query: Select[Any]) -> None:
    rows = old.execute(query).mappings()
    while some := rows.fetchmany(_BATCH):
        new.execute(table.insert(), [dict(row) for row in some])
