"""Zip files opened with a guard: counts, sizes, ratios and names are checked before anything is unpacked.

Archives of reports, office files and web archives (WACZ) are all zip files; every reader of one opens it here.
Nothing is ever written to disk.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, Final

MEBIBYTE: Final = 1024 * 1024
RATIO: Final = 100
"""What a member, and all of them together, may become in size for each byte in the file."""
FLOOR: Final = 4 * MEBIBYTE
"""Bytes up to which the ratio does not matter: short texts that repeat themselves are no bombs."""
LONGEST_NAME: Final = 1000

_DIRECTORY_BYTES: Final = 8 * MEBIBYTE
_CHUNK: Final = 64 * 1024
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, LookupError,
    NotImplementedError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip
_DRIVE = re.compile(r"[A-Za-z]:")
_DTD = re.compile(rb"\x00{0,3}".join(rb"<!DOCTYPE"[i : i + 1] for i in range(9)) + rb"|<!ENTITY")


class RefusedZipError(ValueError):
    """A zip file or a member of it that is not read; the message tells why, in words for the user."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken from a zip file: count of members, bytes of one and of all of them unpacked."""

    members: int = 50_000
    member_bytes: int = 64 * MEBIBYTE
    total_bytes: int = 2048 * MEBIBYTE


OFFICE: Final = Bounds(members=5_000, member_bytes=64 * MEBIBYTE, total_bytes=256 * MEBIBYTE)
"""For DOCX and XLSX."""


@dataclass(frozen=True, slots=True)
class Member:
    """A regular file in a zip file: its name with `/`, safe below any folder, and its size in bytes unpacked."""

    name: str
    size: int
    info: zipfile.ZipInfo


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """A member that is not read, with the code of the issue and the reason in words."""

    name: str
    code: str
    reason: str


class GuardedZip:
    """An open zip file whose members were checked. `members` can be read, `refused` ones are told and cannot.

    Folders are in neither. Of two members of one name the first counts.
    """

    def __init__(self, file: zipfile.ZipFile, size: int, bounds: Bounds) -> None:
        self._file = file
        self._bounds = bounds
        entries = file.infolist()
        if len(entries) > bounds.members:
            raise RefusedZipError("too_large", f"{len(entries)} files in it, at most {bounds.members} are read")
        files = [entry for entry in entries if not entry.filename.endswith(("/", "\\"))]
        if files and all(entry.flag_bits & 1 for entry in files):
            raise RefusedZipError("encrypted", "encrypted: unpack it with its password and give the files")
        found: dict[str, Member] = {}
        refused: list[RefusedMember] = []
        for entry in files:
            name = entry.filename.replace("\\", "/")
            why = _objection(entry, name, bounds) or (
                ("twice", "a second file of that name") if name in found else None
            )
            if why is not None:
                refused.append(RefusedMember(shown(name), *why))
            else:
                found[name] = Member(name, entry.file_size, entry)
        unpacked = sum(member.size for member in found.values())
        if unpacked > max(FLOOR, RATIO * size):
            raise RefusedZipError("bomb", f"{size} bytes become {unpacked}, at most {RATIO} to 1 are read")
        if unpacked > bounds.total_bytes:
            raise RefusedZipError("too_large", f"{unpacked} bytes unpacked, the limit is {bounds.total_bytes}")
        self.members: tuple[Member, ...] = tuple(found.values())
        self.refused: tuple[RefusedMember, ...] = tuple(refused)
        self._found = found

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def all_read(self) -> GuardedZip:
        """Itself, for a format that is one thing; RefusedZipError if any member is refused, with its reason."""
        for bad in self.refused:
            raise RefusedZipError(bad.code, f"{bad.name}: {bad.reason}")
        return self

    def read(self, name: str) -> bytes:
        """The bytes of a member; RefusedZipError if there is none of that name or it is damaged."""
        with self.open(name) as stream:
            return stream.read()

    def xml(self, name: str) -> bytes:
        """The bytes of a member that is XML without a document type, so that no parser expands entities."""
        data = self.read(name)
        if _DTD.search(data) is not None:
            raise RefusedZipError(
                "bad_file", f"{shown(name)} declares a document type or entities, as no office file does"
            )
        return data

    def open(self, name: str) -> BinaryIO:
        """A member as a stream, never longer than its size; RefusedZipError as with `read`, also while it is read."""
        member = self._found.get(name)
        if member is None:
            raise RefusedZipError("bad_file", f"no {shown(name)} in it")
        try:
            return io.BufferedReader(_Part(self._file.open(member.info), name), _CHUNK)
        except _BROKEN as error:
            raise _damaged(name, error) from error


