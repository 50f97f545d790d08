"""A folder that is written whole or not at all, with a manifest by which it can be checked back."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)?")
_BLOCK = 1 << 20


class FolderError(Exception):
    """A folder that cannot be written, or has no manifest; the message says why."""


class Folder:
    """A folder being written: files by their path in it, one folder deep."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, name: str, content: bytes) -> None:
        """Put a file there."""
        self._path(name).write_bytes(content)

    def appending(self, name: str) -> BinaryIO:
        """A file to be written piece by piece; the caller closes it."""
        return self._path(name).open("wb")

    def close(self, about: Mapping[str, Any]) -> None:
        """Add the manifest: what the folder is, and size and SHA-256 of every file."""
        text = json.dumps({**about, "files": self.files()}, ensure_ascii=False, indent=1)
        self.seal(text.encode("utf-8", "backslashreplace") + b"\n")

    def files(self) -> dict[str, dict[str, Any]]:
        """Size and SHA-256 of every file that is there."""
        return {name: {"bytes": size, "sha256": sha} for name, size, sha in hashed(self.root)}

    def seal(self, manifest: bytes) -> None:
        """Add a manifest as it is, and the sums of all files."""
        self.add(MANIFEST, manifest)
        sums = "".join(f"{sha}  {name}\n" for name, _, sha in hashed(self.root))
        self.add(SUMS, sums.encode())

    def _path(self, name: str) -> Path:
        if _NAME.fullmatch(name) is None:
            raise FolderError(f"{name!r} is no name for a file")
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        return path


@contextmanager
def whole(target: Path) -> Iterator[Folder]:
    """A folder that appears at `target` when all of it is written; FolderError where something stands there."""
    _refuse_occupied(target)
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.resolve().parent))
    except OSError as error:
        raise FolderError(f"cannot write beside {target}: {error.strerror or error}") from error
    try:
        yield Folder(made)
        made.chmod(0o777 & ~_umask())
        _refuse_occupied(target)
        if target.is_dir():
            target.rmdir()
        made.rename(target)
    except OSError as error:
        raise FolderError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _refuse_occupied(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise FolderError(f"{target} is there already and is no folder")
    if target.is_dir() and any(target.iterdir()):
        raise FolderError(f"{target} is there already and not empty: choose another folder or empty it")


def _umask() -> int:
    """The rights that new files are not given; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def differences(root: Path) -> list[str]:
    """What of a dossier is not as its manifest has it, in words; FolderError where there is no manifest."""
    try:
        files = json.loads((root / MANIFEST).read_bytes())["files"]
        wanted = {name: (entry["bytes"], entry["sha256"]) for name, entry in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(f"{root} is no dossier: it has no {MANIFEST} that can be read") from error
    found = {name: (size, sha) for name, size, sha in hashed(root) if name not in (MANIFEST, SUMS)}
    told = [f"{name} is missing" for name in sorted(wanted.keys() - found.keys())]
    told += [f"{name} is not of the dossier" for name in sorted(found.keys() - wanted.keys())]
    return told + [f"{name} was changed" for name in sorted(wanted) if name in found and found[name] != wanted[name]]


def write_zip(root: Path, out: IO[bytes]) -> None:
    """Pack a folder under its own name; the same folder gives the same bytes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{root.name}/{path.relative_to(root).as_posix()}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with packed.open(entry, "w") as into, path.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    into.write(block)


def hashed(root: Path) -> Iterator[tuple[str, int, str]]:
    """(name, size, SHA-256) of every file, in order of name; links are never followed and have no sum."""
    for path in sorted(path for path in root.rglob("*") if path.is_file() or path.is_symlink()):
        if path.is_symlink():
            yield path.relative_to(root).as_posix(), 0, ""
            continue
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
        yield path.relative_to(root).as_posix(), path.stat().st_size, digest.hexdigest()
