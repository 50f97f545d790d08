"""Recorded time: the moment a row came, and the ledger as it stood at an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, or_, select

from dateline.store import search
from dateline.store.listing import list_all
from dateline.store.moments import after
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


def as_recorded(store: Store, until: str) -> Store:
    """A copy in memory of what was recorded up to the end of a day or a moment, nothing derived yet.

    ValueError for what is neither.
    """
    known = or_(entries.c.recorded_at.is_(None), entries.c.recorded_at < after(until))
    moment = after(until)
    then = open_store(":memory:", create=True, clock=lambda: moment)
    with store.reading(snapshot=True) as old, then.writing() as new:
        for table, query in (*_known(known), *_captured(until, known)):
            _copy(old, new, table, query)
        list_all(new)
        search.index_all(new)
        settle_all(new, moment)
    return then


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


def _captured(until: str, known: ColumnElement[bool]) -> Iterator[tuple[Table, Select[Any]]]:
    """The captures that were kept by then, of the documents that were."""
    kept = or_(captures.c.kept_at.is_(None), captures.c.kept_at < after(until))
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
