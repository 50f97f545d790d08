"""Bytes to documents: one reader a format, chosen by suffix, then by what the bytes look like."""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from dateline.ingest.archived import read as read_archive
from dateline.ingest.archives import read_tar, read_zip
from dateline.ingest.docx import read as read_docx
from dateline.ingest.feeds import read as read_feed
from dateline.ingest.html import read as read_html
from dateline.ingest.jsonl import read as read_jsonl
from dateline.ingest.mail import read as read_mail
from dateline.ingest.newsml import read as read_newsml
from dateline.ingest.parts import Parts, too_deep
from dateline.ingest.pdf import read as read_pdf
from dateline.ingest.sheets import read_csv, read_xlsx
from dateline.ingest.text import read as read_text
from dateline.ingest.unpacking import GZIP
from dateline.ingest.wacz import is_wacz
from dateline.ingest.warc import MARK
from dateline.model import Document, Hints, Issue, Notice

Reader = Callable[[bytes, Hints], Iterator[Document | Issue | Notice]]

Opener = Callable[[bytes, Hints, Parts], Iterator[Document | Issue | Notice]]

OPENERS: Final[Mapping[str, Opener]] = MappingProxyType({"zip": read_zip, "tar": read_tar, "mail": read_mail})
"""The readers of what holds other files, each of which is read by the reader that fits it."""


def _outermost(opener: Opener) -> Reader:
    """A reader for a file with files in it that lies in no other."""

    @functools.wraps(opener)
    def read(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
        return opener(data, hints, Parts(inside))

    return read


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "text": read_text,
        "html": read_html,
        "jsonl": read_jsonl,
        "feed": read_feed,
        "newsml": read_newsml,
        "pdf": read_pdf,
        "docx": read_docx,
        "mail": _outermost(read_mail),
        "csv": read_csv,
        "xlsx": read_xlsx,
        "zip": _outermost(read_zip),
        "tar": _outermost(read_tar),
        "warc": read_archive,
        "wacz": read_archive,
    }
)
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".html": "html", ".htm": "html", ".xhtml": "html",
        ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
        ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".xml": "newsml",
        ".pdf": "pdf", ".docx": "docx", ".docm": "docx",
        ".eml": "mail", ".mht": "mail", ".mhtml": "mail",
        ".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
        ".zip": "zip", ".tar": "tar", ".tgz": "tar", ".gz": "tar",
        ".warc": "warc", ".warc.gz": "warc", ".wacz": "wacz",
    }
)  # fmt: skip
MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": "text/plain",
        "html": "text/html",
        "jsonl": "application/jsonl",
        "feed": "application/xml",
        "newsml": "application/xml",
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "mail": "message/rfc822",
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip": "application/zip",
        "tar": "application/x-tar",
        "warc": "application/warc",
        "wacz": "application/wacz",
    }
)
"""The media type of files of each format."""
ARCHIVES: Final = frozenset({"warc", "wacz"})
"""The formats that are read as a stream, however large."""

SEVERAL: Final = ARCHIVES | {"jsonl", "feed", "newsml", "mail", "csv", "xlsx", "zip", "tar"}
"""Formats of which a file can hold several reports."""

_PROLOG = re.compile(rb"(?s)\s+|<\?.{0,2000}?\?>|<!--.{0,4000}?-->|<!(?i:doctype)[^>\[]{0,1000}(?:\[.{0,3000}?\]\s*)?>")
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?([\w.-]{1,60})(?=[\s>/])")
_ROOTS: Final[Mapping[bytes, str]] = MappingProxyType(
    {b"rss": "feed", b"feed": "feed", b"RDF": "feed", b"html": "html"}
    | dict.fromkeys((b"newsMessage", b"newsItem", b"packageItem", b"conceptItem", b"knowledgeItem"), "newsml")
    | dict.fromkeys((b"planningItem", b"catalogItem"), "newsml")
)
_SNIFFED = 16 * 1024

_MAIL = re.compile(rb"(?im)\A(?:[a-z][a-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL_SIGN = re.compile(rb"(?im)^(?:received|message-id|mime-version|return-path|delivered-to):")
_ZIPPED: Final = ("docx", "xlsx")
_TOLD_BY_NAME: Final = ("html", "jsonl", "mail", "csv")
_PAGE = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")


def format_of(name: str | None, data: bytes) -> str:
    """The key in `READERS` for a file: by its suffix, else by its first bytes; text where nothing else fits.

    What is packed, a PDF or a web archive by its first bytes is that, and XML is what its first element says, whatever
    it is called.
    """
    archive = _archive(data)
    if archive is not None:
        return archive
    named = SUFFIXES.get(PurePath(name).suffix.lower()) if name is not None else None
    told = _by_first_bytes(data, named)
    if told is not None or named in _TOLD_BY_NAME:
        return told or named or "text"
    xml = _xml(data[:_SNIFFED].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n"))
    if xml is not None or named is not None:
        return xml or named or "text"
    start = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if re.match(rb"<[a-zA-Z!?]", start) is not None and _PAGE.search(start) is not None:
        return "html"
    if re.match(rb'\{\s*"[^"\n]{1,60}"\s*:', start) is not None:
        return "jsonl"
    lines = start.replace(b"\r\n", b"\n")
    if _MAIL.match(lines) is not None and _MAIL_SIGN.search(lines) is not None:
        return "mail"
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


def documents(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The reports in `data`, read by the reader that fits it."""
    return READERS[format_of(hints.path, data)](data, hints)


def inside(data: bytes, hints: Hints, parts: Parts) -> Iterator[Document | Issue | Notice]:
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
