"""What every worker of a job does alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.model import Hints
from dateline.pipeline import Reading, extract_claims

Extract = Callable[[Iterable[Reading]], Iterator[Reading]]
"""Described reports with their claims, in order; refused ones pass through. A function of a module, not a closure."""


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
    that reports were read from are kept.
    """

    folder: Path
    job: str
    hints: Hints
    prefilters: Prefilters = Prefilters()
    captures: bool = True
    seconds: float = 60.0
    sites: str | None = None
    extract: Extract = extract_claims
