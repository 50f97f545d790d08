"""Bytes of a file that may be gzip, read in bounds: never more at once than asked for, never without end.

A web archive is one gzip member a record. What is torn or damaged is told where it lies, and reading can go on at the
next member: nothing that is whole is lost for what is not.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO, Final

RATIO: Final = 100
"""Bytes that one packed byte may unpack to, over all of a file; `SLACK` bytes are free."""

SLACK: Final = 8 * 1024 * 1024
LONGEST_LINE: Final = 64 * 1024
GZIP: Final = b"\x1f\x8b\x08"

_TAKEN: Final = 64 * 1024
_GIVEN: Final = 256 * 1024


class TornError(ValueError):
    """The bytes end early, or are not what should be there; the message says which."""


class BombError(ValueError):
    """The bytes unpack to more than any file of reports does."""


class Unpacked:
    """The bytes of a stream, unpacked where it is gzip (any number of members), as they are where not.

    TornError where they are damaged or end early; BombError beyond `RATIO`. Memory stays flat. `salvaged`: gzip members
    are looked for between other bytes.
    """

    def __init__(self, stream: BinaryIO, *, salvaged: bool = False) -> None:
        self._stream = stream
        self._pending = stream.read(_TAKEN)
        self._read = len(self._pending)
        self._zipped = self._pending.startswith(GZIP)
        self._inflater: zlib._Decompress | None = None
        self._buffer = b""
        self._at = 0
        self._given = 0
        self._member = (0, 0)
        self._broken = False
        if salvaged:
            self._zipped = True
            self._next_member()

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._buffer) and not self._more()

    def offset(self) -> int | None:
        """The place in the stream where what comes next begins and can be read from, None within a gzip member."""
        here = self._given - len(self._buffer) + self._at
        if not self._zipped:
            return here
        start, offset = self._member
        return offset if start == here else None

    def readline(self, limit: int = LONGEST_LINE) -> bytes:
        """A line with its line feed, b"" at the end; TornError for one longer than `limit`."""
        parts: list[bytes] = []
        length = 0
        while not self.at_end():
            end = self._buffer.find(b"\n", self._at)
            stop = len(self._buffer) if end < 0 else end + 1
            parts.append(self._buffer[self._at : stop])
            length += stop - self._at
            self._at = stop
            if length > limit:
                raise TornError(f"a line of more than {limit} bytes")
            if end >= 0:
                break
        return b"".join(parts)

    def take(self, length: int) -> bytes:
        """So many bytes; TornError when there are fewer."""
        parts: list[bytes] = []
        left = length
        while left:
            if self.at_end():
                raise TornError(f"the file ends {left} bytes early")
            part = self._buffer[self._at : self._at + left]
            parts.append(part)
            self._at += len(part)
            left -= len(part)
        return b"".join(parts)

    def skip(self, length: int) -> None:
        """Leave out so many bytes; TornError when there are fewer."""
        while length:
            length -= len(self.take(min(length, _GIVEN)))

    def skip_blank(self) -> None:
        """Leave out line feeds and carriage returns."""
        while not self.at_end() and self._buffer[self._at] in b"\r\n":
            self._at += 1

    def resume(self, mark: bytes) -> bool:
        """Go on after damage where `mark` comes next, or the next gzip member; False where neither is there."""
        while not self._broken:
            found = self._buffer.find(mark, self._at)
            if found >= 0:
                self._at = found
                return True
            tail = self._buffer[self._at :][1 - len(mark) :]
            try:
                if not self._more():
                    return False
            except TornError:
                break
            self._buffer, self._at = tail + self._buffer, 0
        return self._next_member()

    def _next_member(self) -> bool:
        """Go on at what looks like a gzip member, after damage to another."""
        self._buffer, self._at, self._broken = b"", 0, False
        data = self._pending
        while True:
            found = data.find(GZIP)
            if found >= 0:
                self._pending = data[found:]
                return True
            more = self._stream.read(_TAKEN)
            self._read += len(more)
            data = data[1 - len(GZIP) :] + more
            if not more:
                self._pending = b""
                return False

    def _more(self) -> bool:
        """Put the next bytes into the buffer; False at the end."""
        if self._zipped:
            return self._inflated()
        data = self._input()
        self._pending = b""
        self._hold(data)
        return bool(data)

    def _hold(self, data: bytes) -> None:
        self._buffer, self._at = data, 0
        self._given += len(data)

    def _input(self) -> bytes:
        """What is to be unpacked next; b"" at the end."""
        if not self._pending:
            self._pending = self._stream.read(_TAKEN)
            self._read += len(self._pending)
        return self._pending

    def _inflated(self) -> bool:
        while True:
            if self._inflater is None and not self._begun():
                return False
            inflater = self._inflater
            data = self._input()
            if inflater is None or not data:
                self._inflater, self._broken = None, True
                raise TornError("the file ends within a gzip member")
            try:
                found = inflater.decompress(data, _GIVEN)
            except zlib.error as error:
                self._inflater, self._broken = None, True
                self._pending = data[1:]
                raise TornError(f"damaged gzip data ({error})") from error
            self._pending = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            self._inflater = None if inflater.eof else inflater
            if found:
                self._hold(found)
                self._weigh()
                return True

    def _begun(self) -> bool:
        """Begin the next gzip member; False where there is none."""
        while (data := self._input()) and not data.strip(b"\x00"):
            self._pending = b""
        if not data:
            return False
        self._pending = data.lstrip(b"\x00")
        if len(self._pending) < len(GZIP):
            more = self._stream.read(_TAKEN)
            self._read += len(more)
            self._pending += more
        if not self._pending.startswith(GZIP):
            self._broken = True
            raise TornError("other bytes between gzip members")
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._member = (self._given, self._read - len(self._pending))
        return True

    def _weigh(self) -> None:
        if self._given > RATIO * (self._read - len(self._pending)) + SLACK:
            raise BombError(f"unpacks to more than {RATIO} times its size")


def undone(data: bytes, encodings: str | None, limit: int) -> bytes:
    """`data` without the content encodings of an HTTP header (gzip, deflate, br), `limit` bytes at most.

    Bytes that are not encoded, whatever the header says, come back as they are. TornError for damaged or unknown
    encodings, BombError beyond the limit or `RATIO`.
    """
    for name in reversed((encodings or "").lower().replace(" ", "").split(",")):
        most = min(limit, RATIO * len(data) + SLACK)
        if name in ("gzip", "x-gzip"):
            data = _gunzipped(data, most)
        elif name == "deflate":
            data = _deflated(data, most)
        elif name == "br":
            data = _brotli(data, most)
        elif name not in ("", "identity", "none", "utf-8"):
            raise TornError(f"content encoding {name[:20]!r} is not known")
    return data


def dechunked(data: bytes) -> bytes:
    """`data` without HTTP's chunked transfer encoding; as it is where it has none, whatever the header says.

    TornError where the chunks end early.
    """
    parts: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 100)
        size = _chunk_size(data[at:end]) if end >= 0 else None
        if size is None:
            if not parts:
                return data
            raise TornError("damaged chunks")
        if size == 0:
            return b"".join(parts)
        at = end + 2
        if at + size > len(data):
            raise TornError("the last chunk ends early")
        parts.append(data[at : at + size])
        at += size + 2


def _chunk_size(line: bytes) -> int | None:
    try:
        return int(line.partition(b";")[0].strip(), 16) if line[:1].isalnum() else None
    except ValueError:
        return None


def _gunzipped(data: bytes, most: int) -> bytes:
    parts: list[bytes] = []
    left = data
    while left.startswith(GZIP):
        inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        parts.append(_inflated(inflater, left, most - sum(map(len, parts))))
        left = inflater.unused_data
    return b"".join(parts) if parts else data


def _deflated(data: bytes, most: int) -> bytes:
    """Deflate with its header, or without, as some servers send it."""
    try:
        return _inflated(zlib.decompressobj(), data, most)
    except TornError:
        return _inflated(zlib.decompressobj(-zlib.MAX_WBITS), data, most)


def _inflated(inflater: zlib._Decompress, data: bytes, most: int) -> bytes:
    try:
        found = inflater.decompress(data, most + 1)
    except zlib.error as error:
        raise TornError(f"damaged content ({error})") from error
    if len(found) > most:
        raise BombError(f"its content unpacks to more than {RATIO} times its size")
    if not inflater.eof:
        raise TornError("its content ends early")
    return found


def _brotli(data: bytes, most: int) -> bytes:
    import brotli

    inflater = brotli.Decompressor()
    try:
        found: bytes = inflater.process(data, output_buffer_limit=most + 1)
        while len(found) <= most and not inflater.is_finished():
            more = inflater.process(b"", output_buffer_limit=most + 1 - len(found))
            if not more:
                raise TornError("its content ends early")
            found += more
    except brotli.error as error:
        raise TornError(f"damaged content ({error})") from error
    if len(found) > most:
        raise BombError(f"its content unpacks to more than {RATIO} times its size")
    return found
