"""Deriving without keeping others from writing: what derivation changes is put beside the ledger first.

A ledger has one writer at a time, and a derivation can take longer than anybody waits. So it runs in a snapshot that
only reads: of each derived table it sees what is there less what it dropped, with what it put, both kept in temporary
tables of its connection, which either database finds under the same name before the ledger's own. Then one short
transaction takes over the changes, unless somebody else has derived meanwhile. In memory it runs in the one
transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Column, Connection, MetaData, Table
from sqlalchemy.pool import StaticPool

from dateline.store.derived import Derived
from dateline.store.migrations import refuse_newer
from dateline.store.opening import Store
from dateline.store.schema import DERIVED, derived
from dateline.store.sqlite import IMMEDIATE

_WAY: Final = "dateline_transaction"


def derive_in(store: Store, work: Callable[[Derived], None], *, whole: bool) -> bool:
    """Let `work` change the derived tables, all of it or nothing; whether that was kept.

    It is not where another program has derived since `work` looked. `whole`: it begins by clearing every table.
    """
    if isinstance(store.engine.pool, StaticPool):
        with store.writing() as connection:
            work(Derived(connection))
        return True
    store.refuse_read_only()
    beside: _OnSqlite | _OnServer = _OnSqlite() if store.engine.dialect.name == "sqlite" else _OnServer()
    with store.reading() as connection:
        try:
            with beside.looking(connection):
                before = Derived(connection).marked()
                for table in DERIVED:
                    (beside.empty if whole else beside.changed)(connection, table)
                work(Derived(connection))
                for table in DERIVED if whole else ():
                    _compare(connection, table, beside.main, beside.temp)
            with beside.taking_over(connection):
                refuse_newer(connection, store.name)
                if _marked(connection, beside.main) != before:
                    return False
                for table in DERIVED:
                    _take_changes(connection, table, beside.main, beside.temp)
            return True
        finally:
            connection.invalidate()


class _OnSqlite:
    """Temporary tables of a file."""

    main, temp = "main", "temp"

    @contextmanager
    def looking(self, connection: Connection) -> Iterator[None]:
        """A snapshot; what is put aside goes to the disk, however much it is."""
        connection.exec_driver_sql("PRAGMA temp_store = FILE")
        connection.commit()
        with connection.execution_options(**{_WAY: "BEGIN"}).begin():
            yield

    @contextmanager
    def taking_over(self, connection: Connection) -> Iterator[None]:
        """A transaction that writes, in its turn."""
        with connection.execution_options(**{_WAY: IMMEDIATE}).begin():
            yield

    def empty(self, connection: Connection, table: Table) -> None:
        """An empty table in the place of one of the ledger's."""
        table.to_metadata(MetaData(), schema=self.temp).create(connection, checkfirst=False)

    def changed(self, connection: Connection, table: Table) -> None:
        """A view in the place of one of the ledger's tables, that is written to beside it."""
        name, columns, key = table.name, _columns(table), _key(table)
        put = table.to_metadata(MetaData(), schema=self.temp, name=f"{name}_put")
        put.create(connection, checkfirst=False)
        connection.exec_driver_sql(f"CREATE TEMP TABLE {name}_dropped ({key}, PRIMARY KEY ({key})) WITHOUT ROWID")
        connection.exec_driver_sql(_view(table, self.main, self.temp))
        connection.exec_driver_sql(
            f"CREATE TEMP TRIGGER {name}_puts INSTEAD OF INSERT ON temp.{name} BEGIN "
            f"INSERT INTO {name}_put ({columns}) VALUES ({_of(table.columns, 'NEW')}); END"
        )
        connection.exec_driver_sql(
            f"CREATE TEMP TRIGGER {name}_drops INSTEAD OF DELETE ON temp.{name} BEGIN "
            f"DELETE FROM {name}_put WHERE {_same(table)}; "
            f"INSERT OR IGNORE INTO {name}_dropped ({key}) VALUES ({_of(table.primary_key, 'OLD')}); END"
        )


