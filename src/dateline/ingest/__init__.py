"""Bytes to documents: one reader a format, chosen by suffix, then by what the bytes look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from dateline.ingest.html import read as read_html
from dateline.ingest.jsonl import read as read_jsonl
from dateline.ingest.text import read as read_text
from dateline.model import Document, Hints, Issue, Notice

Reader = Callable[[bytes, Hints], Iterator[Document | Issue | Notice]]

READERS: Final[Mapping[str, Reader]] = MappingProxyType({"text": read_text, "html": read_html, "jsonl": read_jsonl})
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
)

SEVERAL: Final = frozenset({"jsonl", "feed", "newsml"})
"""Formats of which a file can hold several reports."""

_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")


def format_of(name: str | None, data: bytes) -> str:
    """The key in `READERS` for a file: by its suffix, else by its first bytes; text where nothing else fits."""
    named = SUFFIXES.get(PurePath(name).suffix.lower()) if name is not None else None
    if named is not None:
        return named
    start = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if re.match(rb"<[a-zA-Z!?]", start) is not None and _PAGE.search(start) is not None:
        return "html"
    if re.match(rb'\{\s*"[^"\n]{1,60}"\s*:', start) is not None:
        return "jsonl"
    return "text"


def documents(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The reports in `data`, read by the reader that fits it."""
    return READERS[format_of(hints.path, data)](data, hints)
