"""Tar archives, read member by member from bytes that may be packed by gzip; nothing is written to disk.

The library's own reader is not used: it follows sizes and names of hostile archives further than is good.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dateline.ingest.zips import FLOOR, MEBIBYTE, RATIO, RefusedZipError, shown, unsafe_name

BLOCK: Final = 512
MEMBER_BYTES: Final = 64 * MEBIBYTE
LONG_HEADER: Final = 64 * 1024

_GZIP: Final = b"\x1f\x8b"
_SLICE: Final = 64 * 1024
_MOST_STREAMS: Final = 10_000
_REGULAR: Final = (b"0", b"\x00", b"7")
_ENDED: Final = "it ends in the middle"


@dataclass(frozen=True, slots=True)
class TarMember:
    """A member in order: its name and bytes, or (`code`, `reason`) why it is not read."""

    name: str
    data: bytes = b""
    code: str | None = None
    reason: str = ""


def gunzipped(data: bytes, *, limit: int) -> Iterator[bytes]:
    """What gzip packed, in chunks; RefusedZipError for damage, for more than 100 to 1, for more than `limit` bytes."""
    most = min(limit, max(FLOOR, RATIO * len(data)))
    total = place = streams = 0
    while data.startswith(_GZIP, place):
        streams += 1
        if streams > _MOST_STREAMS:
            raise RefusedZipError("bad_file", f"more than {_MOST_STREAMS} gzip files in one another's wake")
        unpacker = zlib.decompressobj(wbits=31)
        fed = b""
        while not unpacker.eof:
            if not fed:
                fed = data[place : place + _SLICE]
                place += len(fed)
            try:
                chunk = unpacker.decompress(fed, MEBIBYTE)
            except zlib.error as error:
                raise RefusedZipError("bad_file", f"damaged gzip data ({error})") from error
            if not fed and not chunk and not unpacker.eof:
                raise RefusedZipError("bad_file", f"damaged gzip data ({_ENDED})")
            fed = unpacker.unconsumed_tail
            total += len(chunk)
            if total > most:
                code = "bomb" if most < limit else "too_large"
                raise RefusedZipError(code, f"{len(data)} bytes become more than {most}, at most {RATIO} to 1 are read")
            yield chunk
        place -= len(unpacker.unused_data)


def is_tar(start: bytes) -> bool:
    """Whether bytes begin with the header of a tar member, told by its sum."""
    return len(start) >= BLOCK and _number(start[148:156]) == _sum(start[:BLOCK])


def tar_members(chunks: Iterator[bytes], *, most: int) -> Iterator[TarMember]:
    """The regular files of a tar archive in order; links, devices, names that lead outside and large ones are told.

    RefusedZipError where it is damaged or holds more than `most` members.
    """
    flow = _Flow(chunks)
    name: str | None = None
    size: int | None = None
    for count in range(most + 1):
        header = flow.take(BLOCK)
        if not header.strip(b"\x00"):
            return
        if len(header) < BLOCK or _number(header[148:156]) != _sum(header):
            raise RefusedZipError("bad_file", f"a damaged tar archive (after {count} parts)")
        kind = header[156:157]
        length = size if size is not None and kind not in (b"x", b"g", b"L", b"K") else _number(header[124:136])
        if kind in (b"x", b"g", b"L", b"K"):
            extra = _extra(flow, length)
            if kind == b"L":
                name = _text(extra.rstrip(b"\x00"))
            elif kind == b"x":
                told, large = _told(extra)
                name, size = told or name, large if large is not None else size
            continue
        shortened = name if name is not None else _name(header)
        name = size = None
        if kind == b"5" or shortened.endswith("/"):
            flow.skip(length)
            continue
        yield _member(flow, shortened.replace("\\", "/"), kind, length)
    raise RefusedZipError("too_large", f"more than {most} files in it")


def _member(flow: _Flow, name: str, kind: bytes, length: int) -> TarMember:
    if kind not in _REGULAR:
        flow.skip(0 if kind in (b"1", b"2") else length)
        return TarMember(shown(name), code="unsafe_path", reason="a link or a device, not a file")
    outside = unsafe_name(name)
    if outside is not None or length > MEMBER_BYTES:
        flow.skip(length)
        code = "unsafe_path" if outside is not None else "too_large"
        return TarMember(shown(name), code=code, reason=outside or f"{length} bytes, the limit is {MEMBER_BYTES}")
    data = flow.take(length)
    if len(data) < length:
        raise RefusedZipError("bad_file", f"a damaged tar archive ({_ENDED})")
    flow.skip(-length % BLOCK, padded=False)
    return TarMember(name, data)


class _Flow:
    """Chunks read in the lengths that are asked for."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = bytearray()

    def take(self, length: int) -> bytes:
        """So many bytes, fewer at the end."""
        while len(self._held) < length and (chunk := next(self._chunks, None)) is not None:
            self._held += chunk
        taken = bytes(self._held[:length])
        del self._held[:length]
        return taken

    def skip(self, length: int, *, padded: bool = True) -> None:
        """Pass over so many bytes, up to the next block where `padded`."""
        left = length + (-length % BLOCK if padded else 0)
        while left > 0 and (taken := self.take(min(left, MEBIBYTE))):
            left -= len(taken)


def _extra(flow: _Flow, length: int) -> bytes:
    if length > LONG_HEADER:
        raise RefusedZipError("bad_file", "a damaged tar archive (a name that is too long)")
    data = flow.take(length)
    flow.skip(-length % BLOCK, padded=False)
    return data


def _told(extra: bytes) -> tuple[str | None, int | None]:
    """Path and size in a pax header: lines of "length key=value"."""
    name, size, place = None, None, 0
    while place < len(extra):
        digits, _, _ = extra[place : place + 12].partition(b" ")
        length = int(digits) if digits.isdigit() else 0
        key, found, value = extra[place + len(digits) + 1 : place + length].rstrip(b"\n").partition(b"=")
        if length <= len(digits) + 1 or not found:
            break
        if key == b"path":
            name = _text(value)
        elif key == b"size" and value.isdigit() and len(value) < 20:
            size = int(value)
        place += length
    return name, size


def _name(header: bytes) -> str:
    name = _text(header[:100].split(b"\x00")[0])
    prefix = (
        _text(header[345:500].split(b"\x00")[0]) if header[257:262] == b"ustar" and header[263:265] == b"00" else ""
    )
    return f"{prefix}/{name}" if prefix else name


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _number(field: bytes) -> int:
    """A number in octal digits, or in base 256 where its first bit says so; -1 where it is none."""
    if field[:1] and field[0] & 0x80:
        return int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    digits = field.strip(b" \x00")
    if not digits:
        return 0
    return int(digits, 8) if all(48 <= digit <= 55 for digit in digits) else -1


def _sum(header: bytes) -> int:
    return sum(header[:148]) + 8 * 32 + sum(header[156:])
