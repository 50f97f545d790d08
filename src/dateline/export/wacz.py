"""A web archive collection (WACZ 1.1.1) of what reports were read from: opens in ReplayWeb.page, without dateline.

The same ledger and filters give the same bytes. Captures are written one after the other; the index, about 300 bytes a
capture, is held in memory until the end.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, Final

from dateline.export.web_archive import (
    WARC_FILE,
    capture_record,
    date_of,
    index_line,
    info_record,
    packed_index,
    target_of,
)
from dateline.model import Document, Issue, KeptCapture
from dateline.store import Filters, LedgerError, View
from dateline.store.captures import Captures
from dateline.store.paging import MOST_ROWS, Paging

VERSION: Final = "1.1.1"
"""The version of the WACZ specification that is written."""

GIVEN: Final = ("published", "outlet", "title", "language")
"""What was given with a report and stands nowhere in its bytes: kept with its page under `dateline`."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_BLOCK: Final = 1 << 20


@dataclass(slots=True)
class Archived:
    """What an archive holds: captures, and reports without any; `issues` tells of captures whose bytes are lost."""

    captures: int = 0
    reports: int = 0
    without: int = 0
    issues: list[Issue] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """A file of the archive as its package describes it."""

    path: str
    hash: str
    size: int

    def told(self) -> dict[str, object]:
        name = self.path.rpartition("/")[2]
        return {"name": name.lower(), "path": self.path, "hash": self.hash, "bytes": self.size}


@dataclass(slots=True)
class _Hashed:
    """A stream that is written to, with the hash and length of all of it."""

    out: IO[bytes]
    sha256: Any = field(default_factory=hashlib.sha256)
    size: int = 0

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.sha256.update(data)
        self.size += len(data)

    def part(self, path: str) -> _Part:
        return _Part(path, f"sha256:{self.sha256.hexdigest()}", self.size)


@dataclass(slots=True)
class _Writing:
    """An archive that is being written."""

    view: View
    captures: Captures
    pages: _Hashed
    done: Archived = field(default_factory=Archived)
    lines: list[str] = field(default_factory=list)
    newest: str = ""
    software: str = ""


def write(view: View, captures: Captures, out: BinaryIO, wanted: Filters | None = None, *, title: str) -> Archived:
    """Write the captures of the reports that pass filters; `view` should be a snapshot, `out` seekable.

    Each capture once, under the address that answered; a file without one under the address that its page names
    itself, else under `urn:sha256:…`. What was given with a report is kept with its page, so that reading the
    archive gives the same documents. A capture whose bytes are missing or damaged is an issue and left out.
    """
    from dateline import __version__

    with (
        tempfile.TemporaryFile() as pages,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as package,
    ):
        writing = _Writing(view, captures, _Hashed(pages), software=f"dateline {__version__}")
        writing.pages.write(_json({"format": "json-pages-1.0", "id": "pages", "title": title, "hasText": True}))
        with package.open(_info(f"archive/{WARC_FILE}"), "w", force_zip64=True) as member:
            warc = _Hashed(member)
            _write_records(writing, warc, wanted or Filters(), title)
        index, second = packed_index(writing.lines)
        parts = [
            warc.part(f"archive/{WARC_FILE}"),
            _put(package, "indexes/index.cdx.gz", index),
            _put(package, "indexes/index.idx", second),
            writing.pages.part("pages/pages.jsonl"),
        ]
        pages.seek(0)
        with package.open(_info("pages/pages.jsonl"), "w", force_zip64=True) as member:
            while block := pages.read(_BLOCK):
                member.write(block)
        _put_package(package, parts, writing, title)
    return writing.done


def _write_records(writing: _Writing, warc: _Hashed, wanted: Filters, title: str) -> None:
    seen: set[str] = set()
    for documents in _pages_of(writing.view, wanted):
        kept = writing.captures.of([document.id for document in documents])
        for document in documents:
            writing.done.reports += 1
            writing.done.without += document.id not in kept
            for capture in kept.get(document.id, ()):
                if capture.id not in seen:
                    seen.add(capture.id)
                    _write_capture(writing, warc, capture, title)


def _write_capture(writing: _Writing, warc: _Hashed, capture: KeptCapture, title: str) -> None:
    try:
        content = writing.captures.content(capture.sha256)
    except LedgerError as error:
        writing.done.issues.append(Issue("lost_capture", str(error), path=capture.head.path))
        return
    date = date_of(capture)
    if warc.size == 0:
        warc.write(info_record(writing.software, date, title))
    ids = writing.captures.documents_of(capture.id)
    documents = [writing.view.document(identifier) for identifier in ids]
    target = target_of(capture, _own_address(capture, documents))
    record = capture_record(capture, content, target)
    writing.lines.append(index_line(capture, content, target, warc.size, len(record)))
    warc.write(record)
    writing.pages.write(_page(capture, target, date, documents))
    writing.newest = max(writing.newest, date)
    writing.done.captures += 1


def _own_address(capture: KeptCapture, documents: Sequence[Document]) -> str | None:
    """The address that a saved page names itself, None for other files."""
    if len(documents) != 1 or capture.head.media_type not in ("text/html", "application/xhtml+xml"):
        return None
    return documents[0].url


def _page(capture: KeptCapture, target: str, date: str, documents: Sequence[Document]) -> bytes:
    """The line of a capture in the list of pages, with what was given of its reports and stands nowhere in it."""
    first = documents[0]
    line: dict[str, object] = {
        "id": capture.id,
        "url": target,
        "ts": date,
        "title": first.title or target,
        "size": capture.size,
        "text": "\n\n".join(document.text for document in documents),
    }
    given = {name: getattr(first, name) for name in GIVEN if first.provenance.get(name) == "given"}
    return _json(line | ({"dateline": given} if given else {}))


def _put_package(package: zipfile.ZipFile, parts: Sequence[_Part], writing: _Writing, title: str) -> None:
    described: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title,
        "software": writing.software,
        "created": writing.newest or "1970-01-01T00:00:00Z",
        "resources": [part.told() for part in parts],
    }
    data = json.dumps(described, indent=2, ensure_ascii=True).encode()
    _put(package, "datapackage.json", data)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    _put(package, "datapackage-digest.json", json.dumps(digest).encode())


def _put(package: zipfile.ZipFile, path: str, data: bytes) -> _Part:
    package.writestr(_info(path), data)
    return _Part(path, f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))


def _info(path: str) -> zipfile.ZipInfo:
    """A file that is stored as it is, always of the same moment."""
    info = zipfile.ZipInfo(path, date_time=_EPOCH)
    info.compress_type = zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode() + b"\n"


def _pages_of(view: View, wanted: Filters) -> Iterator[tuple[Document, ...]]:
    cursor: str | None = None
    while True:
        found = view.documents_page(wanted, Paging(MOST_ROWS, cursor))
        yield found.rows
        cursor = found.next
        if cursor is None:
            return
