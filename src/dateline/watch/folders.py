"""Folders: the files that are new or changed since they were read, none outside the folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.watch.settings import Folder


@dataclass(frozen=True, slots=True)
class File:
    """A file of a folder; `name` is its path within the folder, `seen` its size and time of change."""

    path: Path
    name: str
    seen: str


def files(folder: Folder, now: float) -> Iterator[File]:
    """The files of a folder that match its pattern and were left alone for a while, by name.

    OSError where the folder cannot be read. Hidden files and folders are left out, and so are links that lead out of
    the folder and whatever is no regular file.
    """
    if not folder.path.is_dir():
        raise NotADirectoryError(f"there is no folder {folder.path}")
    root = folder.path.resolve()
    for path in sorted(folder.path.glob(folder.pattern)):
        name = path.relative_to(folder.path)
        if any(part.startswith(".") for part in name.parts):
            continue
        try:
            if not path.resolve().is_relative_to(root) or not path.is_file():
                continue
            found = path.stat()
        except (OSError, RuntimeError):
            continue
        if found.st_mtime <= now - folder.settled or found.st_mtime > now + 86400:
            yield File(path, os.fspath(name), f"{found.st_size}-{found.st_mtime_ns}")
