"""A program for the workers of bulk jobs in tests: the light reader of `fakes`, and reports that break it.

Workers are processes of their own, so what breaks them is told by the title of a report, not patched.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import fakes
from dateline.bulk.settings import Program
from dateline.model import Run
from dateline.pipeline import Reading

OUTLET_SECONDS = "slow "


def run(_language: str | None = None) -> Run:
    """The run of the light reader."""
    return fakes.RUN


def other_run(_language: str | None = None) -> Run:
    """The run of another version of it."""
    return replace(fakes.RUN, id="run-2")


def run_here_only(_language: str | None = None) -> Run:
    """The run of the light reader, where no worker asks for it."""
    if multiprocessing.parent_process() is not None:
        raise ModuleNotFoundError("no model here")
    return fakes.RUN


def run_without_space(_language: str | None = None) -> Run:
    """The run of the light reader, in a worker whose disk is full from then on."""
    if multiprocessing.parent_process() is not None:
        os.fsync = _full
    return fakes.RUN


def _full(_handle: object) -> None:
    raise OSError(28, "No space left on device")


def extract(reports: Iterable[Reading]) -> Iterator[Reading]:
    """Claims of the light reader; a report that is named for it breaks its worker."""
    for reading in reports:
        if reading.refused or reading.document is None:
            yield reading
            continue
        _break(reading.document.outlet or "")
        yield replace(reading, claims=tuple(fakes.claims(reading.document)))


def _break(outlet: str) -> None:
    if outlet == "exits":
        os._exit(3)
    if outlet == "segfaults":
        ctypes.string_at(0)
    if outlet == "raises":
        raise MemoryError("no memory left")
    if outlet == "hangs":
        time.sleep(600)
    if outlet.startswith("once "):
        mark = Path(outlet.removeprefix("once "))
        if not mark.exists():
            mark.touch()
            os._exit(4)
    if outlet.startswith(OUTLET_SECONDS):
        time.sleep(float(outlet.removeprefix(OUTLET_SECONDS)))


PROGRAM = Program(run, extract)
