"""JSON Lines: one whole record a line, as the annotation guide defines it, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from dateline.export.listing import Listing


def write(listing: Listing, out: BinaryIO) -> None:
    """Write every record as one line."""
    for record in listing.records:
        out.write(line(record))


def line(record: Mapping[str, Any]) -> bytes:
    """One record as a line of UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    return utf8(json.dumps(record, ensure_ascii=False)).encode("utf-8") + b"\n"


def utf8(text: str) -> str:
    """`text` as UTF-8 can hold it: a lone surrogate becomes U+FFFD.

    >>> utf8("a" + chr(0xD800))
    'a\ufffd'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
