"""All rows of a listing in its order, in batches: for exports, where pages would count and sort again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, select

from dateline.model import Claim, Dispute, Document, Event, Judgement, Origin, Presence
from dateline.store.filters import (
    Filters,
    on_claims,
    on_disputes,
    on_documents,
    on_events,
    on_origins,
    on_presences,
)
from dateline.store.orders import DISPUTES, EVENTS, ORIGINS, PRESENCES
from dateline.store.paging import Listing
from dateline.store.records import decoded, document_of
from dateline.store.schema import claims, documents, entries, judgements, listed_claims, listed_documents

T = TypeVar("T")
BATCH = 500
"""Records that are in memory at the same time."""
LONG = 20
"""The same of presences, whose records grow with the ledger: one of thousands of sightings names them all."""
_FIRST = 8
_HEADER = tuple(column for column in documents.c if column.name != "text")


def all_claims(connection: Connection, wanted: Filters) -> Iterator[tuple[Claim, ...]]:
    """The claims of the newest readings, newest report first, those of a report together."""
    c = listed_claims.c
    query = select(c.number).with_hint(listed_claims, "NOT INDEXED", "sqlite").where(*on_claims(wanted, listed_claims))
    for numbers in _batches(connection, query.order_by(c.newest)):
        rows = connection.execute(select(claims.c.number, claims.c.record).where(claims.c.number.in_(numbers)))
        found = {row.number: decoded(Claim, row.record) for row in rows}
        yield tuple(found[number] for number in numbers)


def all_documents(connection: Connection, wanted: Filters) -> Iterator[tuple[Document, ...]]:
    """The documents without their texts, newest first."""
    c = listed_documents.c
    query = select(c.number).where(*on_documents(wanted, listed_documents)).order_by(c.newest)
    for numbers in _batches(connection, query):
        rows = connection.execute(select(*_HEADER).where(documents.c.number.in_(numbers)))
        found = {row.number: document_of(row._asdict()) for row in rows}
        yield tuple(found[number] for number in numbers)


def documents_with(connection: Connection, wanted: Filters, among: Sequence[str]) -> set[str]:
    """Which of some documents have a claim that passes the filters."""
    c = listed_claims.c
    query = select(c.document).distinct().where(*on_claims(wanted, listed_claims))
    return {
        row.document
        for at in range(0, len(among), BATCH)
        for row in connection.execute(query.where(c.document.in_(among[at : at + BATCH])))
    }


def claims_with(connection: Connection, wanted: Filters, among: Sequence[str]) -> set[str]:
    """Which of some claims are of the newest readings and pass the filters."""
    c = listed_claims.c
    query = select(c.id).where(*on_claims(wanted, listed_claims))
    return {
        row.id
        for at in range(0, len(among), BATCH)
        for row in connection.execute(query.where(c.id.in_(among[at : at + BATCH])))
    }


def recorded(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The moment in UTC at which documents were first read or imported; without those of which it is not known."""
    at = func.min(entries.c.recorded_at)
    query = select(entries.c.item, at.label("at")).where(entries.c.what == "reading").group_by(entries.c.item)
    return {
        row.item: row.at
        for some in range(0, len(ids), BATCH)
        for row in connection.execute(query.where(entries.c.item.in_(ids[some : some + BATCH])))
        if row.at is not None
    }


def recorded_between(connection: Connection) -> tuple[str | None, str | None]:
    """The first and the last moment that the log knows."""
    first, last = connection.execute(select(func.min(entries.c.recorded_at), func.max(entries.c.recorded_at))).one()
    return first, last


def all_events(connection: Connection, wanted: Filters) -> Iterator[tuple[Event, ...]]:
    """The events, newest first."""
    return _known(connection, EVENTS, Event, on_events(wanted))


def all_presences(connection: Connection, wanted: Filters) -> Iterator[tuple[Presence, ...]]:
    """The presences, by host and force."""
    return _known(connection, PRESENCES, Presence, on_presences(wanted), LONG)


def all_disputes(connection: Connection, wanted: Filters) -> Iterator[tuple[Dispute, ...]]:
    """The disputes, newest first."""
    return _known(connection, DISPUTES, Dispute, on_disputes(wanted))


def all_origins(connection: Connection, wanted: Filters) -> Iterator[tuple[Origin, ...]]:
    """The origins, those with most reports first."""
    return _known(connection, ORIGINS, Origin, on_origins(wanted))


def all_judgements(connection: Connection) -> Iterator[tuple[Judgement, ...]]:
    """The judgements in the order they were made."""
    query = select(judgements.c.number).order_by(judgements.c.number)
    for numbers in _batches(connection, query):
        rows = connection.execute(
            select(judgements.c.number, judgements.c.record).where(judgements.c.number.in_(numbers))
        )
        found = {row.number: decoded(Judgement, row.record) for row in rows}
        yield tuple(found[number] for number in numbers)


def first_moments(connection: Connection) -> tuple[str, ...]:
    """When the first things were recorded, with what they were; none where the ledger is older than its log."""
    c = entries.c
    rows = connection.execute(
        select(c.recorded_at, c.item).where(c.recorded_at.is_not(None)).order_by(c.number).limit(_FIRST)
    )
    return tuple(f"{row.recorded_at} {row.item}" for row in rows)


def _known(
    connection: Connection, listing: Listing, cls: type[T], conditions: Sequence[ColumnElement[bool]], size: int = 0
) -> Iterator[tuple[T, ...]]:
    """What is derived, in the order its listing has unasked."""
    table = listing.ident.table
    for query in _parts(listing, conditions):
        for keys in _batches(connection, query, size):
            rows = connection.execute(select(listing.ident, table.c.record).where(listing.ident.in_(keys)))
            found = {row[0]: decoded(cls, row[1]) for row in rows}
            yield tuple(found[key] for key in keys)


def _parts(listing: Listing, conditions: Sequence[ColumnElement[bool]]) -> Iterator[Select[Any]]:
    """The idents of a listing in its usual order: first those that have what it goes by, then the others."""
    order = listing.orders[listing.usual.removeprefix("-")]
    falls = listing.usual.startswith("-") != order.falling
    query = select(listing.ident).where(*conditions)
    there = query if order.missing is None else query.where(~order.missing)
    yield there.order_by(*(column.desc() if falls else column for column in order.columns))
    if order.missing is not None:
        yield query.where(order.missing).order_by(*(order.ties if order.null else order.columns))


def _batches(connection: Connection, query: Select[Any], size: int = 0) -> Iterator[list[Any]]:
    """The one column of a query, so many at a time (`BATCH` for 0); other queries can be asked meanwhile."""
    rows = connection.execute(query)
    while some := rows.fetchmany(size or BATCH):
        yield [row[0] for row in some]
