"""PostgreSQL as the ledger's server: how it is reached, guarded and searched (see `databases`).

Readers run in autocommit or in one repeatable-read snapshot. Writers take an advisory lock first, so that they come one
after the other as on SQLite: what one reads stays so until it writes, and numbers are in the order of commits. Reading
and deriving, which take the time, are done outside.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from dateline.store.columns import MARK
from dateline.store.errors import LedgerError, LostConnectionError
from dateline.store.schema import documents, listed_documents
from dateline.store.words import GAP, indexed

OLDEST = 150000
"""The oldest server that is used, as it gives its version: PostgreSQL 15."""
CONNECTIONS = 8
"""Connections of a process that are kept open; `MORE` are opened beside them when they are all in use."""
MORE = 16
BUSY_SECONDS = 120
"""Seconds that a writer waits for those before it."""
POOL_SECONDS = 60
"""Seconds that a thread waits for a connection of its own program."""
BACK_SECONDS = 15
"""Seconds in which a server that was there is waited for when it is gone: as long as it takes to start again."""

COUNTS_CHANGES = False
"""PostgreSQL keeps no count of changes that could be asked for more cheaply than the state of the ledger itself."""

_AGAIN = 0.2
_NUMBERED = ("runs", "documents", "claims", "issues", "entries", "judgements", "notices", "captures")
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('dateline ledger'), hashtext(current_schema()))")
_GONE = frozenset({"57P01", "57P02", "57P03", "08000", "08003", "08006", "08001", "08004", "25P03"})
_STARTING = "57P03"
_WITHOUT_GAPS = text(
    " UNION ALL ".join(
        f"SELECT setval('{name}_number_seq', kept.last + 1, false) "
        f"FROM {name}_number_seq AS given, (SELECT coalesce(max(number), 0) AS last FROM {name}) AS kept "
        "WHERE given.last_value + CAST(given.is_called AS int) <> kept.last + 1"
        for name in _NUMBERED
    )
)
_WAS_THERE = "dateline_was_there"
_STARTS = "the database system is starting up"
_KEPT = "what was acknowledged is kept, run again"
_MANY = 200
_HINTS = {
    "55P03": f"; another program has been writing for over {BUSY_SECONDS} seconds",
    "53100": "; the server's disk is full: free some space and run again, whole reports are kept",
    "53300": "; the server has no connection left: raise its max_connections",
    "25006": "; the server is read-only, is it a standby?",
    "42501": "; this user may not do that here (docs/postgres.md says which rights are needed)",
    "28P01": "; check the password (PGPASSWORD, ~/.pgpass or the address)",
    "3D000": "; make it first: createdb NAME",
    "54000": "; something in this report is too long for PostgreSQL",
}


def postgres_engine(url: URL) -> Engine:
    """An engine on the server; nothing is asked of it yet."""
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=MORE,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        connect_args={"application_name": "dateline", "keepalives_idle": 30, "connect_timeout": 10},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "engine_connect", lambda _: setattr(engine, _WAS_THERE, True))
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """The settings every connection needs; a server that cannot hold a ledger is refused."""
    info = connection.info
    if info.server_version < OLDEST:
        raise LedgerError(f"this server is PostgreSQL {info.server_version // 10000}, a ledger needs 15 or later")
    if info.parameter_status("server_encoding") != "UTF8":
        raise LedgerError("the database is not in UTF8: make one with createdb --encoding UTF8 --template template0")
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.autocommit = False


@contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """A connection inside one transaction that waits for every other writer: all of it is kept, or nothing.

    What another began and did not finish has taken numbers; they are given again, so that numbers count rows here too.
    """
    with migrating(engine, name) as connection:
        connection.execute(_WITHOUT_GAPS)
        yield connection


@contextmanager
def migrating(engine: Engine, name: str) -> Iterator[Connection]:
    """The same where the tables may not be there yet."""
    with explained(name), _connected(engine) as connection, connection.begin():
        take_turn(connection)
        yield connection


def take_turn(connection: Connection) -> None:
    """Wait within a transaction for those that write, and be the one that writes until it ends."""
    connection.execute(_LOCK)


@contextmanager
def handing_out(engine: Engine, name: str) -> Iterator[Connection]:
    """A short transaction beside the writers: for rows that are locked one by one and nothing else depends on."""
    with explained(name), _connected(engine) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine, name: str, *, snapshot: bool = False) -> Iterator[Connection]:
    """A connection that reads: each statement the newest committed state, or all of them one `snapshot`."""
    level = "REPEATABLE READ" if snapshot else "AUTOCOMMIT"
    with explained(name), _connected(engine) as connection:
        yield connection.execution_options(isolation_level=level)


def _connected(engine: Engine) -> Connection:
    """A connection; a server that starts, or was there before, is waited for a while."""
    give_up = time.monotonic() + BACK_SECONDS
    while True:
        try:
            return engine.connect()
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None)
            starts = state == _STARTING or _STARTS in str(error.orig)
            away = state is None and getattr(engine, _WAS_THERE, False)
            if not (starts or away) or time.monotonic() > give_up:
                raise
            time.sleep(_AGAIN)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Database errors as LedgerError that names the ledger `name`; never with a password or with rows of the ledger."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        found = error.orig if isinstance(error, DBAPIError) else error
        state = getattr(found, "sqlstate", None)
        reason = (str(found).strip() or type(found).__name__).splitlines()[-1 if state is None else 0]
        if state in _GONE or (state is None and isinstance(found, psycopg.OperationalError)):
            raise LostConnectionError(f"the ledger {name}: no connection to the server: {reason}; {_KEPT}") from None
        raise LedgerError(f"the ledger {name}: {reason}{_HINTS.get(state or '', '')}") from None
    except PoolTimeoutError:
        raise LedgerError(f"the ledger {name}: all {CONNECTIONS + MORE} connections of this program are busy") from None


def guard(connection: Connection, table: Table) -> None:
    """Refuse every change of a row of a table, whoever connects."""
    name = table.name
    connection.exec_driver_sql(
        "CREATE OR REPLACE FUNCTION dateline_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION dateline_append_only()"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION dateline_append_only()"
    )


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those rows whose key is not there yet."""
    connection.execute(insert(table).on_conflict_do_nothing(), rows)


