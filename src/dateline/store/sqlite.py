"""SQLite as the ledger's file: how it is recognised, opened, guarded and searched (see `databases`).

Readers run in autocommit, writers in `BEGIN IMMEDIATE`: a transaction that reads first and writes later
fails at once under WAL however long the timeout (SQLITE_BUSY_SNAPSHOT), one that asks first waits its turn.
"""

from __future__ import annotations

import json
import logging
import os
import random
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, FromClause, Table, create_engine, event, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, Pool, QueuePool, StaticPool

from dateline.held import MAGIC, let_alone
from dateline.held import connect as connect_to
from dateline.store.errors import LedgerError

BUSY_SECONDS = 10
"""Seconds that a statement waits for another program; a transaction that writes waits longer."""
PATIENCE = 120.0
"""Seconds that a transaction that writes waits for those of others, each of which is short."""
TELLING = 5.0
"""Seconds of waiting after which it is told."""
HURRY = 0.3
"""Seconds that handing out a row waits for writers."""
CONNECTIONS = 16
"""Connections of a process that are kept open; as many again are opened when they are all in use."""
CACHED = 8
"""Megabytes of the file that each connection keeps at hand."""
PREPARED = 300
"""Statements that each connection keeps prepared: the desk asks some two hundred all the time."""
COUNTS_CHANGES = True
"""SQLite tells a connection cheaply whether others have changed anything (`PRAGMA data_version`)."""
IMMEDIATE = "BEGIN IMMEDIATE"
_HEADER = 100
_LOG = logging.getLogger("dateline.store")


def check_file(path: Path) -> None:
    """Nothing if the file can be a database; LedgerError names what it is instead.

    A database cut short is told by the size its header states, unless a write-ahead log holds the rest.
    """
    try:
        if path.is_dir():
            raise LedgerError(f"{path} is a folder, not a ledger file")
        with let_alone(path) as held:
            if held:
                return
            size = path.stat().st_size
            with path.open("rb") as file:
                header = file.read(_HEADER)
    except OSError as error:
        raise LedgerError(f"cannot read the ledger {path}: {error.strerror}") from error
    if size == 0:
        return
    if header[:16] != MAGIC:
        raise LedgerError(f"{path} is not a ledger: the file is not a SQLite database")
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size > 0:
        return
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big") if header[24:28] == header[92:96] else 0
    if len(header) < _HEADER or size < page * pages:
        raise LedgerError(f"the ledger {path} is cut short: {size} bytes of {page * pages}; restore it from a copy")


def is_writable(path: Path) -> bool:
    """Whether a ledger can be written: its file, and its folder for the write-ahead log beside it."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def reading_engine(path: Path) -> Engine:
    """An engine on a file that may only be read.

    Without a write-ahead log nobody is writing to it, and SQLite needs no file beside it to read it. Each connection
    is opened anew, so that it sees what somebody else, who may write, has written since.
    """

    def connect() -> sqlite3.Connection:
        log = path.with_name(path.name + "-wal")
        mode = "mode=ro" if log.exists() and log.stat().st_size > 0 else "immutable=1"
        try:
            connection = connect_to(path, f"file:{quote(str(path))}?{mode}", check_same_thread=False)
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except sqlite3.OperationalError as error:
            if "unable to open" not in str(error):
                raise
            raise LedgerError(
                f"the ledger {path} may only be read here, and whoever wrote to it last did not end well: let him open "
                f"it once, or copy it with {log.name} to a folder of yours"
            ) from error
        return connection

    engine = _with_hints(create_engine("sqlite://", poolclass=NullPool, creator=connect))
    event.listen(engine, "connect", _prepare_reading)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_reading(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute(f"PRAGMA cache_size = -{CACHED * 1024}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA query_only = ON")


def sqlite_engine(path: Path | None) -> Engine:
    """An engine on the file, or on a ledger in memory for None."""
    pool: type[Pool] = StaticPool if path is None else QueuePool

    def connect() -> sqlite3.Connection:
        if path is None:
            return sqlite3.connect(":memory:", check_same_thread=False)
        return connect_to(path, timeout=BUSY_SECONDS, check_same_thread=False, cached_statements=PREPARED)

    size = {} if path is None else {"pool_size": CONNECTIONS, "max_overflow": CONNECTIONS, "pool_use_lifo": True}
    engine = _with_hints(create_engine("sqlite://", poolclass=pool, creator=connect, **size))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


class _Hinting(SQLiteCompiler):
    """Writes the hints of a query behind their tables (`INDEXED BY`), which SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


def _with_hints(engine: Engine) -> Engine:
    engine.dialect.statement_compiler = _Hinting
    return engine


@contextmanager
def probing(path: Path) -> Iterator[Connection]:
    """A connection that changes no setting of a file that may be someone else's."""
    if is_writable(path):
        target = f"file:{quote(str(path))}?mode=rw"
        engine = create_engine("sqlite://", poolclass=NullPool, creator=lambda: connect_to(path, target))
    else:
        engine = reading_engine(path)
    with explained(str(path)), engine.connect() as connection:
        yield connection


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    """The settings every connection needs; in Python's own mode it would begin transactions unasked.

    What is told as added is on the disk then (FULL): with less a power cut takes the last transactions back.
    """
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    mode = _write_ahead(connection)
    if mode not in ("wal", "memory"):
        raise LedgerError("the ledger cannot use a write-ahead log here; is it on a network folder or read-only?")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHED * 1024}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")


