"""Content hashes of tables, the same in every database and whatever the order of the rows.

The hash of a table is that of each row (SHA-256 of its values as canonical JSON, columns in the order of the schema)
added up modulo 2^256, so no database has to sort. It tells damage and mistakes; it is no defence against somebody who
can choose many rows so that they add up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, select

from dateline.store.records import json_text
from dateline.store.schema import APPEND_ONLY, DERIVED, LISTED, metadata

BATCH: Final = 2000
_MODULUS: Final = 1 << 256

_KEPT: Final = frozenset(table.name for table in APPEND_ONLY)
_MADE: Final = frozenset(table.name for table in (*LISTED, *DERIVED))
TABLES: Final = tuple(table for table in metadata.sorted_tables if table.name in _KEPT | _MADE)
"""All that a ledger holds, in an order that keeps every reference."""
KEPT_TABLES: Final = tuple(table for table in TABLES if table.name in _KEPT)
"""Those that are only ever added to."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and the hash of their content."""

    rows: int
    sha256: str


class Adder:
    """Adds rows up to the sum of their table."""

    def __init__(self) -> None:
        self._rows = 0
        self._total = 0

    def add(self, row: Sequence[Any]) -> None:
        """One row, its values in the order of the schema's columns; SQLite keeps no zero below zero, so it is zero."""
        data = json_text([value + 0.0 if isinstance(value, float) else value for value in row]).encode(
            "utf-8", "surrogatepass"
        )
        self._total = (self._total + int.from_bytes(hashlib.sha256(data).digest(), "big")) % _MODULUS
        self._rows += 1

    @property
    def sum(self) -> Sum:
        """The sum of the rows so far."""
        return Sum(self._rows, f"{self._total:064x}")


def batches(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a query, some at a time; none is held longer."""
    yield from connection.execute(query.execution_options(yield_per=BATCH)).partitions()


def table_sum(connection: Connection, table: Table) -> Sum:
    """The sum of a table as a connection sees it."""
    adder = Adder()
    for some in batches(connection, select(table)):
        for row in some:
            adder.add(tuple(row))
    return adder.sum
