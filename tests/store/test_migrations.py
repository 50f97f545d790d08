"""Migrations: each missing step once, all of them or none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from dateline.store import open_store
from dateline.store.migrations import MIGRATIONS, migrate
from dateline.store.schema import VERSION
from ledgers import rows


def add_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE presences ADD COLUMN note TEXT")


def fail(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE nothing ADD COLUMN note TEXT")


def versions(path: Path) -> list[int]:
    with sqlite3.connect(path) as connection:
        found = [row[0] for row in connection.execute("SELECT version FROM dateline_schema ORDER BY version")]
    connection.close()
    return found


def test_a_new_ledger_has_the_newest_schema(tmp_path: Path) -> None:
    open_store(tmp_path / "a.db", create=True).close()
    assert versions(tmp_path / "a.db") == [VERSION]
    assert [step[0] for step in MIGRATIONS] == list(range(2, VERSION + 1))


def test_missing_steps_are_applied_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    store = open_store(path, create=True)
    steps = [(VERSION, "known", fail), (VERSION + 1, "a note", add_column)]
    with store.writing() as connection:
        migrate(connection, "a.db", steps=steps)
    store.close()
    assert versions(path) == [VERSION, VERSION + 1]
    with sqlite3.connect(path) as raw:
        raw.execute("SELECT note FROM presences")
    raw.close()


def test_a_step_that_fails_takes_all_back(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    store = open_store(path, create=True)
    before = rows(path)
    steps = [(VERSION + 1, "a note", add_column), (VERSION + 2, "broken", fail)]
    with pytest.raises(Exception, match="nothing"), store.writing() as connection:
        migrate(connection, "a.db", steps=steps)
    store.close()
    assert versions(path) == [VERSION]
    assert rows(path) == before
    with sqlite3.connect(path) as raw, pytest.raises(sqlite3.OperationalError):
        raw.execute("SELECT note FROM presences")
    raw.close()
