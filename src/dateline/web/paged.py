"""Which page of a list an address asks for; what is none is said in words, and the first one given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request

from dateline.store import Paging, PagingError, Slice

T = TypeVar("T")


def paged(request: Request, ask: Callable[[Paging], Slice[T]], *, limit: int = 50) -> tuple[Slice[T], tuple[str, ...]]:
    """The page by the address's `cursor` and `sort`, and what was wrong with them."""
    cursor = request.query_params.get("cursor") or None
    sort = request.query_params.get("sort") or None
    try:
        return ask(Paging(limit=limit, cursor=cursor, sort=sort)), ()
    except PagingError as error:
        refused = (str(error),)
    try:
        return ask(Paging(limit=limit, sort=sort)), refused
    except PagingError:
        return ask(Paging(limit=limit)), refused
