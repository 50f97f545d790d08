"""The raw bytes that a report was read from, and what is known of how they came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaptureHead:
    """What is known of captured bytes; None and empty for what is not.

    `url` is the address that was asked for and `final_url` the one that answered, where that is another; `at` the
    moment of the capture (ISO 8601, UTC), None for a file, of which only the moment of reading is known; `status` and
    `headers` are those of the answer, as they came. `record` and `digest` are the id and the payload digest of a WARC
    record, `path` the file it was read from, `tool` the program that captured it.
    """

    url: str | None = None
    final_url: str | None = None
    at: str | None = None
    media_type: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    record: str | None = None
    digest: str | None = None
    path: str | None = None
    tool: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they were read, transfer and content encodings undone, with what is known of them."""

    content: bytes
    head: CaptureHead = CaptureHead()


@dataclass(frozen=True, slots=True)
class KeptCapture:
    """A capture whose bytes are kept: under their SHA-256 in hexadecimal digits, `size` in bytes.

    The id is of the bytes, the addresses, the moment and the WARC record, so reading a file twice gives one capture.
    `kept_at` is the moment (ISO 8601, UTC) that dateline took the bytes.
    """

    id: str
    sha256: str
    size: int
    kept_at: str | None
    head: CaptureHead
