"""Pages of rows that are all at hand, beside those that the store gives."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar, cast

from dateline.store.paging import CursorError, Paging, Slice

T = TypeVar("T")
S = TypeVar("S")
_MOST = 10**9


def of_rows(rows: Sequence[T], wanted: object, paging: Paging) -> Slice[T]:
    """A page of rows that are found by `wanted`; its cursors say how many rows come before."""
    start = _read(paging.cursor, wanted)
    after = start + paging.limit
    following = _write(after, wanted) if after < len(rows) else None
    preceding = _write(max(0, start - paging.limit), wanted) if start > 0 else None
    return Slice(tuple(rows[start:after]), len(rows), next=following, previous=preceding)


def page_number(cursor: str | None, wanted: object, size: int) -> int:
    """The number, from 1, of a page of `size` rows; CursorError for a cursor of other rows."""
    return _read(cursor, wanted) // size + 1


def numbered(rows: Sequence[T], total: int, wanted: object, number: int, size: int) -> Slice[T]:
    """A page that was found by its number, with cursors to those around it."""
    following = _write(number * size, wanted) if number * size < total else None
    preceding = _write((number - 2) * size, wanted) if number > 1 else None
    return Slice(tuple(rows), total, next=following, previous=preceding)


def shown(page: Slice[T], rows: Sequence[S]) -> Slice[S]:
    """The page with its rows as they are shown."""
    return cast("Slice[S]", replace(page, rows=tuple(rows)))  # type: ignore[arg-type]


def _seal(wanted: object) -> str:
    return sha256(repr(wanted).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _write(start: int, wanted: object) -> str:
    return urlsafe_b64encode(json.dumps([_seal(wanted), start]).encode()).decode().rstrip("=")


def _read(cursor: str | None, wanted: object) -> int:
    """How many rows come before a page; CursorError for a cursor of other rows."""
    if cursor is None:
        return 0
    try:
        seal, start = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError):
        seal, start = None, None
    if seal != _seal(wanted) or type(start) is not int or not 0 <= start <= _MOST:
        raise CursorError("this page is none of the list: start from its first page")
    return start