@contextmanager
def opened_zip(data: bytes | BinaryIO, bounds: Bounds | None = None) -> Iterator[GuardedZip]:
    """A zip file in memory or in a seekable stream, checked; RefusedZipError where it is none, damaged or a bomb.

    The list of members is read up to 8 MiB. A name that leads outside (`..`, `/`, a drive), a link, a device,
    an encrypted member, one that unpacks to more than 100 times its size or is larger than `bounds` says are in
    `refused`. Only what is stored or deflated is read.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    size = stream.seek(0, io.SEEK_END)
    guard = _Guard(stream)
    try:
        file = zipfile.ZipFile(guard)
    except RefusedZipError:
        raise
    except _BROKEN as error:
        raise RefusedZipError("bad_file", f"a damaged zip file ({error})") from error
    guard.limit = None
    with file:
        yield GuardedZip(file, size, bounds or Bounds())


def shown(name: str) -> str:
    """A member's name for a message or a path: no control or direction marks, at most 200 characters."""
    plain = "".join(char if char.isprintable() else "\ufffd" for char in name[:200])
    return plain + ("…" if len(name) > 200 else "")


def unsafe_name(name: str) -> str | None:
    """Why a member's name (with `/` between folders) is not taken, or None."""
    if not name.strip() or len(name) > LONGEST_NAME:
        return "a name that is empty or too long"
    if "\x00" in name:
        return "a NUL in its name"
    if name.startswith("/") or _DRIVE.match(name) is not None or ".." in name.split("/"):
        return "its name leads outside the archive"
    return None


class _Guard(io.RawIOBase):
    """A stream that refuses a long read while the list of members is read (at most `limit` bytes at once)."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.limit: int | None = _DIRECTORY_BYTES

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        if self.limit is None:
            return self._stream.read(size)
        data = self._stream.read(self.limit + 1 if size < 0 else min(size, self.limit + 1))
        if len(data) > self.limit:
            raise RefusedZipError("too_large", f"its list of files has more than {self.limit} bytes")
        return data


class _Part(io.RawIOBase):
    """A member as it is unpacked; damage is a RefusedZipError."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except _BROKEN as error:
            raise _damaged(self._name, error) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _objection(entry: zipfile.ZipInfo, name: str, bounds: Bounds) -> tuple[str, str] | None:
    outside = unsafe_name(entry.orig_filename.replace("\\", "/")) or unsafe_name(name)
    if outside is not None:
        return "unsafe_path", outside
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "unsafe_path", "a link or a device, not a file"
    if entry.flag_bits & 1:
        return "encrypted", "encrypted: unpack it with its password and give the file"
    if entry.compress_type not in _METHODS:
        return "bad_file", "packed by a method that is not read; only deflate is"
    if entry.file_size > max(FLOOR, RATIO * entry.compress_size):
        return "bomb", f"{entry.compress_size} bytes become {entry.file_size}, at most {RATIO} to 1 are read"
    if entry.file_size > bounds.member_bytes:
        return "too_large", f"{entry.file_size} bytes unpacked, the limit is {bounds.member_bytes}"
    return None


def _damaged(name: str, error: BaseException) -> RefusedZipError:
    return RefusedZipError("bad_file", f"{shown(name)} is damaged ({error})")
