"""A SQLite ledger copied page by page while others write to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import select

from dateline.held import connect
from dateline.store import LedgerError, Store
from dateline.store.schema import schema_version
from dateline.store.sqlite import explained
from dateline.upkeep.faults import Tell, quiet

_STEP: Final = 1024
"""Pages that are copied at once; between two steps others may write."""
_REST: Final = 0.001


def is_file(store: Store) -> bool:
    """Whether a ledger is a SQLite file, which can be copied by its pages."""
    return store.engine.dialect.name == "sqlite" and store.name != ":memory:"


def copy_pages(store: Store, target: Path, tell: Tell = quiet) -> None:
    """Copy one state of a ledger, with its indexes, into a new file; writers and readers go on meanwhile.

    The copy reads within one snapshot: without it SQLite would begin again whenever somebody writes. LedgerError where
    either file cannot be read or written.
    """
    if not is_file(store):
        raise LedgerError(f"{store.name} is no file")

    def told(_status: int, left: int, of: int) -> None:
        tell("copying pages", of - left, of)

    with store.reading(snapshot=True) as connection, explained(str(target)):
        connection.execute(select(schema_version.c.version)).all()
        source = connection.connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise AssertionError("a ledger in a file is opened by sqlite3")
        with closing(connect(target)) as into:
            source.backup(into, pages=_STEP, progress=told, sleep=_REST)
            into.execute("PRAGMA journal_mode = DELETE")
