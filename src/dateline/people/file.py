"""The file of people: SQLite, mode 0600, never part of the ledger."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from dateline.held import connect, let_alone
from dateline.store.addresses import address_of

_APPLICATION = 0x64706C65
"""Written into the file's header, so that no other database is taken for one of people."""

_VERSION = 1

_TABLES = """
CREATE TABLE people (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, password TEXT,
  disabled INTEGER NOT NULL DEFAULT 0, added REAL NOT NULL, seen REAL
);
CREATE TABLE sessions (hash TEXT PRIMARY KEY, key TEXT NOT NULL, opened REAL NOT NULL, seen REAL NOT NULL);
CREATE INDEX sessions_key ON sessions (key);
CREATE TABLE tokens (hash TEXT PRIMARY KEY, key TEXT NOT NULL, made REAL NOT NULL, used REAL);
CREATE INDEX tokens_key ON tokens (key);
CREATE TABLE deeds (
  number INTEGER PRIMARY KEY, at REAL NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL,
  detail TEXT NOT NULL, address TEXT NOT NULL
);
CREATE INDEX deeds_name ON deeds (name, number);
"""


class PeopleError(ValueError):
    """Something about people cannot be done; the message says what and why, for the person who asked."""


def people_path(ledger: str | Path) -> Path:
    """Where the people of a ledger are kept: `sahel.db` has `sahel.db.people` beside it.

    For a ledger on a server see `dateline.store.addresses.Address.beside`. PeopleError for one in memory.
    """
    beside = address_of(ledger).beside
    if beside is None:
        raise PeopleError("a ledger in memory has no people")
    return Path(f"{beside}.people")


class PeopleFile:
    """An open file of people; one connection, used by one thread at a time."""

    def __init__(self, path: Path | None, *, create: bool = False) -> None:
        """The file at `path`, or one in memory for None; PeopleError where it is missing, foreign or unreadable."""
        self._lock = RLock()
        if path is not None and not path.exists() and not create:
            raise PeopleError(f"there are no people yet at {path}: dateline users add NAME --role admin")
        try:
            self._connection = _connected(path)
            self._set_up()
        except (sqlite3.Error, OSError) as error:
            raise PeopleError(f"cannot open the file of people {path}: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, alone."""
        with self._lock:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all that is written in it, or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _set_up(self) -> None:
        found = self._connection.execute("PRAGMA application_id").fetchone()[0]
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        empty = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not empty and found != _APPLICATION:
            raise PeopleError("this is no file of people of dateline")
        if version > _VERSION:
            raise PeopleError("this file of people was written by a newer dateline")
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA secure_delete=ON")
        if empty:
            marks = f"PRAGMA application_id={_APPLICATION}; PRAGMA user_version={_VERSION};"
            self._connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} {marks} COMMIT;")


def _connected(path: Path | None) -> sqlite3.Connection:
    options: dict[str, Any] = {"isolation_level": None, "check_same_thread": False, "timeout": 5}
    if path is None:
        in_memory: sqlite3.Connection = sqlite3.connect(":memory:", **options)
        return in_memory
    with let_alone(path) as held:
        if not held:
            _make_private(path)
        return connect(path, **options)


def _make_private(path: Path) -> None:
    """The file, made if missing, readable by its owner alone; SQLite gives its side files the same mode."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(handle, 0o600)
    finally:
        os.close(handle)
