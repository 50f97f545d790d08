"""Bytes to documents: one reader a format, chosen by suffix, then by what the bytes look like."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from dateline.ingest.archived import read as read_archive
from dateline.ingest.html import read as read_html
from dateline.ingest.jsonl import read as read_jsonl
from dateline.ingest.text import read as read_text
from dateline.ingest.unpacking import GZIP
from dateline.ingest.wacz import is_wacz
from dateline.ingest.warc import MARK
from dateline.model import Document, Hints, Issue

Reader = Callable[[bytes, Hints], Iterator[Document | Issue]]

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {"text": read_text, "html": read_html, "jsonl": read_jsonl, "warc": read_archive, "wacz": read_archive}
)
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
    | {".warc": "warc", ".warc.gz": "warc", ".wacz": "wacz"}
)
MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "text/plain",
        "html": "text/html",
        "jsonl": "application/jsonl",
        "warc": "application/warc",
        "wacz": "application/wacz",
    }
)
"""The media type of files of each format."""
ARCHIVES: Final = frozenset({"warc", "wacz"})
"""The formats that are read as a stream, however large."""
MANY: Final = ARCHIVES | {"jsonl"}
"""The formats that hold several reports in one file."""

_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")


def format_of(name: str | None, data: bytes) -> str:
    """The key in `READERS` for a file: by its suffix, else by its first bytes; text where nothing else fits.

    Web archives are told by their first bytes whatever they are called.
    """
    archive = _archive(data)
    if archive is not None:
        return archive
    named = SUFFIXES.get(PurePath(name).suffix.lower()) if name is not None else None
    if named is not None:
        return named
    start = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if re.match(rb"<[a-zA-Z!?]", start) is not None and _PAGE.search(start) is not None:
        return "html"
    if re.match(rb'\{\s*"[^"\n]{1,60}"\s*:', start) is not None:
        return "jsonl"
    return "text"


def _archive(data: bytes) -> str | None:
    """Which kind of web archive begins with the bytes."""
    if is_wacz(data):
        return "wacz"
    start = data[: len(MARK)]
    if data.startswith(GZIP):
        try:
            start = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data[:4096], len(MARK))
        except zlib.error:
            return None
    return "warc" if start == MARK else None


def documents(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """The reports in `data`, read by the reader that fits it."""
    return READERS[format_of(hints.path, data)](data, hints)
