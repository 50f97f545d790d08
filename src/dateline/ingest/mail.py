"""Mails (EML) and pages saved as one file (MHTML): the body is a report, and so is each attachment."""

from __future__ import annotations

import email
import email.header
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, Final

from dateline.ingest.blocks import Block, stored
from dateline.ingest.decode import binary, cleaned, decoded
from dateline.ingest.forwarded import forwarded
from dateline.ingest.html import page as page_report
from dateline.ingest.parts import Parts
from dateline.ingest.report import LONGEST, Found, refused, report, too_long
from dateline.model import Document, Hints, Issue, Notice

LIMIT: Final = 48 * 1024 * 1024
NESTED: Final = 40
"""Mails and multiparts in one mail; each more makes the library slower on every line."""
MOST_PARTS: Final = 1_000
HEAD_LIMIT: Final = 512 * 1024
HEADER_LIMIT: Final = 8_192
"""Bytes of the header of a mail, and characters of one line of it that are read."""
FEW_WORDS: Final = 25
"""A plain text of fewer words beside a page says only that there is a page."""

_PASSED_OVER: Final = ("image/", "audio/", "video/", "font/")
_SIGNS: Final = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar",
     "text/vcard", "text/x-vcard", "text/css", "text/javascript", "application/ms-tnef", "message/delivery-status"}
)  # fmt: skip
_BROKEN: Final = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_MARKERS = re.compile(rb"(?i)\b(?:multipart/[a-z]|message/rfc822|message/global\b)")
_PREFIX = re.compile(r"(?i)^(?:(?:re|fwd?|fw|tr|wg|aw|rv|i)\s*(?:\[\d+\])?:\s*|\[[^\]\s]{1,30}\]\s*)+")
_SIGNATURE = re.compile(r"(?m)^-- ?$")


@dataclass(slots=True)
class _Body:
    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    attached: list[tuple[str, bytes]] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)


def read(data: bytes, hints: Hints, parts: Parts) -> Iterator[Document | Issue | Notice]:
    """The report in a mail's body, then those in its attachments and in mails attached to it.

    Plain text goes before a page, unless it only points to one. Title is the subject, `published` the date of the
    mail; the sender is the outlet of a mailing list, else the byline. Where somebody passed a mail on, subject, date
    and sender are those of the mail that was passed on. Of a page saved as MHTML only the page counts. Pictures,
    sound, calendars and signatures are passed over; nothing is fetched. Refused: what has no header (`bad_file`), more
    than 48 MiB (`too_large`), more than 40 parts in parts (`nested`), a mail without any text (`empty`).
    """
    kind = binary(data)
    objection = _objection(data, kind)
    if objection is not None:
        yield refused(*objection, hints)
        return
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        body = _body(message)
        found = _found(message)
        saved = message.get("Snapshot-Content-Location") is not None or "Saved by" in str(message.get("From", ""))
    except _BROKEN as error:
        yield refused("bad_file", f"a damaged mail ({' '.join(str(error).split())[:200]})", hints)
        return
    if not message.keys():
        yield refused("bad_file", "not a mail: it has no header", hints)
        return
    yield from _main(body, data, {k: v for k, v in found.items() if k == "url"} if saved else found, hints)
    for issue in body.issues:
        yield refused("bad_file", issue, hints)
    if not saved:
        for name, content in body.attached:
            yield from parts.read(name, content, hints)


def _objection(data: bytes, kind: str | None) -> tuple[str, str] | None:
    if kind is not None:
        return "binary", f"not a mail: {kind}"
    if len(data) > LIMIT:
        return "too_large", f"{len(data)} bytes, at most {LIMIT} are read of a mail"
    head = re.search(rb"\r?\n\r?\n", data)
    if (head.start() if head is not None else len(data)) > HEAD_LIMIT:
        return "bad_file", f"not a mail: its header has more than {HEAD_LIMIT} bytes"
    if sum(1 for _, _ in zip(_MARKERS.finditer(data), range(NESTED + 1), strict=False)) > NESTED:
        return "nested", f"more than {NESTED} parts in parts of a mail"
    return None


def _main(body: _Body, data: bytes, found: dict[str, Found], hints: Hints) -> Iterator[Document | Issue]:
    text = "\n\n".join(part.strip("\n") for part in body.plain if part.strip())
    page = "\n".join(body.pages)
    if page and (len(text.split()) < FEW_WORDS):
        yield from page_report(page, data, hints, found)
        return
    if len(text) > LONGEST:
        yield too_long(f"{len(text)} characters", hints)
        return
    if any(char.isalpha() for char in text):
        blocks, inner = forwarded(text)
        kept, furniture = stored([part for block in blocks for part in _without_signature(block)])
        if inner:
            found = {name: item for name, item in found.items() if name == "url"} | inner
        yield report(kept, data, hints, found, furniture)
    elif not body.attached:
        yield refused("empty", "a mail without text", hints)


