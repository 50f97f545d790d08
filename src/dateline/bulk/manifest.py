"""What of a job is done: a file that is only added to, each line with its own checksum, synced before it counts.

A line that is torn or damaged is not believed: its task is done again. The same file says which job the folder is of.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from dateline.bulk.errors import BulkError
from dateline.bulk.shards import shard_path
from dateline.bulk.working import Done, Marked

NAME: Final = "manifest.jsonl"
FORMAT: Final = 1


class Job(msgspec.Struct, frozen=True, tag="job"):
    """Which job a folder is of: what is read, by which run, how.

    `inputs` is a digest of the names and sizes of all files, `paths` are the inputs as they were given.
    """

    format: int
    id: str
    run: str
    paths: tuple[str, ...]
    files: int
    bytes: int
    inputs: str
    settings: dict[str, str]


class Finished(msgspec.Struct, frozen=True, tag="done"):
    """A task whose shard is there."""

    done: Done
    seconds: float


class Redo(msgspec.Struct, frozen=True, tag="redo"):
    """A task whose shard turned out to be missing or damaged: it is to be done again."""

    task: int
    error: str


class Sketched(msgspec.Struct, frozen=True, tag="marked"):
    """A task whose reports are marked, so that copies of them are known."""

    marked: Marked


class Planned(msgspec.Struct, frozen=True, tag="planned"):
    """All inputs are read: so many tasks they are."""

    tasks: int


Line: TypeAlias = Job | Finished | Sketched | Redo | Planned
_DECODER = msgspec.json.Decoder(Line)


@dataclass(slots=True)
class State:
    """What a manifest says; `damaged` lines were passed over."""

    job: Job | None
    done: dict[int, Finished]
    redo: dict[int, str]
    marked: dict[int, Marked]
    planned: int | None
    damaged: int

    @property
    def is_whole(self) -> bool:
        """Whether every task is done."""
        return self.planned is not None and len(self.done) >= self.planned


class Manifest:
    """The manifest of a folder, open for adding; one at a time, by whoever has the lock of the folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self.state = read_state(folder)
        self._handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        if os.fstat(self._handle).st_size and not self._path.read_bytes().endswith(b"\n"):
            os.write(self._handle, b"\n")

    def add(self, line: Line) -> None:
        """Add a line, on the disk when this returns, and what it says to the state."""
        data = msgspec.json.encode(line)
        try:
            _write(self._handle, b"%08x %s\n" % (zlib.crc32(data), data))
            os.fsync(self._handle)
        except OSError as error:
            raise BulkError(f"cannot write {self._path}: {error.strerror or error}") from error
        _take(self.state, line)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)


def read_state(folder: Path) -> State:
    """What the manifest of a folder says; nothing where there is none."""
    state = State(None, {}, {}, {}, None, 0)
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return state
    except OSError as error:
        raise BulkError(f"cannot read {path}: {error.strerror or error}") from error
    for raw in data.split(b"\n"):
        if not raw.strip():
            continue
        line = _line(raw)
        if line is None:
            state.damaged += 1
        else:
            _take(state, line)
    if data.strip() and state.job is None:
        raise BulkError(f"{path} does not say which job it is of: give another folder, or remove this one")
    return state


def missing(folder: Path, done: Sequence[Finished]) -> list[Finished]:
    """The finished tasks whose shards are not there."""
    return [one for one in done if not shard_path(folder, one.done.task, one.done.shard).exists()]


def _line(raw: bytes) -> Line | None:
    checksum, _, data = raw.partition(b" ")
    try:
        if int(checksum, 16) != zlib.crc32(data):
            return None
        line: Line = _DECODER.decode(data)
    except ValueError:
        return None
    return line


def _take(state: State, line: Line) -> None:
    match line:
        case Job():
            state.job = line
        case Finished():
            state.done[line.done.task] = line
            state.redo.pop(line.done.task, None)
        case Redo():
            state.done.pop(line.task, None)
            state.redo[line.task] = line.error
        case Sketched():
            state.marked[line.marked.task] = line.marked
        case Planned():
            state.planned = line.tasks


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


class Lock:
    """The lock of a folder; the system lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take it; BulkError while another job has it."""
        try:
            self._handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise BulkError(f"cannot write in {folder}: {error.strerror or error}") from error
        if sys.platform == "win32":
            return
        import fcntl

        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._handle)
            raise BulkError(f"another job is at work in {folder}: wait for it, or give another folder") from error

    def release(self) -> None:
        """Let go of it."""
        os.close(self._handle)
