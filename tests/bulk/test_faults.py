"""What a job survives: reports that break their workers, kills of anyone, damaged shards, a full disk, a second job."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from bulk_jobs import added, lines, run

import bulk_work
from dateline.bulk import job, shards
from dateline.bulk.errors import BulkError
from dateline.bulk.local import LocalEngine
from dateline.bulk.manifest import NAME, read_state
from dateline.bulk.settings import Program
from dateline.store import open_store
from ledgers import rows, whole

KILLS = int(os.environ.get("DATELINE_KILLS", "12"))


@pytest.mark.parametrize(
    ("outlet", "reason"),
    [
        ("exits", "ended with status 3"),
        ("segfaults", "SIGSEGV"),
        ("raises", "MemoryError: no memory left"),
        ("hangs", "took too long"),
    ],
)
def test_a_poisonous_report_is_set_aside_and_its_batch_kept(outlet: str, reason: str, tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 20, {11: outlet})
    told: list[str] = []
    found = run(
        [reports],
        tmp_path / "s",
        tmp_path / "b.db",
        engine="local",
        told=told,
        seconds=8.0 if outlet == "hangs" else 20.0,
    )
    assert found.progress.aside == 1
    assert found.progress.reports == 20
    assert found.kept is not None and found.kept.new == 19
    assert len(told) == 1 and "3 times its worker was lost" in told[0] and reason in told[0]
    (issue,) = rows(tmp_path / "b.db", "issues")["issues"]
    assert issue[1] == "set_aside" and reason in issue[2] and issue[4] == str(reports)
    assert whole(tmp_path / "b.db") == []


def test_two_poisonous_reports_in_one_batch(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 10, {2: "exits", 5: "raises"})
    found = run([reports], tmp_path / "s", tmp_path / "b.db", engine="local")
    assert (found.progress.aside, found.kept and found.kept.new) == (2, 8)


def test_a_worker_that_breaks_once_costs_no_report(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 10, {4: f"once {tmp_path / 'mark'}"})
    found = run([reports], tmp_path / "s", tmp_path / "b.db", engine="local")
    assert (tmp_path / "mark").exists()
    assert (found.progress.aside, found.kept and found.kept.new) == (0, 10)


def test_workers_that_cannot_begin_end_the_job_and_say_why(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 2)
    with pytest.raises(BulkError, match=r"no worker can be started: .*no model here"):
        run([reports], tmp_path / "s", engine="local", program=Program(bulk_work.run_here_only, bulk_work.extract))


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 24, {number: "slow 0.05" for number in range(24)})
    killed: list[int] = []
    started = LocalEngine.results

    def results(engine: LocalEngine, wait: float) -> object:
        found = started(engine, min(wait, 0.3))
        if len(killed) < 2 and engine.capacity() < 2:
            os.kill(engine.workers()[0], signal.SIGKILL)
            killed.append(engine.workers()[0])
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LocalEngine, "results", results)
        found = run([reports], tmp_path / "s", tmp_path / "b.db", jobs=2, engine="local")
    assert len(killed) == 2
    assert found.kept is not None and found.kept.new == 24
    assert rows(tmp_path / "b.db") == rows(added([reports], tmp_path / "a.db"))


_JOB = """
import sys
from pathlib import Path
from bulk_jobs import run
if __name__ == "__main__":
    run([Path(sys.argv[1])], Path(sys.argv[2]), Path(sys.argv[3]), jobs=2, units=2, engine=sys.argv[4])
