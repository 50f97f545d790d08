"""What a keeper and its working process tell each other, one JSON line each."""

from __future__ import annotations

import msgspec

from dateline.desk.jobs import SpooledFile, Taken
from dateline.model import Hints


class Derive(msgspec.Struct, tag=True, frozen=True):
    """To the worker: bring the derived tables up to date."""


class Read(msgspec.Struct, tag=True, frozen=True):
    """To the worker: read the files of a job, from the one with the number `start`."""

    job: str
    files: tuple[SpooledFile, ...]
    given: Hints
    start: int = 0


class Derived(msgspec.Struct, tag=True, frozen=True):
    """From the worker: a derivation is over; `problem` says why it failed."""

    problem: str | None = None


class Counted(msgspec.Struct, tag=True, frozen=True):
    """From the worker: how many reports a job holds."""

    job: str
    total: int


class Began(msgspec.Struct, tag=True, frozen=True):
    """From the worker: it begins a file of a job."""

    job: str
    file: int


class Took(msgspec.Struct, tag=True, frozen=True):
    """From the worker: what became of a report."""

    job: str
    taken: Taken


class Finished(msgspec.Struct, tag=True, frozen=True):
    """From the worker: a job is over; `problem` says why it failed."""

    job: str
    problem: str | None = None


Command = Derive | Read
Report = Derived | Counted | Began | Took | Finished

commands = msgspec.json.Decoder(Command)
reports = msgspec.json.Decoder(Report)
