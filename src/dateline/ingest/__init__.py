"""Bytes to documents: one reader a format, chosen by suffix, then by what the bytes look like."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from dateline.ingest.archives import read_tar, read_zip
from dateline.ingest.docx import read as read_docx
from dateline.ingest.html import read as read_html
from dateline.ingest.jsonl import read as read_jsonl
from dateline.ingest.mail import read as read_mail
from dateline.ingest.parts import Parts, too_deep
from dateline.ingest.pdf import read as read_pdf
from dateline.ingest.sheets import read_csv, read_xlsx
from dateline.ingest.text import read as read_text
from dateline.model import Document, Hints, Issue

Reader = Callable[[bytes, Hints], Iterator[Document | Issue]]
Opener = Callable[[bytes, Hints, Parts], Iterator[Document | Issue]]

OPENERS: Final[Mapping[str, Opener]] = MappingProxyType({"zip": read_zip, "tar": read_tar, "mail": read_mail})
"""The readers of what holds other files, each of which is read by the reader that fits it."""


def _outermost(opener: Opener) -> Reader:
    """A reader for a file with files in it that lies in no other."""

    @functools.wraps(opener)
    def read(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
        return opener(data, hints, Parts(_inside))

    return read


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "text": read_text,
        "html": read_html,
        "jsonl": read_jsonl,
        "pdf": read_pdf,
        "docx": read_docx,
        "mail": _outermost(read_mail),
        "csv": read_csv,
        "xlsx": read_xlsx,
        "zip": _outermost(read_zip),
        "tar": _outermost(read_tar),
    }
)
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".html": "html", ".htm": "html", ".xhtml": "html",
        ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
        ".pdf": "pdf", ".docx": "docx", ".docm": "docx",
        ".eml": "mail", ".mht": "mail", ".mhtml": "mail",
        ".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
        ".zip": "zip", ".tar": "tar", ".tgz": "tar", ".gz": "tar",
    }
)  # fmt: skip
SEVERAL: Final = frozenset({"jsonl", "mail", "csv", "xlsx", "zip", "tar"})
"""Formats of which a file can hold several reports."""

_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")
_MAIL = re.compile(rb"(?im)\A(?:[a-z][a-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL_SIGN = re.compile(rb"(?im)^(?:received|message-id|mime-version|return-path|delivered-to):")
_ZIPPED: Final = ("docx", "xlsx")


def format_of(name: str | None, data: bytes) -> str:
    """The key in `READERS` for a file: by its suffix, else by its first bytes; text where nothing else fits.

    What is packed or a PDF by its first bytes is that, whatever it is called.
    """
    named = SUFFIXES.get(PurePath(name).suffix.lower()) if name is not None else None
    told = _by_first_bytes(data, named)
    if told is not None or named is not None:
        return told or named or "text"
    start = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if re.match(rb"<[a-zA-Z!?]", start) is not None and _PAGE.search(start) is not None:
        return "html"
    if re.match(rb'\{\s*"[^"\n]{1,60}"\s*:', start) is not None:
        return "jsonl"
    lines = start.replace(b"\r\n", b"\n")
    if _MAIL.match(lines) is not None and _MAIL_SIGN.search(lines) is not None:
        return "mail"
    return "text"


def _by_first_bytes(data: bytes, named: str | None) -> str | None:
    """The format of a file that cannot be text, whatever its name says."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\x1f\x8b"):
        return "tar"
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    if named in _ZIPPED:
        return named
    start = data[:8192] + data[-8192:]
    if named != "zip" and b"[Content_Types].xml" in start:
        return "xlsx" if b"xl/workbook.xml" in data else "docx" if b"word/document.xml" in data else "zip"
    return "zip"


def documents(data: bytes, hints: Hints) -> Iterator[Document | Issue]:
    """The reports in `data`, read by the reader that fits it."""
    return READERS[format_of(hints.path, data)](data, hints)


def _inside(data: bytes, hints: Hints, parts: Parts) -> Iterator[Document | Issue]:
    """The reports in what lies inside of another file."""
    name = format_of(hints.path, data)
    if name not in OPENERS:
        yield from READERS[name](data, hints)
        return
    deeper = parts.deeper()
    if deeper is None:
        yield too_deep(hints)
        return
    yield from OPENERS[name](data, hints, deeper)
