"""Opening: a ledger, or a clear refusal that names the file and leaves it as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import fakes
from dateline.ledger import Ledger
from dateline.store import LedgerError, MissingLedgerError, open_store
from dateline.store.schema import VERSION


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of a few hundred kilobytes, closed."""
    fakes.install(monkeypatch)
    path = tmp_path / "filled.db"
    with Ledger(path) as ledger:
        for number in range(60):
            ledger.add_text(fakes.report(number))
    return path


def test_missing_is_not_created_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(MissingLedgerError, match="none.db"):
        open_store(path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_empty_file_is_missing_for_reading_and_filled_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(MissingLedgerError, match="empty"):
        open_store(path, create=False)
    assert path.read_bytes() == b""
    open_store(path, create=True).close()
    open_store(path, create=False).close()


@pytest.mark.parametrize("create", [True, False])
def test_text_file_is_refused_untouched(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Soldiers left Niger.\n" * 20, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"report\.txt is not a ledger"):
        open_store(path, create=create)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["report.txt"]


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_database_of_another_program_is_refused_untouched(tmp_path: Path, mode: str, create: bool) -> None:
    path = tmp_path / "bookmarks.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another program.*bookmarks"):
        open_store(path, create=create)
    assert path.read_bytes() == before


def test_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="is a folder"):
        open_store(tmp_path, create=True)


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no folder"):
        open_store(tmp_path / "no" / "such.db", create=True)


@pytest.mark.parametrize("url", ["mysql://host/db", "http://example.org/x.db"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(LedgerError, match="file path"):
        open_store(url, create=True)


def test_sqlite_urls_and_odd_names(tmp_path: Path) -> None:
    path = tmp_path / "50% ? #1 é.db"
    open_store(f"sqlite:///{path}", create=True).close()
    assert path.is_file()
    open_store(path, create=False).close()


@pytest.mark.parametrize("kept", [50, 99, 100, 4096, 100_000])
def test_file_cut_short_is_refused(filled: Path, kept: int) -> None:
    data = filled.read_bytes()
    assert len(data) > 200_000
    filled.write_bytes(data[:kept])
    with pytest.raises(LedgerError, match=r"filled\.db"):
        open_store(filled, create=False)
    assert filled.read_bytes() == data[:kept]


@pytest.mark.parametrize("start", [100, 4096, 40_000])
def test_overwritten_pages_are_reported_not_crashed_on(filled: Path, start: int) -> None:
    data = bytearray(filled.read_bytes())
    data[start:] = b"\xa5" * (len(data) - start)
    filled.write_bytes(bytes(data))
    with pytest.raises(LedgerError, match=r"filled\.db"), Ledger(filled, create=False) as ledger:
        ledger.claims()
        ledger.documents()
        ledger.presence()


def test_newer_schema_is_refused(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("INSERT INTO dateline_schema VALUES (?, 'the future')", (VERSION + 1,))
    connection.close()
    with pytest.raises(LedgerError, match="update dateline"):
        open_store(filled, create=True)


def test_settings_of_every_connection(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.db", create=True)
    with store.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    store.close()
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "synchronous": 2}


def test_read_only_file_can_be_read(filled: Path) -> None:
    filled.chmod(0o444)
    try:
        with Ledger(filled, create=False) as ledger:
            assert ledger.claims().total == 180
    finally:
        filled.chmod(0o644)
