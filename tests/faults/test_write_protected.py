"""A ledger that may only be read: it opens, answers, and says in one line what cannot be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.ledger import Ledger
from told_ledger import told_ledger

NOBODY = 65534
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = told_ledger(tmp_path_factory.mktemp("told") / "told.db")
    with Ledger(path) as ledger:
        ledger.presence()
    return path


@pytest.fixture
def folder(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a ledger that other users may look into."""
    made = Path(os.path.realpath("/tmp")) / f"dateline-test-{os.getpid()}-{tmp_path_factory.getbasetemp().name}"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    shutil.copyfile(told, made / "a.db")
    made.chmod(0o755)
    (made / "a.db").chmod(0o644)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as a user to whom the files of the test do not belong; root is asked nothing by their rights."""

    def become() -> None:
        if os.getuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "dateline", *map(str, arguments)],
        capture_output=True,
        text=True,
        preexec_fn=become,
        cwd="/",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": "/tmp"},
    )


def protect(folder: Path, what: str) -> Path:
    if os.getuid() != 0:
        (folder / "a.db").chmod(0o444)
        folder.chmod(0o555)
    elif what == "folder":
        (folder / "a.db").chmod(0o666)
    else:
        folder.chmod(0o777)
    return folder / "a.db"


@pytest.mark.parametrize("what", ["file", "folder"])
def test_it_opens_and_says_what_cannot_be_done(folder: Path, what: str) -> None:
    ledger = protect(folder, what)
    before = ledger.read_bytes()
    for asked in (["claims"], ["presence"], ["events"], ["log"], ["documents"], ["check"]):
        result = run(*asked, "--ledger", ledger)
        assert result.returncode == 0, (asked, result.stderr)
        assert result.stdout
    report = folder / "report.txt"
    report.write_text("60 Russian soldiers are in Niger.", encoding="utf-8")
    for refused in (["add", report], ["rebuild"], ["judge", "accept", "claim-"]):
        result = run(*refused, "--ledger", ledger)
        assert result.returncode == 2, (refused, result.stdout)
        assert "may only be read here" in result.stderr or "is the beginning of" in result.stderr
        assert "Traceback" not in result.stderr
    assert ledger.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["a.db", "report.txt"]


def test_what_is_derived_too_late_is_said(folder: Path) -> None:
    with Ledger(folder / "a.db") as ledger:
        ledger.add_text("60 Russian soldiers are in Niger.", published="2024-05-04")
    (folder / "a.db-wal").unlink(missing_ok=True)
    result = run("presence", "--ledger", protect(folder, "folder"))
    assert result.returncode == 2
    assert "nothing can be added, judged or derived anew" in result.stderr
    assert run("claims", "--ledger", folder / "a.db").returncode == 0


def test_while_somebody_else_writes(folder: Path) -> None:
    """The log of one who has it open is read too."""
    with Ledger(folder / "a.db") as ledger:
        ledger.add_text("60 Russian soldiers are in Niger.", published="2024-05-04")
        assert (folder / "a.db-wal").stat().st_size > 0
        found = run("claims", "--text", "60 Russian", "--format", "jsonl", "--ledger", protect(folder, "file"))
        assert found.returncode == 0, found.stderr
        assert len(found.stdout.splitlines()) == 1


def test_no_ledger_is_made_where_none_can_be(folder: Path) -> None:
    protect(folder, "folder")
    result = run("add", folder / "a.db", "--ledger", folder / "new.db")
    assert result.returncode == 2
    assert "its folder may not be written" in result.stderr
