"""What a worker is handed: raw pieces of the inputs, each read by itself, and tasks of some of them.

The reader of an input only takes it apart (records, lines, members); what costs (pages to text, the parser) is done by
workers. A worker is handed bytes, so it needs no access to the inputs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TypeAlias

from dateline.ingest.warc import Page, Told
from dateline.model import CaptureHead, Issue


@dataclass(frozen=True, slots=True)
class Holder:
    """The file that several units lie in, as the capture of all of them: its bytes are kept once, beside the shards."""

    sha256: str
    size: int
    head: CaptureHead


@dataclass(frozen=True, slots=True)
class PageUnit:
    """A page of a web archive at `path`."""

    path: str
    page: Page


@dataclass(frozen=True, slots=True)
class FileUnit:
    """The file at `path`, or a member of the archive there, by its own path, `depth` archives deep."""

    path: str
    data: bytes
    member: str | None = None
    holder: Holder | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class LineUnit:
    """A line of JSON Lines; without a holder the line is its own capture."""

    path: str
    number: int
    raw: bytes
    holder: Holder | None = None


@dataclass(frozen=True, slots=True)
class RefusedUnit:
    """Something that cannot be read at all, and why."""

    path: str
    issue: Issue


@dataclass(frozen=True, slots=True)
class EndUnit:
    """The end of a web archive: what its reader left out of it."""

    path: str
    told: Told


Unit: TypeAlias = PageUnit | FileUnit | LineUnit | RefusedUnit | EndUnit

Where: TypeAlias = tuple[int, int]
"""A report of a task: the number of its unit, and its number in that."""


def size_of(unit: Unit) -> int:
    """The bytes of a unit, about."""
    match unit:
        case PageUnit():
            return len(unit.page.content)
        case FileUnit():
            return len(unit.data)
        case LineUnit():
            return len(unit.raw)
        case _:
            return 0


def digest_of(units: tuple[Unit, ...]) -> str:
    """The SHA-256 of units, in hexadecimal digits: the same for the same input, wherever and whenever it is read."""
    found = hashlib.sha256()
    for unit in units:
        name, content = _parts(unit)
        found.update(f"{type(unit).__name__} {len(content)} {name}\n".encode("utf-8", "surrogatepass"))
        found.update(content)
    return found.hexdigest()


def _parts(unit: Unit) -> tuple[str, bytes]:
    match unit:
        case PageUnit():
            return f"{unit.path!r} {replace(unit.page, content=b'')!r}", unit.page.content
        case FileUnit():
            return f"{unit.path!r} {unit.member!r} {unit.holder!r} {unit.depth}", unit.data
        case LineUnit():
            return f"{unit.path!r} {unit.holder!r} {unit.number}", unit.raw
        case RefusedUnit():
            return repr(unit), b""
        case EndUnit():
            told = unit.told
            return repr((unit.path, sorted(told.skipped.items()), sorted(told.problems.items()))), b""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A report that is set aside, with why; `reading` when it could not even be read, so that its unit ends there."""

    where: Where
    reading: bool
    error: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that is a copy of the document `of`, and whether of its words or nearly (`dateline.bulk.copies`)."""

    where: Where
    of: str
    kind: str


@dataclass(frozen=True, slots=True)
class Task:
    """Units that one worker reads, the `number`th of a job. The same inputs give the same tasks.

    `reached` is how many bytes of the inputs are read at its end. A `careful` worker reads report by report, the unit
    `first` before all others, and notes which it is at; `aside` are the reports that it leaves out. Of `copies` no
    claims are read. `marking`: reports are only marked, so that copies are known.
    """

    number: int
    digest: str
    units: tuple[Unit, ...]
    reached: int = 0
    careful: bool = False
    first: int | None = None
    aside: tuple[Trouble, ...] = ()
    copies: tuple[Copy, ...] = ()
    marking: bool = False
