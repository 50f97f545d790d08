"""A job from its inputs to its shards: tasks given out, what comes back written down, what is trouble tried again.

A killed job goes on where its manifest ends: its inputs are read again, tasks that are done are passed over.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec

from dateline.bulk.committing import holder_path
from dateline.bulk.copies import Index, read_marks
from dateline.bulk.engine import ENGINES, Engine, EngineOptions, Lost, Result
from dateline.bulk.errors import BulkError, DamagedShardError
from dateline.bulk.manifest import FORMAT, Finished, Job, Manifest, Planned, Redo, Sketched, missing
from dateline.bulk.planning import BYTES, input_files, tasks
from dateline.bulk.settings import Setup
from dateline.bulk.units import Copy, Task, Trouble, Where
from dateline.bulk.working import Done, Marked, marked, marker_path
from dateline.durable import put
from dateline.model import Run, content_id
from dateline.store.captures import pack

TRIES: Final = 3
"""How often a report may break its worker before it is set aside."""

_PATIENCE: Final = 1.0
_LOSSES: Final = 25


def job_of(paths: Iterable[str], setup: Setup, run: Run) -> Job:
    """What identifies a job: names and sizes of its inputs, the run that reads them, and how."""
    given = tuple(paths)
    files = input_files(given)
    sizes = [(str(file), file.stat().st_size if file.is_file() else None) for file in files]
    total = sum(size or 0 for _, size in sizes)
    inputs = content_id("inputs", sizes)
    settings = {
        "hints": msgspec.json.encode(setup.hints).decode(),
        "prefilters": ",".join(setup.prefilters.named),
        "captures": str(setup.captures),
        "tasks": f"{setup.units} units, {BYTES} bytes",
    }
    identifier = content_id("job", FORMAT, run.id, inputs, settings)
    return Job(FORMAT, identifier, run.id, given, len(files), total, inputs, settings)


def refuse_another(known: Job, asked: Job, folder: Path) -> None:
    """BulkError where a folder is of another job than is asked for, naming what differs."""
    if known.id == asked.id:
        return
    if known.format != asked.format:
        reason = f"its format is {known.format}, this dateline writes {asked.format}"
    elif known.inputs != asked.inputs:
        reason = f"its inputs were {known.files} files of {known.bytes:,} bytes, these are {asked.files} of "
        reason += f"{asked.bytes:,} bytes, or have other names"
    elif known.run != asked.run:
        reason = f"it was read by another version ({known.run}, this is {asked.run})"
    else:
        names = [name for name in asked.settings if known.settings.get(name) != asked.settings[name]]
        reason = f"its options differ: {', '.join(names)}"
    raise BulkError(f"{folder} is of another job: {reason}; give another folder for --out")


@dataclass(slots=True)
class Progress:
    """How far a job is. `reached` of `total` bytes of the inputs are done; `began` is the start of this session."""

    total: int
    began: float = field(default_factory=time.monotonic)
    resumed: int = 0
    reached: int = 0
    tasks: int = 0
    marked: int = 0
    reports: int = 0
    session: int = 0
    refused: int = 0
    aside: int = 0
    claims: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def take(self, done: Done, *, now: bool = True) -> None:
        """Count a task; `now` when it was done in this session."""
        counts = done.counts
        self.tasks += 1
        self.reports += counts.reports
        self.session += counts.reports if now else 0
        self.refused += counts.refused
        self.aside += counts.aside
        self.claims += counts.claims
        for name, count in counts.left_out.items():
            self.left_out[name] = self.left_out.get(name, 0) + count

    @property
    def rate(self) -> float:
        """Reports a second in this session."""
        return self.session / max(time.monotonic() - self.began, 1e-6)

    @property
    def left(self) -> float | None:
        """Seconds until the inputs are read, as it went so far; None while that cannot be told."""
        done = self.reached - self.resumed
        if done <= 0 or self.total <= 0:
            return None
        return (time.monotonic() - self.began) * max(0, self.total - self.reached) / done


class Coordinator:
    """Does what of a job is not done. It has the lock of the folder while it is at work."""

    def __init__(self, setup: Setup, job: Job, manifest: Manifest, tell: Callable[[str], None]) -> None:
        """`tell` is told in words what was set aside and what is done again."""
        self._setup = setup
        self._job = job
        self._manifest = manifest
        self._tell = tell
        self._flying: dict[int, Task] = {}
        self._began: dict[int, float] = {}
        self._again: deque[Task] = deque()
        self._copies: dict[int, tuple[Copy, ...]] = {}
        self._tries: dict[int, dict[Where, int]] = {}
        self._losses = 0
        self.progress = Progress(job.bytes)

    def run(self, engine: str, options: EngineOptions, watch: Callable[[Progress], None]) -> Progress:
        """Do all that is left; `watch` is called about once a second. No task that is done is lost."""
        for lost in missing(self._setup.folder, list(self._manifest.state.done.values())):
            self.redo(lost.done.task, "its shard is not there")
        prefilters = self._setup.prefilters
        if prefilters.duplicates or prefilters.copies:
            self._through(self._unmarked(), engine, options, watch)
            self._find_copies()
        self._through(self._fresh(), engine, options, watch)
        self._planned()
        return self.progress

    def _through(
        self, fresh: Iterator[Task], engine: str, options: EngineOptions, watch: Callable[[Progress], None]
    ) -> None:
        """Have tasks done by the workers of an engine; none are started where there is no task."""
        task = next(fresh, None)
        if task is None:
            return
        self.progress.began = time.monotonic()
        self.progress.resumed = self.progress.reached
        workers = ENGINES[engine](self._setup, options)
        try:
            while task is not None or self._flying or self._again:
                task = self._give(workers, task, fresh)
                for found in workers.results(_PATIENCE):
                    self._hear(found)
                watch(self.progress)
        finally:
            workers.close()

    def _unmarked(self) -> Iterator[Task]:
        """The tasks whose reports are not marked yet."""
        for task in self._tasks():
            known = self._manifest.state.marked.get(task.number)
            try:
                if known is not None and known.digest == task.digest:
                    read_marks(self._setup.folder, task.number, known.marks)
                    continue
            except DamagedShardError as error:
                self._tell(f"task {task.number} is marked again: {error}")
            yield replace(task, marking=True)

    def _find_copies(self) -> None:
        """Which reports are copies, told by the marks of all tasks in their order."""
        index = Index(self._setup.prefilters)
        for number, known in sorted(self._manifest.state.marked.items()):
            self._copies[number] = index.copies(read_marks(self._setup.folder, number, known.marks))

    def redo(self, task: int, error: str) -> None:
        """Have a task done again."""
        self._tell(f"task {task} is done again: {error}")
        self._manifest.add(Redo(task, error))

    def _planned(self) -> None:
        count = max(self._manifest.state.done, default=-1) + 1
        if self._manifest.state.planned != count:
            self._manifest.add(Planned(count))

    def _fresh(self) -> Iterator[Task]:
        """The tasks that are not done; those that are must still be of the same inputs."""
        for task in self._tasks():
            known = self._manifest.state.done.get(task.number)
            if known is None:
                yield replace(task, copies=self._copies.get(task.number, ()))
                continue
            if known.done.digest != task.digest:
                raise BulkError(
                    f"the inputs are not what they were: task {task.number} ({task.units[0].path}) has changed; "
                    "give another folder for --out"
                )
            self.progress.take(known.done, now=False)
            self.progress.reached = max(self.progress.reached, task.reached)

    def _tasks(self) -> Iterator[Task]:
        return tasks(self._job.paths, self._setup.hints, self._keep_holder, self._setup.units)

    def _keep_holder(self, data: bytes, sha256: str) -> None:
        path = holder_path(self._setup.folder, sha256)
        if not self._setup.captures or path.exists():
            return
        try:
            put(path, pack(data))
        except OSError as error:
            raise BulkError(f"cannot write {path}: {error.strerror or error}") from error

    def _give(self, workers: Engine, task: Task | None, fresh: Iterator[Task]) -> Task | None:
        """Give out tasks while workers take them: those that were lost first."""
        for _ in range(workers.capacity()):
            if self._again:
                given = self._again.popleft()
            elif task is not None:
                given, task = task, next(fresh, None)
            else:
                break
            self._flying[given.number] = given
            self._began[given.number] = time.monotonic()
            marker_path(self._setup.folder, given.number).unlink(missing_ok=True)
            workers.submit(given)
        return task

    def _hear(self, found: Result) -> None:
        task = self._flying.pop(found.task)
        seconds = time.monotonic() - self._began.pop(found.task)
        if isinstance(found, Lost):
            self._lost(task, found)
            return
        if found.run != self._job.run:
            raise BulkError(
                f"a worker reads as {found.run}, this job is {self._job.run}: install one version everywhere"
            )
        self._losses = 0
        self._tries.pop(task.number, None)
        marker_path(self._setup.folder, task.number).unlink(missing_ok=True)
        if isinstance(found, Marked):
            self._manifest.add(Sketched(found))
            self.progress.marked += 1
            return
        self._manifest.add(Finished(found, seconds))
        self.progress.take(found)
        self.progress.reached = max(self.progress.reached, found.reached)

    def _lost(self, task: Task, lost: Lost) -> None:
        """Have a task tried again, carefully; what has broken its worker too often is set aside."""
        if lost.fatal:
            raise BulkError(lost.error)
        self._losses += 1
        if self._losses >= _LOSSES:
            raise BulkError(f"{self._losses} times in a row a worker was lost: {lost.error}; run again to go on")
        culprit = marked(self._setup.folder, task.number) if task.careful else None
        tries = self._tries.setdefault(task.number, {})
        if not task.careful or culprit is None or culprit.where in {trouble.where for trouble in task.aside}:
            self._again.append(replace(task, careful=True))
            return
        tries[culprit.where] = tries.get(culprit.where, 0 if tries else 1) + 1
        aside = task.aside
        if tries[culprit.where] >= TRIES:
            trouble = Trouble(culprit.where, culprit.reading, f"{TRIES} times its worker was lost: {lost.error}")
            self._tell(f"set aside, {task.units[culprit.where[0]].path}: {trouble.error}")
            aside = (*aside, trouble)
        self._again.append(replace(task, first=culprit.where[0], aside=aside))
