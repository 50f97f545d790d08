"""Who does the work of a job: one small protocol, and the engines there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias

from dateline.bulk.errors import BulkError
from dateline.bulk.settings import Setup
from dateline.bulk.units import Task
from dateline.bulk.working import Done, Marked


@dataclass(frozen=True, slots=True)
class Lost:
    """A task that was not done, and why: its worker is gone, or what it did raised an error.

    `fatal`: no task can be done (a full disk), so that it is no use to try again.
    """

    task: int
    error: str
    fatal: bool = False


Result: TypeAlias = Done | Marked | Lost
"""What becomes of a task."""


class Engine(Protocol):
    """Workers that do tasks. A task is given out once and comes back once, as done or as lost, in any order.

    An engine keeps no task that it was not asked for, tries none again by itself, and replaces workers that are gone.
    """

    def capacity(self) -> int:
        """How many tasks it takes now without keeping them waiting."""

    def submit(self, task: Task) -> None:
        """Give a task to a worker; only while there is capacity."""

    def results(self, wait: float) -> Sequence[Result]:
        """What has come back, waited for at most so many seconds; BulkError where no worker can be started."""

    def workers(self) -> Sequence[int]:
        """The process ids of the workers that are known here."""

    def close(self) -> None:
        """End all workers at once; tasks they are at are lost."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How an engine is started: with how many workers, for Ray at which address."""

    jobs: int
    address: str | None = None


def _local(setup: Setup, options: EngineOptions) -> Engine:
    from dateline.bulk.local import LocalEngine

    return LocalEngine(setup, options.jobs)


def _ray(setup: Setup, options: EngineOptions) -> Engine:
    try:
        from dateline.bulk.on_ray import RayEngine
    except ImportError as error:
        raise BulkError("the engine ray needs Ray: pip install 'dateline[ray]'") from error
    return RayEngine(setup, options.jobs, options.address)


ENGINES: Final[Mapping[str, Callable[[Setup, EngineOptions], Engine]]] = MappingProxyType(
    {"local": _local, "ray": _ray}
)
"""The engines by the name that `--engine` takes."""
