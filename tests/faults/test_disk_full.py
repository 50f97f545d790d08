"""A disk that is full at any write: nothing is half-written, nothing that was told as added is lost, and it goes on."""

from __future__ import annotations

import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

import fakes
from dateline.ledger import Ledger
from dateline.store import LedgerError, open_store
from dateline.upkeep.backups import back_up
from dateline.upkeep.checking import Outcome, checked
from dateline.upkeep.copying import copied_between
from dateline.upkeep.restoring import restore
from ledgers import rows

FORK = get_context("fork")
REPORTS = 20


def faults(path: Path) -> list[str]:
    return [f"{fault.table} {fault.item}: {fault.wrong}" for fault in checked(path, Outcome())]


def add(path: Path, folder: Path, told: Callable[[str], object]) -> None:
    """Add reports with captures, and derive now and then, telling what was added."""
    with Ledger(path) as ledger:
        for number in range(REPORTS):
            source = folder / f"{number}.txt"
            source.write_text(fakes.report(number, claims=6), encoding="utf-8")
            ledger.add(source, published="2024-05-04")
            told(f"Report {number}\n")
            if number % 10 == 9:
                ledger.presence()


def told_and_kept(told: list[str], path: Path) -> None:
    texts = [row[1] for row in rows(path, "documents")["documents"]] if read_anything(path) else []
    assert len(told) <= len(texts)
    assert all(any(text.startswith(one.strip() + "\n") for text in texts) for one in told)


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)


@pytest.mark.parametrize("pages", range(90, 330, 60))
def test_sqlite_has_no_page_left(tmp_path: Path, pages: int) -> None:
    def small(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    told: list[str] = []
    path = tmp_path / "a.db"
    event.listen(Engine, "connect", small)
    try:
        with pytest.raises(LedgerError, match="database or disk is full; free some space"):
            add(path, tmp_path, told.append)
    finally:
        event.remove(Engine, "connect", small)
    told_and_kept(told, path)
    if read_anything(path):
        assert faults(path) == []
    add(path, tmp_path, told.append)
    assert faults(path) == []
    assert len(rows(path, "documents")["documents"]) == REPORTS


def read_anything(path: Path) -> bool:
    if not path.exists() or path.stat().st_size == 0:
        return False
    with sqlite3.connect(path) as raw:
        found = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    raw.close()
    return bool(found)


def _limited(path: Path, folder: Path, size: int, pipe: Connection) -> None:
    """Add where no file may become larger than `size`: the system refuses the write, as a quota does."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        add(path, folder, pipe.send)
        pipe.send("all")
    except LedgerError as error:
        pipe.send(f"error {error}")


@pytest.mark.parametrize("size", [30_000, 500_000, 900_000])
def test_the_system_refuses_to_let_files_grow(tmp_path: Path, size: int) -> None:
    ours, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_limited, args=(tmp_path / "a.db", tmp_path, size, theirs))
    child.start()
    theirs.close()
    told = []
    try:
        while True:
            told.append(ours.recv())
    except EOFError:
        child.join(60)
    assert child.exitcode == 0
    assert told[-1].startswith("error "), told[-1]
    told_and_kept(told[:-1], tmp_path / "a.db")
    add(tmp_path / "a.db", tmp_path, told.append)
    assert faults(tmp_path / "a.db") == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """A file system of so many KiB; only who may mount has one."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def sized(kib: int) -> Path:
        option = f"size={kib}k" if not disk.is_mount() else f"remount,size={kib}k"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(disk)], capture_output=True)
        if done.returncode != 0:
            pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
        return disk

    yield sized
    if disk.is_mount():
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("kib", [4, 40, 500, 900, 1500])
def test_the_disk_is_full(tmp_path: Path, small_disk: Callable[[int], Path], kib: int) -> None:
    disk = small_disk(kib)
    told: list[str] = []
    (tmp_path / "in").mkdir()
    with pytest.raises(LedgerError):
        add(disk / "a.db", tmp_path / "in", told.append)
    told_and_kept(told, disk / "a.db")
    small_disk(20_000)
    if told:
        assert faults(disk / "a.db") == []
    add(disk / "a.db", tmp_path / "in", told.append)
    assert faults(disk / "a.db") == []


def test_a_backup_a_copy_and_a_restoration_onto_a_full_disk(tmp_path: Path, small_disk: Callable[[int], Path]) -> None:
    (tmp_path / "in").mkdir()
    add(tmp_path / "a.db", tmp_path / "in", lambda _told: None)
    store = open_store(tmp_path / "a.db", create=False)
    back_up(store, tmp_path / "given")
    for kib in (4, 200, 600):
        disk = small_disk(kib)
        with pytest.raises(LedgerError):
            back_up(store, disk / "backup")
        with pytest.raises(LedgerError):
            copied_between(str(tmp_path / "a.db"), str(disk / "copy.db"))
        with pytest.raises(LedgerError):
            restore(tmp_path / "given", disk / "new.db")
        assert list(disk.iterdir()) == []
    disk = small_disk(20_000)
    back_up(store, disk / "backup")
    copied_between(str(tmp_path / "a.db"), str(disk / "copy.db"))
    restore(disk / "backup", disk / "new.db")
    store.close()
    for path in (tmp_path / "a.db", disk / "copy.db", disk / "new.db"):
        assert faults(path) == []
