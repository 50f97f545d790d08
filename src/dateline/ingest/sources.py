"""Where reports lie: files, folders and standard input, each read by the reader that fits it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from dateline.held import is_held
from dateline.ingest import ARCHIVES, MEDIA_TYPES, SUFFIXES, documents, format_of
from dateline.ingest.archived import Item, items
from dateline.ingest.jsonl import raw_lines
from dateline.ingest.report import refused
from dateline.model import Capture, CaptureHead, Document, Hints, Issue, Notice

LIMIT: Final = 64 * 1024 * 1024
ARCHIVE_LIMIT: Final = 512 * 1024 * 1024
STDIN: Final = "-"
OPEN_HERE: Final = "a ledger that is open here is no report"
SNIFFED: Final = 4096
"""Bytes of a file that tell which reader fits it."""


def reports(
    paths: Iterable[str | Path], hints: Hints, *, limit: int = LIMIT, stdin: BinaryIO | None = None
) -> Iterator[Document | Issue | Notice]:
    """The reports of files, of folders (sorted, hidden ones left out, links to folders not followed) and of `-`.

    Whatever cannot be read is an issue with its path: `unreadable`, `empty`, `binary`, `too_large` (more than
    `limit` bytes; JSON Lines are read as a stream, so the limit is that of a line), or one of the reader's own.
    """
    for item, _ in captured(paths, hints, limit=limit, stdin=stdin):
        yield item


def captured(
    paths: Iterable[str | Path], hints: Hints, *, limit: int = LIMIT, stdin: BinaryIO | None = None
) -> Iterator[Item]:
    """The same, each report with the bytes it was read from: the file, or its line where lines are read as a stream."""
    for path in paths:
        if str(path) == STDIN:
            yield from _stream(stdin if stdin is not None else sys.stdin.buffer, hints, limit)
            continue
        for file in files(path):
            yield from _file(file, replace(hints, path=str(file)), limit)


def files(path: str | Path) -> Iterator[Path]:
    """The file at a path, or the files of the folder there: sorted, without hidden ones.

    A ledger in the folder that this process has open is left out, with all that lies beside it under its name.
    """
    path = Path(path)
    if not path.is_dir():
        yield path
        return
    for folder, inner, names in os.walk(path):
        ledgers = tuple(f"{name}." for name in names if is_held(Path(folder) / name))
        inner[:] = sorted(name for name in inner if not name.startswith((".", *ledgers)))
        for name in sorted(names):
            file = Path(folder) / name
            if not (name.startswith((".", *ledgers)) or is_held(file)):
                yield file


def _file(path: Path, hints: Hints, limit: int) -> Iterator[Item]:
    try:
        if not path.is_file():
            reason = "no such file" if not path.exists() else "not a regular file"
            yield refused("unreadable", reason, hints), None
            return
        if is_held(path):
            yield refused("unreadable", OPEN_HERE, hints), None
            return
        size = path.stat().st_size
        with path.open("rb") as stream:
            kind = format_of(path.name, stream.read(SNIFFED))
            if kind in ARCHIVES and size:
                stream.seek(0)
                yield from items(stream, hints, kind)
                return
        if size > limit and SUFFIXES.get(path.suffix.lower()) == "jsonl":
            with path.open("rb") as stream:
                head = CaptureHead(url=hints.url, path=hints.path, media_type=MEDIA_TYPES["jsonl"])
                for item, raw in raw_lines(stream, hints, limit=limit):
                    yield item, None if raw is None else Capture(raw, head)
            return
        limit = max(limit, ARCHIVE_LIMIT) if SUFFIXES.get(path.suffix.lower()) in ("zip", "tar") else limit
        if size > limit:
            yield refused("too_large", f"{size} bytes, the limit is {limit}", hints), None
            return
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield refused("unreadable", reason, hints), None
        return
    yield from data_items(data, hints)


def _stream(stream: BinaryIO, hints: Hints, limit: int) -> Iterator[Item]:
    named = hints if hints.path is not None else replace(hints, path=STDIN)
    data = stream.read(limit + 1)
    if len(data) > limit:
        yield refused("too_large", f"more than {limit} bytes on standard input", named), None
        return
    yield from data_items(data, named)


def data_items(data: bytes, hints: Hints) -> Iterator[Item]:
    """The reports of a file's bytes, each with what it was read from; the suffix of `hints.path` tells its format."""
    if not data.strip():
        yield refused("empty", "an empty file", hints), None
        return
    kind = format_of(hints.path, data)
    if kind in ARCHIVES:
        yield from items(BytesIO(data), hints, kind)
        return
    head = CaptureHead(url=hints.url, path=hints.path, media_type=MEDIA_TYPES.get(kind))
    capture = Capture(data, head)
    yield from ((item, capture) for item in documents(data, hints))