_NUL = "\ufffe"
"""Stands for NUL in a stretch that the server cut."""
_WHOLE = (
    f"CASE WHEN strpos(documents.text, '{MARK}') = 0 THEN documents.text "
    f"ELSE replace(replace(documents.text, '{MARK}0', '{_NUL}'), '{MARK}1', '{MARK}') END"
)
_CUT = text(
    f"SELECT place, substr({_WHOLE}, CAST(wanted ->> 1 AS int), CAST(wanted ->> 2 AS int)) AS cut "
    "FROM jsonb_array_elements(CAST(:wanted AS jsonb)) WITH ORDINALITY AS asked (wanted, place) "
    "JOIN documents ON documents.id = wanted ->> 0"
)


def cut_out(connection: Connection, wanted: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, str]]:
    """Stretches of texts: of (document, first letter from 1, how many) its place among them and the text."""
    for row in connection.execute(_CUT, {"wanted": json.dumps(wanted)}):
        yield row.place - 1, row.cut.replace(_NUL, "\x00")


def create_search(connection: Connection) -> None:
    """The empty indexes of words, by a configuration of their own: `simple`, with `unaccent` where it can be had.

    Accents are taken off before (`words`); `unaccent` adds letters that are no others with a mark: ø, ł, đ, æ.
    """
    connection.exec_driver_sql("CREATE TEXT SEARCH CONFIGURATION dateline (COPY = pg_catalog.simple)")
    dictionary = _unaccent(connection)
    if dictionary is not None:
        connection.exec_driver_sql(
            "ALTER TEXT SEARCH CONFIGURATION dateline ALTER MAPPING FOR word, numword, hword, hword_part "
            f"WITH {dictionary}, pg_catalog.simple"
        )
    for name in ("documents_search", "claims_search"):
        connection.exec_driver_sql(f"CREATE TABLE {name} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
        connection.exec_driver_sql(f"CREATE INDEX ix_{name}_words ON {name} USING gin (words)")


def _unaccent(connection: Connection) -> str | None:
    """The name of the dictionary `unaccent`, made where that is allowed; None where it is not to be had."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS unaccent")
    except DBAPIError:
        return None
    query = (
        "SELECT quote_ident(nspname) || '.unaccent' FROM pg_ts_dict "
        "JOIN pg_namespace ON pg_namespace.oid = dictnamespace WHERE dictname = 'unaccent'"
    )
    found: str | None = connection.exec_driver_sql(query).scalar()
    return found


def index_documents(connection: Connection, rows: Sequence[tuple[int, str | None, str]]) -> None:
    """Make documents findable: (place, title, text)."""
    _index(connection, "documents_search", [(place, (title or "", words)) for place, title, words in rows])


def index_claims(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Make claims findable: (place, names, evidence)."""
    _index(connection, "claims_search", [(place, (names, evidence)) for place, names, evidence in rows])


def _index(connection: Connection, name: str, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    placed = [(place, *indexed(texts)) for place, texts in rows]
    connection.execute(
        text(
            f"INSERT INTO {name} (rowid, words) VALUES (:place, ts_delete(to_tsvector('dateline', :words), '{GAP}') "
            "|| strip(to_tsvector('dateline', :further))) ON CONFLICT (rowid) DO NOTHING"
        ),
        [{"place": place, "words": words, "further": further} for place, words, further in placed],
    )


def index_every_document(connection: Connection) -> None:
    """Fill the empty index with every listed document."""
    some = select(listed_documents.c.newest, documents.c.title, documents.c.text)
    query = some.join(documents, documents.c.number == listed_documents.c.number).order_by(listed_documents.c.newest)
    last = -1
    while rows := connection.execute(query.where(listed_documents.c.newest > last).limit(_MANY)).all():
        index_documents(connection, [(row.newest, row.title, row.text) for row in rows])
        last = rows[-1].newest


def has_document(connection: Connection, place: int) -> bool:
    """Whether the document at a place is in the index."""
    found = text("SELECT 1 FROM documents_search WHERE rowid = :place")
    return connection.execute(found, {"place": place}).first() is not None
