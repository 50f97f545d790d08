"""What the watch has seen, kept beside the ledger: `LEDGER.watch.db`. Killed at any point, it goes on from here.

A feed's ETag is kept in one transaction with the entries that its answer held; a page's bytes are kept before they are
read into the ledger, and let go after. So nothing is lost, and what is read again gives the same document.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from dateline.held import connect
from dateline.watch.fetching import Answer

VERSION: Final = 1
_TABLES: Final = """
CREATE TABLE sources (name TEXT PRIMARY KEY, etag TEXT, modified TEXT, next_at REAL NOT NULL,
    failures INTEGER NOT NULL, polled_at REAL, held BLOB);
CREATE TABLE entries (source TEXT, key TEXT, print TEXT NOT NULL, revision INTEGER NOT NULL, status TEXT NOT NULL,
    due_at REAL NOT NULL, attempts INTEGER NOT NULL, record TEXT NOT NULL, held BLOB, PRIMARY KEY (source, key));
CREATE INDEX entries_waiting ON entries (status, due_at);
CREATE TABLE files (folder TEXT, path TEXT, print TEXT NOT NULL, PRIMARY KEY (folder, path));
CREATE TABLE hosts (host TEXT PRIMARY KEY, ready_at REAL NOT NULL, failures INTEGER NOT NULL);
CREATE TABLE robots (origin TEXT PRIMARY KEY, until REAL NOT NULL, verdict TEXT NOT NULL, rules TEXT);
CREATE TABLE alerts (name TEXT PRIMARY KEY, digest TEXT NOT NULL, entry INTEGER NOT NULL);
CREATE TABLE fired (alert TEXT, key TEXT, PRIMARY KEY (alert, key)) WITHOUT ROWID;
CREATE TABLE outbox (number INTEGER PRIMARY KEY AUTOINCREMENT, alert TEXT NOT NULL, channel TEXT NOT NULL,
    message TEXT NOT NULL, at REAL NOT NULL, attempts INTEGER NOT NULL, next_at REAL NOT NULL);
CREATE TABLE atom (number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, message TEXT NOT NULL);
"""


class StateError(Exception):
    """A state that cannot be used: damaged, of a newer program, or held by another watch."""


class Status(StrEnum):
    """Where an entry is: to be fetched, fetched and to be read, or done with in one of three ways."""

    QUEUED = "queued"
    HELD = "held"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one of its entries. `key` names it in the feed, `print` changes when the entry does.

    `publisher` is who the feed says published it (RSS `<source>`), where that is not the feed itself.
    """

    key: str
    print: str
    link: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry with something left to do: to be fetched, or with the answer that is `held` to be read."""

    source: str
    entry: Entry
    status: Status
    attempts: int
    due_at: float
    held: Answer | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or folder: validators of its last answer, when it is due, failures in a row, an answer to be read."""

    name: str
    etag: str | None = None
    modified: str | None = None
    next_at: float = 0.0
    failures: int = 0
    polled_at: float | None = None
    held: Answer | None = None


