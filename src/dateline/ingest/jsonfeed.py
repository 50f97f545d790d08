"""JSON Feed 1.0 and 1.1 (jsonfeed.org): an item is a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.ingest.items import Body, Item, found, item_id, one_line, read_item
from dateline.ingest.report import Found, refused
from dateline.model import Document, Hints, Issue, Notice

_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")


def is_feed(value: Any) -> bool:
    """Whether a JSON value is a JSON Feed: it names the version of the format."""
    return isinstance(value, Mapping) and _VERSION.match(str(value.get("version", ""))[:100]) is not None


def items(feed: Mapping[str, Any], sha256: str, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The items of a feed: each a notice (its id, when it was modified) and a document, or why there is none.

    `content_html`, else `content_text`, is the text; `summary` is, marked so, where there is neither. The outlet is the
    feed's title, the address that of the item, or the page elsewhere that it is about (`external_url`).
    """
    entries = feed.get("items")
    if not isinstance(entries, list) or not entries:
        yield refused("empty", "a feed without entries", hints)
        return
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, Mapping):
            yield from read_item(_item(entry, feed, number), sha256, hints)
        else:
            yield refused("bad_line", f"item {number}: not a JSON object", hints)


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], number: int) -> Item:
    id, url = _text(entry, "id"), _text(entry, "url") or _text(entry, "external_url")
    published, modified = _text(entry, "date_published"), _text(entry, "date_modified")
    scope = _text(feed, "feed_url") or _text(feed, "home_page_url") or _text(feed, "title")
    return Item(
        name=f"item {number}" + (f" ({one_line(id or url or '')[:200]})" if id or url else ""),
        id=item_id(id or url, scope),
        body=_body(entry),
        found={
            **found("json feed item title", title=_text(entry, "title")),
            **found("json feed authors", byline=_authors(feed)),
            **found("json feed item authors", byline=_authors(entry)),
            **found("json feed item date_modified", published=modified),
            **found("json feed item date_published", published=published),
            **found("json feed item url", url=url if (url or "").startswith(("http://", "https://")) else None),
            **_language(entry, feed),
            **found("json feed title", outlet=_text(feed, "title")),
        },
        kept={
            "feed": " ".join(part for part in (_text(feed, "title"), _text(feed, "feed_url")) if part),
            "guid": id or "",
            "updated": modified or "",
            "external": _text(entry, "external_url") or "",
        },
        issued=modified or published,
        provider=_text(feed, "title"),
    )


def _body(entry: Mapping[str, Any]) -> Body | None:
    for name, markup, summary in (
        ("content_html", True, False),
        ("content_text", False, False),
        ("summary", False, True),
    ):
        value = _text(entry, name)
        if value is not None:
            return Body(value, f"json feed {name}", markup, summary)
    return None


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Found]:
    own = found("json feed item", language=_text(entry, "language"))
    return own or found("json feed language", language=_text(feed, "language"))


def _authors(record: Mapping[str, Any]) -> str | None:
    """The names in `authors` (1.1) or `author` (1.0)."""
    given = record.get("authors")
    some = given[:20] if isinstance(given, list) else [record.get("author")]
    names = [name for one in some if isinstance(one, Mapping) and (name := _text(one, "name")) is not None]
    return ", ".join(dict.fromkeys(names)) or None


def _text(record: Mapping[str, Any], name: str) -> str | None:
    """A text, or a number that an id was written as."""
    value = record.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        return str(value)
    return value if isinstance(value, str) and value.strip() else None
