"""Mails that were passed on: where the inner mail begins, and what its own header says."""

from __future__ import annotations

import re
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final

from dateline.ingest.blocks import Block
from dateline.ingest.report import Found

NOTE: Final = 600
"""Characters above a mail that was passed on up to which they are a note about it."""

_LINE = re.compile(
    r"(?im)^[ \t>]*(?:-{2,}\s*(?:forwarded message|original message|message transféré|message d'origine|"
    r"weitergeleitete nachricht|mensaje reenviado)[^\n]{0,80}|begin forwarded message:|"
    r"début du message réexpédié\s*:)[ \t]*$"
)
_FIELD = re.compile(
    r"(?i)[ \t>*]*(?P<name>from|de|von|date|sent|envoyé|gesendet|fecha|enviado|subject|objet|betreff|asunto|"
    r"to|à|an|para|cc|reply-to)[ \t*]*:[ \t*]*(?P<value>.*)"
)
_FIELDS: Final = {
    "from": "byline", "de": "byline", "von": "byline",
    "date": "published", "sent": "published", "envoyé": "published", "gesendet": "published", "fecha": "published",
    "enviado": "published",
    "subject": "title", "objet": "title", "betreff": "title", "asunto": "title",
}  # fmt: skip
_PREFIX = re.compile(r"(?i)^(?:(?:re|fwd?|fw|tr|wg|aw|rv)\s*:\s*)+")


def forwarded(text: str) -> tuple[list[Block], dict[str, Found]]:
    """A mail's text in blocks, and what the header of the mail inside it says; that header and the note are furniture.

    Only a mail that begins within 600 characters counts: what comes after more text is an appendix to it.
    """
    mark = _LINE.search(text)
    if mark is None or len(text[: mark.start()].strip()) > NOTE:
        return [Block(text)], {}
    rest = text[mark.end() :].split("\n")
    values: dict[str, str] = {}
    used = 0
    for line in rest[:20]:
        found = _FIELD.fullmatch(line)
        if found is None and (line.strip(" \t>") or values):
            break
        used += 1
        if found is not None:
            field = _FIELDS.get(found["name"].lower())
            if field is not None:
                values.setdefault(field, found["value"].strip(" \t*")[:1000])
    body = "\n".join(rest[used:]).strip("\n")
    if not values or not any(char.isalpha() for char in body):
        return [Block(text)], {}
    head = text[: mark.end()].strip() + "\n" + "\n".join(rest[:used]).strip()
    return [Block(head, "mail header"), Block(_unquoted(body))], _found(values)


def _found(values: dict[str, str]) -> dict[str, Found]:
    found = {
        name: Found(" ".join(value.split()), "header of the mail that was passed on") for name, value in values.items()
    }
    if "title" in found:
        found["title"] = Found(_PREFIX.sub("", found["title"].value), found["title"].where)
    if "byline" in found:
        name = parseaddr(found["byline"].value)[0]
        found["byline"] = Found(name if "@" not in name else "", found["byline"].where)
    if "published" in found:
        found["published"] = Found(_date(found["published"].value), found["published"].where)
    return found


def _date(value: str) -> str:
    """The date in ISO 8601 where it is written as mails have it; else as it stands, for the stage that knows dates."""
    plain = re.sub(r"(?i)\s+(?:at|à|um)\s+", " ", value)
    american = re.fullmatch(
        r"(?i)(?:[a-z]{3,9},?\s+)?([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4}),? (\d{1,2}:\d\d)(?::\d\d)?\s*([ap]m)?", plain
    )
    if american is not None:
        month, day, year, clock, half = american.groups()
        hour, minute = (int(part) for part in clock.split(":"))
        hour = hour % 12 + (12 if half.lower() == "pm" else 0) if half else hour
        plain = f"{day} {month} {year} {hour:02}:{minute:02}:00 -0000"
    try:
        return parsedate_to_datetime(plain[:100]).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _unquoted(body: str) -> str:
    """A body without the `>` before every line, where every line has it."""
    lines = body.split("\n")
    if all(line.startswith(">") or not line.strip() for line in lines):
        return "\n".join(re.sub(r"^>+ ?", "", line) for line in lines)
    return body
