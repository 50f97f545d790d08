"""Values as FollowTheMoney keeps them: what its own cleaning would change is changed here, so that it changes nothing.

It composes characters (NFC), takes out what is not seen (controls, zero-width and direction characters, lone
surrogates, also joiners) and cuts nothing: values that are longer than it holds are cut here, with an ellipsis.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)
_SPACES = re.compile("[\u0a00\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_BREAKS = re.compile(r"\r\n|[\n\r\t;]|<br ?/?>", re.IGNORECASE)
_LOST = re.compile(r"\b(ESQ)\.?,", re.IGNORECASE)
_QUOTED = re.compile(r"^[\"'](.*)[\"']$")
_ZONED = re.compile(r"(Z|[+-]\d\d:\d\d)$")
_OLDEST, _NEWEST = "1000-01-01", "9999"

MOST: Mapping[str, int] = {"name": 384, "string": 1024, "text": 65_000, "address": 250, "url": 4096}
"""Characters that a value of a type has at most (followthemoney 4.11)."""


def plain(value: str, kind: str = "text") -> str:
    r"""A text of a type; "" where nothing of it is left.

    >>> plain(" red\x1b[0m\u202e "), len(plain("a" * 2000, "string"))
    ('red[0m', 1024)
    """
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", _UNSEEN.sub("", value))).strip()
    most = MOST[kind]
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}\u2026"


def name(value: str) -> str:
    """A name: on one line, without quotation marks around it; "?" where nothing of it is left, for it must have one."""
    found = " ".join(plain(value).split())
    while (bare := _QUOTED.sub(r"\1", found).strip()) != found:
        found = bare
    return plain(found, "name") or "?"


def address(value: str) -> str:
    """A place as an address: on one line, its parts between commas; "" where nothing of it is left."""
    text = _LOST.sub(r"\1 ", _BREAKS.sub(", ", plain(value)))
    text = re.sub(r"(\s*,\s*)+[.,]?(\s*,)*\s*", ", ", " ".join(text.split()))
    return plain(text.strip(" ,"), "address")


def day(value: str | None) -> str | None:
    """An ISO day or moment, a moment in UTC; None for what is neither, or has no year of 1000 to 9998.

    >>> day("2024-05-03"), day("2024-05-03T10:00:05+02:00"), day("in May")
    ('2024-05-03', '2024-05-03T08:00:05', None)
    """
    if value is None or not _OLDEST <= value < _NEWEST:
        return None
    try:
        if len(value) == len(_OLDEST):
            return date.fromisoformat(value).isoformat()
        found = datetime.fromisoformat(value)
        found = found.astimezone(UTC) if _ZONED.search(value) else found
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=None).isoformat(timespec="seconds")


def number(value: float) -> str:
    """A number without an exponent.

    >>> number(13.5137), number(1e-05), number(60.0)
    ('13.5137', '0.00001', '60')
    """
    text = f"{value:.8f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
