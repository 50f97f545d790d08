"""Listings page by page, until the store gives pages itself: cursors that name how many rows were passed."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Generic, TypeVar

from dateline.store import Filters, Page
from dateline.web.api.problems import Kind, Trouble

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A page of a listing. `total` is how many rows there are on all pages, or at least, where `total_is_least`."""

    rows: tuple[T, ...]
    total: int
    total_is_least: bool = False
    next: str | None = None
    previous: str | None = None


def of_view(listing: Callable[[Filters], Page[T]], wanted: Filters, limit: int, cursor: str | None) -> Slice[T]:
    """A page of a listing of the View."""
    start = _start(cursor, wanted)
    page = listing(replace(wanted, limit=start + limit))
    return _slice(page.rows[start:], page.total, start, limit, wanted)


def of_rows(rows: Sequence[T], wanted: object, limit: int, cursor: str | None) -> Slice[T]:
    """A page of rows that are all there."""
    start = _start(cursor, wanted)
    return _slice(tuple(rows[start : start + limit]), len(rows), start, limit, wanted)


def offset_of(cursor: str | None, wanted: object) -> int:
    """How many rows come before the page of a cursor."""
    return _start(cursor, wanted)


def of_part(rows: tuple[T, ...], total: int, wanted: object, limit: int, cursor: str | None) -> Slice[T]:
    """A page whose rows were found already."""
    return _slice(rows, total, _start(cursor, wanted), limit, wanted)


def shown(page: Slice[T], rows: Sequence[S]) -> Slice[S]:
    """The page with its rows as they are shown."""
    return Slice(tuple(rows), page.total, page.total_is_least, page.next, page.previous)


def _slice(rows: tuple[T, ...], total: int, start: int, limit: int, wanted: object) -> Slice[T]:
    after = _cursor(start + limit, wanted) if start + limit < total else None
    before = _cursor(max(0, start - limit), wanted) if start > 0 else None
    return Slice(rows, total, False, after, before)


def _seal(wanted: object) -> str:
    return sha256(repr(wanted).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _cursor(start: int, wanted: object) -> str:
    return urlsafe_b64encode(json.dumps([_seal(wanted), start]).encode()).decode().rstrip("=")


def _start(cursor: str | None, wanted: object) -> int:
    if cursor is None:
        return 0
    try:
        seal, start = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError):
        seal, start = None, None
    if seal != _seal(wanted) or type(start) is not int or not 0 <= start <= 10**9:
        raise Trouble(Kind.CURSOR, "this page is none of the list: start from its first page")
    return start
