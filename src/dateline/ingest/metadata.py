"""What a page's markup says of the report: `<meta>`, JSON-LD, `<link>`, `<time>`, then htmldate and trafilatura."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from dateline.ingest.decode import cleaned
from dateline.ingest.report import Found

LATEST: Final = "2100-12-31"
LD_LIMIT: Final = 1_000_000
TRANSIENT: Final = (etree.LxmlError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What the page libraries raise on broken pages; a field they cannot tell stays empty."""

META: Final[Mapping[str, tuple[str, ...]]] = {
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "publishdate",
        "pubdate", "publish-date", "publish_date", "published_time", "article.published", "dc.date.issued",
        "dcterms.created", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date", "date",
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title"),
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title"),
    "byline": ("author", "article:author_name", "dc.creator", "byl", "parsely-author", "sailthru.author"),
    "url": ("og:url",),
    "language": ("content-language", "dc.language", "og:locale"),
}  # fmt: skip

_ARTICLE = re.compile(r"(?i)article|report|posting|newsstory")
_SPACE = re.compile(r"\s+")


def metadata(root: Any, blocks_title: str | None) -> dict[str, Found]:
    """Title, outlet, byline, published, url and language as the markup gives them, dates as written there.

    JSON-LD of an article goes before `<meta>`; `blocks_title` is the page's visible `<h1>`.
    """
    found: dict[str, Found] = {}
    metas = _metas(root)
    linked = _linked_data(root)
    for name in META:
        _fill(found, name, linked.get(name), "json-ld")
        for key in META[name]:
            _fill(found, name, metas.get(key), "html meta")
    _fill(found, "published", _time(root), "html time")
    canonical = root.find(".//link[@rel='canonical']")
    _fill(found, "url", canonical.get("href") if canonical is not None else None, "html link")
    _fill(found, "language", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"), "html lang")
    _settle_title(found, root, blocks_title)
    if not re.match(r"https?://", found["url"].value if "url" in found else "http://"):
        del found["url"]
    if "byline" in found and re.match(r"(?i)https?://|www\.", found["byline"].value):
        del found["byline"]
    return found


def guessed_date(text: str, url: str | None, *, latest: str | None = None) -> str | None:
    """The day of publication that htmldate reads from markup and address; its text search is off, as it guesses.

    `latest` is the last day that it can be (ISO 8601).
    """
    from htmldate import find_date

    try:
        day = find_date(text, extensive_search=False, original_date=True, url=url, max_date=latest or LATEST)
    except TRANSIENT:
        return None
    return str(day) if day else None


def _fill(found: dict[str, Found], name: str, value: str | None, where: str) -> None:
    if value is None or name in found:
        return
    words = _SPACE.sub(" ", cleaned(value)).strip()
    if words and len(words) <= 1000:
        found[name] = Found(words, where)


def _metas(root: Any) -> dict[str, str]:
    result: dict[str, str] = {}
    for item in root.iter("meta"):
        content = item.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = item.get(attribute)
            if key is not None and content is not None and content.strip():
                result.setdefault(key.strip().lower(), content)
    return result


def _time(root: Any) -> str | None:
    """`<time>` marked as the date of publication; without a mark, the only one of the page."""
    times = [item for item in root.iter("time") if item.get("datetime")]
    marked = [
        item
        for item in times
        if item.get("pubdate") is not None or (item.get("itemprop") or "").lower() == "datepublished"
    ]
    chosen = marked or (times if len({item.get("datetime") for item in times}) == 1 else [])
    return str(chosen[0].get("datetime")) if chosen else None


def _linked_data(root: Any) -> dict[str, str]:
    result: dict[str, str] = {}
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json" or not script.text:
            continue
        if len(script.text) > LD_LIMIT:
            continue
        try:
            value = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _articles(value):
            values = {
                "published": item.get("datePublished"),
                "title": item.get("headline"),
                "outlet": _name(item.get("publisher")),
                "byline": _name(item.get("author")),
                "language": item.get("inLanguage"),
            }
            for name, text in values.items():
                if isinstance(text, str):
                    result.setdefault(name, text)
    return result


def _articles(value: Any) -> Iterator[Mapping[str, Any]]:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(reversed(item))
        elif isinstance(item, Mapping):
            kinds = item.get("@type")
            if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield item
            pending.extend(value for key, value in item.items() if key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for item in value if (name := _name(item)) is not None]
        return ", ".join(names) or None
    if isinstance(value, Mapping):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _settle_title(found: dict[str, Found], root: Any, visible: str | None) -> None:
    """The visible headline, else the markup's; the outlet that a `<title>` ends with is cut off."""
    if visible is not None and len(visible.split()) >= 3:
        found["title"] = Found(visible, "html h1")
        return
    element = root.find(".//title")
    _fill(found, "title", element.text if element is not None else None, "html title")
    if "title" in found and "outlet" in found:
        outlet = re.escape(found["outlet"].value)
        value = re.sub(rf"\s+[|–—:·»-]\s+{outlet}.*$", "", found["title"].value, flags=re.IGNORECASE)
        found["title"] = Found(value, found["title"].where)
