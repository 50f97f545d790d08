"""Copying a ledger: the same rows by hash, all of them or none, whoever writes meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner, Result

import fakes
from dateline.cli.app import app
from dateline.ledger import Ledger
from dateline.store import LedgerError, Store, open_store, search
from dateline.store.captures import folder_of
from dateline.upkeep import copying
from dateline.upkeep.copying import copy_ledger
from dateline.upkeep.sums import KEPT_TABLES, TABLES, table_sum
from ledgers import CAPTURED, DERIVED, KEPT, LISTED, LOGGED, rows, whole
from told_ledger import told_ledger

ALL = (*KEPT, *CAPTURED, *LISTED, *DERIVED, LOGGED)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_ledger(tmp_path_factory.mktemp("told") / "told.db")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A ledger of three reports from files, so with their captures."""
    fakes.install(monkeypatch)
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(fakes.report(number) + "???", encoding="utf-8")
    with Ledger(tmp_path / "old.db") as ledger:
        ledger.add(tmp_path / "in", published="2024-05-04")
        ledger.rebuild()
    yield tmp_path / "old.db"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_a_copy_is_the_same_and_can_be_searched(told: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    result = run("copy", told, new)
    assert result.exit_code == 0, result.output
    assert "the same by hash" in result.stdout
    assert rows(new, *ALL) == rows(told, *ALL)
    assert whole(new) == []
    with Ledger(told) as one, Ledger(new) as other:
        for words in ("soldiers", "Niger"):
            assert [c.id for c in one.claims(text=words)] == [c.id for c in other.claims(text=words)]
            assert [d.id for d in one.documents(text=words)] == [d.id for d in other.documents(text=words)]
        assert other.claims(text="Niger").total > 0
        assert one.log_mark() == other.log_mark()


def test_captures_go_with_it_and_the_way_back_is_the_same(source: Path, tmp_path: Path) -> None:
    there, back = tmp_path / "there.db", f"sqlite:///{tmp_path / 'back.db'}"
    assert run("copy", source, there).exit_code == 0
    assert run("copy", there, back).exit_code == 0
    assert rows(tmp_path / "back.db", *ALL) == rows(source, *ALL)
    given, found = (folder_of(str(path)) for path in (source, tmp_path / "back.db"))
    assert given is not None and found is not None
    contents = {path.relative_to(given): path.read_bytes() for path in given.rglob("*.gz")}
    assert len(contents) == 3
    assert {path.relative_to(found): path.read_bytes() for path in found.rglob("*.gz")} == contents


def test_a_missing_capture_is_told_and_the_rest_is_copied(source: Path, tmp_path: Path) -> None:
    folder = folder_of(str(source))
    assert folder is not None
    next(folder.rglob("*.gz")).unlink()
    result = run("copy", source, tmp_path / "new.db")
    assert result.exit_code == 1
    assert "is not there" in result.stderr
    assert rows(tmp_path / "new.db", *ALL) == rows(source, *ALL)


def test_a_ledger_that_holds_something_is_left_as_it_is(source: Path, told: Path) -> None:
    before = source.read_bytes()
    result = run("copy", told, source)
    assert result.exit_code == 2
    assert "already" in result.stderr
    assert source.read_bytes() == before
    assert run("copy", source, source).exit_code == 2


def test_into_an_empty_ledger(source: Path, tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db", create=True).close()
    assert run("copy", source, tmp_path / "empty.db").exit_code == 0
    assert rows(tmp_path / "empty.db", *ALL) == rows(source, *ALL)


def test_what_came_out_otherwise_is_not_kept(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lossy(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM presences")

    monkeypatch.setattr(search, "index_all", lossy)
    result = run("copy", source, tmp_path / "new.db")
    assert result.exit_code == 2
    assert "presences came out otherwise" in result.stderr
    assert not (tmp_path / "new.db").exists()


def test_one_state_is_copied_while_others_write(source: Path, tmp_path: Path) -> None:
    stop, added = Event(), []

    def write() -> None:
        with Ledger(source) as ledger:
            for number in range(100, 400):
                if stop.is_set():
                    return
                added.append(ledger.add_text(fakes.report(number), published="2024-05-04"))

    def tell(_what: str, _done: int, _of: int) -> None:
        before = len(added)
        for _ in range(4000):
            if len(added) > before or not writer.is_alive():
                return
            Event().wait(0.005)

    writer = Thread(target=write)
    writer.start()
    old, new = open_store(source, create=False), open_store(tmp_path / "new.db", create=True)
    try:
        copied = copy_ledger(old, new, tell)
    finally:
        stop.set()
        writer.join()
        old.close()
        new.close()
    assert whole(tmp_path / "new.db") == []
    assert len(added) > 5
    assert copied.tables["documents"].rows < len(added) + 3
    assert set(rows(tmp_path / "new.db", "claims")["claims"]) <= set(rows(source, "claims")["claims"])


def test_an_interrupted_copy_leaves_nothing_and_is_begun_anew(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_what: str, _done: int, _of: int) -> None:
        if _what == "copying claims":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copying.copied_between(str(source), str(tmp_path / "new.db"), interrupted)
    assert not (tmp_path / "new.db").exists()
    assert run("copy", source, tmp_path / "new.db").exit_code == 0


def test_sums_do_not_depend_on_order_and_tell_every_change(source: Path, tmp_path: Path) -> None:
    def sums(store: Store) -> dict[str, str]:
        with store.reading() as connection:
            return {table.name: table_sum(connection, table).sha256 for table in TABLES}

    shuffled = tmp_path / "shuffled.db"
    assert run("copy", source, shuffled).exit_code == 0
    with sqlite3.connect(shuffled) as raw:
        raw.execute("DROP TRIGGER evidence_no_delete")
        kept = raw.execute("SELECT * FROM evidence").fetchall()
        raw.execute("DELETE FROM evidence")
        raw.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?)", reversed(kept))
    raw.close()
    one, other = open_store(source, create=False), open_store(shuffled, create=False)
    assert sums(one) == sums(other)
    with sqlite3.connect(shuffled) as raw:
        raw.execute("DROP TRIGGER evidence_no_update")
        raw.execute("UPDATE evidence SET start = start + 1 WHERE rowid = 2")
    raw.close()
    assert {name for name, found in sums(one).items() if found != sums(other)[name]} == {"evidence"}
    one.close()
    other.close()


def test_what_is_no_ledger(tmp_path: Path) -> None:
    assert run("copy", tmp_path / "none.db", tmp_path / "new.db").exit_code == 2
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError):
        copying.copied_between(str(tmp_path / "none.db"), ":memory:")
    assert {table.name for table in KEPT_TABLES} >= set(KEPT)


def test_a_copy_that_is_interrupted_says_that_it_begins_anew(
    told: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        patched.setattr(copying.search, "index_all", interrupted)
        result = run("copy", told, place)
    assert result.exit_code == 130
    assert "nothing was copied" in result.stderr and "begins anew" in result.stderr
    assert run("copy", told, place).exit_code == 0
    assert rows(place, *ALL) == rows(told, *ALL)
