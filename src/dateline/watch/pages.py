"""An answer as reports, by the reader that fits it, with what the feed said where the page says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from dateline import __version__
from dateline.ingest import documents, format_of
from dateline.ingest.html import read as read_html
from dateline.ingest.report import refused
from dateline.model import Capture, CaptureHead, Document, Hints, Issue, Notice
from dateline.pipeline import Reading
from dateline.pipeline import readings as described
from dateline.watch.fetching import Answer
from dateline.watch.state import Entry
from dateline.watch.timing import moment
from dateline.watch.urls import UrlError, checked_url

GUESSED: Final = "htmldate"
"""The provenance of a date that no markup gave as that of publication: what a feed says wins over it."""
FROM_FEED: Final = "feed entry"
CARRIERS: Final = frozenset({"feed", "newsml", "jsonl"})
"""The formats that `take = "feed"` reads."""
_FILLED: Final = ("title", "published", "byline", "language")


def readings(answer: Answer, entry: Entry, *, outlet: str | None, language: str | None) -> Iterator[Reading]:
    """The reports of a page that a feed's entry links to, described and with their capture.

    `outlet` and `language` are given for the feed and win over what the page says; but where the entry names another
    publisher (RSS `<source>`) the given outlet is not that of the report. The markup of the page goes before the entry,
    and the entry before what can be guessed from the text. The address is the page's own canonical one where that is
    on the same host.
    """
    own = outlet if entry.publisher is None else None
    hints = Hints(outlet=own, language=language, path=answer.url, charset=_charset(answer), captured=_day(answer))
    items = (_filled(item, entry, answer) if isinstance(item, Document) else item for item in _items(answer, hints))
    capture = captured(answer)
    return described(((item, capture) for item in items), hints)


def carried(answer: Answer, *, outlet: str | None, language: str | None, most: int) -> Iterator[Reading]:
    """The first reports that a feed or wire carries itself, at most so many, with its notices of them."""
    hints = Hints(outlet=outlet, language=language, path=answer.url)
    capture = captured(answer)
    pairs = ((item, capture) for item in documents(answer.body, replace(hints, path=None)))
    for reading in described(pairs, hints):
        yield reading
        most -= reading.document is not None
        if most == 0:
            return


def is_carrier(answer: Answer) -> bool:
    """Whether an answer is of a format that carries reports: a feed, a wire, JSON of reports."""
    return format_of(None, answer.body) in CARRIERS


def captured(answer: Answer) -> Capture:
    """The bytes of an answer with how they came."""
    head = CaptureHead(
        url=answer.url,
        final_url=answer.final_url if answer.final_url != answer.url else None,
        at=moment(answer.at),
        media_type=_media_type(answer) or None,
        status=answer.status,
        headers=answer.headers,
        tool=f"dateline {__version__}",
    )
    return Capture(answer.body, head)


def _items(answer: Answer, hints: Hints) -> Iterator[Document | Issue | Notice]:
    data = answer.body
    if not data.strip():
        yield refused("empty", "an empty answer", hints)
        return
    html = _media_type(answer) in ("text/html", "application/xhtml+xml")
    yield from read_html(data, hints) if html else documents(data, hints)


def _filled(document: Document, entry: Entry, answer: Answer) -> Document:
    """The document with the entry's values where it has none."""
    values: dict[str, Any] = {}
    told_of = {"outlet": entry.publisher} | {name: getattr(entry, name) for name in _FILLED}
    for name, told in told_of.items():
        known = getattr(document, name)
        guess = name == "published" and document.provenance.get(name) == GUESSED
        if told is not None and (known is None or guess):
            values[name] = told
    provenance = {**document.provenance, **dict.fromkeys(values, FROM_FEED)}
    if not _same_host(document.url, answer.final_url):
        values["url"], provenance["url"] = answer.final_url, "address asked for"
    return replace(document, provenance=provenance, **values)


def _same_host(url: str | None, other: str) -> bool:
    """Whether an address that a page gives itself is on the host that answered; no page speaks for another's."""
    if url is None:
        return False
    try:
        return checked_url(url).host.removeprefix("www.") == checked_url(other).host.removeprefix("www.")
    except UrlError:
        return False


def _day(answer: Answer) -> str:
    """The day of the answer: no report is later."""
    return moment(answer.at)[:10]


def _media_type(answer: Answer) -> str:
    return (answer.header("content-type") or "").partition(";")[0].strip().lower()


def _charset(answer: Answer) -> str | None:
    _, _, rest = (answer.header("content-type") or "").lower().partition("charset=")
    return rest.partition(";")[0].strip().strip("\"'")[:40] or None
