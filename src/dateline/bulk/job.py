"""A job from beginning to end: what `dateline bulk` does, for whoever calls it from Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dateline.bulk.committing import Committer
from dateline.bulk.coordinating import Coordinator, Progress, job_of, refuse_another
from dateline.bulk.engine import EngineOptions
from dateline.bulk.errors import BulkError
from dateline.bulk.manifest import Lock, Manifest, State, read_state
from dateline.bulk.settings import Setup
from dateline.derivation import bring_up_to_date
from dateline.results import Summary
from dateline.store import Store

_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how a job goes: `words` what happens, `work` how far the tasks are, `commit` how far the commit."""

    words: Callable[[str], None] = lambda _words: None
    work: Callable[[Progress], None] = lambda _progress: None
    commit: Callable[[int, Summary], None] = lambda _tasks, _summary: None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to; `kept` is what its commit did, None without a ledger."""

    state: State
    progress: Progress
    kept: Summary | None = None


def run(
    paths: Sequence[str],
    setup: Setup,
    engine: str,
    options: EngineOptions,
    store: Store | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Read inputs into the shards of a folder, then commit these to a ledger where one is given.

    Goes on with what the folder has of the same job. BulkError where it cannot begin or go on.
    """
    watch = watch or Watch()
    with opened(setup.folder) as manifest:
        job = job_of(paths, setup, setup.program.run(None))
        if manifest.state.job is None:
            manifest.add(job)
        else:
            refuse_another(manifest.state.job, job, setup.folder)
        setup = replace(setup, job=job.id)
        if manifest.state.damaged:
            watch.words(
                f"{manifest.state.damaged} damaged lines of the manifest passed over: their tasks are done again"
            )
        for _ in range(_ROUNDS):
            coordinator = Coordinator(setup, job, manifest, watch.words)
            progress = coordinator.run(engine, options, watch.work)
            if store is None:
                return Outcome(manifest.state, progress)
            committer = Committer(setup.folder, store)
            damaged = committer.commit(manifest.state, watch.commit)
            if not damaged:
                bring_up_to_date(store)
                return Outcome(manifest.state, progress, committer.summary)
            for task, error in damaged.items():
                coordinator.redo(task, error)
        raise BulkError(f"shards in {setup.folder} are damaged again and again: check its disk")


def commit(folder: Path, store: Store, watch: Watch | None = None) -> Outcome:
    """Commit what a folder has, of a job that is at work nowhere; BulkError for a damaged shard, its task undone."""
    watch = watch or Watch()
    status(folder)
    with opened(folder) as manifest:
        committer = Committer(folder, store)
        damaged = committer.commit(manifest.state, watch.commit)
        bring_up_to_date(store)
        if damaged:
            first = next(iter(damaged.values()))
            raise BulkError(f"{len(damaged)} damaged: {first}; give the archives again to have it read anew")
        return Outcome(manifest.state, Progress(0), committer.summary)


def status(folder: Path) -> State:
    """How far the job of a folder is; it may be at work. BulkError where there is none."""
    state = read_state(folder)
    if state.job is None:
        raise BulkError(f"{folder} has no job: give archives to read")
    return state


@contextmanager
def opened(folder: Path) -> Iterator[Manifest]:
    """The manifest of a folder, locked for adding; what an earlier session left half-written is cleared away."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BulkError(f"cannot make {folder}: {error.strerror or error}") from error
    lock = Lock(folder)
    try:
        for part in [*folder.glob("shards/*/.*.part"), *folder.glob("captures/*/.*.part")]:
            part.unlink(missing_ok=True)
        manifest = Manifest(folder)
        try:
            yield manifest
        finally:
            manifest.close()
    finally:
        lock.release()
