"""What a ledger survives: being killed anywhere, two writers at once, a full disk, an interrupt."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

import fakes
from dateline.ledger import Ledger
from dateline.store import LedgerError
from dateline.upkeep.checking import Depth, Outcome, checked
from ledgers import rows, whole

REPORTS = 48
CLAIMS = 5
KILLS = 20
FORK = multiprocessing.get_context("fork")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(REPORTS):
        text = fakes.report(number, claims=CLAIMS) + "60 Russian soldiers will go to Niger. ???"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "999-empty.txt").touch()
    return folder


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A ledger that nobody disturbed, and how long it took."""
    path = tmp_path_factory.mktemp("undisturbed") / "a.db"
    began = time.monotonic()
    finish(path, reports)
    took = time.monotonic() - began
    derive(path)
    return path, took


def add(path: Path, reports: Path, started: Connection | None = None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fakes.install(patch, seconds=0.002)
        if started is not None:
            started.send("started")
        with Ledger(path) as ledger:
            ledger.add(reports, published="2024-05-04")


def finish(path: Path, reports: Path) -> None:
    child = FORK.Process(target=add, args=(path, reports))
    child.start()
    child.join(60)
    assert child.exitcode == 0


def derive(path: Path) -> None:
    with Ledger(path, create=False) as ledger:
        ledger.rebuild()


def read_so_far(path: Path) -> int:
    if not path.exists() or path.stat().st_size == 0:
        return 0
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM readings").fetchone()[0])
    except sqlite3.OperationalError as error:
        assert "no such table" in str(error)
        return 0
    finally:
        connection.close()


def test_killed_twenty_times_at_random_points(reports: Path, undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    expected, took = undisturbed
    chance = random.Random(20)
    midway = 0
    for number in range(KILLS):
        path = tmp_path / f"{number}.db"
        ours, theirs = FORK.Pipe()
        child = FORK.Process(target=add, args=(path, reports, theirs))
        child.start()
        assert ours.recv() == "started"
        time.sleep(chance.uniform(0.02, 0.95) * took)
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join(10)
        count = read_so_far(path)
        if count:
            assert whole(path) == []
            with Ledger(path, create=False) as ledger:
                assert ledger.documents().total == count
                assert ledger.claims().total == count * (CLAIMS + 1)
        midway += 0 < count < REPORTS
        finish(path, reports)
        derive(path)
        assert rows(path) == rows(expected)
        assert list(checked(path, Outcome(), depth=Depth.BYTES)) == []
    assert midway >= KILLS // 4, f"only {midway} kills hit an addition under way"


def test_one_ledger_killed_again_and_again(reports: Path, undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    expected, took = undisturbed
    chance = random.Random(5)
    path = tmp_path / "a.db"
    seen = 0
    for _ in range(6):
        child = FORK.Process(target=add, args=(path, reports))
        child.start()
        time.sleep(chance.uniform(0.1, 0.6) * took)
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join(10)
        count = read_so_far(path)
        assert count >= seen
        seen = count
    finish(path, reports)
    derive(path)
    assert rows(path) == rows(expected)


def test_two_processes_adding_at_once_and_one_reading(
    reports: Path, undisturbed: tuple[Path, float], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    children = [FORK.Process(target=add, args=(path, reports)) for _ in range(2)]
    for child in children:
        child.start()
    seen = []
    while any(child.is_alive() for child in children):
        if read_so_far(path):
            with Ledger(path, create=False) as ledger:
                seen.append(ledger.claims(limit=1).total)
        time.sleep(0.01)
    assert [child.exitcode for child in children] == [0, 0]
    assert seen and all(count % (CLAIMS + 1) == 0 for count in seen)
    derive(path)
    assert rows(path) == rows(undisturbed[0])
    assert whole(path) == []


def test_full_disk_is_named_and_leaves_whole_reports(reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"

    def small(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 180")

    event.listen(Engine, "connect", small)
    try:
        with pytest.raises(LedgerError, match=r"a\.db: database or disk is full; free some space"):
            add(path, reports)
    finally:
        event.remove(Engine, "connect", small)
    assert 0 < read_so_far(path) < REPORTS
    assert whole(path) == []
    finish(path, reports)
    assert read_so_far(path) == REPORTS


def test_interrupt_keeps_whole_reports_and_says_so(reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    code = "import pytest, fakes, dateline.cli; fakes.install(pytest.MonkeyPatch(), seconds=0.1); dateline.cli.main()"
    tests = str(Path(__file__).parents[1])
    process = subprocess.Popen(
        [sys.executable, "-c", code, "add", str(reports), "--ledger", str(path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([tests, *sys.path])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    give_up = time.monotonic() + 30
    while read_so_far(path) == 0 and time.monotonic() < give_up:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130, told
    assert "interrupted; kept whole" in told
    assert "Traceback" not in told
    assert 0 < read_so_far(path) < REPORTS
    assert whole(path) == []
