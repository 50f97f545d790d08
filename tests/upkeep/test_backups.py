"""Backups: whole or not there, made while others write, found damaged by one bit; and what comes back from them."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.testing import CliRunner, Result

import fakes
from dateline.cli.app import app
from dateline.ledger import Ledger
from dateline.store import open_store
from dateline.store.captures import folder_of
from dateline.upkeep.backups import back_up
from dateline.upkeep.copying import copy_ledger
from ledgers import CAPTURED, DERIVED, KEPT, LISTED, LOGGED, rows, whole

ALL = (*KEPT, *CAPTURED, *LISTED, *DERIVED, LOGGED)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of four reports from files, so with their captures."""
    fakes.install(monkeypatch)
    (tmp_path / "in").mkdir()
    for number in range(4):
        (tmp_path / "in" / f"{number}.txt").write_text(fakes.report(number), encoding="utf-8")
    with Ledger(tmp_path / "a.db") as ledger:
        ledger.add(tmp_path / "in", published="2024-05-04")
        ledger.rebuild()
    return tmp_path / "a.db"


@pytest.fixture
def backup(ledger: Path, tmp_path: Path) -> Path:
    result = run("backup", tmp_path / "b", "--ledger", ledger)
    assert result.exit_code == 0, result.output
    return tmp_path / "b"


def captured(path: Path) -> dict[str, bytes]:
    folder = folder_of(str(path))
    assert folder is not None
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.gz")}


def test_there_and_back(ledger: Path, backup: Path, tmp_path: Path) -> None:
    about = json.loads((backup / "manifest.json").read_bytes())
    assert about["tables"]["documents"]["rows"] == 4
    assert about["log"]["entry"] == 4
    assert {"ledger.db"} < set(about["files"])
    result = run("restore", backup, "--ledger", tmp_path / "new.db")
    assert result.exit_code == 0, result.output
    assert rows(tmp_path / "new.db", *ALL) == rows(ledger, *ALL)
    assert captured(tmp_path / "new.db") == captured(ledger)
    assert run("check", "--ledger", tmp_path / "new.db").exit_code == 0
    assert run("check", "--ledger", backup).exit_code == 0
    with Ledger(tmp_path / "new.db", create=False) as found:
        assert found.add_text(fakes.report(50), published="2024-05-05").new == 1
        assert found.claims(text="Mali").total > 0


