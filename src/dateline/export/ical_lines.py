"""Content lines of iCalendar (RFC 5545): values escaped, lines folded at 75 octets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from dateline.export.safe import visible

_OCTETS = 75


def text(value: str) -> str:
    """A TEXT value: commas, semicolons, backslashes and line feeds escaped, controls as escapes that are seen.

    >>> text("one, two; three")
    'one\\\\, two\\\\; three'
    """
    shown = visible(value, lines=True)
    return shown.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def day(value: str | None) -> date | None:
    """The day of an ISO date or moment, None where there is none."""
    try:
        return None if value is None else date.fromisoformat(value[:10])
    except ValueError:
        return None


def days(first: date, last: date) -> Iterator[str]:
    """DTSTART and DTEND of whole days, both given inclusive; DTEND is the day after the last.

    After 31 December 9999 there is none: then DTEND is left out, which means one day.
    """
    yield f"DTSTART;VALUE=DATE:{_written(first)}"
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{_written(last + timedelta(days=1))}"


def _written(value: date) -> str:
    return value.isoformat().replace("-", "")


def moment(value: str) -> str:
    """A moment in UTC as DTSTAMP has it; ValueError for what is none.

    >>> moment("2024-05-04T18:30:00.000001Z")
    '20240504T183000Z'
    """
    read = datetime.fromisoformat(value)
    read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    return f"{_written(read.date())}T{read.hour:02}{read.minute:02}{read.second:02}Z"


def listed(values: Iterable[str]) -> str:
    """Values of a list such as CATEGORIES."""
    return ",".join(map(text, values))


def jsoned(value: object) -> str:
    """A value of an own property as JSON text."""
    return text(json.dumps(value, ensure_ascii=False))


def folded(line: str) -> bytes:
    """One content line in UTF-8 with CRLF; no fold splits a character.

    A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
    """
    rest = line.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    pieces, room = [], _OCTETS
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut])
        rest, room = rest[cut:], _OCTETS - 1
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"
