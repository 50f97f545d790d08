"""Deriving without keeping others from writing: what derivation changes is put beside the ledger first.

SQLite has one writer at a time, and a derivation can take longer than anybody waits. So it runs in a snapshot that only
reads: of each derived table it sees what is there less what it dropped, with what it put, both kept in temporary tables
of its connection, which SQLite finds under the same name before the ledger's own. Then one short transaction takes over
the changes, unless somebody else has derived meanwhile. On PostgreSQL, and in memory, it runs in the one transaction.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.pool import StaticPool

from dateline.store.databases import database_of
from dateline.store.derived import Derived
from dateline.store.migrations import refuse_newer
from dateline.store.opening import Store
from dateline.store.schema import DERIVED, derived
from dateline.store.sqlite import IMMEDIATE

_WAY = "dateline_transaction"


def derive_in(store: Store, work: Callable[[Derived], None], *, whole: bool) -> bool:
    """Let `work` change the derived tables, all of it or nothing; whether that was kept.

    It is not where another program has derived since `work` looked. `whole`: it begins by clearing every table.
    """
    if store.engine.dialect.name != "sqlite" or isinstance(store.engine.pool, StaticPool):
        with store.writing() as connection:
            work(Derived(connection))
        return True
    store.refuse_read_only()
    with database_of(store.engine).explained(store.name), store.engine.connect() as connection:
        try:
            connection.exec_driver_sql("PRAGMA temp_store = FILE")
            connection.commit()
            with connection.execution_options(**{_WAY: "BEGIN"}).begin():
                before = Derived(connection).marked()
                for table in DERIVED:
                    (_empty if whole else _changed)(connection, table)
                work(Derived(connection))
            with connection.execution_options(**{_WAY: IMMEDIATE}).begin():
                refuse_newer(connection, store.name)
                if _marked(connection) != before:
                    return False
                for table in DERIVED:
                    (_take_all if whole else _take_changes)(connection, table)
            return True
        finally:
            connection.invalidate()


def _empty(connection: Connection, table: Table) -> None:
    """An empty table in the place of one of the ledger's."""
    table.to_metadata(MetaData(), schema="temp").create(connection, checkfirst=False)


def _take_all(connection: Connection, table: Table) -> None:
    columns = _columns(table)
    connection.exec_driver_sql(f"DELETE FROM main.{table.name}")
    connection.exec_driver_sql(f"INSERT INTO main.{table.name} ({columns}) SELECT {columns} FROM temp.{table.name}")


def _changed(connection: Connection, table: Table) -> None:
    """A view in the place of one of the ledger's tables, that is written to beside it."""
    name, columns, key = table.name, _columns(table), _key(table)
    put = table.to_metadata(MetaData(), schema="temp", name=f"{name}_put")
    put.create(connection, checkfirst=False)
    connection.exec_driver_sql(f"CREATE TEMP TABLE {name}_dropped ({key}, PRIMARY KEY ({key})) WITHOUT ROWID")
    same = " AND ".join(f'dropped."{column.name}" = kept."{column.name}"' for column in table.primary_key)
    old = ", ".join(f'OLD."{column.name}"' for column in table.primary_key)
    this = " AND ".join(f'"{column.name}" = OLD."{column.name}"' for column in table.primary_key)
    new = ", ".join(f'NEW."{column.name}"' for column in table.columns)
    connection.exec_driver_sql(
        f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM main.{name} AS kept "
        f"WHERE NOT EXISTS (SELECT 1 FROM temp.{name}_dropped AS dropped WHERE {same}) "
        f"UNION ALL SELECT {columns} FROM temp.{name}_put"
    )
    connection.exec_driver_sql(
        f"CREATE TEMP TRIGGER {name}_puts INSTEAD OF INSERT ON temp.{name} BEGIN "
        f"INSERT INTO {name}_put ({columns}) VALUES ({new}); END"
    )
    connection.exec_driver_sql(
        f"CREATE TEMP TRIGGER {name}_drops INSTEAD OF DELETE ON temp.{name} BEGIN "
        f"DELETE FROM {name}_put WHERE {this}; "
        f"INSERT OR IGNORE INTO {name}_dropped ({key}) VALUES ({old}); END"
    )


def _take_changes(connection: Connection, table: Table) -> None:
    name, columns, key = table.name, _columns(table), _key(table)
    connection.exec_driver_sql(f"DELETE FROM main.{name} WHERE ({key}) IN (SELECT {key} FROM temp.{name}_dropped)")
    connection.exec_driver_sql(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM temp.{name}_put")


def _marked(connection: Connection) -> tuple[str, int] | None:
    """What the ledger itself says of its derived tables now."""
    row = connection.exec_driver_sql(f"SELECT rules, entries FROM main.{derived.name}").first()
    return None if row is None else (row.rules, row.entries)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _key(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.primary_key)
