"""Migrations: each missing step once, all of them or none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

import fakes
from dateline.ledger import Ledger
from dateline.model import Hints, Notice, PubStatus
from dateline.pipeline import Reading, describe
from dateline.store import open_store
from dateline.store.migrations import MIGRATIONS, migrate
from dateline.store.schema import VERSION
from ledgers import DERIVED, LISTED, rows
from old_schemas import make_first_schema, make_second_schema, make_third_schema

FIRST = ("documents", "claims", "evidence", "issues", "runs", "readings", "reading_claims", "reading_issues")


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


def test_a_ledger_of_the_second_schema_is_listed_as_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    path = tmp_path / "a.db"
    with Ledger(path) as ledger:
        ledger.add_text("100 Russian soldiers are in Niger.", published="2024-05-01", outlet="Post")
        ledger.add_text("40 American soldiers left Niger.")
        ledger.rebuild()
    before, schema = rows(path, *FIRST, *LISTED, *DERIVED), laid_out(path)
    make_second_schema(path)
    open_store(path, create=False).close()
    assert versions(path) == list(range(2, VERSION + 1))
    assert rows(path, *FIRST, *LISTED, *DERIVED) == before
    assert laid_out(path) == schema


def test_a_ledger_of_the_third_schema_takes_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    path = tmp_path / "a.db"
    with Ledger(path) as ledger:
        ledger.add_text("100 Russian soldiers are in Niger.", published="2024-05-01", outlet="Post")
        ledger.presence()
    before, schema = rows(path), laid_out(path)
    make_third_schema(path)
    with Ledger(path, create=False) as ledger:
        assert versions(path) == list(range(3, VERSION + 1))
        assert (rows(path), laid_out(path)) == (before, schema)
        (document,) = ledger.documents()
        cancel = Notice("", "urn:x", PubStatus.CANCELED, version="2")
        sent = Notice("", "urn:x", version="1", document=document.id)
        ledger.add_readings([Reading(None, notices=(cancel,)), Reading(None, notices=(sent,))])
        assert (len(ledger.documents()), len(ledger.claims()), len(ledger.presence())) == (0, 0, 0)


def laid_out(path: Path) -> set[str]:
    """Everything the schema is made of."""
    with sqlite3.connect(path) as raw:
        found = {row[0] for row in raw.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    raw.close()
    return found


def test_a_ledger_of_the_first_schema_keeps_all_and_answers_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch)
    path = tmp_path / "a.db"
    with Ledger(path) as ledger:
        report = fakes.document("100 Russian soldiers are in Niger. ???", published="2024-05-01")
        ledger.add_readings([describe(report, Hints())])
        ledger.rebuild()
    before, derived = rows(path, *FIRST), rows(path, *DERIVED)
    make_first_schema(path)
    with Ledger(path) as ledger:
        assert [row.low for row in ledger.presence()] == [100]
        with ledger.as_of("2000-01-01") as then:
            assert len(then.claims()) == 1
    assert versions(path) == list(range(1, VERSION + 1))
    assert rows(path, *FIRST) == before
    assert rows(path, *DERIVED) == derived
    with pytest.raises(sqlite3.IntegrityError), sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM entries")
    raw.close()
