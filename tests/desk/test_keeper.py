"""The keeper of a desk: derives and reads in a process of its own, whatever breaks."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dateline
from dateline.desk import Desk
from dateline.desk.jobs import Job, JobState, Limits, Outcome, TooMuchError, Upload
from dateline.desk.keeper import DirectKeeper
from dateline.desk.keeper_process import KeeperProcess, Pace
from dateline.desk.spool import Spool, Stored, plain_name
from dateline.judging import Judging
from dateline.ledger import Ledger
from dateline.model import Hints
from dateline.store import Store, open_store
from dateline.store.moments import now

SOURCE = Path(dateline.__file__).resolve().parent.parent
CHAD = "N'DJAMENA, Jan 8 (Reuters) - France withdrew 400 soldiers from Chad on Monday, the army said."
NIGER = "The United States has about 1,000 troops in Niger, a Pentagon spokesman said on Tuesday."
QUICK = Pace(poll=0.05, settled=0.05, patience=1.0, idle=300.0, retry=0.05)
GIVEN = Hints(published="2025-01-08", outlet="The Daily")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An open ledger without a report; temporary folders of the test are its own."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    opened = open_store(tmp_path / "ledger.db", create=True)
    yield opened
    opened.close()


def until(true: Callable[[], object], seconds: float = 180) -> None:
    """Wait for something."""
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.02)


def over(keeper: KeeperProcess, job: Job) -> Job:
    """The job when it is over."""
    until(lambda: (found := keeper.job(job.id)) is not None and found.is_over)
    found = keeper.job(job.id)
    assert found is not None
    return found


def upload(name: str, data: bytes) -> Upload:
    return Upload(name, io.BytesIO(data))


def pids(keeper: KeeperProcess) -> int:
    worker = keeper._worker
    assert worker is not None
    return worker.pid


def test_reads_text_and_derives(store: Store) -> None:
    with KeeperProcess(store, pace=QUICK) as keeper:
        job = over(keeper, keeper.add_text(CHAD, GIVEN, "ada"))
        assert (job.state, job.total, job.done, job.by) == (JobState.DONE, 1, 1, "ada")
        assert job.counts == {Outcome.NEW: 1} and job.claims > 0 and job.documents
        assert keeper.bring_up_to_date(120)
        view = Desk(store, keeper).view
        assert view.document(job.documents[0]).outlet == "The Daily"
        assert view.events().total + view.presences().total > 0
        again = over(keeper, keeper.add_text(CHAD, GIVEN, "ada"))
        assert again.counts == {Outcome.KNOWN: 1} and again.summary.startswith("1 known already")


def test_bad_files_are_told_and_the_rest_goes_on(store: Store) -> None:
    with KeeperProcess(store, pace=QUICK) as keeper:
        files = [
            upload("empty.txt", b""),
            upload("../../picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
            upload("broken.jsonl", b'{"text": \n{"text": "x"'),
            upload("latin.txt", NIGER.encode("latin-1") + b" d\xe9j\xe0 vu"),
            upload("page.html", b"<html><body><script>alert(1)</script></body></html>"),
        ]
        job = over(keeper, keeper.add_files(files, Hints(published="2024-05-03"), "ada"))
        assert job.state is JobState.DONE
        assert job.files[1] == "picture.png"
        outcomes = {told.file: told.outcome for told in job.reports}
        assert outcomes["latin.txt"] is Outcome.NEW
        assert {outcomes[name] for name in job.files if name != "latin.txt"} == {Outcome.REFUSED}
        assert all(told.issues for told in job.reports if told.outcome is Outcome.REFUSED)
        paths = [issue.path for issue in Desk(store, keeper).view.issues().rows if issue.path]
        assert paths and not any("/" in path for path in paths)


def test_a_worker_that_is_killed_is_replaced_and_the_job_goes_on(store: Store) -> None:
    lines = "\n".join(f'{{"text": "{NIGER.replace("1,000", f"1,{n:03}")}", "date": "2024-05-03"}}' for n in range(40))
    with KeeperProcess(store, pace=QUICK) as keeper:
        job = keeper.add_files([upload("many.jsonl", lines.encode())], Hints(), "ada")
        until(lambda: (found := keeper.job(job.id)) is not None and found.done > 2)
        os.kill(pids(keeper), signal.SIGKILL)
        done = over(keeper, job)
        assert done.state is JobState.DONE and done.total == done.done == 40
        assert done.counts[Outcome.KNOWN] >= 3 and set(done.counts) == {Outcome.NEW, Outcome.KNOWN}


def test_a_file_that_breaks_the_worker_twice_is_refused(store: Store) -> None:
    lines = "\n".join(f'{{"text": "{NIGER.replace("1,000", f"2,{n:03}")}", "date": "2024-05-03"}}' for n in range(60))
    with KeeperProcess(store, pace=QUICK) as keeper:
        files = [
            upload("first.txt", CHAD.encode()),
            upload("bad.jsonl", lines.encode()),
            upload("last.txt", b"Niamey."),
        ]
        job = keeper.add_files(files, GIVEN, "ada")
        for _ in range(2):
            until(lambda: keeper._worker is not None and (found := keeper.job(job.id)) is not None and found.done > 1)
            os.kill(pids(keeper), signal.SIGKILL)
            until(lambda: (found := keeper.job(job.id)) is not None and found.state is JobState.WAITING)
        done = over(keeper, job)
        assert done.state is JobState.DONE
        refused = [told for told in done.reports if told.outcome is Outcome.REFUSED]
        assert [told.file for told in refused] == ["bad.jsonl"] and "broke the reading process" in refused[0].issues[0]
        assert {told.file for told in done.reports} == {"first.txt", "bad.jsonl", "last.txt"}


def test_what_another_program_adds_is_derived(store: Store) -> None:
    with KeeperProcess(store, pace=QUICK) as keeper:
        report = Path(store.name).parent / "report.txt"
        report.write_text(NIGER)
        command = [sys.executable, "-W", "ignore", "-m", "dateline", "add", str(report)]
        command += ["--published", "2024-05-03", "--ledger", store.name]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(SOURCE)}, capture_output=True)
        until(Desk(store, keeper).is_current)
        assert Desk(store, keeper).view.presences().total == 1


def test_many_askings_come_to_few_derivations(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(store.name) as ledger:
        ledger.add_text(NIGER, published="2024-05-03")
        claim = ledger.claims()[0].id
    with KeeperProcess(store, pace=QUICK) as keeper:
        heard: list[object] = []
        hear = keeper._derived
        monkeypatch.setattr(keeper, "_derived", lambda problem: (heard.append(problem), hear(problem))[1])
        assert keeper.bring_up_to_date(120)
        worker = pids(keeper)
        os.kill(worker, signal.SIGSTOP)
        try:
            for number in range(30):
                Judging(store, "ada", now).note(claim, f"note {number}")
                keeper.bring_up_to_date(0)
        finally:
            os.kill(worker, signal.SIGCONT)
        assert keeper.bring_up_to_date(120)
        assert 1 < len(heard) < 5 and set(heard) == {None}
    assert Desk(store).is_current()


def test_an_idle_worker_ends_and_comes_back(store: Store) -> None:
    with Ledger(store.name) as ledger:
        ledger.add_text(NIGER, published="2024-05-03")
        claim = ledger.claims()[0].id
    with KeeperProcess(store, pace=Pace(poll=0.05, settled=0.05, idle=0.2)) as keeper:
        assert keeper._worker is None or not Desk(store, keeper).is_current()
        assert keeper.bring_up_to_date(120)
        first = pids(keeper)
        until(lambda: keeper._worker is None, 60)
        assert not Path(f"/proc/{first}").exists()
        assert keeper.problem is None
        Judging(store, "ada", now).reject(claim, reason="no")
        assert keeper.bring_up_to_date(120)
        assert Desk(store, keeper).view.presences().total == 0


def test_close_leaves_no_process_and_no_file(store: Store, tmp_path: Path) -> None:
    keeper = KeeperProcess(store, pace=QUICK)
    over(keeper, keeper.add_text("Nothing of note.", Hints(), "ada"))
    process = pids(keeper)
    keeper.close()
    keeper.close()
    assert not Path(f"/proc/{process}").exists()
    assert not list((tmp_path / "tmp").iterdir())
    with pytest.raises(TooMuchError, match="closing"):
        keeper.add_text("x", Hints(), "ada")


def test_what_a_server_did_not_read_the_next_one_reads(store: Store, tmp_path: Path) -> None:
    keeper = KeeperProcess(store, pace=QUICK)
    jobs = [keeper.add_text(f"{NIGER} {number}", Hints(published="2024-05-03"), "ada") for number in range(3)]
    keeper.close()
    assert list((tmp_path / "tmp").glob("dateline-*"))
    with KeeperProcess(store, pace=QUICK) as following:
        for job in jobs:
            if following.job(job.id) is not None:
                assert over(following, job).counts.keys() <= {Outcome.NEW, Outcome.KNOWN}
        assert following.jobs()
        assert Desk(store, following).view.documents().total == 3
    assert not list((tmp_path / "tmp").iterdir())


def test_the_worker_ends_with_a_server_that_is_killed(store: Store, tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "from dateline.store import open_store\n"
        "from dateline.desk.keeper_process import KeeperProcess\n"
        "from dateline.model import Hints\n"
        "keeper = KeeperProcess(open_store(sys.argv[1], create=False))\n"
        "keeper.add_text('Niamey.', Hints(), 'ada')\n"
        "while keeper._worker is None: time.sleep(0.01)\n"
        "print(keeper._worker.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(tmp_path / "tmp")}
    server = subprocess.Popen([sys.executable, "-c", script, store.name], stdout=subprocess.PIPE, env=environment)
    assert server.stdout is not None
    worker = int(server.stdout.readline())
    server.kill()
    server.wait()
    server.stdout.close()
    until(lambda: not _runs(worker), 60)
    with KeeperProcess(store, pace=QUICK) as keeper:
        until(lambda: keeper.jobs() and keeper.jobs()[0].is_over)
        assert Desk(store, keeper).view.documents().total == 1


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_failing_derivation_is_told_and_tried_again(store: Store) -> None:
    with Ledger(store.name) as ledger:
        ledger.add_text(NIGER, published="2024-05-03")
    other = sqlite3.connect(store.name, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with KeeperProcess(store, pace=QUICK) as keeper:
        assert not keeper.bring_up_to_date(1)
        until(lambda: keeper.problem is not None)
        assert "another program has been writing" in (keeper.problem or "")
        other.execute("ROLLBACK")
        assert keeper.bring_up_to_date(60)
        assert keeper.problem is None
    other.close()


def test_limits(store: Store, tmp_path: Path) -> None:
    limits = Limits(file_bytes=10, files=2, job_bytes=15, waiting=1)
    with KeeperProcess(store, limits, Pace(poll=60)) as keeper:
        with pytest.raises(TooMuchError, match="in one file"):
            keeper.add_files([upload("a.txt", b"x" * 11)], Hints(), "ada")
        with pytest.raises(TooMuchError, match="at most 2"):
            keeper.add_files([upload("a", b"x")] * 3, Hints(), "ada")
        with pytest.raises(TooMuchError, match="at once"):
            keeper.add_files([upload("a", b"x" * 9), upload("b", b"x" * 9)], Hints(), "ada")
        with pytest.raises(TooMuchError, match="nothing"):
            keeper.add_files([], Hints(), "ada")
        assert not keeper.jobs()
        assert not [path for path in next((tmp_path / "tmp").iterdir()).iterdir() if path.is_dir()]


def test_a_stranger_s_folder_is_not_taken_over(store: Store, tmp_path: Path) -> None:
    planted = Spool(store.name, Limits())
    planted.keep(Stored("job-1", "eve", "2024-05-03T00:00:00Z", Hints()), [upload("a.txt", b"planted")])
    os.close(planted._lock or 0)
    planted.folder.chmod(0o777)
    assert not Spool(store.name, Limits()).left()
    planted.folder.chmod(0o700)
    assert [stored.id for stored in Spool(store.name, Limits()).left()] == ["job-1"]


@pytest.mark.parametrize("name", ["a\nb.txt", "‮txt.exe", "\x00", "", "..", "/", "x" * 1000 + ".html", "\x1b[31m"])
def test_names_of_files_are_made_plain(name: str) -> None:
    plain = plain_name(name)
    assert plain and plain.isprintable() and "/" not in plain and len(plain) <= 120


def test_direct_keeper_in_memory() -> None:
    store = open_store(":memory:", create=True)
    keeper = DirectKeeper(store)
    job = keeper.add_text(CHAD, GIVEN, "ada")
    assert job.state is JobState.DONE and keeper.job(job.id) == job and keeper.jobs() == (job,)
    assert Desk(store, keeper).is_current() and keeper.bring_up_to_date(1)
    keeper.close()
    store.close()
