"""JSON Lines: one report a line, so that an archive is read in the memory of its longest line."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final

from dateline.ingest import jsonfeed, ninjs
from dateline.ingest.decode import binary, cleaned, decoded
from dateline.ingest.html import page as page_report
from dateline.ingest.report import LONGEST, Found, refused, report, too_long
from dateline.model import Document, Hints, Issue, Notice

TEXT_FIELDS: Final = ("text", "body", "content")
FIELDS: Final = {
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at"),
    "outlet": ("outlet", "source", "publisher"),
    "url": ("url",),
    "language": ("language",),
    "byline": ("byline", "author"),
    "agency": ("agency", "credit"),
}
LINE_LIMIT: Final = 64 * 1024 * 1024
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """A document for each line that is a JSON object with `text` (or `body`, `content`, `html`).

    Read besides: `title|headline`, `published|date|published_at`, `outlet|source|publisher`, `url`, `language`,
    `byline|author`, `agency|credit` (whose report it carries); a nested `{"name": ...}` gives its name. An object that
    is a ninjs item, or a JSON Feed, is told by its fields and read as one. A bad line is an issue `bad_line` with its
    number (`too_long` for more text than any report has) and the rest goes on. A file that is one JSON object or array
    is read like its lines.
    """
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not JSON Lines: {kind}", hints)
        return
    if not data.strip():
        yield refused("empty", "no line in it", hints)
        return
    if data[:2] in _WIDE:
        data = decoded(data).text.encode("utf-8")
    whole = _whole(data)
    if whole is None:
        yield from lines(io.BytesIO(data), hints)
        return
    for number, item in enumerate(whole, start=1):
        raw = json.dumps(item, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        yield from _item(item, raw, f"item {number}", hints)


def lines(stream: BinaryIO, hints: Hints, *, limit: int = LINE_LIMIT) -> Iterator[Document | Issue | Notice]:
    """The reports of a stream, line by line; a line of more than `limit` bytes is an issue `too_large`."""
    for item, _ in raw_lines(stream, hints, limit=limit):
        yield item


def raw_lines(
    stream: BinaryIO, hints: Hints, *, limit: int = LINE_LIMIT
) -> Iterator[tuple[Document | Issue | Notice, bytes | None]]:
    """The same, each report with the bytes of its line."""
    for line in split_lines(stream, hints, limit=limit):
        if isinstance(line, Issue):
            yield line, None
        else:
            number, raw = line
            yield from ((item, raw) for item in read_line(raw, number, hints))


def split_lines(stream: BinaryIO, hints: Hints, *, limit: int = LINE_LIMIT) -> Iterator[tuple[int, bytes] | Issue]:
    """The lines of a stream that are not empty, with their numbers, not read yet; `too_large` ones as issues."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            yield refused("too_large", f"line {number}: more than {limit} bytes", hints)
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            continue
        raw = line.strip(b"\xef\xbb\xbf \t\r\n") if number == 1 else line.strip()
        if raw:
            yield number, raw


def read_line(raw: bytes, number: int, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The reports of the line of that number."""
    where = f"line {number}"
    try:
        item = json.loads(decoded(raw).text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or number too long"
        yield refused("bad_line", f"{where}: not JSON ({reason})", hints)
        return
    yield from _item(item, raw, where, hints)


def _item(item: Any, raw: bytes, where: str, hints: Hints) -> Iterator[Document | Issue | Notice]:
    if not isinstance(item, Mapping):
        yield refused("bad_line", f"{where}: not a JSON object", hints)
        return
    if jsonfeed.is_feed(item):
        yield from jsonfeed.items(item, hashlib.sha256(raw).hexdigest(), hints)
        return
    if ninjs.is_item(item):
        yield from ninjs.items(item, where, hashlib.sha256(raw).hexdigest(), hints)
        return
    found = {
        name: Found(cleaned(value), "json field")
        for name, keys in FIELDS.items()
        if (value := _first(item, keys)) is not None
    }
    text = _first(item, TEXT_FIELDS)
    if text is not None and len(text) > LONGEST:
        yield too_long(f"{where}: {len(text)} characters", hints)
        return
    if text is not None and any(char.isalpha() for char in text):
        yield report(cleaned(text), raw, hints, found)
        return
    page = item.get("html")
    if not isinstance(page, str) or not page.strip():
        yield refused("bad_line", f"{where}: no text, body, content or html", hints)
        return
    for result in page_report(cleaned(page), raw, hints, found):
        yield replace(result, message=f"{where}: {result.message}") if isinstance(result, Issue) else result


def _first(item: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = item.get(key)
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return None


def is_lines(data: bytes) -> bool:
    """Whether a file is read line by line, each for itself: no JSON value over several lines, nothing binary."""
    return binary(data) is None and bool(data.strip()) and data[:2] not in _WIDE and _whole(data) is None


def _whole(data: bytes) -> list[Any] | None:
    """The items of a file that is one JSON value over several lines, else None."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    first = data.lstrip().split(b"\n", 1)[0]
    if start not in (b"[", b"{") or (start == b"{" and _parses(first)):
        return None
    try:
        value = json.loads(decoded(data).text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else [value]


def _parses(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
