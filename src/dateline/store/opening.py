"""Opening a ledger: from a path or URL to a checked, migrated database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from dateline.store.errors import LedgerError, MissingLedgerError
from dateline.store.migrations import found_version, migrate, refuse_newer
from dateline.store.moments import now
from dateline.store.schema import VERSION
from dateline.store.sqlite import (
    check_file,
    is_writable,
    probing,
    reading,
    reading_engine,
    sqlite_engine,
    writing,
)

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Store:
    """An open ledger: its engine, the name it has in messages, and the clock that ends embargoes.

    `read_only`: its file or folder is write-protected for this user.
    """

    name: str
    engine: Engine
    clock: Callable[[], str] = now
    read_only: bool = False

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that waits its turn and is kept whole or not at all.

        LedgerError where the ledger may only be read, or where a newer program has changed its schema since.
        """
        self.refuse_read_only()
        with writing(self.engine, self.name) as connection:
            refuse_newer(connection, self.name)
            yield connection

    def refuse_read_only(self) -> None:
        """LedgerError where the ledger may only be read, before anything is done in vain."""
        if self.read_only:
            raise LedgerError(
                f"the ledger {self.name} may only be read here, its file or folder is write-protected: nothing can be "
                "added, judged or derived anew; copy it to a folder of yours"
            )

    def reading(self, *, snapshot: bool = False) -> AbstractContextManager[Connection]:
        """A connection for reading; with `snapshot`, one state of the ledger throughout."""
        return reading(self.engine, self.name, snapshot=snapshot)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def open_store(url: str | Path, *, create: bool, clock: Callable[[], str] = now) -> Store:
    """The ledger at a path, a `sqlite:///` URL or `:memory:`.

    Without `create` a missing or empty file is a MissingLedgerError and nothing is written. A foreign,
    damaged or newer database is a LedgerError and stays as it is. `clock` gives moments in ISO 8601, UTC.
    """
    path = _path(url)
    if path is None:
        store = Store(":memory:", sqlite_engine(None), clock)
        version = None
    else:
        version = _found(path, create=create)
        read_only = version is not None and not is_writable(path)
        store = Store(str(path), reading_engine(path) if read_only else sqlite_engine(path), clock, read_only)
        if read_only and version != VERSION:
            raise LedgerError(
                f"{path} has schema {version}, may only be read here and must be brought to schema {VERSION}: "
                "copy it to a folder of yours"
            )
    if version != VERSION:
        with writing(store.engine, store.name) as connection:
            migrate(connection, store.name)
    return store


def _path(url: str | Path) -> Path | None:
    """The file of a ledger URL, None for one in memory."""
    if isinstance(url, str):
        if url in (":memory:", "sqlite://", "sqlite:///:memory:"):
            return None
        if url.startswith(_SQLITE):
            url = url.removeprefix(_SQLITE)
        elif "://" in url:
            raise LedgerError(f"cannot open {url}: a ledger is a file path or a {_SQLITE} URL")
    return Path(url)


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
    path = _path(url)
    return None if path is None else _found(path, create=False)