class State:
    """The state in a file (or `:memory:`), which one watch at a time may hold; `StateError` where another does."""

    def __init__(self, path: Path | None) -> None:
        self._lock = None if path is None else _locked(path)
        try:
            self.database = _connected(path)
            self.database.row_factory = sqlite3.Row
            if path is not None:
                self.database.execute("PRAGMA journal_mode = WAL")
            self._make(path)
        except sqlite3.DatabaseError as error:
            self._unlock()
            raise StateError(f"{path} cannot be used: {error}") from error

    def _make(self, path: Path | None) -> None:
        (version,) = self.database.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise StateError(f"{path} was made by a newer dateline")
        if version == 0:
            with self.writing():
                for statement in _TABLES.split(";\n"):
                    self.database.execute(statement)
                self.database.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, kept whole or not at all; within another it is part of that."""
        if self.database.in_transaction:
            yield
            return
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")

    def source(self, name: str) -> Source:
        """What is known of a feed or folder."""
        row = self._one("SELECT * FROM sources WHERE name = ?", name)
        if row is None:
            return Source(name)
        held = None if row["held"] is None else _unpacked(row["held"])
        return Source(name, row["etag"], row["modified"], row["next_at"], row["failures"], row["polled_at"], held)

    def keep_source(self, source: Source, entries: Iterable[Entry] = (), *, due_at: float = 0.0) -> None:
        """Keep how a poll went, and its new or changed entries as ones to fetch, together."""
        values = (source.name, source.etag, source.modified, source.next_at, source.failures, source.polled_at)
        held = None if source.held is None else _packed(source.held)
        with self.writing():
            self.database.execute("REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, held))
            for entry in entries:
                found = self._one("SELECT revision FROM entries WHERE source = ? AND key = ?", source.name, entry.key)
                revision = 0 if found is None else found["revision"] + 1
                row = (source.name, entry.key, entry.print, revision, Status.QUEUED, due_at, 0, _entry_text(entry))
                self.database.execute("REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", row)

    def fresh(self, source: str, entries: Iterable[Entry], *, revisions: int) -> list[Entry]:
        """Which entries were not seen, or changed since and are done with; each is read again `revisions` times."""
        found = []
        for entry in {entry.key: entry for entry in entries}.values():
            row = self._one("SELECT * FROM entries WHERE source = ? AND key = ?", source, entry.key)
            changed = row is not None and row["print"] != entry.print and row["revision"] < revisions
            if row is None or (changed and row["status"] in (Status.DONE, Status.REFUSED)):
                found.append(entry)
        return found

    def waiting(self, sources: Iterable[str]) -> list[Waiting]:
        """The entries of some feeds with something left to do, in the order they came; held answers left out."""
        names = set(sources)
        query = "SELECT rowid, * FROM entries WHERE status IN ('queued', 'held') ORDER BY rowid"
        rows = (row for row in self.database.execute(query) if row["source"] in names)
        return [_waiting(row) for row in rows]

    def held(self, waiting: Waiting) -> Waiting:
        """A waiting entry with the answer that is held of it."""
        query = "SELECT held FROM entries WHERE source = ? AND key = ?"
        row = self._one(query, waiting.source, waiting.entry.key)
        return replace(waiting, held=None if row is None or row["held"] is None else _unpacked(row["held"]))

    def hold(self, waiting: Waiting, answer: Answer) -> Waiting:
        """Keep the answer of an entry until it is read."""
        self._entry("status = 'held', held = ?", (_packed(answer),), waiting)
        return replace(waiting, status=Status.HELD, held=answer)

    def later(self, waiting: Waiting, due_at: float, *, tried: bool = True) -> None:
        """Fetch an entry later; one that was `tried` has an attempt less."""
        self._entry("due_at = ?, attempts = attempts + ?", (due_at, int(tried)), waiting)

    def done(self, waiting: Waiting, status: Status) -> None:
        """An entry is read, or refused for good; its bytes are let go."""
        self._entry("status = ?, held = NULL", (status.value,), waiting)

    def _entry(self, changes: str, values: Sequence[Any], waiting: Waiting) -> None:
        query = f"UPDATE entries SET {changes} WHERE source = ? AND key = ?"
        self.database.execute(query, (*values, waiting.source, waiting.entry.key))

    def file_seen(self, folder: str, path: str) -> str | None:
        """The size and time that a file had when it was read, None for one never read."""
        row = self._one("SELECT print FROM files WHERE folder = ? AND path = ?", folder, path)
        return None if row is None else str(row["print"])

    def see_file(self, folder: str, path: str, seen: str) -> None:
        """A file is read as it was with that size and time."""
        self.database.execute("REPLACE INTO files VALUES (?, ?, ?)", (folder, path, seen))

    def host(self, host: str) -> tuple[float, int]:
        """When a host may be asked again, and its failures in a row."""
        row = self._one("SELECT ready_at, failures FROM hosts WHERE host = ?", host)
        return (0.0, 0) if row is None else (row["ready_at"], row["failures"])

    def keep_host(self, host: str, ready_at: float, failures: int) -> None:
        """Keep when a host may be asked again."""
        self.database.execute("REPLACE INTO hosts VALUES (?, ?, ?)", (host, ready_at, failures))

    def robots(self, origin: str) -> tuple[float, str, str | None] | None:
        """Until when what we know of an origin's robots.txt holds, the verdict, and its rules."""
        row = self._one("SELECT until, verdict, rules FROM robots WHERE origin = ?", origin)
        return None if row is None else (row["until"], row["verdict"], row["rules"])

    def keep_robots(self, origin: str, until: float, verdict: str, rules: str | None) -> None:
        """Keep what an origin's robots.txt says."""
        self.database.execute("REPLACE INTO robots VALUES (?, ?, ?, ?)", (origin, until, verdict, rules))

    def _one(self, query: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.database.execute(query, values).fetchone()
        return row


def beside(ledger: Path) -> Path:
    """Where the state of a ledger's watch lies."""
    return Path(f"{ledger}.watch.db")


def _waiting(row: sqlite3.Row) -> Waiting:
    entry = Entry(**json.loads(row["record"]))
    return Waiting(row["source"], entry, Status(row["status"]), row["attempts"], row["due_at"])


def _entry_text(entry: Entry) -> str:
    return json.dumps(asdict(entry))


def _packed(answer: Answer) -> bytes:
    """An answer as one line of JSON and its body, compressed."""
    told = {name: getattr(answer, name) for name in ("url", "final_url", "status", "headers", "at")}
    return zlib.compress(json.dumps(told).encode() + b"\n" + answer.body)


def _unpacked(data: bytes) -> Answer:
    told, _, body = zlib.decompress(data).partition(b"\n")
    values: Mapping[str, Any] = json.loads(told)
    headers = tuple((str(key), str(value)) for key, value in values["headers"])
    return Answer(values["url"], values["final_url"], values["status"], headers, body, values["at"])


def _connected(path: Path | None) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect(":memory:", isolation_level=None)
    return connect(path, isolation_level=None)


def _locked(path: Path) -> int:
    """The lock of a state file; the system lets go of it when the process ends, however it ends."""
    try:
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StateError(f"cannot write beside {path}: {error.strerror or error}") from error
    if sys.platform == "win32":
        return lock
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise StateError(f"another watch is at work on {path}") from error
    return lock
