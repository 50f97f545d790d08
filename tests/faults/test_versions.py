"""Two versions of dateline on one ledger, and migrations from every released schema, killed half-way."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

import fakes
from dateline.ledger import Ledger
from dateline.store import LedgerError, open_store
from dateline.store.migrations import migrate
from dateline.store.schema import VERSION
from dateline.upkeep.checking import Outcome, checked
from ledgers import rows_as_they_lie as rows
from old_schemas import MAKERS

FORK = multiprocessing.get_context("fork")
FIRST = ("documents", "claims", "evidence", "issues", "runs", "readings", "reading_claims", "reading_issues")


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fakes.install(monkeypatch)
    with Ledger(tmp_path / "a.db") as ledger:
        for number in range(12):
            ledger.add_text(fakes.report(number) + "???", published="2024-05-04")
        ledger.rebuild()
    return tmp_path / "a.db"


def faults(path: Path) -> list[str]:
    return [f"{fault.table} {fault.item}: {fault.wrong}" for fault in checked(path, Outcome())]


def version_of(path: Path) -> int:
    with sqlite3.connect(path) as raw:
        found = raw.execute("SELECT max(version) FROM dateline_schema").fetchone()[0]
    raw.close()
    return int(found)


def statements_of(path: Path, copy: Path) -> int:
    """How many statements its migration takes."""
    copy.write_bytes(path.read_bytes())
    counted = []

    def count(*_: object) -> None:
        counted.append(1)

    event.listen(Engine, "after_cursor_execute", count)
    try:
        open_store(copy, create=False).close()
    finally:
        event.remove(Engine, "after_cursor_execute", count)
    return len(counted)


def killed_at(path: Path, statement: int) -> None:
    """Open a ledger in a process that is killed after so many statements."""

    def opening() -> None:
        seen = [0]

        def kill(*_: object) -> None:
            seen[0] += 1
            if seen[0] >= statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "after_cursor_execute", kill)
        open_store(path, create=False).close()

    child = FORK.Process(target=opening)
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_migration_killed_anywhere_is_begun_anew_and_loses_nothing(filled: Path, version: int) -> None:
    assert len(MAKERS) == VERSION - 1
    MAKERS[version - 1](filled)
    before = rows(filled, *FIRST)
    whole = statements_of(filled, filled.with_name("copy.db"))
    chance = random.Random(version)
    for at in sorted({2, whole // 2, whole - 1, *(chance.randint(2, whole - 1) for _ in range(3))}):
        killed_at(filled, at)
        assert version_of(filled) == version
        assert rows(filled, *FIRST) == before
    assert faults(filled) == []
    assert version_of(filled) == version
    open_store(filled, create=False).close()
    assert version_of(filled) == VERSION
    assert faults(filled) == []
    assert rows(filled, *FIRST) == before
    with Ledger(filled, create=False) as ledger:
        assert ledger.presence().total == 1 and ledger.claims().total == 36


def newer(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE presences ADD COLUMN note TEXT NOT NULL DEFAULT ''")


def make_newer(path: Path) -> None:
    store = open_store(path, create=False)
    with store.writing() as connection:
        migrate(connection, store.name, steps=[(VERSION + 1, "a note", newer)])
    store.close()


def test_an_older_program_refuses_a_newer_ledger_and_leaves_it(filled: Path) -> None:
    make_newer(filled)
    before = filled.read_bytes()
    with pytest.raises(LedgerError, match=rf"has schema {VERSION + 1}, this program knows up to {VERSION}: update"):
        open_store(filled, create=False)
    with pytest.raises(LedgerError, match="update dateline"):
        list(checked(filled, Outcome()))
    assert filled.read_bytes() == before


def test_a_program_that_has_it_open_neither_writes_nor_reads_a_newer_schema(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.store.opening.LOOK_SECONDS", 0.0)
    with Ledger(filled) as ledger:
        ledger.add_text(fakes.report(40), published="2024-05-04")
        make_newer(filled)
        before = rows(filled, *FIRST)
        for refused in (
            lambda: ledger.add_text(fakes.report(41), published="2024-05-04"),
            lambda: ledger.judging("ada"),
            ledger.rebuild,
            ledger.claims,
            ledger.documents,
            ledger.presence,
        ):
            with pytest.raises(
                LedgerError, match=rf"brought to schema {VERSION + 1} meanwhile.*update dateline, and start"
            ):
                refused()
    assert rows(filled, *FIRST) == before
