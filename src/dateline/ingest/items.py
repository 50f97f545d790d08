"""Items of feeds and wires: what all their formats tell of one, as a report and the notice of its version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from dateline.ingest.decode import cleaned
from dateline.ingest.html import fragment
from dateline.ingest.report import LONGEST, Found, report, too_long
from dateline.model import Document, Furniture, Hints, Issue, Notice, PubStatus, noticed

LONGEST_MARKUP: Final = 4_000_000
"""Characters of the longest markup of one item that is looked into."""
LONGEST_VALUE: Final = 1000
"""Characters of a title, a name or a note that are kept."""
LONGEST_ID: Final = 500
SHORT: Final = 150
"""Words under which the text that a feed calls a description is taken for a summary."""

_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:[a-zA-Z]{2,10}|#\d{1,6}|#x[\da-fA-F]{1,6});")
_CUT = re.compile(r"(?i)(?:\.\.\.|…|\[\s*(?:…|\.\.\.)\s*\]|read more\W*|continue reading\W*)\s*$")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,20}:\S")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an item as it came: markup or plain, where it was found, and whether it is only a summary."""

    value: str
    where: str
    markup: bool = True
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed or wire. `name` is what messages call it; `id` is None where it has none.

    `found` are metadata values by the fields of a document; `kept` what a document has no field for (copyright, usage,
    the feed it came by) and is told in its provenance. `status`, `version`, `issued`, `embargoed` and `note` are those
    of its notice, as written.
    """

    name: str
    id: str | None
    body: Body | None = None
    found: Mapping[str, Found] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    status: PubStatus = PubStatus.USABLE
    version: str | None = None
    issued: str | None = None
    embargoed: str | None = None
    provider: str | None = None
    note: str | None = None


def read_item(item: Item, sha256: str, hints: Hints) -> Iterator[Document | Issue | Notice]:
    """The notice of an item's version and its report, or why there is none; `sha256` is that of the file.

    A canceled item gives its notice alone: what stands in its body is no report. An embargo without a moment, or with
    one that cannot be read, withholds the item. An item without a text is an issue `no_text`.
    """
    canceled = item.status is PubStatus.CANCELED
    text = None if canceled else _text_of(item, hints)
    document = _document(item, text, sha256, hints) if isinstance(text, _Text) else None
    if document is not None or item.status is not PubStatus.USABLE:
        notice = _notice(item, hints)
        if notice is None and canceled:
            yield Issue("no_id", f"{item.name}: canceled, but it does not say which item", path=hints.path)
        elif notice is not None:
            summary = isinstance(text, _Text) and text.summary
            yield noticed(replace(notice, document=None if document is None else document.id, summary=summary))
    if isinstance(text, Issue) and (item.status is PubStatus.USABLE or item.body is not None):
        yield text
    elif document is not None:
        yield document


@dataclass(frozen=True, slots=True)
class _Text:
    """The visible text of an item, where it was found, what of it is furniture, and whether it is a summary."""

    text: str
    where: str
    furniture: tuple[Furniture, ...]
    summary: bool


def _text_of(item: Item, hints: Hints) -> _Text | Issue:
    body = item.body
    if body is None or not body.value.strip():
        return Issue("no_text", f"{item.name}: no text in it, only its headline or a link", path=hints.path)
    if len(body.value) > LONGEST_MARKUP:
        return _named(item, too_long(f"{len(body.value)} characters", hints))
    text, furniture = fragment(cleaned(body.value)) if body.markup else (cleaned(body.value).strip(), ())
    if len(text) > LONGEST:
        return _named(item, too_long(f"{len(text)} characters", hints))
    if not any(char.isalpha() for char in text):
        return Issue("no_text", f"{item.name}: no text in it, only markup", path=hints.path)
    return _Text(text, body.where, furniture, body.summary and is_summary(text))


def _document(item: Item, text: _Text, sha256: str, hints: Hints) -> Document:
    made = report(text.text, b"", hints, item.found, text.furniture)
    kept = {name: one_line(value) for name, value in item.kept.items() if value.strip()}
    where = f"{text.where}, a summary" if text.summary else text.where
    return replace(made, sha256=sha256, provenance={**made.provenance, **kept, "text": where})


def _named(item: Item, issue: Issue) -> Issue:
    return replace(issue, message=f"{item.name}: {issue.message}")


def is_summary(text: str) -> bool:
    """Whether a text that is called a description is short, or cut off, and so not the whole report."""
    return len(text.split()) < SHORT or _CUT.search(text[-200:]) is not None


def _notice(item: Item, hints: Hints) -> Notice | None:
    """What an item says of its version, without a report; None where it has no id to be known by."""
    if item.id is None:
        return None
    status, embargoed, note = item.status, None, item.note
    if item.embargoed is not None and status is PubStatus.USABLE:
        embargoed = moment(item.embargoed)
        if embargoed is None:
            status = PubStatus.WITHHELD
            said = (
                f"embargoed until {item.embargoed.strip()!r}" if item.embargoed.strip() else "embargoed without an end"
            )
            note = said if note is None else f"{said}; {note}"
    return Notice(
        id="",
        item=item.id,
        status=status,
        version=None if item.version is None else one_line(item.version)[:LONGEST_ID],
        issued=None if item.issued is None else moment(item.issued),
        embargoed=embargoed,
        provider=None if item.provider is None else one_line(item.provider),
        note=None if note is None else one_line(note),
        path=hints.path,
    )


def one_line(text: str) -> str:
    """Words of a value in one line, without markup, cut where they are very long."""
    plain = fragment(text[:LONGEST_MARKUP])[0] if _TAG.search(text[: 4 * LONGEST_VALUE]) is not None else text
    return _SPACE.sub(" ", cleaned(plain)).strip()[:LONGEST_VALUE]


def moment(written: str) -> str | None:
    """A written moment (ISO 8601, or as e-mail writes it) in UTC; one without a zone is UTC; None for what is none."""
    text = written.strip()[:80]
    try:
        read = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return read.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z" if 1900 <= read.year < 2200 else None


def item_id(given: str | None, scope: str | None) -> str | None:
    """The id of an item: an address or URN as it is, any other with the feed it is of, None for none.

    >>> item_id("tag:example.org,2024:7", None), item_id("17", "https://example.org/feed"), item_id(" ", "x")
    ('tag:example.org,2024:7', 'https://example.org/feed#17', None)
    """
    name = _SPACE.sub(" ", cleaned(given or "")).strip()[:LONGEST_ID]
    if not name:
        return None
    if _SCHEME.match(name) is not None or not scope:
        return name
    return f"{_SPACE.sub(' ', cleaned(scope)).strip()[:LONGEST_ID]}#{name}"


def found(where: str, **values: str | None) -> dict[str, Found]:
    """Metadata values that there are, each found at `where`, in one line."""
    lines = {name: one_line(value) for name, value in values.items() if value is not None and value.strip()}
    return {name: Found(value, where) for name, value in lines.items() if value}
