"""The engine of one machine: processes that are started anew (never forked), one task at a time each."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final

from dateline.bulk.engine import Lost, Result
from dateline.bulk.errors import BulkError
from dateline.bulk.settings import Setup
from dateline.bulk.units import Task
from dateline.bulk.working import Worker

ONE_THREAD: Final = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS"),
    "RAYON_NUM_THREADS",
)
"""What keeps the libraries of a worker to one thread: workers share the machine by being many."""

NICE: Final = 5
_STARTS: Final = 3
_LONGEST: Final = 300
_READY: Final = "ready"


@dataclass(slots=True)
class _Slot:
    """A place for a worker: its process, the task it is at, how often it could not even begin."""

    number: int
    process: SpawnProcess
    connection: Connection
    log: Path
    task: int | None = None
    is_ready: bool = False


class LocalEngine:
    """Workers on this machine, `jobs` of them."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._context = multiprocessing.get_context("spawn")
        self._failures = 0
        self._unheard: list[Lost] = []
        (setup.folder / "work").mkdir(parents=True, exist_ok=True)
        self._slots = [self._started(number) for number in range(jobs)]

    def capacity(self) -> int:
        """How many workers have nothing to do."""
        return sum(slot.task is None for slot in self._slots)

    def submit(self, task: Task) -> None:
        """Give a task to a worker that has nothing to do."""
        slot = next(slot for slot in self._slots if slot.task is None)
        slot.task = task.number
        try:
            slot.connection.send(task)
        except OSError:
            return

    def results(self, wait: float) -> Sequence[Result]:
        """What workers sent, and the tasks of those that are gone; these are started again."""
        found: list[Result] = []
        for slot in self._heard(wait):
            if not self._received(slot, found):
                self._gone(slot, found)
        return found

    def workers(self) -> Sequence[int]:
        """The ids of the processes."""
        return [slot.process.pid for slot in self._slots if slot.process.pid is not None]

    def close(self) -> None:
        """End the processes."""
        for slot in self._slots:
            slot.process.kill()
            slot.connection.close()
        for slot in self._slots:
            slot.process.join(5)

    def _heard(self, seconds: float) -> list[_Slot]:
        by_connection = {slot.connection: slot for slot in self._slots}
        return [by_connection[one] for one in wait(list(by_connection), seconds) if isinstance(one, Connection)]

    def _received(self, slot: _Slot, found: list[Result]) -> bool:
        """Take what a worker sent; False when it is gone."""
        try:
            message = slot.connection.recv()
        except (EOFError, OSError):
            return False
        if message == _READY:
            slot.is_ready, self._failures = True, 0
        else:
            slot.task = None
            found.append(message)
        return True

    def _gone(self, slot: _Slot, found: list[Result]) -> None:
        slot.process.join(5)
        slot.connection.close()
        error = _last_words(slot)
        if not slot.is_ready:
            self._failures += 1
            if self._failures >= _STARTS:
                raise BulkError(f"no worker can be started: {error}")
        if slot.task is not None:
            found.append(Lost(slot.task, error))
        self._slots[self._slots.index(slot)] = self._started(slot.number)

    def _started(self, number: int) -> _Slot:
        ours, theirs = self._context.Pipe()
        log = self._setup.folder / "work" / f"worker-{number}.log"
        process = self._context.Process(
            target=serve, args=(theirs, self._setup, log), name=f"dateline-bulk-{number}", daemon=True
        )
        with _one_thread():
            process.start()
        theirs.close()
        return _Slot(number, process, ours, log)


def serve(connection: Connection, setup: Setup, log: Path) -> None:
    """Do the tasks that come, one after the other, until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(NICE)
    with log.open("w", encoding="utf-8", errors="backslashreplace") as words:
        os.dup2(words.fileno(), 2)
        faulthandler.enable(words)
        worker = Worker(setup, words)
        try:
            connection.send(_READY)
            while True:
                connection.send(done(worker, connection.recv()))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


def done(worker: Worker, task: Task) -> Result:
    """A task done, or lost with the error it raised."""
    try:
        return worker.work(task)
    except BulkError as error:
        return Lost(task.number, str(error), fatal=True)
    except Exception as error:  # noqa: BLE001 - whatever a report does to its reader, its task is told as lost
        return Lost(task.number, told(error))


def told(error: BaseException) -> str:
    """An error in one line."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}"[:_LONGEST] if words else type(error).__name__


def _last_words(slot: _Slot) -> str:
    """How a worker ended: what its watchdog told, else by which signal or status."""
    code = slot.process.exitcode
    text = slot.log.read_text("utf-8", "replace")[-20_000:] if slot.log.exists() else ""
    if "Timeout (" in text:
        return "took too long"
    if code is not None and code < 0:
        try:
            return f"its worker was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"its worker was ended by signal {-code}"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    words = f": {lines[-1]}" if lines else ""
    return f"its worker ended with status {code}{words}"[:_LONGEST]


@contextmanager
def _one_thread() -> Iterator[None]:
    """An environment for a process to be started in, restored afterwards."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
