"""`dateline check`: sound ledgers are found sound, and whatever is changed behind the ledger's back is told."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import fakes
from dateline.cli.app import app
from dateline.ledger import Ledger
from dateline.model import Notice, PubStatus
from dateline.pipeline import Reading
from dateline.store.captures import folder_of
from ledgers import CAPTURED, DERIVED, KEPT, LISTED, LOGGED, rows
from told_ledger import hostile_ledger, told_ledger

ALL = (*KEPT, *CAPTURED, *LISTED, *DERIVED, LOGGED)
Change = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of six reports from files with captures, a judgement, a cancelled report, and an issue."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "in").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        fakes.install(patch)
        for number in range(6):
            (folder / "in" / f"{number}.txt").write_text(fakes.report(number) + "???", encoding="utf-8")
        with Ledger(folder / "kept.db") as ledger:
            ledger.add(folder / "in", published="2024-05-04")
            first, second = ledger.claims(limit=2)
            ledger.judging("ada").reject(first.id, reason="a test")
            gone = next(d for d in ledger.documents() if d.id not in (first.document, second.document))
            cancel = Notice("", "urn:x", PubStatus.CANCELED, version="2")
            sent = Notice("", "urn:x", version="1", document=gone.id)
            ledger.add_readings([Reading(None, notices=(sent,)), Reading(None, notices=(cancel,))])
            ledger.presence()
    return folder / "kept.db"


@pytest.fixture
def mine(kept: Path, tmp_path: Path) -> Path:
    """A copy of that ledger, its captures beside it."""
    path = tmp_path / "mine.db"
    path.write_bytes(kept.read_bytes())
    captures = folder_of(str(kept))
    assert captures is not None
    for file in captures.rglob("*.gz"):
        beside = Path(f"{path}.captures") / file.relative_to(captures)
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(file.read_bytes())
    return path


def check(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["check", "--ledger", str(path), *options])


def changed(path: Path, *statements: str) -> None:
    """Change a ledger as somebody could who takes the guards away and puts them back."""
    with sqlite3.connect(path) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert raw.execute(statement).rowcount != 0, statement
        for _, sql in guards:
            raw.execute(sql)
    raw.close()


def faults(path: Path, *options: str) -> set[tuple[str, str]]:
    result = check(path, "--format", "jsonl", *options)
    assert result.exit_code == 1, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(set(one) == {"table", "item", "wrong", "todo"} and one["todo"] for one in found)
    return {(one["table"], one["wrong"]) for one in found}


def test_sound_ledgers_are_sound_and_stay_as_they_are(mine: Path, tmp_path: Path) -> None:
    before = rows(mine, *ALL)
    result = check(mine)
    assert (result.exit_code, result.stdout) == (0, f"{mine} is sound\n"), result.output
    assert rows(mine, *ALL) == before
    for make in (told_ledger, hostile_ledger):
        result = check(make(tmp_path / f"{make.__name__}.db"))
        assert result.exit_code == 0, result.output


def test_examples_have_claim_ids_that_can_be_made_again(examples_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "examples.db"
    shutil.copy(examples_file, path)
    result = check(path, "--quick")
    assert result.exit_code == 0, result.output
    assert "cannot make again" not in result.stderr
    changed(path, 'UPDATE claims SET record = replace(record, \'"condition":null\', \'"condition":"x"\')')
    assert ("claims", "its id is not the hash of what it says") in faults(path, "--quick")


CHANGES = {
    "a text": ("UPDATE documents SET text = replace(text, 'Mali', 'Male') WHERE number = 2", "documents", "hash of"),
    "an outlet": ("UPDATE documents SET outlet = 'Gazette' WHERE number = 2", "documents", "hash of"),
    "a furniture": ("UPDATE documents SET furniture = '[{' WHERE number = 2", "documents", "cannot be read"),
    "a record": ("UPDATE claims SET record = replace(record, 'presence', 'withdrawal')", "claims", "kind is not"),
    "a field's name": (
        "UPDATE claims SET record = replace(record, '\"basis\"', '\"basit\"')",
        "claims",
        "no claim has",
    ),
    "a column": ("UPDATE claims SET quantity_low = 7 WHERE number = 3", "claims", "quantity_low is not"),
    "an offset": ("UPDATE evidence SET start = start - 1 WHERE rowid = 4", "claims", "not that of its record"),
    "evidence": ("DELETE FROM evidence WHERE rowid = 4", "claims", "not that of its record"),
    "an issue": ("UPDATE issues SET message = 'nothing' WHERE number = 1", "issues", "hash of"),
    "a judgement": ("UPDATE judgements SET record = replace(record, 'a test', 'a toast')", "judgements", "hash of"),
    "an analyst": ("UPDATE judgements SET analyst = 'bob'", "judgements", "analyst is not"),
    "a target": ("UPDATE judgement_targets SET target = 'claim-0'", "judgement_targets", "not those of"),
    "a notice": ("UPDATE notices SET record = replace(record, 'canceled', 'withheld')", "notices", "hash of"),
    "a log entry": ("DELETE FROM entries WHERE number = 3", "readings", "does not tell"),
    "a moment": ("UPDATE entries SET recorded_at = '2024-13-01' WHERE number = 3", "entries", "no moment"),
    "a reading's claims": ("DELETE FROM reading_claims WHERE rowid = 2", "reading_claims", "a reading gave 3 claims"),
    "a capture's hash": ("UPDATE captures SET sha256 = 'ab' WHERE number = 1", "captures", "hash of"),
    "a size": ("UPDATE captures SET size = size + 1 WHERE number = 1", "captures", "bytes, not"),
    "a listed claim": ("UPDATE listed_claims SET host = 'NER' WHERE number = 1", "listed_claims", "rebuild"),
    "a listing": ("DELETE FROM listed_documents WHERE number = 1", "listed_documents", "rebuild"),
    "a presence": ("DELETE FROM presences", "presences", "rebuild"),
    "an event": ("UPDATE origins SET size = 9", "origins", "rebuild"),
    "a block": ("UPDATE claim_blocks SET block = 'x'", "claim_blocks", "rebuild"),
    "the search": (
        "INSERT INTO claims_search (rowid, names, evidence) VALUES (1, 'Atlantis', 'x')",
        "claims_search",
        "not that of what it lists",
    ),
    "set aside": ("DELETE FROM set_aside", "set_aside", "rebuild"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_is_told(mine: Path, what: str) -> None:
    statement, table, wrong = CHANGES[what]
    changed(mine, statement)
    found = faults(mine)
    assert any(at == table and wrong in told for at, told in found), found


def test_guards_that_are_gone_are_told_and_a_copy_has_them(mine: Path, tmp_path: Path) -> None:
    with sqlite3.connect(mine) as raw:
        raw.execute("DROP TRIGGER claims_no_update")
        raw.execute("CREATE TRIGGER mine AFTER INSERT ON documents BEGIN SELECT 1; END")
    raw.close()
    told = {wrong for _, wrong in faults(mine, "--quick")}
    assert told == {
        "the guard claims_no_update is missing: rows could be changed",
        "trigger mine is none of dateline's",
    }
    assert CliRunner().invoke(app, ["copy", str(mine), str(tmp_path / "new.db")]).exit_code == 0
    assert check(tmp_path / "new.db").exit_code == 0


def test_captures_that_are_missing_or_damaged_are_told(mine: Path) -> None:
    one, other, *_ = sorted(Path(f"{mine}.captures").rglob("*.gz"))
    one.unlink()
    data = bytearray(other.read_bytes())
    data[len(data) // 2] ^= 16
    other.write_bytes(data)
    told = [wrong for table, wrong in faults(mine) if table == "captures"]
    assert len(told) == 2
    assert check(mine, "--quick").exit_code == 0


def test_rebuild_all_mends_what_is_made_anew(mine: Path) -> None:
    changed(
        mine,
        "DELETE FROM listed_claims",
        "DELETE FROM presences",
        "INSERT INTO claims_search (rowid, names, evidence) VALUES (1, 'Atlantis', 'x')",
    )
    tables = {table for table, _ in faults(mine)}
    assert {"listed_claims", "presences", "claims_search"} <= tables
    assert CliRunner().invoke(app, ["rebuild", "--all", "--ledger", str(mine)]).exit_code == 0
    result = check(mine)
    assert result.exit_code == 0, result.output


def test_what_is_behind_is_no_fault(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    with Ledger(mine) as ledger:
        ledger.add_text(fakes.report(77), published="2024-05-05")
    result = check(mine)
    assert result.exit_code == 0, result.output
    assert "1 entries of the log behind" in result.stderr


def test_what_cannot_be_read_is_two(tmp_path: Path, mine: Path) -> None:
    assert check(tmp_path / "none.db").exit_code == 2
    (tmp_path / "text.db").write_text("no ledger at all" * 100, encoding="utf-8")
    assert check(tmp_path / "text.db").exit_code == 2
    cut = tmp_path / "cut.db"
    cut.write_bytes(mine.read_bytes()[:-4096])
    result = check(cut)
    assert result.exit_code == 2 and "cut short" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_page_of_zeros_is_told_and_the_check_goes_on(mine: Path) -> None:
    with sqlite3.connect(mine) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'evidence'").fetchone()
        (page,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    data = bytearray(mine.read_bytes())
    data[(root - 1) * page : root * page] = bytes(page)
    mine.write_bytes(data)
    assert any("malformed" in wrong or "Tree" in wrong or "btree" in wrong for _, wrong in faults(mine))
