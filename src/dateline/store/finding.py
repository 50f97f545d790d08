"""Pages of claims and documents: of the ways to the same rows, the one that answers in time.

Few rows are found by their filters and then sorted; of many, the order is walked along until a page is full. Words
that few rows hold are looked up first; for words that many hold, the index of words is walked from the newest on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from dateline.store import search
from dateline.store.counting import count
from dateline.store.filters import Filters
from dateline.store.listing import UNDATED
from dateline.store.paging import STATEMENTS, Asked, Found, Listing, Order, Paging, elsewhere, find, of_ranked, position


class Conditions(Protocol):
    """The conditions that filters put on the rows of a listed table; see `filters.on_claims`."""

    def __call__(self, wanted: Filters, table: Table, *, walked: bool = False) -> list[ColumnElement[bool]]:
        """As in `filters.on_claims`."""

    def __hash__(self) -> int:
        """The same for the same conditions."""


OnDerived = Callable[[Filters], list[ColumnElement[bool]]]
"""The conditions that filters put on the rows of what is derived; see `filters.on_events`."""
Answer = tuple[Found, int, bool]
"""The rows of a page, how many there are on all pages, and whether that is only the least."""

BEST = "best"
"""The order of a search by how well the words fit."""


FEW = 2000
"""Rows that are rather found and sorted than met along the way."""


def few_or_many(connection: Connection, listing: Listing, on: OnDerived, wanted: Filters, paging: Paging) -> Answer:
    """A page of a listing whose order the database walks along, unless few rows are left to be sorted."""
    asked = _derived(listing, on, wanted)
    total, is_least = count(connection, asked)
    if asked.conditions and total <= FEW:
        asked = _derived(elsewhere(listing), on, wanted)
    return find(connection, asked, paging), total, is_least


@lru_cache(maxsize=STATEMENTS)
def _derived(listing: Listing, on: OnDerived, wanted: Filters) -> Asked:
    return Asked(listing, on(wanted), wanted, is_kept=True)


def page_of(
    connection: Connection, listing: Listing, table: Table, on: Conditions, wanted: Filters, paging: Paging
) -> Answer:
    """A page of a listed table."""
    if wanted.text is not None:
        return _with_words(connection, listing, table, on, wanted, paging)
    found = _found(listing, table, on, wanted)
    total, is_least = count(connection, found)
    if found.conditions and not is_least and _are_rare(connection, table, total, wanted, paging):
        few = _found(elsewhere(listing), table, on, wanted)
        return find(connection, few, paging), total, is_least
    by = (paging.sort or listing.usual).removeprefix("-")
    return find(connection, _walked_along(listing, table, on, wanted, by), paging), total, is_least


@lru_cache(maxsize=STATEMENTS)
def _found(listing: Listing, table: Table, on: Conditions, wanted: Filters) -> Asked:
    """Rows that are found by their filters."""
    return Asked(listing, on(wanted, table), wanted, is_kept=True)


@lru_cache(maxsize=STATEMENTS)
def _walked_along(listing: Listing, table: Table, on: Conditions, wanted: Filters, by: str) -> Asked:
    """Rows that are met in an order."""
    hint = (table, "NOT INDEXED" if by == "published" else f"INDEXED BY ix_{table.name}_{_INDEXED.get(by, by)}")
    hinted = hint if by in listing.orders else None
    return Asked(listing, on(wanted, table, walked=True), wanted, hint=hinted, is_kept=True)


def _are_rare(connection: Connection, table: Table, total: int, wanted: Filters, paging: Paging) -> bool:
    """Whether finding all rows and sorting them looks at fewer than walking along the order until a page is full.

    The rows of some days lie together, and those of a name along names, so that a walk may meet none of them for long.
    """
    by_day = paging.sort is None or paging.sort.removeprefix("-") == "published"
    if not by_day or wanted.since is not None or wanted.until is not None:
        return True
    most = connection.execute(_last(table)).scalar() or 0
    return total * total <= paging.limit * most


@cache
def _last(table: Table) -> Select[int]:
    return select(func.max(table.c.number))


_INDEXED = {
    **{name: f"{name}_key" for name in ("actor", "recipient", "place", "source")},
    "quantity": "fewer",
    "time": "earlier",
}
"""What the index of an order is called after, where not after the order."""


def _with_words(
    connection: Connection, listing: Listing, table: Table, on: Conditions, wanted: Filters, paging: Paging
) -> Answer:
    words = wanted.text or ""
    others = on(replace(wanted, text=None), table)
    by = (paging.sort or listing.usual).removeprefix("-")
    if by == BEST:
        return _best(connection, Asked(listing, others, wanted), table, words, paging)
    if not search.are_common(connection, table, words):
        few = Asked(elsewhere(listing), (*others, search.holds(table, words)), wanted)
        total, is_least = count(connection, few)
        return find(connection, few, paging), total, is_least
    if by == "published":
        return _walked(connection, Asked(listing, others, wanted), table, words, paging)
    some = Asked(elsewhere(listing), (*others, search.holds(table, words, most=search.FEW)), wanted)
    total, _ = count(connection, some)
    return find(connection, some, paging), total, True


def _walked(connection: Connection, asked: Asked, table: Table, words: str, paging: Paging) -> Answer:
    """A page along the index of words."""
    source, place = search.walked(table, words)
    order = Order(place, (), falling=True, missing=place >= UNDATED)
    listing = replace(asked.listing, source=source, orders={"published": order})
    walked = replace(asked, listing=listing)
    narrow, is_bounded, among = walked, bool(asked.conditions), None
    if is_bounded:
        at = position(walked, paging)
        oldest_first = paging.sort == "published"
        value = None if at is None else int(at[0][0])
        backwards = oldest_first != (at is not None and at[1])
        if backwards and value is None:
            value = 1 << 62
        bound = search.reach(
            connection, table, words, before=value if backwards else None, after=None if backwards else value
        )
        narrow, among = replace(walked, conditions=(*asked.conditions, bound)), (value, backwards)
    total, is_least = count(connection, narrow, most=search.FEW, among=among)
    return find(connection, narrow, paging), total, is_least or is_bounded


def _best(connection: Connection, asked: Asked, table: Table, words: str, paging: Paging) -> Answer:
    """A page of the rows that fit the words best, among the newest that hold them."""
    found = search.best(connection, table, words, asked.conditions)
    order = Order(table.c.confidence if "confidence" in table.c else table.c.newest, (table.c.newest,))
    ranked = replace(asked, listing=replace(asked.listing, orders={BEST: order}))
    return of_ranked(ranked, paging, found.rows), len(found.rows), found.more
