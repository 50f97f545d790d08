"""Files that are there whole or not at all, and on the disk when a function returns."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path


def put(path: Path, data: bytes) -> None:
    """Write a file in the place of an older one, with the folders it needs.

    It is never seen half written, neither by others nor after a power cut. OSError leaves nothing behind but folders.
    """
    missing = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    for folder in (path.parent, *(made.parent for made in missing)):
        sync(folder)


def sync(path: Path) -> None:
    """Bring a file, or what a folder lists, to the disk: a new name is there when its folder is.

    Windows knows no such thing of folders.
    """
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
