"""Listings page by page: by keyset, so that the last page costs what the first does and nothing is told twice.

A page ends at a row, and its cursor says which: the values that the row is sorted by. What is added meanwhile
moves no other row from one page to the next.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, Select, bindparam, select, true, tuple_

from dateline.store.expressions import unindexed

T = TypeVar("T")
Key = str | int | float
MOST_ROWS = 500
"""Rows that a page has at most."""
_LONGEST_CURSOR = 4000
_VERSION = 1
STATEMENTS = 400
"""Statements of first pages that are kept as they were put together, which costs more than SQLite takes to answer."""
_LIMIT = "dateline_limit"


class PagingError(ValueError):
    """A page that cannot be given: a limit, an order or a cursor that is none."""


class CursorError(PagingError):
    """A cursor that is none of this listing: damaged, made up, or of other filters or another order."""


class SortError(PagingError):
    """An order that the listing does not have; the message names those it has."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: up to `limit` rows (1 to 500) from where `cursor` says, by `sort`.

    `sort` names an order of the listing, with `-` before it for the other way round ("published", "-published");
    None is the listing's own. `cursor` is `next` or `previous` of another page of the same listing.
    """

    limit: int = 50
    cursor: str | None = None
    sort: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST_ROWS:
            raise PagingError(f"a page has 1 to {MOST_ROWS} rows, not {self.limit}")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A page of a listing. `total` is how many rows there are on all pages, or at least, where `total_is_least`.

    `next` and `previous` are cursors, None at the ends; `sort` is the order the rows are in.
    """

    rows: tuple[T, ...]
    total: int
    total_is_least: bool = False
    next: str | None = None
    previous: str | None = None
    sort: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Rows by `key` and, where that is the same, by `ties`, which with it name one row; none of `ties` is ever NULL.

    Both ascend, or both descend when the order is turned round. `falling` says that ascending columns give what is
    named with `-` ("-published": newest first). Rows that are `missing` the key come last in either direction; `null`
    says that it is NULL in them.
    """

    key: ColumnElement[Any]
    ties: tuple[ColumnElement[Any], ...]
    falling: bool = False
    missing: ColumnElement[bool] | None = None
    null: bool = False

    @property
    def columns(self) -> tuple[ColumnElement[Any], ...]:
        """What rows are sorted by."""
        return (self.key, *self.ties)


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """A list of rows: where they are, the column that names one, its orders, and the order it has unasked.

    `is_sorted_whole` says that no index serves its orders: all its rows are found and then sorted.
    """

    name: str
    source: FromClause
    ident: ColumnElement[Any]
    orders: Mapping[str, Order]
    usual: str
    is_sorted_whole: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A stretch of a listing: rows that have the key of its order, or those that lack it."""

    condition: ColumnElement[bool]
    columns: tuple[ColumnElement[Any], ...]
    falls: bool


@dataclass(frozen=True, slots=True)
class _Position:
    """A row in a part of a listing, and whether the page is before it."""

    part: int
    values: tuple[Key, ...]
    before: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The idents of the rows of a page, in order, with its cursors."""

    idents: tuple[Any, ...]
    next: str | None
    previous: str | None
    sort: str


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a page is of: a listing, the conditions on its rows, and what names these conditions in cursors.

    `source` is a join that the conditions need; `hint` tells SQLite how to go about a table. `is_kept` says that it is
    this object that is asked for every time: its statements are put together once.
    """

    listing: Listing
    conditions: Sequence[ColumnElement[bool]] = ()
    filters: object = None
    source: FromClause | None = None
    hint: tuple[FromClause, str] | None = None
    is_kept: bool = False

    @property
    def rows(self) -> FromClause:
        """Where the rows are: the listing's own place, unless a join is needed for the conditions."""
        return self.listing.source if self.source is None else self.source


