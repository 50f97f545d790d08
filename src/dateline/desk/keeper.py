"""Who keeps a ledger up to date while a desk is open: derives after every change, and reads what people add.

`KeeperProcess` (in `keeper_process`) does the work in a process of its own, so that no request waits for a derivation
and no parser is loaded into the server. `DirectKeeper` does it at once, in this process: for a ledger in memory, and
for tests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Protocol

from dateline.derivation import bring_up_to_date
from dateline.desk.jobs import MOST_TOLD, Job, JobState, Limits, Taken, Upload
from dateline.desk.spool import Spool, Stored
from dateline.model import Hints
from dateline.store import LedgerError, Store
from dateline.store.moments import now

PASTED = "pasted text"
"""What a report is called that was given as text."""

KEPT_JOBS = 100


class Keeper(Protocol):
    """What a desk asks of its keeper. Job ids that are unknown give None."""

    @property
    def problem(self) -> str | None:
        """Why what is derived is behind, in words; None where nothing hinders."""
        ...

    def bring_up_to_date(self, wait: float = 0.0) -> bool:
        """Derive what has changed; whether all that was there at the call is derived within `wait` seconds."""
        ...

    def add_text(self, text: str, given: Hints, by: str) -> Job:
        """Read one report given as text; TooMuchError beyond a limit."""
        ...

    def add_files(self, uploads: Sequence[Upload], given: Hints, by: str) -> Job:
        """Read the reports of files; they are copied before this returns. TooMuchError beyond a limit."""
        ...

    def job(self, identifier: str) -> Job | None:
        """The job of an id, as it stands."""
        ...

    def jobs(self) -> tuple[Job, ...]:
        """The latest jobs, newest first."""
        ...

    def close(self) -> None:
        """End what runs; what was not read yet is read when a desk opens this ledger again."""
        ...


class DirectKeeper:
    """A keeper that does at once what it is asked."""

    problem: str | None = None

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        self._store = store
        self._limits = limits or Limits()
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def bring_up_to_date(self, wait: float = 0.0) -> bool:
        """Derive now, however long it takes."""
        with self._lock:
            bring_up_to_date(self._store)
        return True

    def add_text(self, text: str, given: Hints, by: str) -> Job:
        """Read one report now."""
        return self.add_files([pasted(text)], given, by)

    def add_files(self, uploads: Sequence[Upload], given: Hints, by: str) -> Job:
        """Read the files now."""
        with self._lock, tempfile.TemporaryDirectory() as folder:
            spool = Spool(self._store.name, self._limits, within=Path(folder))
            stored = spool.keep(Stored(new_id(), by, now(), given), uploads)
            job = self._read(stored)
            bring_up_to_date(self._store)
            spool.forget(job.id)
            spool.close()
        return job

    def job(self, identifier: str) -> Job | None:
        """The job of an id."""
        return self._jobs.get(identifier)

    def jobs(self) -> tuple[Job, ...]:
        """The jobs, newest first."""
        return tuple(reversed(self._jobs.values()))

    def close(self) -> None:
        """Nothing runs."""

    def _read(self, stored: Stored) -> Job:
        from dateline.desk.intake import reports_in, take_in
        from dateline.ledger import Ledger

        job = begun(stored)
        ledger = Ledger.over(self._store)
        try:
            job = replace(job, total=sum(map(reports_in, stored.files)))
            for file in stored.files:
                for taken in take_in(ledger, file, stored.given, nullcontext()):
                    job = told(job, taken)
            job = replace(job, state=JobState.DONE)
        except (LedgerError, OSError) as error:
            job = replace(job, state=JobState.FAILED, problem=str(error))
        self._jobs[job.id] = job
        forget_old(self._jobs)
        return job


def pasted(text: str) -> Upload:
    """Text as bytes to be read; what is no Unicode in it becomes question marks."""
    return Upload(PASTED, BytesIO(text.encode("utf-8", "replace")))


def new_id() -> str:
    """An id for a job."""
    return f"job-{token_hex(8)}"


def begun(stored: Stored) -> Job:
    """A job as it begins."""
    return Job(stored.id, stored.by, stored.at, tuple(file.name for file in stored.files), stored.given)


def told(job: Job, taken: Taken) -> Job:
    """A job with one more report."""
    counts = {**job.counts, taken.outcome: job.counts.get(taken.outcome, 0) + 1}
    reports = (*job.reports, taken) if len(job.reports) < MOST_TOLD else job.reports
    return replace(job, counts=counts, reports=reports, claims=job.claims + (taken.claims or 0))


def forget_old(jobs: dict[str, Job]) -> None:
    """Keep the latest jobs and all that are not over."""
    for key in [key for key, job in jobs.items() if job.is_over][:-KEPT_JOBS]:
        del jobs[key]
