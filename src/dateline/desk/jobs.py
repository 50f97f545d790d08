"""Additions as jobs: what somebody gave to be read, how far it is, and what became of each report."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from dateline.export.words import counted
from dateline.model import Hints

MOST_TOLD = 1000
"""Reports of one job that are told one by one; the counts are of all."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Outcome(StrEnum):
    """What became of a report: kept, read again by a newer program, known already, not taken."""

    NEW = "new"
    REREAD = "reread"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one addition may be. `file_bytes` and `job_bytes` are bytes, `stalled` seconds without any progress."""

    file_bytes: int = 16_000_000
    files: int = 50
    job_bytes: int = 60_000_000
    waiting: int = 20
    stalled: float = 600.0


class TooMuchError(ValueError):
    """An addition beyond the limits; the message tells which one."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes that somebody gave, under the name they had there; the name is never used as a path."""

    name: str
    data: BinaryIO


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A file that waits to be read: what it was called, and where its bytes lie."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one report of a job. `claims` is None where it was not read; `issues` are in words."""

    outcome: Outcome
    file: str
    document: str | None = None
    title: str | None = None
    claims: int | None = None
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One addition. `files` are the names given; `total` is the number of reports in them, None until it is known.

    `reports` tells the first reports one by one, `counts` is of all of them. `problem` says why a job failed.
    """

    id: str
    by: str
    at: str
    files: tuple[str, ...]
    given: Hints
    state: JobState = JobState.WAITING
    total: int | None = None
    reports: tuple[Taken, ...] = ()
    counts: dict[Outcome, int] = field(default_factory=dict)
    claims: int = 0
    problem: str | None = None

    @property
    def done(self) -> int:
        """Reports that were looked at."""
        return sum(self.counts.values())

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the reports that were added or read again."""
        return tuple(
            told.document for told in self.reports if told.document and told.outcome in (Outcome.NEW, Outcome.REREAD)
        )

    @property
    def issues(self) -> tuple[str, ...]:
        """What could not be read or decided, in words."""
        return tuple(issue for told in self.reports for issue in told.issues)

    @property
    def summary(self) -> str:
        """What it came to, in words."""
        named = {
            Outcome.NEW: "added",
            Outcome.REREAD: "read again",
            Outcome.KNOWN: "known already",
            Outcome.REFUSED: "refused",
        }
        parts = [f"{self.counts[what]:,} {words}" for what, words in named.items() if self.counts.get(what)]
        if self.counts.get(Outcome.NEW) or self.counts.get(Outcome.REREAD):
            parts.append(f"{counted(self.claims, 'claim')} found")
        return ", ".join(parts) or "no report"
