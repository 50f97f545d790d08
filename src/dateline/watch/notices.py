"""Messages as an e-mail and as an Atom feed; the words of reports in them are only ever text."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from xml.etree import ElementTree

from dateline.export.safe import visible
from dateline.watch.messages import Message, as_text
from dateline.watch.outbox import Batch
from dateline.watch.settings import ToAtom, ToCommand
from dateline.watch.timing import moment

_ATOM: Final = "http://www.w3.org/2005/Atom"
_LONGEST_TITLE: Final = 200
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mail(batch: Batch, channel: ToCommand, now: float) -> bytes:
    """A batch as one message (RFC 5322). No words of reports are in its headers but in the subject, on one line."""
    found = EmailMessage(policy=SMTP)
    found["From"] = channel.sender
    found["To"] = ", ".join(channel.recipients)
    found["Date"] = datetime.fromtimestamp(now, UTC)
    found["Message-ID"] = f"<{batch.messages[0]['key']}.{len(batch.messages)}@{channel.sender.rpartition('@')[2]}>"
    found["Auto-Submitted"] = "auto-generated"
    found["Subject"] = _subject(batch)
    text = "\n\n----\n\n".join(visible(as_text(message), lines=True) for message in batch.messages)
    found.set_content(f"{text}\n", cte="base64" if not text.isascii() else "quoted-printable")
    return found.as_bytes()


def _subject(batch: Batch) -> str:
    many = len(batch.messages)
    return _cut(f"{batch.alert}: {batch.messages[0]['sentence'] if many == 1 else f'{many} new matches'}")


def _cut(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= _LONGEST_TITLE else f"{line[:_LONGEST_TITLE].rstrip()} …"


def atom_feed(channel: ToAtom, messages: Sequence[Message], now: float) -> bytes:
    """An Atom feed (RFC 4287) of messages, given oldest first; the newest stands first in it."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", uuid.uuid5(uuid.NAMESPACE_URL, f"dateline {channel.path.resolve()}").urn)
    _add(feed, "title", channel.title)
    _add(feed, "updated", str(messages[-1]["found_at"]) if messages else moment(now))
    _add(ElementTree.SubElement(feed, f"{{{_ATOM}}}author"), "name", "dateline")
    _add(feed, "generator", "dateline")
    for message in reversed(messages):
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", uuid.uuid5(uuid.NAMESPACE_URL, str(message["key"])).urn)
        _add(entry, "title", _cut(str(message["sentence"])))
        _add(entry, "updated", str(message["found_at"]))
        _add(entry, "category", "").set("term", _xml(str(message["alert"])))
        if message["link"] is not None:
            _add(entry, "link", "").set("href", _xml(str(message["link"])))
        _add(entry, "content", visible(as_text(message), lines=True)).set("type", "text")
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    found = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    found.text = _xml(text) or None
    return found


def _xml(text: str) -> str:
    """`text` with what XML 1.0 cannot hold as U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
