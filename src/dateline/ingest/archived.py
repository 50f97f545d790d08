"""The reports of web archives: pages of WARC and WACZ files through the readers of their content types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any, BinaryIO, Final

from dateline.ingest.report import SKIPPED, refused
from dateline.ingest.wacz import pages as wacz_pages
from dateline.ingest.warc import Page, Told
from dateline.ingest.warc import pages as warc_pages
from dateline.model import Capture, CaptureHead, Document, Hints, Issue, Notice, identified

FOUND_IN: Final = "warc target"
"""Where the address of a report from an archive was found, in its provenance."""

LISTED_IN: Final = "list of pages"
"""Where what an archive tells of a report besides its page was found."""

_ONE: Final = ("html", "text", "pdf", "docx")
"""Formats of one report, of which the address of the record is the address."""

_COUNTED: Final = {"jsonl": "JSON without a report", "newsml": "XML without a report"}
"""What is counted where a crawl holds much of it that is no report."""

_PAGES: Final = {"warc": warc_pages, "wacz": wacz_pages}
_EXAMPLE: Final = 300

Item = tuple[Document | Issue | Notice, Capture | None]
"""A report with the bytes it was read from, or why there is none, or what is said of one."""


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The reports of a web archive, WARC (gzip or not) or WACZ: see `items`."""
    kind = "wacz" if data.startswith(b"PK") else "warc"
    for item, _ in items(BytesIO(data), hints, kind):
        yield item


def items(stream: BinaryIO, hints: Hints, kind: str) -> Iterator[Item]:
    """The reports of a web archive, each with its capture, in flat memory; `kind` is `warc` or `wacz`.

    HTML pages, plain text and JSON that a server answered with 200 or 203, or that stand as resources, with their
    address; the moment of capture bounds the day that a page is taken to be of. What is torn, damaged, too large or
    has another hash than recorded is one issue a file and reason (`torn`, `damaged`, `bomb`, `too_large`, `bad_digest`,
    `bad_hash`, `revisit`, `truncated`, `missing`), with the number of records and the first of them; other content
    types are counted in one issue `skipped`.
    """
    told = Told()
    for page in opened(stream, kind, told):
        yield from page_items(page, hints, told)
    yield from ((issue, None) for issue in left_out(told, hints))


def opened(stream: BinaryIO, kind: str, told: Told) -> Iterator[Page]:
    """The pages of a web archive, not read yet; `kind` is `warc` or `wacz`."""
    return _PAGES[kind](stream, told)


def left_out(told: Told, hints: Hints) -> Iterator[Issue]:
    """What is told of a web archive at its end: an issue for each reason for which records of it are not read."""
    for code, count in sorted(told.problems.items()):
        many = f"{count:,} records, the first: " if count > 1 else ""
        yield refused(code, f"{_PROBLEMS[code]}: {many}{told.examples[code][:_EXAMPLE]}", hints)
    if told.skipped:
        ordered = sorted(told.skipped.items(), key=lambda pair: (-pair[1], pair[0]))
        most = ", ".join(f"{count:,} {name[:60]}" for name, count in ordered[:8])
        total = sum(told.skipped.values())
        yield refused(SKIPPED, f"{total:,} records that are no reports left out: {most}", hints)


_PROBLEMS: Final = {
    "torn": "torn or damaged, what is whole of the rest is read",
    "damaged": "content that cannot be unpacked",
    "bomb": "refused, it unpacks to more than any report has",
    "too_large": "records that are too large",
    "bad_digest": "content with another digest than its record says, read all the same",
    "bad_hash": "files with another hash than the archive says, read all the same",
    "revisit": "revisits of what is not in this file",
    "truncated": "pages that were cut short when they were captured, read all the same",
    "missing": "what the archive lists and does not hold",
    "bad_archive": "no web archive",
}


def page_items(page: Page, hints: Hints, told: Told) -> Iterator[Item]:
    """The reports of a page, with its capture; a page without any is counted in `told` or an issue."""
    from dateline.ingest import READERS

    if not page.content.strip():
        told.skipped["empty pages"] += 1
        return
    capture = Capture(page.content, _head(page, hints))
    reader = reader_of(page)
    page = replace(page, reader=reader)
    given = _given(page, hints)
    notices: list[Notice] = []
    for item in READERS[reader](page.content, given):
        if isinstance(item, Notice):
            notices.append(item)
        elif isinstance(item, Document):
            placed = _placed(item, page, hints)
            yield from ((_told_of(notice, item, placed), None) for notice in notices)
            notices = []
            yield placed, capture
        elif reader in _COUNTED:
            told.skipped[_COUNTED[reader]] += 1
        else:
            yield replace(item, message=f"{page.url}: {item.message}"), None
    yield from ((notice, None) for notice in notices)


def _given(page: Page, hints: Hints) -> Hints:
    """The hints for the reader of a page: what its record and the list of pages tell, what the caller gave first."""
    told: dict[str, Any] = {name: value for name, value in page.given.items() if getattr(hints, name) is None}
    if page.reader in _ONE and _is_address(page.url) and hints.url is None:
        told["url"] = page.url
    return replace(hints, captured=_latest(page.date), charset=page.charset, **told)


def reader_of(page: Page) -> str:
    """The key in `READERS` for a page; of one that dateline captured itself by its media type, else its first bytes."""
    if page.reader:
        return page.reader
    from dateline.ingest import MEDIA_TYPES, format_of

    named = [name for name, media_type in MEDIA_TYPES.items() if media_type == page.media_type]
    return named[0] if len(named) == 1 else format_of(None, page.content)


def _told_of(notice: Notice, read: Document, placed: Document) -> Notice:
    """A notice of a document as it was read, as one of the document under its address."""
    return replace(notice, document=placed.id) if notice.document == read.id else notice


def _placed(document: Document, page: Page, hints: Hints) -> Document:
    """The document with its address, and which record it is from, in its provenance."""
    provenance = dict(document.provenance) | {"capture": _told(page)}
    provenance |= {name: LISTED_IN for name in page.given if getattr(hints, name) is None}
    url = document.url
    ours = page.reader in (*_ONE, "jsonl") and _is_address(page.url)
    if ours and (url is None or (provenance.get("url") == "given" and hints.url is None)):
        url, provenance["url"] = page.url, FOUND_IN
    return identified(replace(document, url=url, provenance=provenance))


def _is_address(url: str) -> bool:
    """Whether a target is the address of a page, not only the name of a file."""
    return url.lower().startswith(("http://", "https://"))


def _told(page: Page) -> str:
    """The record of a page in words: its id, moment, address and digest."""
    words = [f"WARC record {page.record or 'without an id'}"]
    words += [f"of {page.date}"] if page.date is not None else []
    words += [f"target {page.url}"]
    words += [f"revisit of {page.refers_to}"] if page.refers_to is not None else []
    if page.digest is not None:
        found = {True: "matches", False: "does not match", None: "not checked"}[page.matches]
        words.append(f"payload digest {page.digest} ({found})")
    return ", ".join(words)


def _head(page: Page, hints: Hints) -> CaptureHead:
    return CaptureHead(
        url=page.url,
        at=page.date,
        media_type=page.media_type,
        status=page.status,
        headers=page.headers,
        record=page.record,
        digest=page.digest,
        path=hints.path,
    )


def _latest(moment: str | None) -> str | None:
    """The last day that a page captured at that moment can bear anywhere on earth."""
    try:
        return (date.fromisoformat((moment or "")[:10]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None