"""


def _started(reports: Path, folder: Path, ledger: Path, engine: str) -> subprocess.Popen[bytes]:
    script = folder.parent / "job.py"
    script.write_text(_JOB)
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script), str(reports), str(folder), str(ledger), engine],
        env=os.environ | {"PYTHONPATH": path},
        stderr=subprocess.DEVNULL,
    )


def test_coordinator_and_committer_killed_at_random_points(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 60, {number: "slow 0.03" for number in range(60)})
    folder, ledger = tmp_path / "s", tmp_path / "b.db"
    chance = Random(9)
    seen: set[int] = set()
    kills = 0
    for number in range(KILLS):
        before = set(read_state(folder).done) if folder.exists() else set()
        child = _started(reports, folder, ledger, "local" if number % 3 == 0 else "inline")
        _wait_for_more(folder, before, child)
        time.sleep(chance.uniform(0.0, 0.4))
        kills += child.poll() is None
        child.kill()
        child.wait(10)
        done = set(read_state(folder).done)
        assert before <= done, "a task that was done is no longer"
        seen |= done
        if ledger.exists() and ledger.stat().st_size:
            assert whole(ledger) == []
    assert kills >= min(KILLS, 5)
    last = _started(reports, folder, ledger, "local")
    assert last.wait(120) == 0
    assert rows(ledger) == rows(added([reports], tmp_path / "a.db"))
    assert not list(folder.glob("shards/*/.*.part"))


def _wait_for_more(folder: Path, before: set[int], child: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up and child.poll() is None:
        if (folder / NAME).exists() and (folder / NAME).stat().st_size:
            state = read_state(folder)
            if set(state.done) - before or state.is_whole:
                return
        time.sleep(0.01)


def test_damaged_and_missing_shards_are_told_and_their_tasks_done_again(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 40)
    folder = tmp_path / "s"
    run([reports], folder)
    first, second, third, *_ = sorted(folder.glob("shards/*/*.shard"))
    torn, flipped = first.read_bytes(), bytearray(second.read_bytes())
    first.write_bytes(torn[: len(torn) // 2])
    flipped[len(flipped) // 2] ^= 1
    second.write_bytes(flipped)
    third.unlink()
    told: list[str] = []
    found = run([reports], folder, tmp_path / "b.db", told=told)
    assert sorted(words.partition(" is done again")[0] for words in told) == ["task 0", "task 1", "task 2"]
    assert found.kept is not None and found.kept.new == 40
    assert rows(tmp_path / "b.db") == rows(added([reports], tmp_path / "a.db"))


def test_a_commit_alone_refuses_a_damaged_shard_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    run([lines(tmp_path / "in.jsonl", 16)], folder)
    shard = sorted(folder.glob("shards/*/*.shard"))[1]
    shard.write_bytes(shard.read_bytes()[:-1])
    store = open_store(tmp_path / "b.db", create=True)
    with pytest.raises(BulkError, match=r"1 damaged: .*0000001-.*another hash; give the archives again"):
        job.commit(folder, store)
    store.close()


def test_damaged_lines_of_the_manifest_are_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    reports = lines(tmp_path / "in.jsonl", 40)
    run([reports], folder)
    manifest = folder / NAME
    kept = manifest.read_bytes().splitlines(keepends=True)
    kept[2] = kept[2].replace(b'"claims":24', b'"claims":25')
    manifest.write_bytes(b"".join(kept)[:-30])
    assert read_state(folder).damaged == 2
    told: list[str] = []
    found = run([reports], folder, tmp_path / "b.db", told=told)
    assert told == ["2 damaged lines of the manifest passed over: their tasks are done again"]
    assert found.state.is_whole and found.kept is not None and found.kept.new == 40
    assert found.progress.session == 8


def test_every_bit_of_a_shard_counts(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    found = run([lines(tmp_path / "in.jsonl", 3)], folder)
    done = found.state.done[0].done
    path = shards.shard_path(folder, 0, done.shard)
    data = path.read_bytes()
    assert len(shards.read_shard(folder, 0, done.shard).rows) == 3
    chance = Random(4)
    for _ in range(200):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(BulkError):
            shards.read_shard(folder, 0, done.shard)


def test_a_full_disk_leaves_no_half_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BulkError, match=r"cannot write .*shard: No space left on device"):
        shards.write_shard(tmp_path, 3, b"some bytes")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_disk_that_is_full_for_a_worker_ends_the_job_and_nothing_is_set_aside(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 10)
    folder = tmp_path / "s"
    with pytest.raises(BulkError, match=r"No space left on device"):
        run([reports], folder, engine="local", program=Program(bulk_work.run_without_space, bulk_work.extract))
    assert read_state(folder).done == {}
    assert run([reports], folder, tmp_path / "b.db").progress.aside == 0


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "s"
    with job.opened(folder):
        yield folder


def test_two_jobs_on_one_folder_are_refused(busy: Path, tmp_path: Path) -> None:
    with pytest.raises(BulkError, match=r"another job is at work in .*: wait for it"):
        run([lines(tmp_path / "in.jsonl", 2)], busy)


def test_a_folder_of_another_job_is_refused_and_says_what_differs(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    reports, others = lines(tmp_path / "in.jsonl", 2), lines(tmp_path / "other.jsonl", 3)
    run([reports], folder)
    with pytest.raises(BulkError, match=r"is of another job: its inputs were 1 files of .* give another folder"):
        run([reports, others], folder)
    with pytest.raises(BulkError, match=r"read by another version \(run-1, this is run-2\)"):
        run([reports], folder, program=Program(bulk_work.other_run, bulk_work.extract))
    with pytest.raises(BulkError, match=r"its options differ: captures"):
        run([reports], folder, captures=False)


def test_inputs_that_change_under_a_job_are_refused(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 20)
    run([reports], tmp_path / "s")
    reports.write_bytes(reports.read_bytes().replace(b"Report 12", b"Report 21"))
    with pytest.raises(BulkError, match=r"the inputs are not what they were: task 0 \(.*in\.jsonl\) has changed"):
        run([reports], tmp_path / "s")


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 20)
    first = run([reports], tmp_path / "s", tmp_path / "b.db")
    again = run([reports], tmp_path / "s", tmp_path / "b.db")
    assert (first.progress.session, again.progress.session) == (20, 0)
    assert again.kept is not None and (again.kept.new, again.kept.known) == (0, 20)
    connection = sqlite3.connect(tmp_path / "b.db")
    assert connection.execute("SELECT count(*) FROM entries").fetchone() == (20,)
    connection.close()


def test_the_same_task_is_the_same_shard(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 20)
    run([reports], tmp_path / "one")
    run([reports], tmp_path / "two", jobs=2)
    names = [sorted(path.name for path in (tmp_path / name).glob("shards/*/*")) for name in ("one", "two")]
    assert names[0] == names[1] and len(names[0]) == 3
