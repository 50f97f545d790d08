"""How many rows a listing has: counted so far and no further, and of a large ledger not again at every look."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Select, bindparam, func, literal_column, select

from dateline.store.paging import STATEMENTS, Asked
from dateline.store.schema import claims

MOST_COUNTED = 5_000
"""Rows up to which a total is exact."""
COSTLY = 0.002
"""Seconds that a count may take to be made anew each time."""
STANDS = 10.0
"""Seconds that a costlier one stands in a large ledger, whatever is added: so old may a total be."""
LARGE = 20_000
"""Claims from which on a ledger is large. In a smaller one every total is of this moment."""
_MOST_KEPT = 500
_LIMIT = "dateline_most"

Total = tuple[int, bool]
"""How many rows there are, and whether that is only the least."""


@dataclass(frozen=True, slots=True)
class _Count:
    total: Total
    made_at: float


class _Counts:
    """The costly counts of a ledger, the one that was not asked for longest given up first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Count] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Total | None:
        with self._lock:
            known = self._kept.get(key)
            if known is None or time.monotonic() - known.made_at > STANDS:
                return None
            self._kept.move_to_end(key)
            return known.total

    def keep(self, key: Hashable, total: Total) -> None:
        with self._lock:
            self._kept[key] = _Count(total, time.monotonic())
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)


_OF: WeakKeyDictionary[Engine, _Counts] = WeakKeyDictionary()


def count(connection: Connection, asked: Asked, *, most: int = MOST_COUNTED, among: Hashable = None) -> Total:
    """How many rows there are, and whether there are more than that: counted to `most` and no further.

    In a ledger of more than 20,000 claims a total that took more than 2 ms stands for ten seconds. `among` names what
    beside the filters the conditions rest on.
    """
    counts = _OF.setdefault(connection.engine, _Counts())
    key = (asked.listing.name, repr(asked.filters), most, among)
    known = counts.get(key)
    if known is not None:
        return known
    began = time.monotonic()
    query = (_kept_query if asked.is_kept else _query)(asked)
    found = int(connection.execute(query, {_LIMIT: most + 1}).scalar() or 0)
    total = min(found, most), found > most
    if time.monotonic() - began > COSTLY and _is_large(connection):
        counts.keep(key, total)
    return total


def _query(asked: Asked) -> Select[int]:
    """How many rows there are up to a limit; no column of theirs is read, so that an index alone tells."""
    some: Select[int] = (
        select(literal_column("1")).select_from(asked.rows).where(*asked.conditions).limit(bindparam(_LIMIT))
    )
    return select(func.count()).select_from(some.subquery())


_kept_query = lru_cache(maxsize=STATEMENTS)(_query)


def _is_large(connection: Connection) -> bool:
    return (connection.execute(select(func.max(claims.c.number))).scalar() or 0) > LARGE
