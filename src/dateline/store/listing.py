"""What listings are sorted and filtered by, kept beside the rows that are only ever added.

`listed_documents` has a row for each document, `listed_claims` one for each claim of the newest readings: a reading
that takes another's place takes its rows. Both can be made again from what they list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, select

from dateline.store.databases import database_of
from dateline.store.records import FIRST_DAY, LAST_DAY, fold
from dateline.store.schema import (
    LASTING,
    claims,
    documents,
    listed_claims,
    listed_documents,
    listed_names,
    reading_claims,
)
from dateline.store.shown import counts, shown

_DAYS, _REPORTS, _CLAIMS = 18, 26, 18
"""Bits of `newest`: the day of publication, the report, the claim in it."""
UNDATED = ((1 << _DAYS) - 1) << _REPORTS + _CLAIMS
"""`newest` of what has no day of publication is this or more."""

_LAST_DAY = date(2199, 12, 31).toordinal()
_LONGEST_KEY = 200
_MANY = 2000
_SAME = tuple(column.name for column in listed_claims.c if column.name in claims.c)
"""Columns of a listed claim that are those of the claim."""
_NAMED = ("actor_key", "recipient_key", "place_key", "source_key")


def newest(published: str | None, report: int, claim: int = 0) -> int:
    """A number of its own for each report, and each claim of one, that ascends from the newest to the oldest.

    Of one day the report that was added last is first; what has no day comes at the end. `report` is the number of the
    document, `claim` counts the claims of it from 0. Days before 1482 and after 2199 count as the first and the last.

    >>> newest("2024-05-03", 1) < newest("2024-05-02T23:00:00Z", 2) < newest("2024-05-02", 1) < newest(None, 3)
    True
    """
    latest = (1 << _REPORTS) - 1
    day = (1 << _DAYS) - 1 if published is None else min(max(0, _LAST_DAY - _ordinal(published)), (1 << _DAYS) - 2)
    return day << _REPORTS + _CLAIMS | (latest - report & latest) << _CLAIMS | claim


def day_of(place: int) -> str | None:
    """The day of publication that `newest` was made of, None where there was none.

    >>> day_of(newest("2024-05-03T23:00:00Z", 1, 2)), day_of(newest(None, 1))
    ('2024-05-03', None)
    """
    return None if place >= UNDATED else _day(place >> _REPORTS + _CLAIMS)


@lru_cache(maxsize=10_000)
def _day(before_last: int) -> str:
    """The day that is so many before the last one that `newest` tells apart."""
    return date.fromordinal(max(1, _LAST_DAY - before_last)).isoformat()


def published_within(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """The first and the last `newest` of reports of some days, None where such an end is no whole day.

    >>> first, last = published_within("2024-05-02", "2024-05-03")
    >>> newest("2024-05-04", 1) < first <= newest("2024-05-03", 9) < newest("2024-05-02T23:00:00Z", 2) <= last
    True
    """
    low, high = (0 if day is None or len(day) != len("2024-05-03") else _ordinal(day) for day in (until, since))
    first = newest(until, (1 << _REPORTS) - 1) if low else None
    return first, newest(since, 0, (1 << _CLAIMS) - 1) if high else None


def _ordinal(day: str) -> int:
    """The number of a day; 0 for what is no day of the calendar."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 0


def list_document(connection: Connection, number: int, row: Mapping[str, Any]) -> int:
    """Put a new document, by the columns of its row, into the list; its place there."""
    listed = _document(number, row)
    connection.execute(listed_documents.insert(), [listed])
    return int(listed["newest"])


def list_documents(connection: Connection, numbered: Sequence[tuple[int, Mapping[str, Any]]]) -> list[int]:
    """Put new documents, by their numbers and the columns of their rows, into the list; their places there."""
    listed = [_document(number, row) for number, row in numbered]
    connection.execute(listed_documents.insert(), listed)
    return [int(row["newest"]) for row in listed]


def list_new_claims(connection: Connection, documents_: Sequence[str]) -> dict[str, int]:
    """Put the claims of new documents into the list; the place of each there."""
    rows = list(_placed(connection, _claims().where(claims.c.document.in_(documents_))))
    _insert(connection, rows)
    return {row["id"]: row["newest"] for row in rows}


