"""From nothing, or from an older schema, to the newest: each step in the transaction of all of them.

The steps are those of SQLite; `server_migrations` has those of PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, func, inspect, select
from sqlalchemy.schema import CreateIndex

from dateline.store import search
from dateline.store.databases import database_of
from dateline.store.errors import LedgerError
from dateline.store.listing import list_all
from dateline.store.listing_indexes import LISTING_INDEXES
from dateline.store.schema import (
    APPEND_ONLY,
    DERIVED,
    ENTRY_INDEXES,
    LISTED,
    VERSION,
    captures,
    document_captures,
    entries,
    external_ids,
    in_hand,
    judgement_targets,
    judgements,
    metadata,
    notices,
    readings,
    schema_version,
    set_aside,
)

Migration = tuple[int, str, Callable[[Connection], None]]


def _judgements_and_log(connection: Connection) -> None:
    """Judgements, the log and external ids; derived tables anew, to be filled by the next question.

    What was read before is logged in its order, without a moment: none was kept.
    """
    for name in ("presences", "events", "derived"):
        connection.exec_driver_sql(f"DROP TABLE {name}")
    added = (entries, judgements, judgement_targets, external_ids)
    metadata.create_all(connection, tables=[*added, *DERIVED], checkfirst=False)
    known = connection.execute(select(readings.c.document, readings.c.run).order_by(readings.c.run)).all()
    if known:
        rows = [{"recorded_at": None, "what": "reading", "item": row.document, "run": row.run} for row in known]
        connection.execute(entries.insert(), rows)
    for table in added:
        _guard(connection, table)


def _listings(connection: Connection) -> None:
    """What listings are sorted and filtered by, of all that is there, and the search anew, which finds by it."""
    metadata.create_all(connection, tables=LISTED, checkfirst=False)
    for index in LISTING_INDEXES:
        connection.execute(CreateIndex(index, if_not_exists=True))
    list_all(connection)
    for name in ("documents_search", "claims_search"):
        connection.exec_driver_sql(f"DROP TABLE {name}")
    search.create(connection)
    search.index_all(connection)


def _captures(connection: Connection) -> None:
    """What raw bytes are kept of reports, of those that come from now on."""
    metadata.create_all(connection, tables=[captures, document_captures], checkfirst=False)
    for table in (captures, document_captures):
        _guard(connection, table)


def _notices(connection: Connection) -> None:
    """What wires say of their items, and the reports that are set aside by it; nobody has said anything so far."""
    metadata.create_all(connection, tables=[notices, set_aside])
    _guard(connection, notices)


def _entries(connection: Connection) -> None:
    """Entries of the log are found by what they are and by what they are of."""
    for index in ENTRY_INDEXES:
        connection.execute(CreateIndex(index, if_not_exists=True))


def _in_hand(connection: Connection) -> None:
    """Who has which claim of the review queue in hand; nobody so far."""
    metadata.create_all(connection, tables=[in_hand], checkfirst=False)


MIGRATIONS: Sequence[Migration] = (
    (2, "judgements, the log, origins and disputes", _judgements_and_log),
    (3, "listings", _listings),
    (4, "notices", _notices),
    (5, "captures", _captures),
    (6, "indexes of the log", _entries),
    (7, "claims in hand", _in_hand),
)
"""(version it leads to, what it does, how), oldest first; a new ledger starts at the newest schema."""


def found_version(connection: Connection, name: str) -> int | None:
    """The schema version of the database, None for an empty one; LedgerError for a foreign or a newer one."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if schema_version.name not in tables:
        raise LedgerError(f"{name} is a database of another program, not a ledger (it holds {tables[0]!r})")
    versions: Sequence[int] = connection.execute(select(schema_version.c.version)).scalars().all()
    if not versions:
        raise LedgerError(f"the ledger {name} does not say which schema it has; restore it from a copy")
    if max(versions) > VERSION:
        raise LedgerError(f"{name} has schema {max(versions)}, this program knows up to {VERSION}: update dateline")
    return max(versions)


def refuse_newer(connection: Connection, name: str) -> None:
    """LedgerError where another program has brought the ledger to a schema that this one does not know."""
    version = connection.execute(select(func.max(schema_version.c.version))).scalar()
    if version is not None and version > VERSION:
        raise LedgerError(
            f"{name} was brought to schema {version} meanwhile, this program knows up to {VERSION}: end it, update "
            "dateline, and start again"
        )


def migrate(connection: Connection, name: str, *, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Create the schema in an empty database, or apply the steps that are missing."""
    version = found_version(connection, name)
    if version is None:
        _create(connection)
        return
    if connection.dialect.name == "postgresql":
        from dateline.store.server_migrations import upgrade

        upgrade(connection)
        return
    for number, title, step in steps:
        if number > version:
            step(connection)
            connection.execute(schema_version.insert().values(version=number, name=title))


def _create(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    search.create(connection)
    for table in APPEND_ONLY:
        _guard(connection, table)
    connection.execute(schema_version.insert().values(version=VERSION, name="first schema"))
    if connection.dialect.name == "postgresql":
        from dateline.store.server_migrations import begin

        begin(connection)


def _guard(connection: Connection, table: Table) -> None:
    database_of(connection).guard(connection, table)
