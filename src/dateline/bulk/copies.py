"""Reports with the same words, or nearly, as one that came before: kept as documents, their claims not read again.

A first pass over all inputs reads reports without the parser and marks each; the marks are compared in the order of the
tasks, so that the same inputs always leave out the same reports. MinHash is that of the origins.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from dateline.bulk.errors import BulkError, DamagedShardError
from dateline.bulk.settings import Prefilters
from dateline.bulk.units import Copy, Where
from dateline.durable import put
from dateline.model import Document, Issue
from dateline.parse.header import body
from dateline.reconcile.origins.fingerprints import alike, bag
from dateline.reconcile.origins.wording import wording

DUPLICATE: Final = "duplicate"
"""The prefilter, and the issue, of a report with the same words as another."""

COPY: Final = "copy"
"""The prefilter, and the issue, of a report with nearly the same words as another, and the same numbers."""

FEWEST: Final = 20
"""Words of the shortest report that is taken for a copy of another."""

ALIKE: Final = 0.9
"""The share of the terms of two reports (Jaccard, as MinHash estimates it) from which one is a near copy."""

_BANDS: Final = 8
_MOST: Final = 16
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d.,]*")


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """What copies are told by: the hash of the words, that of the numbers in order, MinHash of the terms."""

    unit: int
    item: int
    document: str
    words: bytes
    numbers: int
    terms: tuple[int, ...]


def mark(where: Where, document: Document) -> Mark | None:
    """The mark of a described report, by its text without furniture; None for one that is too short."""
    text = "\n".join(body(document.text, document.furniture))
    words = _WORD.findall(text.casefold())
    if len(words) < FEWEST:
        return None
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest()[:16]
    numbers = zlib.crc32(" ".join(_NUMBER.findall(text)).encode("utf-8", "surrogatepass"))
    return Mark(*where, document.id, digest, numbers, bag(wording(text, ((0, len(text)),))))


@dataclass(slots=True)
class Index:
    """The reports that are read, by their words and by bands of their MinHash; about a kilobyte a report."""

    prefilters: Prefilters
    words: dict[bytes, str] = field(default_factory=dict)
    bands: dict[tuple[int, ...], list[Mark]] = field(default_factory=dict)

    def copies(self, marks: Iterable[Mark]) -> tuple[Copy, ...]:
        """Which reports of the next task are copies, and of which; the others are read and known from then on."""
        return tuple(copy for one in marks if (copy := self._copy(one)) is not None)

    def _copy(self, one: Mark) -> Copy | None:
        original = self.words.get(one.words)
        if original is not None:
            return Copy((one.unit, one.item), original, DUPLICATE)
        if self.prefilters.copies and one.terms:
            near = next((known for known in self._near(one) if alike(known.terms, one.terms) >= ALIKE), None)
            if near is not None:
                return Copy((one.unit, one.item), near.document, COPY)
            for key in _keys(one):
                found = self.bands.setdefault(key, [])
                if len(found) < _MOST:
                    found.append(one)
        self.words[one.words] = one.document
        return None

    def _near(self, one: Mark) -> Iterator[Mark]:
        for key in _keys(one):
            yield from (known for known in self.bands.get(key, ()) if known.numbers == one.numbers)


def _keys(one: Mark) -> Iterator[tuple[int, ...]]:
    rows = len(one.terms) // _BANDS
    for band in range(_BANDS):
        yield (band, *one.terms[band * rows : (band + 1) * rows])


def copy_issue(copy: Copy, document: Document, path: str | None) -> Issue:
    """What is told of a copy: which report was read in its place."""
    words = "the same words as" if copy.kind == DUPLICATE else "nearly the same words as"
    return Issue(copy.kind, f"{words} {copy.of}: its own claims were not read", document=document.id, path=path)


def write_marks(folder: Path, number: int, marks: list[Mark]) -> str:
    """Put the marks of a task into the folder of a job; their SHA-256."""
    data = msgspec.msgpack.encode(marks)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        put(_path(folder, number, sha256), data)
    except OSError as error:
        raise BulkError(f"cannot write {_path(folder, number, sha256)}: {error.strerror or error}") from error
    return sha256


def read_marks(folder: Path, number: int, sha256: str) -> list[Mark]:
    """The marks of a task; DamagedShardError where they are missing or damaged."""
    path = _path(folder, number, sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedShardError(f"cannot read {path}: {error.strerror or error}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedShardError(f"{path} is damaged: its bytes have another hash")
    return msgspec.msgpack.decode(data, type=list[Mark])


def _path(folder: Path, number: int, sha256: str) -> Path:
    return folder / "marks" / f"{number // 1000:04}" / f"{number:07}-{sha256}.marks"
