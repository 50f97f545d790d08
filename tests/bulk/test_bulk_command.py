"""The command `bulk` as a user runs it: what it prints, how it ends, and an interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bulk_jobs import InlineEngine, added, lines, run
from typer.testing import CliRunner

import bulk_work
from dateline.bulk import coordinating, engine, settings
from dateline.bulk.manifest import read_state
from dateline.cli.app import app
from dateline.ledger import Ledger
from ledgers import rows

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with the light reader, without processes."""
    light = settings.Setup.__init__

    def lighter(self: settings.Setup, *given: object, **named: object) -> None:
        light(self, *given, **{"program": bulk_work.PROGRAM, "units": 8, **named})  # type: ignore[arg-type]

    monkeypatch.setattr(settings.Setup, "__init__", lighter)
    for module in (coordinating, engine):
        monkeypatch.setattr(module, "ENGINES", {"local": InlineEngine, "ray": InlineEngine})

    def called(*words: object) -> tuple[int, str, str]:
        found = CliRunner().invoke(app, ["bulk", *map(str, words)])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    return called


def test_read_then_committed_then_told(command: Run, tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 20)
    folder, ledger = tmp_path / "s", tmp_path / "b.db"
    assert command(reports, "--out", folder)[:2] == (
        0,
        f"20 reports, 60 claims; 0 refused, 0 set aside in 3 tasks → {folder}\n",
    )
    code, out, _ = command("--status", folder)
    assert code == 0
    assert out.splitlines()[0] == f"1 files, {reports.stat().st_size:,} bytes: 3 of 3 tasks done; all read"
    told = f"20 new, 0 read again, 0 known, 0 refused; 60 claims, 0 issues, 0 notices → {ledger}\n"
    assert command("--out", folder, "--ledger", ledger)[:2] == (0, told)
    assert rows(ledger) == rows(added([reports], tmp_path / "a.db"))


def test_one_command_from_archives_to_ledger(command: Run, tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 9)
    code, out, err = command(reports, "--out", tmp_path / "s", "--ledger", tmp_path / "b.db", "--jobs", 1)
    assert (code, len(out.splitlines())) == (0, 2)
    assert "reading: " in err
    with Ledger(tmp_path / "b.db", create=False) as ledger:
        assert ledger.documents().total == 9


def test_what_is_refused_is_an_exit_status(command: Run, tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 3)
    code, out, _ = command(reports, tmp_path / "missing.txt", "--out", tmp_path / "s")
    assert code == 1 and "1 refused" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["x.jsonl"], "give the folder for the shards: --out SHARDS"),
        (["--out", "s"], "give archives to read, or a ledger to commit to: --ledger FILE"),
        (["--out", "s", "--ledger", "b.db"], "s has no job: give archives to read"),
        (["--status", "s"], "s has no job: give archives to read"),
        (["-", "--out", "s"], "standard input cannot be read again after an interruption: give files"),
        (["x.jsonl", "--out", "s", "--engine", "spark"], "there is no engine 'spark': local or ray"),
    ],
)
def test_what_cannot_begin_says_why_in_a_line(
    words: list[str], told: str, command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = command(*words)
    assert (code, out, err) == (2, "", f"dateline: {told}\n")
    assert not (tmp_path / "b.db").exists()


def test_another_job_in_the_folder_is_refused(command: Run, tmp_path: Path) -> None:
    run([lines(tmp_path / "in.jsonl", 3)], tmp_path / "s")
    code, _, err = command(lines(tmp_path / "other.jsonl", 4), "--out", tmp_path / "s")
    assert code == 2 and "is of another job" in err and "give another folder for --out" in err


_COMMAND = """
import bulk_work
from dateline.bulk import settings
from dateline import cli
made = settings.Setup.__init__
settings.Setup.__init__ = lambda self, *a, **k: made(self, *a, **{"program": bulk_work.PROGRAM, "units": 4, **k})
if __name__ == "__main__":
    cli.main()
"""


def test_an_interrupted_job_says_that_it_goes_on(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 60, {number: "slow 0.1" for number in range(60)})
    script, folder = tmp_path / "command.py", tmp_path / "s"
    script.write_text(_COMMAND)
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script), "bulk", str(reports), "--out", str(folder), "--jobs", "1"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and not (folder.exists() and read_state(folder).done):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert f"interrupted; what is done is kept in {folder}: run the same command to go on" in told
    assert "Traceback" not in told
    done = len(read_state(folder).done)
    assert 0 < done < 15
    found = run([reports], folder, units=4, seconds=60.0)
    assert found.progress.session == 60 - 4 * done
