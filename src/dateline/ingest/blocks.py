"""Blocks of text laid out as a document stores them, with those that are not the report marked as furniture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.model import Furniture


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `reason` says why it is furniture, None for the report; `tight` puts it right below the last one."""

    text: str
    reason: str | None = None
    tight: bool = False


def stored(blocks: Iterable[Block]) -> tuple[str, tuple[Furniture, ...]]:
    """The text of blocks, an empty line between them unless they are tight, and their furniture by its offsets."""
    parts: list[str] = []
    furniture: list[Furniture] = []
    length = 0
    for block in blocks:
        separator = ("\n" if block.tight else "\n\n") if parts else ""
        parts.append(separator + block.text)
        start = length + len(separator)
        length = start + len(block.text)
        if block.reason is not None:
            furniture.append(Furniture(start, length, block.reason))
    return "".join(parts), tuple(furniture)
