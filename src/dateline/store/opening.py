"""Opening a ledger: from a path or URL to a checked, migrated database."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine

from dateline.store.addresses import Address, address_of
from dateline.store.databases import database_of
from dateline.store.errors import LedgerError, MissingLedgerError
from dateline.store.migrations import found_version, migrate, refuse_newer
from dateline.store.moments import now
from dateline.store.schema import VERSION
from dateline.store.sqlite import check_file, is_writable, probing, reading_engine, sqlite_engine

LOOK_SECONDS = 1.0
"""Seconds after which a program that reads looks again whether a newer one has changed the schema."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open ledger: its engine, the name it has in messages, and the clock that ends embargoes.

    `address` says where it is, None for a copy in memory. `read_only`: its file or folder is write-protected for this
    user.
    """

    name: str
    engine: Engine
    clock: Callable[[], str] = now
    address: Address | None = field(default=None, repr=False)
    read_only: bool = False
    _looked: list[float] = field(default_factory=lambda: [time.monotonic()], init=False, repr=False, compare=False)
    """When its schema was looked at last."""

    @property
    def beside(self) -> Path | None:
        """What the files beside the ledger are called after; None in memory."""
        return None if self.address is None else self.address.beside

    @property
    def elsewhere(self) -> str:
        """What opens the ledger in another process, with its password if it has one: given on, never shown."""
        if self.address is None:
            raise AssertionError("a ledger in memory has no process")
        return self.address.given if self.address.path is None else str(self.address.path.resolve())

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that waits its turn and is kept whole or not at all.

        LedgerError where the ledger may only be read, or where a newer program has changed its schema since.
        """
        self.refuse_read_only()
        with database_of(self.engine).writing(self.engine, self.name) as connection:
            refuse_newer(connection, self.name)
            yield connection

    def refuse_read_only(self) -> None:
        """LedgerError where the ledger may only be read, before anything is done in vain."""
        if self.read_only:
            raise LedgerError(
                f"the ledger {self.name} may only be read here, its file or folder is write-protected: nothing can be "
                "added, judged or derived anew; copy it to a folder of yours"
            )

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[Connection]:
        """A connection for reading; with `snapshot`, one state of the ledger throughout.

        LedgerError where a newer program has changed its schema since: what this one read there could mislead. That is
        asked at most every `LOOK_SECONDS`.
        """
        with database_of(self.engine).reading(self.engine, self.name, snapshot=snapshot) as connection:
            if time.monotonic() - self._looked[0] > LOOK_SECONDS:
                refuse_newer(connection, self.name)
                self._looked[0] = time.monotonic()
                if not snapshot:
                    connection.rollback()
            yield connection

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()


def open_store(url: str | Path, *, create: bool, clock: Callable[[], str] = now) -> Store:
    """The ledger at a path, a `sqlite:///` or `postgresql://` URL or `:memory:`.

    Without `create` a missing or empty ledger is a MissingLedgerError and nothing is written. A foreign, damaged or
    newer database is a LedgerError and stays as it is. `clock` gives moments in ISO 8601, UTC.
    """
    address = address_of(url)
    if address.server is not None:
        return _on_server(address, create, clock)
    path = address.path
    if path is None:
        store = Store(address.name, sqlite_engine(None), clock, address)
        version = None
    else:
        version = _found(path, create=create)
        read_only = version is not None and not is_writable(path)
        engine = reading_engine(path) if read_only else sqlite_engine(path)
        store = Store(address.name, engine, clock, address, read_only)
        if read_only and version != VERSION:
            raise LedgerError(
                f"{path} has schema {version}, may only be read here and must be brought to schema {VERSION}: "
                "copy it to a folder of yours"
            )
    if version != VERSION:
        _migrate(store)
    return store


def _migrate(store: Store) -> None:
    with database_of(store.engine).migrating(store.engine, store.name) as connection:
        migrate(connection, store.name)


def _on_server(address: Address, create: bool, clock: Callable[[], str]) -> Store:
    """The ledger of a database on a server."""
    try:
        from dateline.store.postgres import postgres_engine
    except ImportError as error:
        raise LedgerError(f"{address.name} needs more than is installed: pip install 'dateline[postgres]'") from error
    if address.server is None:
        raise AssertionError("asked for by its server")
    store = Store(address.name, postgres_engine(address.server), clock, address)
    try:
        with database_of(store.engine).reading(store.engine, store.name) as connection:
            version = found_version(connection, store.name)
        if version is None and not create:
            raise MissingLedgerError(f"there is no ledger in {store.name} yet: add a report first (dateline add PATH)")
        if version != VERSION:
            _migrate(store)
    except LedgerError:
        store.close()
        raise
    return store


def _found(path: Path, *, create: bool) -> int | None:
    """The schema version found at the path, None when a ledger is still to be created there."""
    if not path.exists():
        if not create:
            raise MissingLedgerError(f"there is no ledger at {path}: add a report first (dateline add PATH)")
        if not path.parent.is_dir():
            raise LedgerError(f"cannot create the ledger {path}: there is no folder {path.parent}")
        if not os.access(path.absolute().parent, os.W_OK):
            raise LedgerError(f"cannot create the ledger {path}: its folder may not be written")
        return None
    check_file(path)
    version = None
    if path.stat().st_size > 0:
        with probing(path) as connection:
            version = found_version(connection, str(path))
    if version is None and not create:
        raise MissingLedgerError(f"{path} is empty: add a report first (dateline add PATH)")
    return version


def schema_at(url: str | Path) -> int | None:
    """The schema of the ledger at a path or URL, which is not changed; None for one that is no file.

    MissingLedgerError where there is none, LedgerError for what is no ledger or a newer one.
    """
    path = address_of(url).path
    return None if path is None else _found(path, create=False)