def _write_ahead(connection: sqlite3.Connection) -> str:
    """The journal mode after asking for WAL; two processes creating one file at once ask more than once."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    begin = options.get("dateline_transaction")
    if begin == IMMEDIATE:
        _take_turn(connection, options.get("dateline_patience", PATIENCE))
    elif begin is not None:
        connection.exec_driver_sql(begin)


def _take_turn(connection: Connection, patience: float) -> None:
    """Begin to write, in the turn that chance gives, the sooner the longer one has waited.

    SQLite itself asks ever more seldom while others write, so that who waits long is passed over by those that come;
    here one asks ever more often.
    """
    began = time.monotonic()
    told = False
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.exec_driver_sql(IMMEDIATE)
                return
            except OperationalError as error:
                waited = time.monotonic() - began
                if "locked" not in str(error.orig) or waited > patience:
                    raise
            if waited > TELLING and not told:
                _LOG.warning("waiting for another program to finish writing to the ledger")
                told = True
            time.sleep(pause(waited))
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def pause(waited: float) -> float:
    """Seconds until who has `waited` so many seconds for his turn asks again: by chance, ever fewer.

    >>> 0 < pause(9.0) <= 0.002 < max(pause(0.0) for _ in range(100)) <= 0.02
    True
    """
    return random.uniform(0.001, 0.02) / (1 + waited)


@contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """A connection inside one immediate transaction: all of it is kept, or nothing."""
    with (
        explained(name),
        engine.connect().execution_options(dateline_transaction=IMMEDIATE) as connection,
        connection.begin(),
    ):
        yield connection


migrating = writing


@contextmanager
def handing_out(engine: Engine, name: str) -> Iterator[Connection]:
    """A short transaction for rows that are handed out one by one: a page does not wait for who writes for long."""
    hurried = {"dateline_transaction": IMMEDIATE, "dateline_patience": HURRY}
    with explained(name), engine.connect().execution_options(**hurried) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine, name: str, *, snapshot: bool = False) -> Iterator[Connection]:
    """A connection that reads: each statement the newest committed state, or all of them one `snapshot`."""
    with explained(name), engine.connect() as connection:
        if snapshot:
            connection = connection.execution_options(dateline_transaction="BEGIN")
        yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Database errors as LedgerError that names the ledger `name`; a name in a damaged schema is one of them."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, UnicodeDecodeError) as error:
        reason = str(getattr(error, "orig", None) or error)
        hint = _HINTS.get(next((key for key in _HINTS if key in reason), ""), "")
        raise LedgerError(f"the ledger {name}: {reason}{hint}") from error


_HINTS = {
    "malformed": "; the file is damaged, restore it from a copy",
    "can't decode": "; the file is damaged, restore it from a copy",
    "not a database": "; the file is damaged or something else",
    "locked": f"; another program has been writing for over {PATIENCE:.0f} seconds",
    "readonly": "; the file or its folder may not be written",
    "disk is full": "; free some space and run again, whole reports are kept",
}


def guard(connection: Connection, table: Table) -> None:
    """Refuse every update, delete and replace on a table, whoever connects to the file."""
    name = table.name
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        )
    same = " AND ".join(f'"{column.name}" = NEW."{column.name}"' for column in _identity(table))
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} "
        f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
    )


def _identity(table: Table) -> list[Any]:
    """The columns that name a row by content."""
    return [table.c.id] if "id" in table.c else list(table.primary_key.columns)


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those rows whose key is not there yet."""
    connection.execute(insert(table).on_conflict_do_nothing(), rows)


_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"


_CUT = text(
    "SELECT wanted.key, substr(documents.text, wanted.value ->> 1, wanted.value ->> 2) AS cut "
    "FROM json_each(:wanted) AS wanted JOIN documents ON documents.id = wanted.value ->> 0"
)


def cut_out(connection: Connection, wanted: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, str]]:
    """Stretches of texts: of (document, first letter from 1, how many) its place among them and the text."""
    for row in connection.execute(_CUT, {"wanted": json.dumps(wanted)}):
        yield int(row.key), row.cut


def create_search(connection: Connection) -> None:
    """The empty indexes of words: FTS5; that of documents reads its text from their table, that of claims has none."""
    connection.exec_driver_sql(
        "CREATE VIEW IF NOT EXISTS searched_documents AS SELECT listed.newest, documents.title, documents.text "
        "FROM listed_documents AS listed JOIN documents ON documents.number = listed.number"
    )
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE documents_search USING fts5("
        f"title, text, content = 'searched_documents', content_rowid = 'newest', {_TOKENS})"
    )
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE claims_search USING fts5(names, evidence, content = '', {_TOKENS})"
    )


def index_documents(connection: Connection, rows: Sequence[tuple[int, str | None, str]]) -> None:
    """Make documents findable: (place, title, text)."""
    connection.execute(
        text("INSERT INTO documents_search (rowid, title, text) VALUES (:place, :title, :text)"),
        [{"place": place, "title": title, "text": words} for place, title, words in rows],
    )


def index_claims(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Make claims findable: (place, names, evidence)."""
    connection.execute(
        text("INSERT INTO claims_search (rowid, names, evidence) VALUES (:place, :names, :evidence)"),
        [{"place": place, "names": names, "evidence": evidence} for place, names, evidence in rows],
    )


def index_every_document(connection: Connection) -> None:
    """Fill the empty index with every listed document."""
    connection.exec_driver_sql("INSERT INTO documents_search (documents_search) VALUES ('rebuild')")


def has_document(connection: Connection, place: int) -> bool:
    """Whether the document at a place is in the index."""
    found = text("SELECT 1 FROM documents_search_docsize WHERE id = :place")
    return connection.execute(found, {"place": place}).first() is not None
