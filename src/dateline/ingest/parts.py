"""What lies inside of something else (archives, attachments): read to a depth and an amount, whoever holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from dateline.ingest.report import refused
from dateline.ingest.zips import MEBIBYTE, shown
from dateline.model import Document, Hints, Issue, Notice

DEEPEST: Final = 2
"""How many holders may lie in one another: a mail in an archive, an archive in an archive."""
MOST: Final = 50_000
MOST_BYTES: Final = 2048 * MEBIBYTE

ReadInside = Callable[[bytes, Hints, "Parts"], Iterator[Document | Issue | Notice]]
"""The reader of anything at all, told how deep it is."""


@dataclass(slots=True)
class Left:
    """What may still be read of all that one file holds: parts, and their bytes unpacked."""

    parts: int = MOST
    bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Parts:
    """Reads the parts of an archive or a mail. `depth` counts the holders around them; `left` is shared by all."""

    reader: ReadInside
    depth: int = 0
    left: Left = field(default_factory=Left)

    def deeper(self) -> Parts | None:
        """The same one holder further in, or None where that is too deep."""
        return replace(self, depth=self.depth + 1) if self.depth < DEEPEST else None

    def read(self, name: str, data: bytes, hints: Hints) -> Iterator[Document | Issue | Notice]:
        """The reports of one part, under the path of its holder and its own name; refused when all is used up."""
        path = f"{hints.path or 'archive'}/{shown(name)}"
        inner = replace(hints, path=path)
        self.left.parts -= 1
        self.left.bytes -= len(data)
        if self.left.parts < 0 or self.left.bytes < 0:
            yield refused("too_large", "more than is read of one file with all that it holds: split it", inner)
            return
        if not data.strip():
            yield refused("empty", "an empty file", inner)
            return
        yield from self.reader(data, inner, self)


def too_deep(hints: Hints) -> Issue:
    """The issue of a holder that lies too deep in others."""
    return refused("nested", f"an archive or a mail more than {DEEPEST} deep in others: unpack it", hints)
