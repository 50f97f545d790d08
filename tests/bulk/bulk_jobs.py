"""Jobs of the tests: reports as JSON Lines, and jobs over them by the light reader of `bulk_work`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import bulk_work
import fakes
from dateline import pipeline
from dateline.bulk import coordinating, job
from dateline.bulk.engine import ENGINES, EngineOptions, Result
from dateline.bulk.job import Outcome, Watch
from dateline.bulk.local import done
from dateline.bulk.settings import Setup
from dateline.bulk.units import Task
from dateline.bulk.working import Worker
from dateline.ledger import Ledger
from dateline.model import Hints
from dateline.store import open_store

WORDS = (
    "The ministry of defence said on Saturday that the soldiers had arrived by air in two groups, and that more of "
    "them would follow before the end of the month. It gave no further details of the mission."
)


def lines(path: Path, count: int, outlets: Mapping[int, str] | None = None) -> Path:
    """A file of so many reports, those named for it of an outlet that breaks the light reader."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            text = f"{fakes.report(number)} {WORDS}"
            record = {"text": text, "title": f"Report {number}", "published": "2024-05-04"}
            record["outlet"] = (outlets or {}).get(number, "The Daily")
            stream.write(json.dumps(record) + "\n")
    return path


class InlineEngine:
    """An engine without processes: a task is done when its result is asked for. What breaks it breaks the test."""

    def __init__(self, setup: Setup, _options: EngineOptions) -> None:
        self._worker = Worker(setup)
        self._task: Task | None = None

    def capacity(self) -> int:
        return int(self._task is None)

    def submit(self, task: Task) -> None:
        self._task = task

    def results(self, _wait: float) -> Sequence[Result]:
        task, self._task = self._task, None
        return [] if task is None else [done(self._worker, task)]

    def workers(self) -> Sequence[int]:
        return []

    def close(self) -> None:
        self._task = None


def setup(folder: Path, **given: object) -> Setup:
    """Tasks of eight reports, by the light reader."""
    made = Setup(folder, "", Hints(), program=bulk_work.PROGRAM, units=8, seconds=20.0)
    return replace(made, **given)  # type: ignore[arg-type]


def run(  # noqa: PLR0913
    inputs: Sequence[Path],
    folder: Path,
    ledger: Path | None = None,
    *,
    jobs: int = 1,
    told: list[str] | None = None,
    engine: str = "inline",
    **given: object,
) -> Outcome:
    """A job run to its end."""
    words = (lambda _: None) if told is None else told.append
    store = None if ledger is None else open_store(ledger, create=True)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(coordinating, "ENGINES", {**ENGINES, "inline": InlineEngine})
            asked = setup(folder, **given)
            return job.run([str(one) for one in inputs], asked, engine, EngineOptions(jobs), store, Watch(words))
    finally:
        if store is not None:
            store.close()


def added(inputs: Sequence[Path], ledger: Path, **given: str) -> Path:
    """What `dateline add` makes of the inputs by the same light reader."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "extract_claims", bulk_work.extract)
        patch.setattr(pipeline, "current_run", bulk_work.run)
        with Ledger(ledger) as found:
            found.add(*inputs, **given)  # type: ignore[arg-type]
            found.rebuild()
    return ledger
