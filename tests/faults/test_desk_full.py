"""What was given to a desk is read in the end, whatever the disk says meanwhile."""

from __future__ import annotations

import io
import sqlite3
import time
from pathlib import Path

import pytest

from dateline.desk.jobs import JobState, Limits, Outcome, TooMuchError, Upload
from dateline.desk.keeper_process import KeeperProcess, Pace
from dateline.desk.spool import Spool, Stored
from dateline.model import Hints
from dateline.store import open_store

QUICK = Pace(poll=0.05, settled=0.05, patience=1.0, idle=300.0, retry=0.1, slowest=0.5)
CHAD = "N'DJAMENA, Jan 8 (Reuters) - France withdrew 400 soldiers from Chad on Monday, the army said."


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))


def test_a_job_that_cannot_be_written_waits_until_it_can(tmp_path: Path) -> None:
    """A captures folder that is a file stands for any disk that takes nothing more: adding fails, reading does not."""
    store = open_store(tmp_path / "a.db", create=True)
    blocked = Path(f"{tmp_path / 'a.db'}.captures")
    blocked.write_text("in the way", encoding="utf-8")
    with KeeperProcess(store, pace=QUICK) as keeper:
        job = keeper.add_text(CHAD, Hints(published="2025-01-08"), "ada")
        give_up = time.monotonic() + 120
        while (found := keeper.job(job.id)) is not None and found.problem is None and time.monotonic() < give_up:
            time.sleep(0.02)
        assert found is not None and found.problem is not None and "cannot keep the capture" in found.problem
        assert not found.is_over
        blocked.unlink()
        while (found := keeper.job(job.id)) is not None and not found.is_over and time.monotonic() < give_up:
            time.sleep(0.02)
        assert found is not None and (found.state, found.problem) == (JobState.DONE, None)
        assert found.counts == {Outcome.NEW: 1}
    with sqlite3.connect(tmp_path / "a.db") as raw:
        assert raw.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    raw.close()
    store.close()


def test_what_cannot_be_spooled_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(28, "No space left on device")

    spool = Spool(str(tmp_path / "a.db"), Limits())
    with pytest.raises(TooMuchError, match="cannot be kept here: No space left on device"):
        spool.keep(Stored("job-1", "ada", "2024", Hints()), [Upload("a.txt", Full(b"x"))])
    assert not (spool.folder / "job-1").exists()
    spool.close()


def test_a_take_over_that_was_interrupted_loses_no_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Spool(str(tmp_path / "a.db"), Limits())
    first.keep(Stored("job-1", "ada", "2024", Hints()), [Upload("a.txt", io.BytesIO(CHAD.encode()))])
    first.close()
    second = Spool(str(tmp_path / "a.db"), Limits())
    kept = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        kept(path, b"")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr("dateline.desk.spool.os.fsync", lambda _handle: full(second.folder / "note", b""))
    with pytest.raises(OSError, match="No space"):
        second.left()
    monkeypatch.undo()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    second.close()
    third = Spool(str(tmp_path / "a.db"), Limits())
    (stored,) = third.left()
    assert Path(stored.files[0].path).read_bytes() == CHAD.encode()
    third.forget("job-1")
    third.close()
