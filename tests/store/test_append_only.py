"""Whoever connects to the file, what was added stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import fakes
from dateline.ledger import Ledger
from dateline.model import Notice, PubStatus
from dateline.store import Writer, open_store
from dateline.store.external import name_elsewhere
from dateline.store.schema import APPEND_ONLY
from ledgers import CAPTURED, KEPT, LOGGED, rows


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fakes.install(monkeypatch)
    path = tmp_path / "a.db"
    with Ledger(path) as ledger:
        ledger.add_text(fakes.report(1) + " ???", published="2024-05-04")
        (tmp_path / "a.txt").write_text(fakes.report(2), encoding="utf-8")
        ledger.add(tmp_path / "a.txt")
        ledger.judging("A. Analyst").accept(ledger.claims()[0].id)
    store = open_store(path, create=False)
    name_elsewhere(store, [("doc-1", "r001")])
    Writer(store).notice([Notice("", "urn:x", PubStatus.CANCELED)])
    store.close()
    return path


def test_all_kept_tables_are_guarded() -> None:
    assert {table.name for table in APPEND_ONLY} == {*KEPT, *CAPTURED, LOGGED}


@pytest.mark.parametrize("table", [*KEPT, *CAPTURED, LOGGED])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {0}",
        "UPDATE {0} SET {1} = {1}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
        "REPLACE INTO {0} SELECT * FROM {0}",
    ],
)
def test_refused(path: Path, table: str, statement: str) -> None:
    before = rows(path, *KEPT, *CAPTURED, LOGGED)
    assert before[table], "an empty table would prove nothing"
    connection = sqlite3.connect(path)
    column = connection.execute(f"SELECT * FROM {table}").description[-1][0]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement.format(table, f'"{column}"'))
    connection.commit()
    connection.close()
    assert rows(path, *KEPT, *CAPTURED, LOGGED) == before


def test_text_is_stored_once(path: Path) -> None:
    connection = sqlite3.connect(path)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert {"documents_search_idx", "claims_search_idx"} <= names
    assert not {"documents_search_content", "claims_search_content"} & names
