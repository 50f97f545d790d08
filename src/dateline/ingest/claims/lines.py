"""The lines of a JSON Lines file as values: a bad line is an issue with its number, and the rest goes on."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, Final

from dateline.ingest.claims.fields import Record
from dateline.ingest.decode import binary, decoded
from dateline.model import Issue

LINE_LIMIT: Final = 8 * 1024 * 1024
"""Bytes of the longest line that is read: some two thousand times a claim of the guide."""


def records(data: bytes, path: str | None) -> Iterator[tuple[int, Record | Issue]]:
    """The number of each line that is not blank, with its JSON object or why there is none.

    Codes: `binary` and `empty` for the file, `too_large` and `bad_line` for a line. NaN and Infinity are no JSON.
    """
    kind = binary(data)
    if kind is not None:
        yield 0, Issue("binary", f"not JSON Lines: {kind}", path=path)
        return
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = decoded(data).text.encode()
    number, found = 0, False
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        if line.strip():
            found = True
            yield number, _record(line, number, path)
    if not found:
        yield number, Issue("empty", "no line in it", path=path)


def _record(line: bytes, number: int, path: str | None) -> Record | Issue:
    if len(line) > LINE_LIMIT:
        return Issue("too_large", f"line {number}: more than {LINE_LIMIT} bytes", path=path)
    try:
        value = json.loads(decoded(line).text, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)[:80]
        return Issue("bad_line", f"line {number}: not JSON ({reason})", path=path)
    if not isinstance(value, dict):
        return Issue("bad_line", f"line {number}: not a JSON object", path=path)
    return value


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")
