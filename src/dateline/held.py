"""Files that this process holds open by SQLite, which nothing else in it may open.

POSIX drops every lock of a process on a file when any handle of it on that file is closed. Then another program takes
the ledger for unused, throws its write-ahead log away, and what either of them writes after that is lost. So databases
are opened by `connect`, and whoever opens files that others name asks `is_held` before.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

MAGIC: Final = b"SQLite format 3\x00"
"""What a database begins with."""
_BESIDE: Final = ("-wal", "-shm", "-journal")
"""Files that SQLite keeps beside a database, under its name; its locks are in the second."""
_HELD: Final[Counter[tuple[int, int]]] = Counter()
"""Connections of this process by device and inode of their file."""
_TURN: Final = threading.RLock()


class _Connection(sqlite3.Connection):
    """A connection that is counted until it is closed."""

    file: tuple[int, int] | None = None

    def close(self) -> None:
        with _TURN:
            super().close()
            if self.file is not None:
                _HELD[self.file] -= 1
                self.file = None


def connect(path: Path, target: str | None = None, **options: Any) -> sqlite3.Connection:
    """A connection to the file at `path`, made where it is missing; `target` is the URI to open it by.

    `options` are those of `sqlite3.connect`.
    """
    options = {"uri": True, **options} if target is not None else options
    with _TURN:
        connection = sqlite3.connect(target or str(path), factory=_Connection, **options)
        if path.exists():
            connection.file = _identity(path)
            _HELD[connection.file] += 1
    return connection


def is_held(path: Path) -> bool:
    """Whether this process holds the file open by SQLite, as a database or as what lies beside one."""
    names = [path, *(path.with_name(path.name.removesuffix(end)) for end in _BESIDE if path.name.endswith(end))]
    return any(name.name and name.exists() and _HELD[_identity(name)] > 0 for name in names)


def is_database(path: Path) -> bool:
    """Whether a file is a SQLite database, one that this process holds or another; False for what cannot be read."""
    with let_alone(path) as held:
        if held or not path.is_file():
            return held
        try:
            with path.open("rb") as file:
                return file.read(len(MAGIC)) == MAGIC
        except OSError:
            return False


@contextmanager
def let_alone(path: Path) -> Iterator[bool]:
    """Whether the file is held; while this lasts no other thread begins to hold it or ends."""
    with _TURN:
        yield is_held(path)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
