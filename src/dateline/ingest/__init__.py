"""Bytes to documents: one reader a format, chosen by suffix, then by what the bytes look like."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from dateline.ingest.archived import read as read_archive
from dateline.ingest.feeds import read as read_feed
from dateline.ingest.html import read as read_html
from dateline.ingest.jsonl import read as read_jsonl
from dateline.ingest.newsml import read as read_newsml
from dateline.ingest.text import read as read_text
from dateline.ingest.unpacking import GZIP
from dateline.ingest.wacz import is_wacz
from dateline.ingest.warc import MARK
from dateline.model import Document, Hints, Issue, Notice

Reader = Callable[[bytes, Hints], Iterator[Document | Issue | Notice]]

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {"text": read_text, "html": read_html, "jsonl": read_jsonl, "feed": read_feed, "newsml": read_newsml}
    | {"warc": read_archive, "wacz": read_archive}
)
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
    | {".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "newsml"}
    | {".warc": "warc", ".warc.gz": "warc", ".wacz": "wacz"}
)
MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "text/plain",
        "html": "text/html",
        "jsonl": "application/jsonl",
        "feed": "application/xml",
        "newsml": "application/xml",
        "warc": "application/warc",
        "wacz": "application/wacz",
    }
)
"""The media type of files of each format."""
ARCHIVES: Final = frozenset({"warc", "wacz"})
"""The formats that are read as a stream, however large."""

SEVERAL: Final = ARCHIVES | {"jsonl", "feed", "newsml"}
"""Formats of which a file can hold several reports."""

_PROLOG = re.compile(rb"(?s)\s+|<\?.{0,2000}?\?>|<!--.{0,4000}?-->|<!(?i:doctype)[^>\[]{0,1000}(?:\[.{0,3000}?\]\s*)?>")
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?([\w.-]{1,60})(?=[\s>/])")
_ROOTS: Final[Mapping[bytes, str]] = MappingProxyType(
    {b"rss": "feed", b"feed": "feed", b"RDF": "feed", b"html": "html"}
    | dict.fromkeys((b"newsMessage", b"newsItem", b"packageItem", b"conceptItem", b"knowledgeItem"), "newsml")
    | dict.fromkeys((b"planningItem", b"catalogItem"), "newsml")
)
_SNIFFED = 16 * 1024

_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")


def format_of(name: str | None, data: bytes) -> str:
    """The key in `READERS` for a file: by its suffix, else by its first bytes; text where nothing else fits.

    XML is told by its first element, and web archives by their first bytes, whatever their suffix.
    """
    archive = _archive(data)
    if archive is not None:
        return archive
    named = SUFFIXES.get(PurePath(name).suffix.lower()) if name is not None else None
    if named in ("html", "jsonl"):
        return named
    xml = _xml(data[:_SNIFFED].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n"))
    if xml is not None or named is not None:
        return xml or named or "text"
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


def _xml(start: bytes) -> str | None:
    """The format of XML by its first element, None for what is none; XML of no known format goes to the wires' reader,
    which says so."""
    at, declared = 0, start.startswith(b"<?xml")
    while (part := _PROLOG.match(start, at)) is not None:
        at = part.end()
    root = _ROOT.match(start, at)
    known = None if root is None else _ROOTS.get(root.group(1))
    if known is not None or not declared:
        return known
    return "html" if _PAGE.search(start) is not None else "newsml"


def documents(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The reports in `data`, read by the reader that fits it."""
    return READERS[format_of(hints.path, data)](data, hints)
