"""An answer as reports, by the reader that fits it, with what the feed said where the page says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from dateline import __version__
from dateline.ingest import documents
from dateline.ingest.decode import binary, declared_charset, decoded
from dateline.ingest.html import page
from dateline.ingest.report import refused
from dateline.model import Capture, CaptureHead, Document, Hints, Issue
from dateline.pipeline import Reading, describe
from dateline.watch.fetching import Answer
from dateline.watch.state import Entry
from dateline.watch.timing import moment
from dateline.watch.urls import UrlError, checked_url

GUESSED: Final = "htmldate"
"""The provenance of a date that no markup gave as that of publication: what a feed says wins over it."""
FROM_FEED: Final = "feed entry"
_FILLED: Final = ("title", "published", "byline", "language")


def readings(answer: Answer, entry: Entry, *, outlet: str | None, language: str | None) -> Iterator[Reading]:
    """The reports of a page that a feed's entry links to, described and with their capture.

    `outlet` and `language` are given for the feed and win over what the page says; but where the entry names another
    publisher (RSS `<source>`) the given outlet is not that of the report. The markup of the page goes before the entry,
    and the entry before what can be guessed from the text. The address is the page's own canonical one where that is
    on the same host.
    """
    hints = Hints(outlet=outlet if entry.publisher is None else None, language=language, path=answer.url)
    capture = captured(answer)
    for item in _items(answer, hints):
        filled = _filled(item, entry, answer) if isinstance(item, Document) else item
        yield replace(describe(filled, hints), capture=capture)


def carried(answer: Answer, *, outlet: str | None, language: str | None, most: int) -> Iterator[Reading]:
    """The first reports that a feed carries itself, by the reader of feeds; at most so many."""
    hints = Hints(outlet=outlet, language=language, path=answer.url)
    capture = captured(answer)
    for item in islice(documents(answer.body, replace(hints, path=None)), most):
        named = replace(item, path=answer.url) if isinstance(item, Issue) else item
        yield replace(describe(named, hints), capture=capture)


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


def _items(answer: Answer, hints: Hints) -> Iterator[Document | Issue]:
    data = answer.body
    if not data.strip():
        yield refused("empty", "an empty answer", hints)
        return
    if _media_type(answer) not in ("text/html", "application/xhtml+xml"):
        yield from documents(data, hints)
        return
    kind = binary(data)
    if kind is not None:
        yield refused("binary", f"not a page: {kind}", hints)
        return
    text = decoded(data, declared=declared_charset(data) or _charset(answer)).text
    yield from page(text, data, hints, {})


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


def _media_type(answer: Answer) -> str:
    return (answer.header("content-type") or "").partition(";")[0].strip().lower()


def _charset(answer: Answer) -> str | None:
    _, _, rest = (answer.header("content-type") or "").lower().partition("charset=")
    return rest.partition(";")[0].strip().strip("\"'")[:40] or None