def _without_signature(block: Block) -> Iterator[Block]:
    """A block, its end after a line of two dashes marked as furniture if it is short."""
    mark = _SIGNATURE.search(block.text)
    if block.reason is not None or mark is None or len(block.text) - mark.start() > 1500:
        yield block
        return
    before, after = block.text[: mark.start()].rstrip(), block.text[mark.start() :].strip()
    if before:
        yield Block(before, None, block.tight)
    yield Block(after, "signature")


def _found(message: Message) -> dict[str, Found]:
    found: dict[str, Found] = {}
    subject = _PREFIX.sub("", header(message, "Subject"))
    if subject:
        found["title"] = Found(subject, "mail subject")
    day = moment(header(message, "Date"))
    if day is not None:
        found["published"] = Found(day, "mail date")
    name = " ".join(parseaddr(header(message, "From"))[0].split())
    listed = any(message.get(mark) is not None for mark in ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID"))
    if name and "@" not in name and len(name) <= 200:
        found["outlet" if listed else "byline"] = Found(name, "mail sender")
    address = header(message, "Snapshot-Content-Location") or header(message, "Archived-At").strip("<>")
    if re.match(r"https?://\S+$", address):
        found["url"] = Found(address, "mail header")
    return found


def header(message: Message, name: str) -> str:
    """A header's text with its encoded words read, in one line; an empty text where there is none."""
    value = message.get(name)
    if value is None:
        return ""
    words: list[str] = []
    try:
        for part, charset in email.header.decode_header(str(value)[:HEADER_LIMIT]):
            words.append(decoded(part, declared=charset).text if isinstance(part, bytes) else part)
    except _BROKEN:
        words = [str(value)[:HEADER_LIMIT]]
    return " ".join(cleaned("".join(words)).split())


def moment(value: str) -> str | None:
    """A mail's date in ISO 8601, with its zone where it has one; None for what is no such date."""
    try:
        read = parsedate_to_datetime(value[:200])
        return read.isoformat() if datetime(1970, 1, 1) < read.replace(tzinfo=None) else None
    except _BROKEN:
        return None


def _body(message: Message) -> _Body:
    """The texts, pages and attachments of a mail in order; not those of mails inside it."""
    body = _Body()
    pending: list[Message] = [message]
    count = 0
    while pending:
        part = pending.pop()
        count += 1
        if count > MOST_PARTS:
            body.issues.append(f"more than {MOST_PARTS} parts; the others were not read")
            break
        payload: Any = part.get_payload()
        kind = part.get_content_type()
        if kind.startswith("message/") and kind not in _SIGNS and isinstance(payload, list):
            for number, inner in enumerate(payload[:1], start=count):
                body.attached.append((f"{number}.eml", inner.as_bytes(policy=email.policy.compat32)))
        elif isinstance(payload, list):
            pending.extend(reversed(payload))
        else:
            _part(body, part, kind, count)
    return body


def _part(body: _Body, part: Message, kind: str, number: int) -> None:
    if kind.startswith(_PASSED_OVER) or kind in _SIGNS:
        return
    data: Any = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return
    name = part.get_filename()
    if part.get_content_disposition() == "attachment" or not kind.startswith("text/") or name:
        body.attached.append((name or f"{number}{_SUFFIXES.get(kind, '')}", data))
        return
    text = decoded(data, declared=_charset(part)).text
    if kind == "text/html":
        body.pages.append(text)
    else:
        body.plain.append(_unfolded(part, text))


_SUFFIXES: Final = {"application/pdf": ".pdf", "text/html": ".html", "application/json": ".json", "text/csv": ".csv"}


def _charset(part: Message) -> str | None:
    value = part.get_param("charset")
    return value[2] if isinstance(value, tuple) else value if isinstance(value, str) else None


def _unfolded(part: Message, text: str) -> str:
    """Text sent as `format=flowed` with its paragraphs in one line each (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    apart = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[str] = []
    flows = False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line
        if flows and line != "-- ":
            lines[-1] = lines[-1][:-1] + apart + line
        else:
            lines.append(line)
        flows = line.endswith(" ") and line != "-- "
    return "\n".join(lines)
