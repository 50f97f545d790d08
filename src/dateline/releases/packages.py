"""A release or dossier as it lies on a disk: a folder, or a ZIP file, which is unpacked with care."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dateline.export.folder import MANIFEST, hashed, write_zip
from dateline.releases.errors import ReleaseError

LARGEST = 8 * 1024**3
"""Bytes that a packed release may have when it is unpacked."""

MOST_FILES = 200_000
RATIO = 200
"""How many times its size a packed file may have, once it has `LITTLE` bytes."""
LITTLE = 10 * 1024 * 1024
_BLOCK = 1 << 20
_LARGEST_MANIFEST = 64 * _BLOCK
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Package:
    """An open package: its folder (unpacked where it was packed), the name it has in messages, what is odd about it."""

    root: Path
    name: str
    oddities: tuple[str, ...] = ()

    def manifest(self) -> bytes:
        """The bytes of its manifest; ReleaseError where there is none."""
        try:
            path = self.root / MANIFEST
            if path.is_symlink() or path.stat().st_size > _LARGEST_MANIFEST:
                raise ReleaseError(f"the {MANIFEST} of {self.name} is no file that can be read")
            return path.read_bytes()
        except OSError as error:
            raise ReleaseError(f"{self.name} has no {MANIFEST} that can be read: {error.strerror}") from error

    def path(self, name: str) -> Path:
        """Where a file of it lies; the name must be one of `files`."""
        return self.root / name

    def files(self) -> dict[str, tuple[int, str]]:
        """Size and SHA-256 of every file by name; links are never followed and have no sum."""
        try:
            return {name: (size, sha) for name, size, sha in hashed(self.root)}
        except OSError as error:
            raise ReleaseError(f"cannot read {self.name}: {error.strerror or error}") from error


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package at a path; ReleaseError for what is neither a folder nor a ZIP file of one folder."""
    if path.is_dir():
        yield Package(path, str(path))
        return
    if not path.is_file():
        raise ReleaseError(f"there is no {path}" if not path.exists() else f"{path} is no file")
    if not zipfile.is_zipfile(path):
        raise ReleaseError(f"{path} is no release or dossier, and no {path.name}.about.json is beside it")
    with tempfile.TemporaryDirectory() as folder:
        root = _unpacked(path, Path(folder))
        yield Package(root, str(path), tuple(_oddities(path, root)))


def manifest_of(path: Path) -> bytes:
    """The manifest of a package without unpacking it; ReleaseError where there is none."""
    if path.is_dir():
        return Package(path, str(path)).manifest()
    try:
        with zipfile.ZipFile(path) as packed:
            for entry in packed.infolist()[:MOST_FILES]:
                parts = entry.filename.split("/")
                if len(parts) == 2 and parts[1] == MANIFEST and entry.file_size <= _LARGEST_MANIFEST:
                    return packed.read(entry)
    except _BROKEN as error:
        raise ReleaseError(f"{path} cannot be unpacked: {error}") from error
    raise ReleaseError(f"{path} has no {MANIFEST}")


def _unpacked(path: Path, folder: Path) -> Path:
    """The one folder of a ZIP file, unpacked; sizes, ratios and names are checked before anything is written."""
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            top = _checked(entries, path)
            for entry in entries:
                target = folder / entry.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(entry) as stream, target.open("xb") as out:
                    shutil.copyfileobj(stream, out, _BLOCK)
    except _BROKEN as error:
        raise ReleaseError(f"{path} cannot be unpacked: {error}") from error
    return folder / top


def _checked(entries: list[zipfile.ZipInfo], path: Path) -> str:
    """The name of the one folder; ReleaseError for bombs and for names that lead elsewhere."""
    if not entries or len(entries) > MOST_FILES:
        raise ReleaseError(f"{path} has {len(entries)} files")
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise ReleaseError(f"{path} would be too large when it is unpacked")
    tops = set()
    for entry in entries:
        parts = entry.filename.split("/")
        if any(part in ("", ".", "..") or "\\" in part or ":" in part or "\0" in part for part in parts):
            raise ReleaseError(f"{path} holds a file with the name {entry.filename!r}")
        if len(parts) not in (2, 3):
            raise ReleaseError(f"{path} is no release or dossier: {entry.filename!r} is not in one folder")
        if entry.file_size > LITTLE and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise ReleaseError(f"{path} holds a bomb: {entry.filename!r}")
        tops.add(parts[0])
    if len(tops) > 1:
        raise ReleaseError(f"{path} holds several folders")
    return tops.pop()


def _oddities(path: Path, root: Path) -> Iterator[str]:
    """What the file holds besides what dateline packs: comments, other dates, bytes between or after."""
    beside = path.with_name(path.name + ".sha256")
    if beside.is_file():
        told = beside.read_bytes()[:200].split()
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        if not told or told[0].decode("ascii", "replace") != digest.hexdigest():
            yield f"{path.name} is not as {beside.name} has it"
    with tempfile.TemporaryFile() as again:
        write_zip(root, again)
        again.seek(0)
        with path.open("rb") as stream:
            while True:
                block = stream.read(_BLOCK)
                if block != again.read(_BLOCK):
                    yield f"{path.name} is packed otherwise than dateline packs here, its files aside"
                    return
                if not block:
                    return
