"""Where given files wait to be read: a folder only this user can open, gone when they are read.

The folder of a server that ended early is taken over by the next one on the same ledger: what it left is read then.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from dateline.desk.jobs import Limits, SpooledFile, TooMuchError, Upload
from dateline.durable import put
from dateline.model import Hints

_COPIED = 256 * 1024
_NAME_LENGTH = 120
_UNNAMED = "unnamed file"


@dataclass(frozen=True, slots=True)
class Stored:
    """A job as it lies in the spool."""

    id: str
    by: str
    at: str
    given: Hints
    files: tuple[SpooledFile, ...] = ()


class Spool:
    """The spool of one server on one ledger."""

    def __init__(self, ledger: str, limits: Limits, *, within: Path | None = None) -> None:
        self._prefix = _prefix(ledger)
        self._within = Path(tempfile.gettempdir()) if within is None else within
        self._limits = limits
        self.folder = Path(tempfile.mkdtemp(prefix=self._prefix, dir=self._within))
        self._lock = _locked(self.folder)

    def keep(self, stored: Stored, uploads: Sequence[Upload]) -> Stored:
        """Copy what was given, and remember it until it is forgotten; TooMuchError beyond a limit, or of the disk."""
        if not uploads:
            raise TooMuchError("there is nothing to read")
        if len(uploads) > self._limits.files:
            raise TooMuchError(f"{len(uploads)} files, at most {self._limits.files} are taken at once")
        folder = self.folder / stored.id
        try:
            folder.mkdir(mode=0o700)
            files = self._copies(folder, uploads)
            stored = replace(stored, files=files)
            _remember(folder, stored)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise TooMuchError(f"what was given cannot be kept here: {error.strerror or error}") from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return stored

    def forget(self, job: str) -> None:
        """Remove what was given for a job."""
        shutil.rmtree(self.folder / job, ignore_errors=True)

    def left(self) -> list[Stored]:
        """Jobs that servers before this one on the same ledger did not finish, moved into this spool, oldest first."""
        found: list[Stored] = []
        for folder in sorted(self._within.glob(f"{self._prefix}*")):
            if folder != self.folder and _is_ours(folder):
                found += self._taken_over(folder)
        return sorted(found, key=lambda stored: stored.at)

    def close(self) -> None:
        """Remove the folder, unless something in it was not read."""
        if not any(path.is_dir() for path in self.folder.iterdir()):
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _copies(self, folder: Path, uploads: Sequence[Upload]) -> tuple[SpooledFile, ...]:
        files = []
        whole = 0
        for number, upload in enumerate(uploads):
            path = folder / str(number)
            name = plain_name(upload.name)
            with path.open("xb") as file:
                for part in _parts(upload.data):
                    whole += len(part)
                    if file.tell() + len(part) > self._limits.file_bytes:
                        raise TooMuchError(f"{name}: more than {_megabytes(self._limits.file_bytes)} in one file")
                    if whole > self._limits.job_bytes:
                        raise TooMuchError(f"more than {_megabytes(self._limits.job_bytes)} at once")
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            files.append(SpooledFile(name, str(path)))
        return tuple(files)

    def _taken_over(self, folder: Path) -> Iterator[Stored]:
        lock = _locked(folder)
        if lock is None:
            return
        try:
            for left in sorted(path for path in folder.iterdir() if path.is_dir()):
                stored = _stored(left / "job")
                moved = self.folder / left.name
                if stored is None or moved.exists():
                    continue
                shutil.move(left, moved)
                files = tuple(SpooledFile(file.name, str(moved / Path(file.path).name)) for file in stored.files)
                stored = replace(stored, files=files)
                _remember(moved, stored)
                yield stored
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def _remember(folder: Path, stored: Stored) -> None:
    """Write what is known of a job, whole or not at all, on the disk when this returns: it is acknowledged then."""
    put(folder / "job", msgspec.json.encode(stored))


def plain_name(name: str) -> str:
    """The last part of a file's name, short, on one line and without characters that do anything.

    >>> plain_name("../../etc/passwd"), plain_name("C:\\\\reports\\\\niger.html"), plain_name("..")
    ('passwd', 'niger.html', 'unnamed file')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(char if char.isprintable() else "\ufffd" for char in last).strip()
    if plain.strip(".") == "":
        return _UNNAMED
    if len(plain) > _NAME_LENGTH:
        stem, dot, suffix = plain.rpartition(".")
        ending = f"{dot}{suffix}" if stem and len(suffix) <= 8 else ""
        plain = f"{plain[: _NAME_LENGTH - len(ending) - 1]}…{ending}"
    return plain


def _parts(data: BinaryIO) -> Iterator[bytes]:
    while part := data.read(_COPIED):
        yield part


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"


def _prefix(ledger: str) -> str:
    known = ledger if "://" in ledger else str(Path(ledger).resolve())
    digest = hashlib.sha256(known.encode("utf-8", "surrogateescape")).hexdigest()
    return f"dateline-{digest[:16]}-"


def _is_ours(folder: Path) -> bool:
    """Whether a folder is this user's and closed to all others; in a shared temporary folder anybody may make one."""
    if sys.platform == "win32":
        return False
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) == 0o700


def _locked(folder: Path) -> int | None:
    """The open lock file of a folder, None where another process holds it; the system lets go when a process ends."""
    try:
        import fcntl
    except ImportError:
        return None
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def _stored(path: Path) -> Stored | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Stored)
    except (OSError, msgspec.MsgspecError):
        return None
