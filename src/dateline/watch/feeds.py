"""A feed's answer as entries: what each links to and what the feed says of it. RSS, Atom, RDF and JSON Feed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from dateline.ingest import format_of
from dateline.ingest.decode import cleaned, decoded
from dateline.ingest.feeds import entries as feed_entries
from dateline.model import content_id
from dateline.watch.fetching import Answer
from dateline.watch.state import Entry
from dateline.watch.urls import UrlError, checked_url

LONGEST: Final = 1000
MOST: Final = 5000
"""Entries of one answer that are looked at."""


class NotAFeedError(ValueError):
    """An answer that is no feed; the message says what it rather is."""


@dataclass(frozen=True, slots=True)
class FeedRead:
    """The entries of a feed, newest first where they are dated, and how many had no address that can be asked for."""

    entries: tuple[Entry, ...]
    without_link: int = 0


def entries(answer: Answer) -> FeedRead:
    """The entries of an answer; `NotAFeedError` for a page, an empty answer or anything else."""
    start = answer.body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if not start:
        raise NotAFeedError("an empty answer")
    found = _json(answer) if start[:1] == b"{" else _xml(answer)
    linked = [entry for entry in found if entry.link]
    return FeedRead(tuple(_ordered(_keyed(linked))), len(found) - len(linked))


def _xml(answer: Answer) -> list[Entry]:
    if format_of(None, answer.body) != "feed":
        raise NotAFeedError(f"no feed but {_looks_like(answer)}")
    some = islice(feed_entries(answer.body), MOST)
    return [_entry(answer.final_url, _of_xml(item)) for item in some]


def _of_xml(item: Any) -> dict[str, Any]:
    moment = item.get("published_parsed") or item.get("updated_parsed")
    texts = [part.get("value") for part in item.get("content") or ()] or [item.get("summary")]
    return {
        "id": item.get("id"),
        "link": item.get("link"),
        "title": item.get("title"),
        "published": None if moment is None else _moment(moment),
        "publisher": (item.get("source") or {}).get("title"),
        "byline": item.get("author"),
        "language": item.get("language"),
        "updated": item.get("updated"),
        "text": texts[0],
    }


def _json(answer: Answer) -> list[Entry]:
    try:
        value = json.loads(decoded(answer.body).text)
        items = value["items"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise NotAFeedError("JSON, but no JSON Feed") from error
    if not isinstance(items, list):
        raise NotAFeedError("JSON, but no JSON Feed")
    some = [item for item in items[:MOST] if isinstance(item, Mapping)]
    return [_entry(answer.final_url, _of_json(item, value.get("language"))) for item in some]


def _of_json(item: Mapping[str, Any], language: object) -> dict[str, Any]:
    authors = item.get("authors")
    named = [one.get("name") for one in authors if isinstance(one, Mapping)] if isinstance(authors, list) else []
    return {
        "id": str(item["id"]) if "id" in item else None,
        "link": item.get("url") or item.get("external_url"),
        "title": item.get("title"),
        "published": item.get("date_published") or item.get("date_modified"),
        "byline": ", ".join(name for name in named if isinstance(name, str)),
        "language": item.get("language") or language,
        "updated": item.get("date_modified"),
        "text": item.get("content_html") or item.get("content_text"),
    }


def _entry(base: str, told: Mapping[str, Any]) -> Entry:
    """An entry with its address made whole; an address that is none leaves the link empty."""
    values = {key: _line(value) for key, value in told.items() if key != "text"}
    try:
        link = checked_url(values["link"], base).text if values["link"] is not None else ""
    except UrlError:
        link = ""
    seen = content_id("entry", values["title"], values["updated"], values["published"], str(told.get("text")), link)
    names = ("title", "published", "publisher", "byline", "language")
    return Entry(values["id"] or link, seen, link, **{name: values.get(name) for name in names})


def _keyed(found: Iterable[Entry]) -> list[Entry]:
    """Entries under their ids; an id that several have is none, and their addresses take its place."""
    links = {(entry.key, entry.link) for entry in found}
    counts = Counter(key for key, _ in links)
    return [replace(entry, key=entry.link) if counts[entry.key] > 1 else entry for entry in found]


def _ordered(found: list[Entry]) -> list[Entry]:
    """The newest first; those without a date keep their place behind them."""
    return sorted(found, key=lambda entry: entry.published or "", reverse=True)


def _line(value: object) -> str | None:
    text = " ".join(cleaned(value).split()) if isinstance(value, str) else ""
    return text[:LONGEST] or None


def _moment(parsed: Any) -> str | None:
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        return None


def _looks_like(answer: Answer) -> str:
    start = answer.body[:2048].lower()
    if b"<html" in start or b"<!doctype html" in start:
        return "an HTML page"
    return f"{(answer.header('content-type') or 'something unknown')[:80]}"