def find(connection: Connection, asked: Asked, paging: Paging) -> Found:
    """The rows of a page; CursorError and SortError for what is none."""
    sort, order, turned = _order(asked.listing, paging.sort)
    parts = _parts(order, turned)
    at = None if paging.cursor is None else _read(paging.cursor, asked, sort, parts)
    backwards = at is not None and at.before
    if asked.listing.is_sorted_whole and at is None and order.missing is not None and not (turned or order.null):
        rows = _sorted(connection, asked, order, order.missing, paging.limit + 1)
    else:
        rows = _walk(connection, asked, parts, at, paging.limit + 1)
    more = len(rows) > paging.limit
    rows = rows[: paging.limit]
    if backwards:
        rows.reverse()
    before, after = (more, at is not None) if backwards else (at is not None, more)
    first = _write(asked, sort, rows[0], before=True) if rows and before else None
    last = _write(asked, sort, rows[-1], before=False) if rows and after else None
    return Found(tuple(ident for _, _, ident in rows), last, first, sort)


def position(asked: Asked, paging: Paging) -> tuple[tuple[Key, ...], bool] | None:
    """The values that the rows of a page come after, or before (True); None for a first page."""
    if paging.cursor is None:
        return None
    sort, order, turned = _order(asked.listing, paging.sort)
    at = _read(paging.cursor, asked, sort, _parts(order, turned))
    return at.values, at.before


def of_ranked(asked: Asked, paging: Paging, ranked: Sequence[tuple[float, Any]]) -> Found:
    """A page of rows that are all at hand as (score, ident), in their order."""
    sort, order, turned = _order(asked.listing, paging.sort)
    at = None if paging.cursor is None else _read(paging.cursor, asked, sort, _parts(order, turned))
    rows: list[_Row] = [(0, (score, ident), ident) for score, ident in ranked]
    first = 0
    if at is not None:
        later = [number for number, row in enumerate(rows) if row[1] > at.values]
        same = [number for number, row in enumerate(rows) if row[1] == at.values]
        start = (same or later or [len(rows)])[0]
        first = max(0, start - paging.limit) if at.before else start + len(same)
    last = start if at is not None and at.before else first + paging.limit
    some = rows[first:last]
    previous = _write(asked, sort, some[0], before=True) if some and first > 0 else None
    following = _write(asked, sort, some[-1], before=False) if some and last < len(rows) else None
    return Found(tuple(row[2] for row in some), following, previous, sort)


@cache
def elsewhere(listing: Listing) -> Listing:
    """The listing with orders that no index serves: for few rows that are found some other way and then sorted.

    For the listings there are, which it keeps.
    """
    orders = {
        name: replace(
            order,
            key=unindexed(order.key),
            ties=tuple(unindexed(tie) for tie in order.ties),
            missing=None if order.missing is None else unindexed(order.missing),
        )
        for name, order in listing.orders.items()
    }
    return replace(listing, orders=orders, is_sorted_whole=True)


def _order(listing: Listing, sort: str | None) -> tuple[str, Order, bool]:
    """The order by its name, and whether it is to be turned round."""
    sort = sort or listing.usual
    order = listing.orders.get(sort.removeprefix("-"))
    if order is None:
        names = ", ".join(listing.orders)
        raise SortError(f"{listing.name} are not sorted by {sort[:40]!r}; they can be by {names}, with - before it")
    return sort, order, sort.startswith("-") != order.falling


@lru_cache(maxsize=STATEMENTS)
def _parts(order: Order, turned: bool) -> tuple[_Part, ...]:
    if order.missing is None:
        return (_Part(true(), order.columns, turned),)
    return (
        _Part(~order.missing, order.columns, turned),
        _Part(order.missing, order.ties if order.null else order.columns, False),
    )


_Row = tuple[int, tuple[Key, ...], Any]
"""The part a row is in, the values it is sorted by, and its ident."""


