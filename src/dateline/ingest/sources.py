"""Where reports lie: files, folders and standard input, each read by the reader that fits it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from dateline.ingest import SUFFIXES, documents
from dateline.ingest.jsonl import lines
from dateline.ingest.report import refused
from dateline.model import Document, Hints, Issue

LIMIT: Final = 64 * 1024 * 1024
ARCHIVE_LIMIT: Final = 512 * 1024 * 1024
STDIN: Final = "-"


def reports(
    paths: Iterable[str | Path], hints: Hints, *, limit: int = LIMIT, stdin: BinaryIO | None = None
) -> Iterator[Document | Issue]:
    """The reports of files, of folders (sorted, hidden ones left out, links to folders not followed) and of `-`.

    Whatever cannot be read is an issue with its path: `unreadable`, `empty`, `binary`, `too_large` (more than
    `limit` bytes; JSON Lines are read as a stream, so the limit is that of a line), or one of the reader's own.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _stream(stdin if stdin is not None else sys.stdin.buffer, hints, limit)
            continue
        for file in files(path):
            yield from _file(file, replace(hints, path=str(file)), limit)


def files(path: str | Path) -> Iterator[Path]:
    """The file at a path, or the files of the folder there: sorted, without hidden ones."""
    path = Path(path)
    if not path.is_dir():
        yield path
        return
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder) / name


def _file(path: Path, hints: Hints, limit: int) -> Iterator[Document | Issue]:
    try:
        if not path.is_file():
            reason = "no such file" if not path.exists() else "not a regular file"
            yield refused("unreadable", reason, hints)
            return
        size = path.stat().st_size
        if size > limit and SUFFIXES.get(path.suffix.lower()) == "jsonl":
            with path.open("rb") as stream:
                yield from lines(stream, hints, limit=limit)
            return
        limit = max(limit, ARCHIVE_LIMIT) if SUFFIXES.get(path.suffix.lower()) in ("zip", "tar") else limit
        if size > limit:
            yield refused("too_large", f"{size} bytes, the limit is {limit}", hints)
            return
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield refused("unreadable", reason, hints)
        return
    yield from _data(data, hints)


def _stream(stream: BinaryIO, hints: Hints, limit: int) -> Iterator[Document | Issue]:
    named = hints if hints.path is not None else replace(hints, path=STDIN)
    data = stream.read(limit + 1)
    if len(data) > limit:
        yield refused("too_large", f"more than {limit} bytes on standard input", named)
        return
    yield from _data(data, named)


def _data(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    if not data.strip():
        yield refused("empty", "an empty file", hints)
        return
    yield from documents(data, hints)
