"""Opening a ledger: from a path or URL to a checked, migrated database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine

from dateline.store.addresses import Address, address_of
from dateline.store.databases import database_of
from dateline.store.errors import LedgerError, MissingLedgerError
from dateline.store.migrations import found_version, migrate
from dateline.store.moments import now
from dateline.store.schema import VERSION
from dateline.store.sqlite import check_file, probing, sqlite_engine


@dataclass(frozen=True, slots=True)
class Store:
    """An open ledger: its engine, the name it has in messages, and the clock that ends embargoes.

    `address` says where it is, None for a copy in memory.
    """

    name: str
    engine: Engine
    clock: Callable[[], str] = now
    address: Address | None = field(default=None, repr=False)

    @property
    def beside(self) -> Path | None:
        """What the files beside the ledger are called after; None in memory."""
        return None if self.address is None else self.address.beside

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction that waits its turn and is kept whole or not at all."""
        return database_of(self.engine).writing(self.engine, self.name)

    def reading(self, *, snapshot: bool = False) -> AbstractContextManager[Connection]:
        """A connection for reading; with `snapshot`, one state of the ledger throughout."""
        return database_of(self.engine).reading(self.engine, self.name, snapshot=snapshot)

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
    version = None if address.path is None else _found(address.path, create=create)
    store = Store(address.name, sqlite_engine(address.path), clock, address)
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
        with store.reading() as connection:
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
        return None
    check_file(path)
    version = None
    if path.stat().st_size > 0:
        with probing(path) as connection:
            version = found_version(connection, str(path))
    if version is None and not create:
        raise MissingLedgerError(f"{path} is empty: add a report first (dateline add PATH)")
    return version
