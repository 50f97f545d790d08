"""Files that a program holds open by SQLite are opened by nothing else in it: other programs would lose its locks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import fakes
from dateline.bulk.planning import input_files
from dateline.cli.app import app
from dateline.held import is_held
from dateline.ledger import Ledger
from dateline.people.file import PeopleFile
from dateline.results import Summary
from dateline.store import open_store
from ledgers import whole

ANOTHER = """
import sys
sys.path[:0] = sys.argv[2:]
import pytest, fakes
from dateline.ledger import Ledger
fakes.install(pytest.MonkeyPatch())
with Ledger(sys.argv[1]) as ledger:
    ledger.add_text(fakes.report(100 + ledger.documents().total), published="2024-05-04")
    print(ledger.documents().total)
"""


def another(path: Path) -> int:
    """Another program adds a report and ends; how many reports it sees."""
    command = [sys.executable, "-W", "ignore", "-c", ANOTHER, str(path), str(Path(__file__).parents[1])]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of reports that the ledger lies in too."""
    fakes.install(monkeypatch)
    for number in range(4):
        (tmp_path / f"r{number}.txt").write_text(fakes.report(number))
    return tmp_path


def test_a_folder_with_the_ledger_in_it_is_added_while_others_write(room: Path) -> None:
    seen = []
    with Ledger(room / "a.db") as ledger:
        ledger.add_text(fakes.report(50))
        done = ledger.add(room, on_report=lambda _reading, _summary: seen.append(another(room / "a.db")))
        assert ledger.documents().total == 1 + 4 + len(seen)
    assert done == Summary(new=4, claims=12)
    assert seen == [2 + 2 * at + 1 for at in range(4)], "each sees what this one has acknowledged"
    assert whole(room / "a.db") == []


@pytest.mark.parametrize("name", ["a.db", "a.db-shm", "a.db-wal"])
def test_a_ledger_that_is_open_is_no_report(room: Path, name: str) -> None:
    with Ledger(room / "a.db") as ledger:
        ledger.add_text(fakes.report(50))
        done = ledger.add(room / name)
        assert (done.refused, done.reasons) == (1, {"unreadable": 1})
        assert [issue.message for issue in ledger.issues()] == ["a ledger that is open here is no report"]
        assert another(room / "a.db") == 2
        assert another(room / "a.db") == 3
        assert ledger.documents().total == 3


def test_it_is_held_as_long_as_a_connection_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    one, two = open_store(path, create=True), open_store(path, create=False)
    for store in (one, two):
        with store.reading() as connection:
            connection.exec_driver_sql("SELECT 1").all()
    assert is_held(path) and is_held(tmp_path / "a.db-wal") and not is_held(tmp_path / "b.db-wal")
    assert input_files([tmp_path]) == [], "nor does a bulk job of that folder open it"
    one.close()
    assert is_held(path)
    two.close()
    assert not is_held(path)


def test_people_opened_twice_keep_their_locks(tmp_path: Path) -> None:
    path = tmp_path / "a.db.people"
    one = PeopleFile(path, create=True)
    with one.writing() as connection:
        connection.execute("INSERT INTO people VALUES ('a', 'Ada', 'admin', NULL, 0, 0, NULL)")
        two = PeopleFile(path)
        asking = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
        asked = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=False)
        assert "database is locked" in asked.stderr
        two.close()
    one.close()


@pytest.mark.parametrize(
    "command", [["export", "--format", "csv", "--out"], ["archive", "--out"]], ids=lambda words: words[0]
)
def test_output_never_takes_the_place_of_a_ledger(room: Path, command: list[str]) -> None:
    with Ledger(room / "a.db") as ledger:
        ledger.add_text(fakes.report(50), published="2024-05-04")
    result = CliRunner().invoke(app, [*command, str(room / "a.db"), "--ledger", str(room / "a.db")])
    assert result.exit_code == 2, result.output
    with Ledger(room / "a.db", create=False) as ledger:
        assert ledger.documents().total == 1
