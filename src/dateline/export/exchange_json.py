"""JSON for other programs: UTF-8 in which no control or direction character stands as itself, and nothing is lost."""

from __future__ import annotations

import json
import re
from typing import Any

_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Controls above ASCII, marks that turn the direction of writing, line separators, what is no character."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_NESTED = frozenset((dict, list, tuple))
_LONE = re.compile("[\ud800-\udfff]")


def json_line(value: Any) -> str:
    r"""A value as one line of JSON: such characters as escapes, a lone surrogate, which no text holds, as U+FFFD.

    Reading it back gives the same strings, but for lone surrogates. ValueError for a number that is none.

    >>> json_line({"a": "red\x1b[0m\u202e é"})
    '{"a":"red\\u001b[0m\\u202e é"}'
    """
    return seen(_ENCODER.encode(value))


def seen(text: str) -> str:
    """The same for text that is JSON already: what cannot be seen, or cannot be UTF-8, as escapes."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", _LONE.sub("\ufffd", text))


def filled(value: Any) -> Any:
    """A value without what is not known: no nulls, empty lists or empty objects, at any depth.

    >>> filled({"low": 0, "high": None, "via": [], "place": {"lat": None}})
    {'low': 0}
    """
    if type(value) is dict:
        kept = {}
        for name, held in value.items():
            found = filled(held) if type(held) in _NESTED else held
            if found is not None and (found or type(found) not in _NESTED):
                kept[name] = found
        return kept
    if type(value) in _NESTED:
        return [filled(one) if type(one) in _NESTED else one for one in value]
    return value
