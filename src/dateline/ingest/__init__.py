"""Bytes to documents: one reader a format, chosen by suffix, then by what the bytes look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from dateline.ingest.feeds import read as read_feed
from dateline.ingest.html import read as read_html
from dateline.ingest.jsonl import read as read_jsonl
from dateline.ingest.newsml import read as read_newsml
from dateline.ingest.text import read as read_text
from dateline.model import Document, Hints, Issue, Notice

Reader = Callable[[bytes, Hints], Iterator[Document | Issue | Notice]]

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {"text": read_text, "html": read_html, "jsonl": read_jsonl, "feed": read_feed, "newsml": read_newsml}
)
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
    | {".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "newsml"}
)

SEVERAL: Final = frozenset({"jsonl", "feed", "newsml"})
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

    XML is told by its first element, whatever its suffix.
    """
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