class _OnServer:
    """Temporary tables of a PostgreSQL session; the database must let its users make them, as it does by default."""

    main, temp = "", "pg_temp"

    @contextmanager
    def looking(self, connection: Connection) -> Iterator[None]:
        """A snapshot."""
        with connection.execution_options(isolation_level="REPEATABLE READ").begin():
            self.main = str(connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar())
            yield

    @contextmanager
    def taking_over(self, connection: Connection) -> Iterator[None]:
        """A transaction that writes, in its turn."""
        from dateline.store.postgres import take_turn

        with connection.execution_options(isolation_level="READ COMMITTED").begin():
            take_turn(connection)
            yield

    def empty(self, connection: Connection, table: Table) -> None:
        """An empty table in the place of one of the ledger's."""
        self._like(connection, table, table.name)

    def changed(self, connection: Connection, table: Table) -> None:
        """A view in the place of one of the ledger's tables, that is written to beside it."""
        name, columns, key = table.name, _columns(table), _key(table)
        self._like(connection, table, f"{name}_put")
        connection.exec_driver_sql(
            f"CREATE TEMP TABLE {name}_dropped AS SELECT {key} FROM {self.main}.{name} WITH NO DATA"
        )
        connection.exec_driver_sql(f"ALTER TABLE pg_temp.{name}_dropped ADD PRIMARY KEY ({key})")
        connection.exec_driver_sql(_view(table, self.main, self.temp))
        puts = f"INSERT INTO pg_temp.{name}_put ({columns}) VALUES ({_of(table.columns, 'NEW')}); RETURN NEW;"
        drops = (
            f"DELETE FROM pg_temp.{name}_put WHERE {_same(table)}; "
            f"INSERT INTO pg_temp.{name}_dropped ({key}) VALUES ({_of(table.primary_key, 'OLD')}) "
            "ON CONFLICT DO NOTHING; RETURN OLD;"
        )
        for verb, does, body in (("INSERT", "puts", puts), ("DELETE", "drops", drops)):
            function = f"pg_temp.{name}_{does}()"
            connection.exec_driver_sql(
                f"CREATE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
            )
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name}_{does} INSTEAD OF {verb} ON pg_temp.{name} "
                f"FOR EACH ROW EXECUTE FUNCTION {function}"
            )

    def _like(self, connection: Connection, table: Table, name: str) -> None:
        connection.exec_driver_sql(f"CREATE TEMP TABLE {name} (LIKE {self.main}.{table.name} INCLUDING INDEXES)")


def _view(table: Table, main: str, temp: str) -> str:
    """The statement that makes what a table is with what was put and without what was dropped."""
    name, columns = table.name, _columns(table)
    same = " AND ".join(f'dropped."{column.name}" = kept."{column.name}"' for column in table.primary_key)
    return (
        f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM {main}.{name} AS kept "
        f"WHERE NOT EXISTS (SELECT 1 FROM {temp}.{name}_dropped AS dropped WHERE {same}) "
        f"UNION ALL SELECT {columns} FROM {temp}.{name}_put"
    )


def _compare(connection: Connection, table: Table, main: str, temp: str) -> None:
    """What is put and what is dropped where a table was derived whole, found before anybody has to wait for it."""
    name, columns = table.name, _columns(table)
    equal = "IS" if connection.dialect.name == "sqlite" else "IS NOT DISTINCT FROM"
    keys = [column.name for column in table.primary_key]
    same = " AND ".join(
        f'new."{column.name}" {"=" if column.name in keys else equal} kept."{column.name}"' for column in table.columns
    )
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE {name}_dropped AS SELECT {_key(table)} FROM {main}.{name} AS kept "
        f"WHERE NOT EXISTS (SELECT 1 FROM {temp}.{name} AS new WHERE {same})"
    )
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE {name}_put AS SELECT {columns} FROM {temp}.{name} AS new "
        f"WHERE NOT EXISTS (SELECT 1 FROM {main}.{name} AS kept WHERE {same})"
    )


def _take_changes(connection: Connection, table: Table, main: str, temp: str) -> None:
    name, columns, key = table.name, _columns(table), _key(table)
    connection.exec_driver_sql(f"DELETE FROM {main}.{name} WHERE ({key}) IN (SELECT {key} FROM {temp}.{name}_dropped)")
    connection.exec_driver_sql(f"INSERT INTO {main}.{name} ({columns}) SELECT {columns} FROM {temp}.{name}_put")


def _marked(connection: Connection, main: str) -> tuple[str, int] | None:
    """What the ledger itself says of its derived tables now."""
    row = connection.exec_driver_sql(f"SELECT rules, entries FROM {main}.{derived.name}").first()
    return None if row is None else (row.rules, row.entries)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _key(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.primary_key)


def _of(columns: Iterable[Column[Any]], row: str) -> str:
    return ", ".join(f'{row}."{column.name}"' for column in columns)


def _same(table: Table) -> str:
    """That a row has the key of the one that is dropped."""
    return " AND ".join(f'"{column.name}" = OLD."{column.name}"' for column in table.primary_key)
