"""Inputs to tasks: always the same ones, bounded, and it is known how far they are."""

from __future__ import annotations

from pathlib import Path

from bulk_jobs import lines

import web_archives
from dateline.bulk import planning
from dateline.bulk.coordinating import Progress
from dateline.bulk.planning import tasks
from dateline.bulk.units import PageUnit, Task, size_of
from dateline.model import Hints


def _tasks(*paths: Path, most: int = 5) -> list[Task]:
    return list(tasks(paths, Hints(), lambda _data, _sha256: None, most))


def test_the_same_inputs_are_the_same_tasks(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 23)
    (tmp_path / "a.warc.gz").write_bytes(web_archives.two_pages().data)
    first, second = _tasks(tmp_path), _tasks(tmp_path)
    assert first == second
    assert len({task.digest for task in first}) == len(first)
    assert [task.number for task in first] == list(range(len(first)))
    reports.write_text(reports.read_text().replace("Report 22", "Report 2!"))
    assert _tasks(tmp_path)[-1].digest != first[-1].digest


def test_how_far_tasks_are_ascends_to_the_size_of_the_inputs(tmp_path: Path) -> None:
    reports = lines(tmp_path / "in.jsonl", 23)
    reached = [task.reached for task in _tasks(reports)]
    assert reached == sorted(reached) and len(set(reached)) == len(reached)
    assert reached[0] < reports.stat().st_size / 3
    assert reached[-1] == reports.stat().st_size


def test_a_task_is_bounded_in_bytes(tmp_path: Path) -> None:
    archive = web_archives.Archive()
    for number in range(6):
        archive.add(
            f"https://news.example/{number}", web_archives.page("Long", " ".join(map(str, range(number, 250_000))))
        )
    (tmp_path / "a.warc.gz").write_bytes(archive.data)
    found = _tasks(tmp_path / "a.warc.gz", most=64)
    pages = [sum(isinstance(unit, PageUnit) for unit in task.units) for task in found]
    assert pages == [2, 2, 2]
    assert all(sum(map(size_of, task.units)) <= planning.BYTES for task in found)


def test_time_left_goes_by_the_bytes_of_this_session() -> None:
    progress = Progress(1000, began=0.0, resumed=400, reached=400)
    assert progress.left is None
    progress.reached = 700
    left = progress.left
    assert left is not None and left > 0
    progress.reached = 1000
    assert progress.left == 0
