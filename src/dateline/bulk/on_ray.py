"""The engine of a cluster: actors of Ray, one task at a time each. The folder of shards must be the same everywhere."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import ray
from ray.exceptions import GetTimeoutError, RayActorError, RayError

from dateline.bulk.engine import Lost, Result
from dateline.bulk.errors import BulkError
from dateline.bulk.local import ONE_THREAD, done
from dateline.bulk.settings import Setup
from dateline.bulk.units import Task
from dateline.bulk.working import Worker

START: Final = 300.0
"""Seconds that a worker may take to load the model."""

STORE: Final = 100 * 1024 * 1024
"""Bytes of the object store of a Ray that is started here: a task is at most a few megabytes."""

_RAISED = re.compile(r"[A-Za-z_.]*(?:Error|Exception): ")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST: Final = 300
_CONNECTS: Final = 3


class RayWorker:
    """A worker in an actor of Ray: loads the model when it is made."""

    def __init__(self, setup: Setup) -> None:
        """Load the model; what hangs is written to `worker-ray-PID.log` beside the shards."""
        log = Path(setup.folder) / "work" / f"worker-ray-{os.getpid()}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = log.open("w", encoding="utf-8", errors="backslashreplace")
        self._worker = Worker(setup, self._log)

    def pid(self) -> int:
        """The id of the process, once it can work."""
        return os.getpid()

    def work(self, task: Task) -> Result:
        """A task done, or lost with the error it raised."""
        return done(self._worker, task)


class RayEngine:
    """Workers in a cluster of Ray, `jobs` of them; without an address, in one that is started on this machine."""

    def __init__(self, setup: Setup, jobs: int, address: str | None) -> None:
        """Connect, and begin to start the workers."""
        self._own = not ray.is_initialized()
        if self._own:
            _connect(jobs, address)
        environment = {"env_vars": _environment(local=address is None)}
        actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(RayWorker)
        self._new = partial(actor.options(runtime_env=environment).remote, setup)
        self._actors: list[Any] = [self._new() for _ in range(jobs)]
        self._pids: dict[int, int] = {}
        self._starting: dict[Any, int] = {}
        self._free: set[int] = set()
        self._flying: dict[Any, tuple[int, int]] = {}
        self._failures = 0
        for number in range(jobs):
            self._ask(number)

    def capacity(self) -> int:
        """How many workers have nothing to do."""
        return len(self._free)

    def submit(self, task: Task) -> None:
        """Give a task to a worker that has nothing to do."""
        number = self._free.pop()
        self._flying[self._actors[number].work.remote(task)] = (number, task.number)

    def results(self, wait: float) -> Sequence[Result]:
        """What workers gave back, and the tasks of those that are gone; others take their place."""
        waiting = [*self._starting, *self._flying]
        ready, _ = ray.wait(waiting, num_returns=1, timeout=wait)
        if ready:
            ready, _ = ray.wait(waiting, num_returns=len(waiting), timeout=0)
        return [found for one in ready if (found := self._result(one)) is not None]

    def workers(self) -> Sequence[int]:
        """The ids of the processes, on their machines."""
        return list(self._pids.values())

    def close(self) -> None:
        """End the workers, and a Ray that was started here."""
        for actor in self._actors:
            with suppress(RayError):
                ray.kill(actor)
        if self._own:
            ray.shutdown()

    def _ask(self, number: int) -> None:
        """Ask a worker for its process: it answers when it can work."""
        self._starting[self._actors[number].pid.remote()] = number

    def _replace(self, number: int) -> None:
        """Start another worker in the place of one that is gone: one that Ray restarts refuses tasks meanwhile."""
        self._pids.pop(number, None)
        with suppress(RayError):
            ray.kill(self._actors[number])
        self._actors[number] = self._new()
        self._ask(number)

    def _result(self, reference: Any) -> Result | None:
        number = self._starting.pop(reference, None)
        if number is not None:
            self._started(number, reference)
            return None
        number, task = self._flying.pop(reference)
        try:
            found: Result = ray.get(reference)
        except (RayActorError, RayError) as error:
            self._replace(number)
            return Lost(task, _words(error))
        self._free.add(number)
        return found

    def _started(self, number: int, reference: Any) -> None:
        try:
            self._pids[number] = ray.get(reference, timeout=START)
        except (RayError, GetTimeoutError) as error:
            self._failures += 1
            if self._failures >= 3 * len(self._actors):
                raise BulkError(f"no worker of Ray can be started: {_words(error)}") from error
            self._replace(number)
            return
        self._failures = 0
        self._free.add(number)


def _environment(*, local: bool) -> dict[str, str]:
    """The environment of workers: one thread each; on this machine they find what this process finds."""
    found = dict.fromkeys(ONE_THREAD, "1")
    if local:
        found["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return found


def _connect(jobs: int, address: str | None) -> None:
    """A cluster that is there, else one of this machine, small and without its dashboard."""
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_agent_register_timeout_ms", "120000")
    if address is not None:
        given: dict[str, Any] = {"address": address}
    else:
        given = {"num_cpus": jobs, "object_store_memory": STORE, "include_dashboard": False}
    for left in reversed(range(_CONNECTS)):
        try:
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **given)
        except Exception as error:  # noqa: BLE001 - Ray raises a bare Exception where a busy machine starts it too late
            ray.shutdown()
            if left == 0 or address is not None:
                raise BulkError(f"Ray cannot be reached or started: {_words(error)}") from error
        else:
            return


def _words(error: BaseException) -> str:
    """An error of Ray in one line: what was raised where a worker began, as the cause stands among the lines."""
    lines = [_COLOUR.sub("", line).strip() for line in str(error).splitlines() if line.strip()]
    raised = [line for line in lines if _RAISED.match(line)]
    if raised:
        return raised[-1][:_LONGEST]
    if isinstance(error, RayActorError):
        return "its worker was ended"
    return f"{type(error).__name__}: {lines[0] if lines else ''}"[:_LONGEST]
