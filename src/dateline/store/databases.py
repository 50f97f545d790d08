"""The two databases that a ledger can be in: a module each, of the same functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table

from dateline.store import sqlite


class Database(Protocol):
    """What differs from one database to the other beside the spelling of `expressions`."""

    @property
    def COUNTS_CHANGES(self) -> bool:  # noqa: N802
        """Whether a connection can be asked, for next to nothing, if others have changed anything."""

    def writing(self, engine: Engine, name: str) -> AbstractContextManager[Connection]:
        """A connection inside one transaction that waits for every other writer: all of it is kept, or nothing."""

    def migrating(self, engine: Engine, name: str) -> AbstractContextManager[Connection]:
        """The same where the tables may not be there yet."""

    def handing_out(self, engine: Engine, name: str) -> AbstractContextManager[Connection]:
        """A short transaction for rows that are handed out one by one: it need not wait for those who write."""

    def reading(self, engine: Engine, name: str, *, snapshot: bool = False) -> AbstractContextManager[Connection]:
        """A connection that reads: each statement the newest committed state, or all of them one `snapshot`."""

    def explained(self, name: str) -> AbstractContextManager[None]:
        """Database errors as LedgerError that names the ledger `name`."""

    def guard(self, connection: Connection, table: Table) -> None:
        """Refuse every change of a row of a table, whoever connects."""

    def insert_missing(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert those rows whose key is not there yet."""

    def cut_out(self, connection: Connection, wanted: Sequence[tuple[str, int, int]]) -> Iterable[tuple[int, str]]:
        """Stretches of texts: of (document, first letter from 1, how many) its place among them and the text."""

    def create_search(self, connection: Connection) -> None:
        """The empty indexes of words."""

    def index_documents(self, connection: Connection, rows: Sequence[tuple[int, str | None, str]]) -> None:
        """Make documents findable: (place, title, text)."""

    def index_claims(self, connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
        """Make claims findable: (place, names, evidence)."""

    def index_every_document(self, connection: Connection) -> None:
        """Fill the empty index with every listed document."""

    def has_document(self, connection: Connection, place: int) -> bool:
        """Whether the document at a place is in the index."""


def database_of(bind: Connection | Engine) -> Database:
    """The module of the database that a connection or an engine goes to."""
    if bind.dialect.name == "sqlite":
        return sqlite
    from dateline.store import postgres

    return postgres