def list_claims(connection: Connection, document: str) -> dict[str, int]:
    """Put the claims that are shown of a document into the list, in the place of those that were.

    Gives the place in the list of every claim that was ever read in it.
    """
    connection.execute(listed_claims.delete().where(listed_claims.c.document == document))
    rows = list(_placed(connection, _claims().where(claims.c.document == document)))
    _insert(connection, rows)
    return {row["id"]: row["newest"] for row in rows}


def list_again(connection: Connection, document: str) -> None:
    """Put a report that counts again, with its claims, into the lists, or take one out that was set aside."""
    connection.execute(listed_documents.delete().where(listed_documents.c.id == document))
    c = documents.c
    query = select(c.number, c.id, c.published, c.outlet_key, c.title).where(c.id == document, counts(c.id))
    for row in connection.execute(query).mappings().all():
        list_document(connection, row["number"], dict(row))
    list_claims(connection, document)


def list_all(connection: Connection) -> None:
    """Make the lists anew."""
    for table in (listed_claims, listed_documents, listed_names):
        connection.execute(table.delete())
    c = documents.c
    query = select(c.number, c.id, c.published, c.outlet_key, c.title).where(counts(c.id))
    rows = connection.execute(query.order_by(c.number))
    while some := rows.mappings().fetchmany(_MANY):
        connection.execute(listed_documents.insert(), [_document(row["number"], dict(row)) for row in some])
    placed = _placed(connection, _claims())
    while batch := list(islice(placed, _MANY)):
        _insert(connection, batch)


def places(connection: Connection) -> Iterator[tuple[int, int]]:
    """(number, place in the list) of every claim that was ever read."""
    for row in _placed(connection, _claims()):
        yield row["number"], row["newest"]


def _claims() -> Select[Any]:
    """Every claim with what gives its place, those of a report together in the order they were added."""
    given = select(reading_claims.c.item).where(shown(reading_claims), reading_claims.c.item == claims.c.id)
    given = given.where(counts(claims.c.document))
    columns = (
        *(claims.c[name] for name in _SAME),
        *(documents.c.published, documents.c.number.label("report"), given.exists().label("shown")),
        *(claims.c.quantity_low, claims.c.quantity_high, claims.c.time_earliest, claims.c.time_latest),
    )
    joined = select(*columns).join(documents, documents.c.id == claims.c.document)
    return joined.order_by(claims.c.document, claims.c.number)


def _placed(connection: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    """The rows of `_claims` with their places."""
    last, count = "", 0
    for row in connection.execute(query).mappings():
        count = count + 1 if row["document"] == last else 0
        last = row["document"]
        yield dict(row) | {"newest": newest(row["published"], row["report"], count)}


def _insert(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put those rows that are shown into the list."""
    listed = [_claim(row) for row in rows if row["shown"]]
    if not listed:
        return
    connection.execute(listed_claims.insert(), listed)
    named = sorted({(slot, row[slot]) for row in listed for slot in _NAMED if row[slot] is not None})
    if named:
        rows = [{"slot": slot, "key": key} for slot, key in named]
        database_of(connection).insert_missing(connection, listed_names, rows)


def _claim(row: Mapping[str, Any]) -> dict[str, Any]:
    most = row["quantity_low"] if row["quantity_high"] is None else row["quantity_high"]
    same = {name: _cut(row[name]) if name in _NAMED else row[name] for name in _SAME}
    return same | {
        "newest": row["newest"],
        "host": row["place_country"] or row["recipient_country"],
        "lasting": _is_lasting(row["first_day"], row["last_day"]),
        "fewer": None if most is None else 0.0 - most,
        "earlier": _earlier(row["time_earliest"] or row["time_latest"]),
    }


def _is_lasting(first: str | None, last: str | None) -> bool:
    return first is not None and last is not None and _ordinal(last) - _ordinal(first) > LASTING


def _earlier(day: str | None) -> int | None:
    """The later the day, the smaller; None for no day of the calendar."""
    number = 0 if day is None or day in (FIRST_DAY, LAST_DAY) else _ordinal(day)
    return -number if number else None


def _document(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "newest": newest(row["published"], number),
        "number": number,
        "id": row["id"],
        "published": row["published"],
        "outlet_key": _cut(row["outlet_key"]),
        "title_key": None if row["title"] is None else _cut(fold(row["title"][:_LONGEST_KEY])),
    }


def _cut(key: str | None) -> str | None:
    return None if key is None else key[:_LONGEST_KEY]
