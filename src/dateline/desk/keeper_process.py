"""A keeper whose work is done by a process of its own: started when it is needed, ended when it is idle.

A thread watches: it looks once a second whether anything was added (also by another program), and gives the worker
one derivation at a time, however many ask for it. A worker that breaks is started again; a file that breaks it twice
is refused and the rest of its job goes on.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Condition, Thread
from types import TracebackType

from dateline import reconcile
from dateline.desk.jobs import Job, JobState, Limits, Outcome, Taken, TooMuchError, Upload
from dateline.desk.keeper import begun, forget_old, new_id, pasted, told
from dateline.desk.messages import Began, Counted, Derive, Derived, Finished, Read, Report, Took
from dateline.desk.spool import Spool, Stored
from dateline.desk.worker import Worker
from dateline.model import Hints
from dateline.store import LedgerError, Store
from dateline.store.moments import now
from dateline.store.state import state_of


@dataclass(frozen=True, slots=True)
class Pace:
    """How a keeper goes about it, in seconds.

    It looks every `poll`; what another program adds is derived when nothing came for `settled`, at the latest after
    `patience`; a worker without work ends after `idle`. A worker that broke, or a derivation that failed, is tried
    again after `retry`, twice that after another failure, and so on up to `slowest`.
    """

    poll: float = 1.0
    settled: float = 2.0
    patience: float = 15.0
    idle: float = 300.0
    retry: float = 1.0
    slowest: float = 120.0


@dataclass(slots=True)
class _Reading:
    """A job that is not over: what it was at the beginning of its present file, and how often that broke a worker."""

    stored: Stored
    file: int = 0
    before: Job | None = None
    breaks: int = 0


class KeeperProcess:
    """The keeper of a ledger in a file. `close` it, or use it in a `with`."""

    def __init__(self, store: Store, limits: Limits | None = None, pace: Pace | None = None) -> None:
        self._store = store
        self._limits = limits or Limits()
        self._pace = pace or Pace()
        self._spool = Spool(store.name, self._limits)
        self._changed = Condition()
        self._jobs: dict[str, Job] = {}
        self._waiting: dict[str, _Reading] = {}
        self._current: str | None = None
        self._worker: Worker | None = None
        self._ended = False
        self._ending = False
        self._deriving = False
        self._wanted = False
        self._closing = False
        self._failures = 0
        self._not_before = 0.0
        self._active = self._heard = time.monotonic()
        self._seen: tuple[int, float, float] | None = None
        self.problem: str | None = None
        for stored in self._spool.left():
            self._enter(stored)
        self._watcher = Thread(target=self._watch, name="keeper", daemon=True)
        self._watcher.start()

    def __enter__(self) -> KeeperProcess:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def bring_up_to_date(self, wait: float = 0.0) -> bool:
        """Ask for a derivation; whether all that was there at the call is derived within `wait` seconds."""
        current, target = self._marks()
        if current >= target:
            return True
        give_up = time.monotonic() + wait
        with self._changed:
            self._wanted = True
            self._changed.notify_all()
            while not self._closing:
                left = give_up - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
                if self._marks()[0] >= target:
                    return True
        return False

    def add_text(self, text: str, given: Hints, by: str) -> Job:
        """Have one report read."""
        return self.add_files([pasted(text)], given, by)

    def add_files(self, uploads: Sequence[Upload], given: Hints, by: str) -> Job:
        """Have the reports of files read, after those that were given before."""
        with self._changed:
            if self._closing:
                raise TooMuchError("the desk is closing: add this again when it is open")
            if len(self._waiting) >= self._limits.waiting:
                raise TooMuchError(f"{len(self._waiting)} additions are waiting to be read: try again in a while")
        stored = self._spool.keep(Stored(new_id(), by, now(), given), uploads)
        with self._changed:
            job = self._enter(stored)
            self._changed.notify_all()
        return job

    def job(self, identifier: str) -> Job | None:
        """The job of an id, as it stands."""
        return self._jobs.get(identifier)

    def jobs(self) -> tuple[Job, ...]:
        """The latest jobs, newest first."""
        with self._changed:
            return tuple(reversed(self._jobs.values()))

    def close(self) -> None:
        """End the worker: a report that is being read may be finished, what waits is kept for the next time."""
        with self._changed:
            if self._closing:
                return
            self._closing = True
            self._changed.notify_all()
        self._watcher.join()
        if self._worker is not None:
            self._worker.close()
        self._spool.close()

    def _enter(self, stored: Stored) -> Job:
        job = self._jobs[stored.id] = begun(stored)
        self._waiting[stored.id] = _Reading(stored)
        forget_old(self._jobs)
        return job

    # the watching thread

    def _watch(self) -> None:
        while True:
            with self._changed:
                if self._closing:
                    return
                try:
                    self._step(time.monotonic())
                except (LedgerError, OSError) as error:
                    self._failed(str(error), time.monotonic())
                self._changed.wait(self._pace.poll)

    def _step(self, moment: float) -> None:
        """Look at everything once and start what is due."""
        if self._ended:
            self._after_end(moment)
        current, last = self._marks()
        if moment < self._not_before:
            return
        if current < last and not self._deriving and self._is_due(last, moment):
            worker = self._started()
            self._wanted, self._deriving = False, True
            worker.send(Derive())
        if self._current is None and self._waiting:
            self._begin(next(iter(self._waiting.values())))
        if current >= last:
            self._seen, self._wanted = None, False
        self._guard(moment)

    def _is_due(self, last: int, moment: float) -> bool:
        """Whether to derive now: somebody waits for it, or what came has settled."""
        if self._seen is None:
            self._seen = (last, moment, moment)
        if last != self._seen[0]:
            self._seen = (last, moment, self._seen[2])
        _, newest, first = self._seen
        pace = self._pace
        return self._wanted or moment - newest >= pace.settled or moment - first >= pace.patience

    def _begin(self, reading: _Reading) -> None:
        stored = reading.stored
        worker = self._started()
        self._current = stored.id
        self._heard = time.monotonic()
        self._jobs[stored.id] = replace(self._jobs[stored.id], state=JobState.READING, problem=None)
        worker.send(Read(stored.id, stored.files, stored.given, reading.file))

    def _started(self) -> Worker:
        self._active = time.monotonic()
        if self._worker is None:
            self._ending = False
            self._worker = Worker(self._store, self._spool.folder / "log", self._hear)
        return self._worker

    def _guard(self, moment: float) -> None:
        """End a worker that has nothing to do, or that has not got on for too long."""
        if self._worker is None:
            return
        if self._current is not None and moment - self._heard > self._limits.stalled:
            self._worker.kill()
        elif self._current is None and not self._deriving and moment - self._active > self._pace.idle:
            self._ending = True
            self._worker.end()

    def _after_end(self, moment: float) -> None:
        """Put right what a worker left that has ended: by itself when it was idle, else because it broke."""
        worker, self._worker = self._worker, None
        self._ended = False
        if worker is None:
            return
        worker.close()
        broke = self._deriving or self._current is not None
        if self._ending and not broke:
            return
        words = worker.last_words()
        self._failed(f"the working process ended: {words}", moment)
        self._deriving = False
        if self._current is not None:
            self._broken(self._waiting[self._current], words)
            self._current = None

    def _broken(self, reading: _Reading, words: str) -> None:
        """Go back to the beginning of a file that broke a worker; after the second time past it."""
        reading.breaks += 1
        job = reading.before or self._jobs[reading.stored.id]
        if reading.breaks > 1:
            name = reading.stored.files[reading.file].name
            issue = f"reading this file broke the reading process ({words})"
            job = told(job, Taken(Outcome.REFUSED, name, issues=(issue,)))
            reading.file, reading.breaks, reading.before = reading.file + 1, 0, job
        self._jobs[job.id] = replace(job, state=JobState.WAITING)
        if reading.file >= len(reading.stored.files):
            self._finish(job.id)

    def _failed(self, problem: str, moment: float) -> None:
        self.problem = problem
        self._not_before = moment + min(self._pace.retry * 2**self._failures, self._pace.slowest)
        self._failures = min(self._failures + 1, 20)

    # what the worker tells, in its listening thread

    def _hear(self, report: Report | None) -> None:
        with self._changed:
            self._heard = self._active = time.monotonic()
            match report:
                case None:
                    self._ended = True
                case Derived():
                    self._derived(report.problem)
                case Finished(problem=None):
                    self._finish(report.job)
                    self.problem = None
                case Finished():
                    self._put_off(report.job, str(report.problem))
                case _:
                    self._moved(report)
            self._changed.notify_all()

    def _derived(self, problem: str | None) -> None:
        self._deriving = False
        self._seen = None
        if problem is not None:
            self._failed(problem, time.monotonic())
        else:
            self.problem, self._failures = None, 0

    def _moved(self, report: Counted | Began | Took) -> None:
        job = self._jobs.get(report.job)
        if job is None:
            return
        if isinstance(report, Counted):
            self._jobs[job.id] = replace(job, total=report.total)
        elif isinstance(report, Began):
            reading = self._waiting[job.id]
            if report.file != reading.file:
                reading.file, reading.before, reading.breaks = report.file, job, 0
            elif reading.before is None:
                reading.before = job
        else:
            self._jobs[job.id] = told(job, report.taken)

    def _finish(self, identifier: str) -> None:
        self._jobs[identifier] = replace(self._jobs[identifier], state=JobState.DONE, problem=None)
        self._waiting.pop(identifier, None)
        self._current = None
        self._wanted = True
        self._failures = 0
        self._spool.forget(identifier)

    def _put_off(self, identifier: str, problem: str) -> None:
        """Read a job again from its present file on when the ledger can be written again: it was taken, so it stays.

        The disk may be full, or the ledger locked for long; others would fare no better meanwhile.
        """
        reading = self._waiting[identifier]
        job = reading.before or self._jobs[identifier]
        self._jobs[identifier] = replace(job, state=JobState.WAITING, problem=problem)
        self._current = None
        self._failed(problem, time.monotonic())

    def _marks(self) -> tuple[int, int]:
        """Up to which entry of the log all is derived by the rules of this program, and the last entry."""
        found = state_of(self._store)
        over = found.due is not None and found.due <= self._store.clock()
        return (found.derived_to if found.rules == reconcile.VERSION and not over else -1), found.entries
