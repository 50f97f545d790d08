"""What every worker of a job does alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.model import Hints, Run
from dateline.pipeline import Reading, current_run, extract_claims

UNITS: Final = 64
"""Records, lines or files of a task: a few seconds of work, so that little is lost with a worker."""

Extract = Callable[[Iterable[Reading]], Iterator[Reading]]
"""Described reports with their claims, in order; refused ones pass through."""


@dataclass(frozen=True, slots=True)
class Program:
    """What workers read with: which run they are in a language (None: that of the job), and what extracts claims.

    Functions of a module, not closures.
    """

    run: Callable[[str | None], Run] = current_run
    extract: Extract = extract_claims


@dataclass(frozen=True, slots=True)
class Prefilters:
    """What is left out before the parser sees it, each told: see `dateline.bulk.prefilters`."""

    language: bool = False
    duplicates: bool = False
    copies: bool = False
    relevant: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """The names of those that are on."""
        return tuple(name for name in self.__dataclass_fields__ if getattr(self, name))


@dataclass(frozen=True, slots=True)
class Setup:
    """What workers are started with. `folder` is where shards go, `job` the id of the job.

    `seconds` is how long one report may take; `sites` the file of the user's own sites; `captures` whether the bytes
    that reports were read from are kept; `units` how many records, lines or files are a task.
    """

    folder: Path
    job: str
    hints: Hints
    prefilters: Prefilters = Prefilters()
    captures: bool = True
    seconds: float = 60.0
    sites: str | None = None
    units: int = UNITS
    program: Program = Program()
