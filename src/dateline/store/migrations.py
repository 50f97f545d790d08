"""From nothing, or from an older schema, to the newest: each step in the transaction of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, inspect, select

from dateline.store import search
from dateline.store.errors import LedgerError
from dateline.store.schema import APPEND_ONLY, VERSION, metadata, schema_version
from dateline.store.sqlite import guard

Migration = tuple[int, str, Callable[[Connection], None]]

MIGRATIONS: Sequence[Migration] = ()
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


def migrate(connection: Connection, name: str, *, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Create the schema in an empty database, or apply the steps that are missing."""
    version = found_version(connection, name)
    if version is None:
        _create(connection)
        return
    for number, title, step in steps:
        if number > version:
            step(connection)
            connection.execute(schema_version.insert().values(version=number, name=title))


def _create(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    search.create(connection)
    for table in APPEND_ONLY:
        guard(connection, table)
    connection.execute(schema_version.insert().values(version=VERSION, name="first schema"))
