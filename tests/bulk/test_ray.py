"""The engine of Ray, on a real Ray of this machine with two workers, one of which is killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from bulk_jobs import added, lines, run

from ledgers import rows, whole

pytest.importorskip("ray", reason="Ray is not installed: pip install 'dateline[ray]'")

from dateline.bulk.engine import Lost, Result  # noqa: E402
from dateline.bulk.errors import BulkError  # noqa: E402
from dateline.bulk.on_ray import RayEngine  # noqa: E402


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of its own for Ray: sockets have short names, and nothing of another run is met."""
    folder = tempfile.mkdtemp(prefix="dl-", dir="/tmp")
    monkeypatch.setenv("RAY_TMPDIR", folder)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.usefixtures("short")
def test_two_workers_one_killed_in_the_middle_and_a_poisonous_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = lines(tmp_path / "in.jsonl", 40, {number: "slow 0.05" for number in range(40)} | {21: "exits"})
    killed: list[int] = []
    lost: list[Lost] = []
    results = RayEngine.results

    def watched(engine: RayEngine, wait: float) -> Sequence[Result]:
        found = results(engine, min(wait, 0.3))
        lost.extend(one for one in found if isinstance(one, Lost))
        if not killed and len(engine.workers()) == 2 and engine.capacity() == 0:
            killed.append(engine.workers()[0])
            os.kill(killed[0], signal.SIGKILL)
        return found

    monkeypatch.setattr(RayEngine, "results", watched)
    told: list[str] = []
    try:
        found = run([reports], tmp_path / "s", tmp_path / "b.db", engine="ray", jobs=2, told=told)
    except BulkError as error:
        if "Ray cannot be reached or started" not in str(error):
            raise
        pytest.skip(f"this machine is too busy for Ray, which waits 15 seconds for its agent: {error}")
    assert len(killed) == 1
    assert len(lost) >= 4, "the killed worker, and three times the report that ends its own"
    assert (found.progress.aside, len(told)) == (1, 1)
    assert found.kept is not None and found.kept.new == 39
    assert whole(tmp_path / "b.db") == []
    rest = tmp_path / "rest.jsonl"
    rest.write_text("".join(line for line in reports.open() if '"exits"' not in line))
    assert rows(tmp_path / "b.db", "claims") == rows(added([rest], tmp_path / "a.db"), "claims")
