"""Records in order of their ids, however many there are: sorted on disk, memory stays flat."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from dateline.export.jsonl import line
from dateline.export.listing import Record
from dateline.releases.errors import ReleaseError

Line = tuple[str, bytes]
"""The id of a record and the record as a line of JSON."""

_BATCH = 1000


class _Named(msgspec.Struct):
    id: str


_DECODER = msgspec.json.Decoder(_Named)


def in_order(records: Iterable[Record]) -> Iterator[Line]:
    """Records as lines in order of id; ReleaseError where two have one id."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "sorted.db")) as kept:
        kept.execute("PRAGMA journal_mode = OFF")
        kept.execute("PRAGMA synchronous = OFF")
        kept.execute("CREATE TABLE lines (id TEXT NOT NULL, line BLOB NOT NULL)")
        with kept:
            kept.executemany("INSERT INTO lines VALUES (?, ?)", ((one["id"], line(one)) for one in records))
            kept.execute("CREATE INDEX by_id ON lines (id)")
        last = None
        for identifier, told in kept.execute("SELECT id, line FROM lines ORDER BY id"):
            if identifier == last:
                raise ReleaseError(f"the ledger has two records of the id {identifier}")
            last = identifier
            yield identifier, told


def lines_of(path: Path) -> Iterator[Line]:
    """The records of a file of JSON Lines; ReleaseError for a line that is none, or out of order."""
    last = ""
    with path.open("rb") as stream:
        for number, told in enumerate(stream, 1):
            try:
                identifier = _DECODER.decode(told).id
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                raise ReleaseError(f"{path.name}, line {number}: no record with an id ({error})") from error
            if identifier <= last:
                raise ReleaseError(f"{path.name}, line {number}: {identifier} is out of order")
            last = identifier
            yield identifier, told