def test_nothing_is_written_over(ledger: Path, backup: Path, tmp_path: Path) -> None:
    before = (backup / "manifest.json").read_bytes()
    assert run("backup", backup, "--ledger", ledger).exit_code == 2
    assert (backup / "manifest.json").read_bytes() == before
    with Ledger(ledger) as open_ledger:
        open_ledger.add_text(fakes.report(60), published="2024-05-05")
    assert run("backup", backup, "--ledger", ledger, "--force").exit_code == 0
    assert json.loads((backup / "manifest.json").read_bytes())["log"]["entry"] == 5
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("backup", tmp_path / "mine", "--ledger", ledger, "--force").exit_code == 2
    assert (tmp_path / "mine" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert run("restore", backup, "--ledger", ledger).exit_code == 2
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_a_killed_backup_left_is_taken_away_by_the_next(ledger: Path, tmp_path: Path) -> None:
    for name in (".b.new", "..b.new.abcdef.part"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ledger.db").write_bytes(b"half of one")
    assert run("backup", tmp_path / "b", "--ledger", ledger).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["a.db.captures", "b", "in"]


def test_the_ledger_that_was_there_is_set_aside_whole(ledger: Path, backup: Path, tmp_path: Path) -> None:
    with Ledger(ledger) as open_ledger:
        open_ledger.add_text(fakes.report(61), published="2024-05-05")
        result = run("restore", backup, "--ledger", ledger, "--force")
        assert result.exit_code == 2 and "in use" in result.stderr
    later, bytes_ = rows(ledger, *ALL), captured(ledger)
    result = run("restore", backup, "--ledger", ledger, "--force")
    assert result.exit_code == 0, result.output
    assert len(rows(ledger, "documents")["documents"]) == 4
    (aside,) = tmp_path.glob("a.db.before-*[0-9]")
    assert str(aside) in result.stderr.replace("\n", "")
    assert rows(aside, *ALL) == later and captured(aside) == bytes_


def test_a_damaged_ledger_can_be_replaced(ledger: Path, backup: Path) -> None:
    data = ledger.read_bytes()
    ledger.write_bytes(data[:100] + bytes(4000) + data[4100:])
    assert run("restore", backup, "--ledger", ledger, "--force").exit_code == 0
    assert run("check", "--ledger", ledger).exit_code == 0


def test_any_flipped_bit_and_any_cut_of_a_backup_is_found(backup: Path, tmp_path: Path) -> None:
    chance = random.Random(9)
    files = sorted(path for path in backup.rglob("*") if path.is_file())
    assert len(files) == 7
    for number in range(40):
        path = chance.choice(files)
        data = path.read_bytes()
        path.chmod(0o644)
        if number % 4:
            at = chance.randrange(len(data))
            path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        else:
            path.write_bytes(data[: chance.randrange(len(data))])
        result = run("restore", backup, "--ledger", tmp_path / "new.db")
        assert result.exit_code == 2, (path, result.output)
        path.write_bytes(data)
    assert not (tmp_path / "new.db").exists()
    assert run("restore", backup, "--ledger", tmp_path / "new.db").exit_code == 0


def test_made_while_others_write(ledger: Path, tmp_path: Path) -> None:
    stop, added = Event(), []

    def write() -> None:
        with Ledger(ledger) as open_ledger:
            for number in range(100, 700):
                if stop.is_set():
                    return
                added.append(open_ledger.add_text(fakes.report(number), published="2024-05-04"))

    writer = Thread(target=write)
    writer.start()
    store = open_store(ledger, create=False)
    try:
        marks = []
        for number in range(3):
            found = back_up(store, tmp_path / f"b{number}")
            marks.append(found.about["log"]["entry"])
    finally:
        stop.set()
        writer.join()
        store.close()
    assert marks == sorted(marks) and 4 <= marks[0] < marks[-1] <= 4 + len(added)
    for number, mark in enumerate(marks):
        assert run("restore", tmp_path / f"b{number}", "--ledger", tmp_path / f"{number}.db").exit_code == 0
        assert len(rows(tmp_path / f"{number}.db", "documents")["documents"]) == mark
        assert whole(tmp_path / f"{number}.db") == []


def test_a_ledger_with_faults_is_backed_up_only_when_asked(ledger: Path, tmp_path: Path) -> None:
    with sqlite3.connect(ledger) as raw:
        raw.execute("DROP TRIGGER claims_no_update")
        raw.execute("UPDATE claims SET confidence = 0.1 WHERE number = 1")
    raw.close()
    result = run("backup", tmp_path / "b", "--ledger", ledger)
    assert result.exit_code == 2 and "confidence is not" in result.stderr
    assert not (tmp_path / "b").exists()
    assert run("backup", tmp_path / "b", "--ledger", ledger, "--anyway").exit_code == 1
    assert run("restore", tmp_path / "b", "--ledger", tmp_path / "new.db").exit_code == 0
    assert rows(tmp_path / "new.db", *ALL) == rows(ledger, *ALL)


def test_a_missing_capture_is_told_and_the_rest_is_kept(ledger: Path, tmp_path: Path) -> None:
    folder = folder_of(str(ledger))
    assert folder is not None
    next(folder.rglob("*.gz")).unlink()
    result = run("backup", tmp_path / "b", "--ledger", ledger)
    assert result.exit_code == 1 and "is not there" in result.stderr
    assert run("restore", tmp_path / "b", "--ledger", tmp_path / "new.db").exit_code == 0
    assert len(captured(tmp_path / "new.db")) == 3


def test_what_is_no_backup(tmp_path: Path, backup: Path) -> None:
    for wrong in (tmp_path / "none", tmp_path / "in", tmp_path / "a.db"):
        assert run("restore", wrong, "--ledger", tmp_path / "new.db").exit_code == 2
    shutil.copytree(backup, tmp_path / "later")
    manifest = tmp_path / "later" / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_bytes(manifest.read_bytes().replace(b'"schema": ', b'"schema": 9'))
    result = run("restore", tmp_path / "later", "--ledger", tmp_path / "new.db")
    assert result.exit_code == 2 and "update dateline" in result.stderr
    assert not (tmp_path / "new.db").exists()


def test_a_copied_ledger_backs_up_the_same(ledger: Path, backup: Path, tmp_path: Path) -> None:
    old, new = open_store(ledger, create=False), open_store(tmp_path / "copy.db", create=True)
    copy_ledger(old, new)
    found = back_up(new, tmp_path / "of-copy")
    old.close()
    new.close()
    assert found.about["tables"] == json.loads((backup / "manifest.json").read_bytes())["tables"]
