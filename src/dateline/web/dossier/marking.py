"""The text of a report cut where evidence and furniture begin and end, overlaps and all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.desk.dossier import Told
from dateline.model import Document


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `begins` and `ends` are the numbers of claims whose first evidence does so here, from 1."""

    text: str
    marked: bool
    furniture: bool
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def pieces(document: Document, told: Sequence[Told]) -> list[Piece]:
    """The whole text in pieces, in order; none without a text."""
    text = document.text
    spans = [(part.start, part.end) for one in told for part in one.claim.evidence]
    spans = [(max(0, start), min(end, len(text))) for start, end in spans if start < end]
    first = [(one.claim.evidence[0].start, one.claim.evidence[0].end) for one in told]
    bounds = {0, len(text)} | {at for span in spans for at in span}
    bounds |= {min(at, len(text)) for part in document.furniture for at in (part.start, part.end)}
    cuts = sorted(bounds)
    depth, furniture = _depths(spans), _depths([(part.start, part.end) for part in document.furniture])
    begins, ends = _numbers(start for start, _ in first), _numbers(end for _, end in first)
    made, inside, aside = [], 0, 0
    for start, end in zip(cuts, cuts[1:], strict=False):
        inside += depth.get(start, 0)
        aside += furniture.get(start, 0)
        made.append(
            Piece(text[start:end], inside > 0, aside > 0, tuple(begins.get(start, ())), tuple(ends.get(end, ())))
        )
    return made


def _depths(spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """By how much the number of open spans changes at each offset."""
    found: dict[int, int] = {}
    for start, end in spans:
        found[start] = found.get(start, 0) + 1
        found[end] = found.get(end, 0) - 1
    return found


def _numbers(offsets: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, offset in enumerate(offsets, 1):
        found.setdefault(offset, []).append(number)
    return found