def _walk(
    connection: Connection, asked: Asked, parts: Sequence[_Part], at: _Position | None, wanted: int
) -> list[_Row]:
    """Up to `wanted` rows from a position on, nearest first."""
    backwards = at is not None and at.before
    numbers = range(len(parts))
    start = (numbers[-1] if backwards else 0) if at is None else at.part
    found: list[_Row] = []
    put_together = _kept_part if asked.is_kept and at is None else _part
    for number in range(start, -1, -1) if backwards else numbers[start:]:
        part = parts[number]
        falls = part.falls != backwards
        query = put_together(asked, part, falls)
        if at is not None and number == at.part:
            row, here = tuple_(*part.columns), tuple_(*at.values, types=[column.type for column in part.columns])
            query = query.where(row < here if falls else row > here)
        rows = connection.execute(query, {_LIMIT: wanted - len(found)})
        found += [(number, tuple(row[:-1]), row[-1]) for row in rows]
        if len(found) == wanted:
            break
    return found


def _sorted(
    connection: Connection, asked: Asked, order: Order, missing: ColumnElement[bool], wanted: int
) -> list[_Row]:
    """The first rows of an order that ascends in both its parts, found in one go: the rows are all looked at anyway."""
    rows = connection.execute((_kept_whole if asked.is_kept else _whole)(asked, order, missing), {_LIMIT: wanted})
    return [(int(row[0]), tuple(row[1:-1]), row[-1]) for row in rows]


def _part(asked: Asked, part: _Part, falls: bool) -> Select[Any]:
    """The rows of a stretch of a listing, up to a limit."""
    query = select(*part.columns, asked.listing.ident).select_from(asked.rows)
    query = query if asked.hint is None else query.with_hint(*asked.hint, "sqlite")
    query = query.where(*asked.conditions, part.condition)
    return query.order_by(*(column.desc() if falls else column for column in part.columns)).limit(bindparam(_LIMIT))


def _whole(asked: Asked, order: Order, missing: ColumnElement[bool]) -> Select[Any]:
    """The rows of a listing in both its parts, up to a limit."""
    query = select(missing, *order.columns, asked.listing.ident).select_from(asked.rows).where(*asked.conditions)
    return query.order_by(missing, *order.columns).limit(bindparam(_LIMIT))


_kept_part = lru_cache(maxsize=STATEMENTS)(_part)
_kept_whole = lru_cache(maxsize=STATEMENTS)(_whole)


def _write(asked: Asked, sort: str, row: _Row, *, before: bool) -> str:
    part, values, _ = row
    body = json.dumps([_VERSION, sort, int(before), part, *values], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(_seal(asked, body.encode()) + body.encode()).decode().rstrip("=")


def _seal(asked: Asked, body: bytes) -> bytes:
    """Six bytes that tell a cursor of this listing and these filters from any other text."""
    return sha256(f"{asked.listing.name}\n{asked.filters!r}\n".encode("utf-8", "backslashreplace") + body).digest()[:6]


def _read(cursor: str, asked: Asked, sort: str, parts: Sequence[_Part]) -> _Position:
    """The position of a cursor; it only ever becomes values that rows are compared with."""
    wrong = CursorError("this page is none of the list: start from its first page")
    if len(cursor) > _LONGEST_CURSOR or not cursor.isascii():
        raise wrong
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        content = json.loads(raw[6:])
    except ValueError as error:
        raise wrong from error
    if raw[:6] != _seal(asked, raw[6:]) or not isinstance(content, list) or content[:2] != [_VERSION, sort]:
        raise wrong
    return _checked(content[2:], parts, wrong)


def _checked(content: list[Any], parts: Sequence[_Part], wrong: CursorError) -> _Position:
    if len(content) < 2 or content[0] not in (0, 1) or content[1] not in range(len(parts)):
        raise wrong
    before, part, *values = content
    if len(values) != len(parts[part].columns) or not all(type(value) in (str, int, float) for value in values):
        raise wrong
    return _Position(part, tuple(values), bool(before))
