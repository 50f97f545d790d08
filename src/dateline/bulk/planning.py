"""From inputs to tasks: files are taken apart into units in the order `dateline add` reads them, in bounded memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from dateline.bulk.settings import UNITS
from dateline.bulk.units import (
    EndUnit,
    FileUnit,
    Holder,
    LineUnit,
    PageUnit,
    RefusedUnit,
    Task,
    Unit,
    digest_of,
    size_of,
)
from dateline.held import is_held
from dateline.ingest import ARCHIVES, MEDIA_TYPES, OPENERS, SUFFIXES, format_of, inside
from dateline.ingest.archived import opened
from dateline.ingest.jsonl import is_lines, split_lines
from dateline.ingest.parts import Parts
from dateline.ingest.report import refused
from dateline.ingest.sources import ARCHIVE_LIMIT, LIMIT, OPEN_HERE, SNIFFED, files
from dateline.ingest.warc import Told
from dateline.model import CaptureHead, Document, Hints, Issue, Notice

BYTES: Final = 4 * 1024 * 1024
"""Bytes of a task, unless a single unit has more."""

_PACKED: Final = 4
"""Text is about so many times smaller in an archive: how far its reader is, is only known so."""

_OPENED: Final = ("zip", "tar")

KeepHolder = Callable[[bytes, str], None]
"""Keeps the bytes of a file that units lie in, by their SHA-256."""


def tasks(paths: Iterable[str | Path], hints: Hints, keep: KeepHolder, most: int = UNITS) -> Iterator[Task]:
    """The tasks of inputs: at most `most` units or `BYTES` bytes each, a unit never in two."""
    units: list[Unit] = []
    held = number = reached = 0
    for unit, place in _units(paths, hints, keep):
        if units and held + size_of(unit) > BYTES:
            yield _task(number, units, reached)
            units, held, number = [], 0, number + 1
        units.append(unit)
        held += size_of(unit)
        reached = place
        if len(units) >= most:
            yield _task(number, units, reached)
            units, held, number = [], 0, number + 1
    if units:
        yield _task(number, units, reached)


def _task(number: int, units: list[Unit], reached: int) -> Task:
    whole = tuple(units)
    return Task(number, digest_of(whole), whole, reached)


def input_files(paths: Iterable[str | Path]) -> list[Path]:
    """All files of the inputs, in the order they are read."""
    return [file for path in paths for file in files(path)]


def _units(paths: Iterable[str | Path], hints: Hints, keep: KeepHolder) -> Iterator[tuple[Unit, int]]:
    """Units, each with how many bytes of all inputs are read when it is."""
    before = 0
    for file in input_files(paths):
        place = [0]
        for unit in _of_file(file, replace(hints, path=str(file)), keep, place):
            yield unit, before + place[0]
        try:
            before += file.stat().st_size
        except OSError:
            continue


def _of_file(path: Path, hints: Hints, keep: KeepHolder, place: list[int]) -> Iterator[Unit]:
    """The units of a file; `place` is moved to how far its reader is. What cannot be read is as `add` says it."""
    name = hints.path or ""
    try:
        if not path.is_file():
            reason = "no such file" if not path.exists() else "not a regular file"
            yield RefusedUnit(name, refused("unreadable", reason, hints))
            return
        if is_held(path):
            yield RefusedUnit(name, refused("unreadable", OPEN_HERE, hints))
            return
        size = path.stat().st_size
        with path.open("rb") as stream:
            kind = format_of(path.name, stream.read(SNIFFED))
            stream.seek(0)
            if kind in ARCHIVES and size:
                yield from _pages(stream, kind, hints, place)
                return
            named = SUFFIXES.get(path.suffix.lower())
            if size > LIMIT and named == "jsonl":
                yield from _lines(stream, hints, None, place)
                return
        limit = max(LIMIT, ARCHIVE_LIMIT) if named in _OPENED else LIMIT
        if size > limit:
            yield RefusedUnit(name, refused("too_large", f"{size} bytes, the limit is {limit}", hints))
            return
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield RefusedUnit(name, refused("unreadable", reason, hints))
        return
    yield from _of_data(data, hints, keep, place)


def _pages(stream: BinaryIO, kind: str, hints: Hints, place: list[int]) -> Iterator[Unit]:
    told = Told()
    name = hints.path or ""
    for page in opened(stream, kind, told):
        place[0] = stream.tell() if not stream.closed else place[0]
        yield PageUnit(name, page)
    yield EndUnit(name, told)


def _lines(stream: BinaryIO, hints: Hints, holder: Holder | None, place: list[int]) -> Iterator[Unit]:
    name = hints.path or ""
    for line in split_lines(stream, hints):
        place[0] = stream.tell()
        if isinstance(line, Issue):
            yield RefusedUnit(name, line)
        else:
            number, raw = line
            yield LineUnit(name, number, raw, holder)


def _of_data(data: bytes, hints: Hints, keep: KeepHolder, place: list[int]) -> Iterator[Unit]:
    """The units of a file that was read whole."""
    name = hints.path or ""
    kind = format_of(hints.path, data) if data.strip() else "text"
    if kind == "jsonl" and is_lines(data):
        holder = _holder(data, kind, hints, keep)
        yield from _lines(BytesIO(data), hints, holder, place)
    elif kind in _OPENED:
        for unit in _members(data, kind, hints, _holder(data, kind, hints, keep)):
            place[0] = min(len(data), place[0] + size_of(unit) // _PACKED)
            yield unit
    else:
        place[0] = len(data)
        yield FileUnit(name, data)


def _holder(data: bytes, kind: str, hints: Hints, keep: KeepHolder) -> Holder:
    sha256 = hashlib.sha256(data).hexdigest()
    keep(data, sha256)
    head = CaptureHead(url=hints.url, path=hints.path, media_type=MEDIA_TYPES.get(kind))
    return Holder(sha256, len(data), head)


def _members(data: bytes, kind: str, hints: Hints, holder: Holder) -> Iterator[Unit]:
    """The members of a zip or tar archive, and of those in it, taken out but not read."""

    def take_out(content: bytes, named: Hints, parts: Parts) -> Iterator[Document | Issue | Notice]:
        if format_of(named.path, content) in _OPENED:
            yield from inside(content, named, parts)
        else:
            yield cast(Any, FileUnit(hints.path or "", content, named.path, holder, parts.depth))

    for item in OPENERS[kind](data, hints, Parts(take_out)):
        found = cast(object, item)
        if isinstance(found, FileUnit):
            yield found
        elif isinstance(found, Issue):
            yield RefusedUnit(hints.path or "", found)
