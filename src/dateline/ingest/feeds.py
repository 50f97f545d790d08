"""RSS (0.9x, 1.0, 2.0) and Atom feeds: an entry is a report. Parsed by feedparser from bytes; nothing is fetched."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.entities import html5
from itertools import chain, islice
from typing import Any, Final

from dateline.ingest.decode import binary, declared_charset, decoded
from dateline.ingest.items import LONGEST_MARKUP, Body, Item, found, item_id, one_line, read_item
from dateline.ingest.report import Found, refused
from dateline.model import Document, Hints, Issue, Notice

MOST_ENTRIES: Final = 100_000
"""Entries of one file that are read."""
TOGETHER: Final = 50
"""Entries that are parsed together: what is broken in one spoils no more than these."""
MOST_TAGS: Final = 20_000
"""Tags of one entry that are looked into."""
LONGEST_HEAD: Final = 1_000_000
"""Characters that may stand before the first entry."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
_MARK = re.compile(r"<!\[CDATA\[|<!--|<(/?)(?:[\w.-]{1,40}:)?(item|entry)(?=[\s>/])")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MAIL = re.compile(r"^\S+@\S+\s*(?:\((?P<name>[^()]+)\))?$")


def read(data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The entries of a feed: each a notice (its guid, when it was updated) and a document, or why there is none.

    `content:encoded` or Atom's content is the text; where there is only a description it is that, marked as a summary
    if it is short or cut off. `<source>` names the publisher; the feed itself is told in the provenance. What
    feedparser finds broken is an issue `broken_feed` beside what could be read. Entities that a feed declares itself
    are never expanded.
    """
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not a feed: {kind}", hints)
        return
    text = decoded(data, declared=declared_charset(data)).text
    text, declares = _without_declarations(text)
    if declares:
        yield refused("entities", "the feed declares entities of its own: they were left out", hints)
    feed = _Feed(hashlib.sha256(data).hexdigest(), hints)
    cut = _cut(text)
    number = 0
    while some := list(islice(cut.entries, TOGETHER)):
        yield from feed.entries(cut, some, number)
        number += len(some)
        if number >= MOST_ENTRIES:
            yield refused("too_many", f"more than {MOST_ENTRIES} entries: split the feed", hints)
            break
    yield from feed.told(number, cut.whole)


def entries(data: bytes) -> Iterator[Mapping[str, Any]]:
    """The entries of a feed as feedparser has them, without reports: for who follows their addresses.

    They are bounded and parsed as those of `read`, so that a feed that means harm costs no more here.
    """
    text, _ = _without_declarations(decoded(data, declared=declared_charset(data)).text)
    cut = _cut(text)
    for _ in range(MOST_ENTRIES // TOGETHER):
        some = list(islice(cut.entries, TOGETHER))
        if not some:
            return
        fitting = (entry for entry in some if _fits(entry))
        yield from _parsed(cut.head + "".join(fitting) + cut.tail).get("entries", ())


def _fits(entry: str) -> bool:
    """Whether an entry is small enough to be parsed."""
    return len(entry) <= LONGEST_MARKUP and entry.count("<") <= MOST_TAGS


@dataclass(slots=True)
class _Cut:
    """A feed in pieces: what stands before the first entry, the entries, and what ends it."""

    head: str
    entries: Iterator[str]
    tail: str
    whole: bool = True


class _Feed:
    """What is known of a feed while its entries are read."""

    def __init__(self, sha256: str, hints: Hints) -> None:
        self._sha256 = sha256
        self._hints = hints
        self._broken: str | None = None

    def entries(self, cut: _Cut, some: Sequence[str], before: int) -> Iterator[Document | Issue | Notice]:
        """The reports of some entries that stand together in the feed, after `before` others."""
        fitting = []
        for number, entry in enumerate(some, start=before + 1):
            if not _fits(entry):
                size = f"{len(entry)} characters, {entry.count('<')} tags"
                yield refused("too_long", f"entry {number}: {size}: no single report", self._hints)
            else:
                fitting.append(entry)
        parsed = _parsed(cut.head + "".join(fitting) + cut.tail)
        if parsed.get("bozo") and self._broken is None:
            error = parsed.get("bozo_exception")
            self._broken = f"{type(error).__name__}: {one_line(str(error))[:200]}"
        for number, entry in enumerate(parsed.get("entries", ()), start=before + 1):
            yield from read_item(_item(entry, parsed.get("feed", {}), number), self._sha256, self._hints)

    def told(self, number: int, whole: bool) -> Iterator[Issue]:
        """What is to be said at the end of the feed."""
        if number == 0:
            yield refused("empty", "a feed without entries", self._hints)
        elif not whole:
            yield refused("broken_feed", f"cut off in entry {number}: what came before was read", self._hints)
        elif self._broken is not None:
            yield refused("broken_feed", f"not well-formed, read as far as it could be: {self._broken}", self._hints)


def _without_declarations(text: str) -> tuple[str, bool]:
    """The text without its XML declaration and document type, and whether that declared entities."""
    text = _DECLARATION.sub("", text, count=1)
    start = text.find("<!DOCTYPE", 0, LONGEST_HEAD)
    if start < 0:
        return text, False
    plain, subset = text.find(">", start), text.find("[", start)
    end = text.find("]>", start) + 1 if 0 <= subset < plain else plain
    if end <= 0:
        return text[:start], True
    return text[:start] + text[end + 1 :], "<!ENTITY" in text[start:end]


def _cut(text: str) -> _Cut:
    """The pieces of a feed, by the tags of its entries outside comments and CDATA."""
    cut = _Cut("", iter(()), "")
    spans = _spans(text, cut)
    first = next(spans, None)
    cut.head = text[: first[0] if first is not None else len(text)][:LONGEST_HEAD]
    end = max(text.rfind("</item"), text.rfind("</entry"))
    cut.tail = text[text.find(">", end) + 1 :][:LONGEST_HEAD] if end >= 0 else ""
    if first is not None:
        cut.entries = (text[start:stop] for start, stop in chain([first], spans))
    return cut


def _spans(text: str, cut: _Cut) -> Iterator[tuple[int, int]]:
    """Where entries begin and end, one after the other."""
    begun, at = None, 0
    while (mark := _MARK.search(text, at)) is not None:
        if mark.group(2) is None:
            end = text.find("]]>" if mark.group().startswith("<![") else "-->", mark.end())
            if end < 0:
                break
            at = end + 3
            continue
        at = mark.end()
        if not mark.group(1):
            begun = mark.start() if begun is None else begun
        elif begun is not None:
            at = text.find(">", at) + 1 or len(text)
            yield begun, at
            begun = None
    if begun is not None:
        cut.whole = False
        yield begun, len(text)


def _parsed(text: str) -> Mapping[str, Any]:
    """A feed as feedparser has it. Its own cleaning is off: markup goes through the reader of pages."""
    import feedparser

    plain = _ENTITY.sub(_character, text)
    try:
        result: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(plain.encode("utf-8", "replace")), sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        return {"bozo": True, "bozo_exception": error}
    return result


def _character(entity: re.Match[str]) -> str:
    """A named character of HTML, which XML does not know, as it is."""
    name = entity.group(1)
    return entity.group() if name in _XML_ENTITIES else html5.get(f"{name};", entity.group())


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], number: int) -> Item:
    guid, link = _text(entry, "id"), _text(entry, "link")
    scope = _self(feed) or _text(feed, "link") or _text(feed, "title")
    source = entry.get("source") if isinstance(entry.get("source"), Mapping) else None
    published, updated = _text(entry, "published"), _plain(entry, "updated")
    name = f"entry {number}" + (f" ({one_line(guid or link or '')[:200]})" if guid or link else "")
    return Item(
        name=name,
        id=item_id(guid or link, scope),
        body=_body(entry),
        found={
            **found("feed entry title", title=_text(entry, "title")),
            **found(
                "feed entry link", url=link if link is not None and link.startswith(("http://", "https://")) else None
            ),
            **found("feed entry author", byline=_author(entry)),
            **_published(published, updated),
            **_language(entry, feed),
            **_outlet(source, feed),
        },
        kept={
            "feed": " ".join(part for part in (_text(feed, "title"), _self(feed) or _text(feed, "link")) if part),
            "guid": guid or "",
            "updated": updated or "",
            "copyright": _text(entry, "rights") or _text(feed, "rights") or "",
        },
        issued=updated or published,
        provider=_text(feed, "title"),
    )


def _body(entry: Mapping[str, Any]) -> Body | None:
    """The longest content of an entry, else its description."""
    contents = [one for one in _list(entry, "content") if isinstance(one.get("value"), str) and one["value"].strip()]
    if contents:
        best = max(contents, key=lambda one: len(one["value"]))
        return Body(best["value"], "feed content", markup=best.get("type") != "text/plain")
    value = _text(entry, "summary")
    if value is None:
        return None
    detail = entry.get("summary_detail")
    plain = isinstance(detail, Mapping) and detail.get("type") == "text/plain"
    return Body(value, "feed description", markup=not plain, summary=True)


def _published(published: str | None, updated: str | None) -> dict[str, Found]:
    if published is not None:
        return found("feed entry published", published=published)
    return found("feed entry updated", published=updated)


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Found]:
    for one in _list(entry, "content"):
        if isinstance(one.get("language"), str):
            return found("feed entry language", language=one["language"])
    return found("feed language", language=_text(entry, "language") or _text(feed, "language"))


def _outlet(source: Mapping[str, Any] | None, feed: Mapping[str, Any]) -> dict[str, Found]:
    """The publisher: that of `<source>`, else the feed itself."""
    if source is not None and _text(source, "title") is not None:
        address = _text(source, "href") or _text(source, "link") or _text(source, "id")
        where = "feed entry source" + (f" <{one_line(address)[:300]}>" if address is not None else "")
        return found(where, outlet=_text(source, "title"))
    return found("feed title", outlet=_text(feed, "title"))


def _author(entry: Mapping[str, Any]) -> str | None:
    """The names of the authors; an address of e-mail alone is none."""
    names = [name for one in _list(entry, "authors") if isinstance(name := one.get("name"), str) and name.strip()]
    if not names:
        names = [name] if (name := _text(entry, "author")) is not None else []
    kept = []
    for name in dict.fromkeys(names[:20]):
        mail = _MAIL.match(name.strip())
        if mail is None:
            kept.append(name)
        elif mail.group("name") is not None:
            kept.append(mail.group("name"))
    return ", ".join(kept) or None


def _self(feed: Mapping[str, Any]) -> str | None:
    """The feed's own address, as it tells it."""
    for link in _list(feed, "links"):
        if link.get("rel") == "self" and isinstance(link.get("href"), str):
            return str(link["href"])
    return None


def _list(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = record.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _plain(record: Mapping[str, Any], name: str) -> str | None:
    """A value of that very name: feedparser gives the date of publication where there is none of an update."""
    value = dict.get(record, name) if isinstance(record, dict) else None
    return value if isinstance(value, str) and value.strip() else None
