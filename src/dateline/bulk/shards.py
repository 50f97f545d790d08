"""A shard: what one task gave, in one file that is named by the SHA-256 of its bytes and never changed.

    8 bytes   DLSHARD1
    4 bytes   length of the head, big-endian
    ...       head: MessagePack map (`Head`)
    8 bytes   length of the rows, big-endian
    ...       rows: MessagePack array of `Row`, packed by zlib
    ...       captures: the bytes of each, packed by gzip, one after the other; a row tells where its own begins

A file is written beside, synced, and renamed: a shard is there whole or not at all. The same task gives the same bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from dateline.bulk.errors import BulkError, DamagedShardError
from dateline.durable import put
from dateline.model import Claim, Document, Issue, KeptCapture, Notice, Run

MAGIC: Final = b"DLSHARD1"
VERSION: Final = 1
_LEVEL: Final = 3


class Counts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a task came to: all reports, those kept, refused, set aside, left out by each prefilter, and the claims."""

    reports: int = 0
    documents: int = 0
    refused: int = 0
    aside: int = 0
    claims: int = 0
    left_out: dict[str, int] = {}


class Head(msgspec.Struct, frozen=True):
    """What a shard is of. `skipped` is what of each web archive was no report, by its path.

    `run` is that of the job, `runs` those of reports in languages that are read as another run.
    """

    version: int
    job: str
    task: int
    digest: str
    run: Run
    counts: Counts
    skipped: dict[str, dict[str, int]]
    runs: dict[str, Run] = msgspec.field(default_factory=dict)

    def run_of(self, language: str | None) -> Run:
        """The run that a report in a language was read by."""
        return self.runs.get(language or "", self.run)


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A capture and where its bytes are: `length` bytes from `start` among the captures of the shard.

    A capture of length 0 lies among the files that several units were taken from.
    """

    kept: KeptCapture
    start: int
    length: int


class Row(msgspec.Struct, frozen=True, array_like=True):
    """What reading one report gave, by the number of its unit and its number in that; as `dateline.pipeline.Reading`.

    `ends` is set for the end of a web archive: what its reader left out, by reason, with examples.
    `left_out` names the prefilter that left it out.
    """

    unit: int
    item: int
    document: Document | None = None
    claims: tuple[Claim, ...] = ()
    issues: tuple[Issue, ...] = ()
    refused: bool = False
    path: str | None = None
    notices: tuple[Notice, ...] = ()
    capture: Place | None = None
    ends: Ended | None = None
    left_out: str | None = None


class Ended(msgspec.Struct, frozen=True):
    """What the reader of a web archive counted: no reports, problems with an example of each."""

    skipped: dict[str, int]
    problems: dict[str, int]
    examples: dict[str, str]


class Shard(msgspec.Struct, frozen=True):
    """A shard that was read and checked."""

    head: Head
    rows: list[Row]
    captures: bytes

    def packed(self, place: Place) -> bytes:
        """The bytes of a capture, packed."""
        return self.captures[place.start : place.start + place.length]


def shard_bytes(head: Head, rows: Sequence[Row], captures: bytes) -> bytes:
    """A shard as it lies on the disk."""
    top = msgspec.msgpack.encode(head, order="deterministic")
    body = zlib.compress(msgspec.msgpack.encode(list(rows), order="deterministic"), _LEVEL)
    return b"".join((MAGIC, len(top).to_bytes(4, "big"), top, len(body).to_bytes(8, "big"), body, captures))


def read_shard(folder: Path, number: int, sha256: str) -> Shard:
    """The shard of a task; DamagedShardError where it is missing or its bytes have another hash."""
    path = shard_path(folder, number, sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedShardError(f"cannot read the shard {path}: {error.strerror or error}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedShardError(f"the shard {path} is damaged: its bytes have another hash")
    if not data.startswith(MAGIC):
        raise BulkError(f"{path} is of another version of dateline: its format is not known")
    at = len(MAGIC)
    top = int.from_bytes(data[at : at + 4], "big")
    at += 4
    head = msgspec.msgpack.decode(data[at : at + top], type=Head)
    at += top
    length = int.from_bytes(data[at : at + 8], "big")
    at += 8
    rows = msgspec.msgpack.decode(zlib.decompress(data[at : at + length]), type=list[Row])
    return Shard(head, list(map(_as_made, rows)), data[at + length :])


def _as_made(row: Row) -> Row:
    """A row with whole metres where the extractor gave whole metres, so that its claims are kept to the same bytes."""
    claims = tuple(map(_whole_metres, row.claims))
    return msgspec.structs.replace(row, claims=claims)


def _whole_metres(claim: Claim) -> Claim:
    place = claim.place
    if place is None or place.uncertainty is None or not float(place.uncertainty).is_integer():
        return claim
    return replace(claim, place=replace(place, uncertainty=int(place.uncertainty)))


def write_shard(folder: Path, number: int, data: bytes) -> str:
    """Put a shard into the folder of a job, on the disk when this returns; its SHA-256. BulkError on a full disk."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = shard_path(folder, number, sha256)
    try:
        put(path, data)
    except OSError as error:
        raise BulkError(f"cannot write {path}: {error.strerror or error}") from error
    return sha256


def shard_path(folder: Path, number: int, sha256: str) -> Path:
    """Where a shard lies: a thousand of them to a folder."""
    return folder / "shards" / f"{number // 1000:04}" / f"{number:07}-{sha256}.shard"
