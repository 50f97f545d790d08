"""What listings are sorted and filtered by, kept beside the rows that are only ever added.

`listed_documents` has a row for each document, `listed_claims` one for each claim of the newest readings: a reading
that takes another's place takes its rows. Both can be made again from what they list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, MappingResult, Select, select

from dateline.store.records import FIRST_DAY, LAST_DAY, fold
from dateline.store.schema import claims, documents, listed_claims, listed_documents, reading_claims
from dateline.store.shown import shown

UNDATED = 4_000_000 << 40
"""`newest` of what has no day of publication, and above it."""

_LAST_ORDINAL = date.max.toordinal()
_LONGEST_KEY = 200
_MANY = 2000
_SAME = tuple(column.name for column in listed_claims.c if column.name in claims.c)
"""Columns of a listed claim that are those of the claim."""
_CUT = frozenset({"actor_key", "recipient_key", "place_key", "source_key"})


def newest(published: str | None, number: int, start: int = 0) -> int:
    """A number that puts the newest report first, of one day the one added last, undated ones at the end.

    `number` is the document's, `start` where a claim begins in it. Only an order within a day is lost beyond 16 million
    documents or 65,535 characters.

    >>> newest("2024-05-03", 1) < newest("2024-05-02T23:00:00Z", 2) < newest("2024-05-02", 1) < newest(None, 3)
    True
    """
    try:
        day = UNDATED >> 40 if published is None else _LAST_ORDINAL - date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        day = UNDATED >> 40
    return day << 40 | max(0, (1 << 24) - 1 - number) << 16 | min(start, 0xFFFF)


def list_document(connection: Connection, number: int, row: Mapping[str, Any]) -> None:
    """Put a new document, by the columns of its row, into the list."""
    connection.execute(listed_documents.insert(), [_document(number, row)])


def list_claims(connection: Connection, document: str) -> None:
    """Put the claims that are shown of a document into the list, in the place of those that were."""
    connection.execute(listed_claims.delete().where(listed_claims.c.document == document))
    _insert(connection, _shown().where(claims.c.document == document))


def list_all(connection: Connection) -> None:
    """Make both lists anew."""
    for table in (listed_claims, listed_documents):
        connection.execute(table.delete())
    c = documents.c
    columns = select(c.number, c.id, c.published, c.outlet_key, c.title)
    for some in _batches(connection.execute(columns.order_by(c.number)).mappings()):
        connection.execute(listed_documents.insert(), [_document(row["number"], row) for row in some])
    _insert(connection, _shown())


def _shown() -> Select[Any]:
    """The claims that are shown, each once, with what their report gives their order."""
    given = select(reading_claims.c.item).where(shown(reading_claims), reading_claims.c.item == claims.c.id)
    columns = (*(claims.c[name] for name in _SAME), *_FOR_ORDER)
    return select(*columns).join(documents, documents.c.id == claims.c.document).where(given.exists())


_FOR_ORDER = (
    documents.c.published,
    documents.c.number.label("report"),
    claims.c.start,
    claims.c.quantity_low,
    claims.c.quantity_high,
    claims.c.time_earliest,
    claims.c.time_latest,
)


def _insert(connection: Connection, query: Select[Any]) -> None:
    for some in _batches(connection.execute(query).mappings()):
        connection.execute(listed_claims.insert(), [_claim(row) for row in some])


def _claim(row: Mapping[str, Any]) -> dict[str, Any]:
    most = row["quantity_low"] if row["quantity_high"] is None else row["quantity_high"]
    same = {name: _cut(row[name]) if name in _CUT else row[name] for name in _SAME}
    return same | {
        "newest": newest(row["published"], row["report"], row["start"]),
        "host": row["place_country"] or row["recipient_country"],
        "fewer": None if most is None else -most,
        "earlier": _earlier(row["time_earliest"] or row["time_latest"]),
    }


def _earlier(day: str | None) -> int | None:
    """Days from a day to the last of the calendar: the later the day, the smaller."""
    if day is None or day in (FIRST_DAY, LAST_DAY):
        return None
    try:
        return _LAST_ORDINAL - date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def _document(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "newest": newest(row["published"], number),
        "number": number,
        "id": row["id"],
        "published": row["published"],
        "outlet_key": _cut(row["outlet_key"]),
        "title_key": None if row["title"] is None else fold(row["title"][:_LONGEST_KEY])[:_LONGEST_KEY],
    }


def _cut(key: str | None) -> str | None:
    return None if key is None else key[:_LONGEST_KEY]


def _batches(rows: MappingResult) -> Iterator[Sequence[Mapping[str, Any]]]:
    while batch := rows.fetchmany(_MANY):
        yield [dict(row) for row in batch]
