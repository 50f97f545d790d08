"""Evidence in its text: the sentence around it, and a report cut into stretches that evidence and furniture cover.

Offsets are code points of `Document.text`, start inclusive, end exclusive. The stretches of a text, put together,
are the text again, and every word of evidence is in a stretch that names its claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.model import Claim, Document, Furniture, Stance

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")
LANES = 4
"""Underlines that are told apart beneath one another; further evidence shares the lowest."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One piece of evidence in a text: of which claim, the claim's number on the page, and its line beneath the words.

    `lane` is 0 for the line next to the words; of two pieces that overlap each has its own, up to `LANES`.
    """

    claim: str
    number: int
    stance: Stance
    start: int
    end: int
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same evidence: `marks` cover it, `opens` begin and `closes` end with it.

    `furniture` is the reason for which it was taken for page furniture, None where it was not.
    """

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()
    furniture: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The segments of one paragraph, the white space after it among them."""

    start: int
    end: int
    segments: tuple[Segment, ...]


def marks(claims: Iterable[Claim]) -> tuple[Mark, ...]:
    """The evidence of claims, numbered from 1 in the order of the claims, in the order of the text."""
    pieces = [
        Mark(claim.id, number, claim.stance, part.start, part.end)
        for number, claim in enumerate(claims, 1)
        for part in claim.evidence
        if part.start < part.end
    ]
    return tuple(_in_lanes(sorted(pieces, key=lambda mark: (mark.start, -mark.end, mark.number))))


def _in_lanes(pieces: Sequence[Mark]) -> Iterator[Mark]:
    """Each piece in the first lane that is free where it begins."""
    free = [0] * LANES
    for mark in pieces:
        lane = next((lane for lane, until in enumerate(free) if until <= mark.start), LANES - 1)
        free[lane] = max(free[lane], mark.end)
        yield Mark(mark.claim, mark.number, mark.stance, mark.start, mark.end, lane)


def segments(text: str, marked: Sequence[Mark], furniture: Sequence[Furniture] = ()) -> tuple[Segment, ...]:
    """The text cut wherever evidence, furniture or a paragraph begins or ends; what lies outside it is cut off."""
    pieces = [_within(mark, len(text)) for mark in marked if mark.start < min(mark.end, len(text))]
    cuts = {0, len(text), *(mark.start for mark in pieces), *(mark.end for mark in pieces)}
    cuts |= {min(bound, len(text)) for part in furniture for bound in (part.start, part.end)}
    cuts |= {match.end() for match in _breaks(text).finditer(text)}
    return tuple(_cut(text, sorted(cuts), pieces, furniture))


def _within(mark: Mark, length: int) -> Mark:
    return Mark(mark.claim, mark.number, mark.stance, mark.start, min(mark.end, length), mark.lane)


def _cut(text: str, cuts: Sequence[int], pieces: Sequence[Mark], furniture: Sequence[Furniture]) -> Iterator[Segment]:
    waiting = sorted(pieces, key=lambda mark: (mark.start, mark.lane, mark.number), reverse=True)
    greyed = sorted(furniture, key=lambda part: part.start, reverse=True)
    open_marks: list[Mark] = []
    grey: list[Furniture] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        open_marks = [mark for mark in open_marks if mark.end > start]
        grey = [part for part in grey if part.end > start]
        while waiting and waiting[-1].start <= start:
            open_marks.append(waiting.pop())
        while greyed and greyed[-1].start <= start:
            grey.append(greyed.pop())
        yield Segment(
            start,
            end,
            text[start:end],
            tuple(open_marks),
            tuple(mark for mark in open_marks if mark.start == start),
            tuple(mark for mark in open_marks if mark.end == end),
            next((part.reason for part in grey if part.end > start), None),
        )


def _breaks(text: str) -> re.Pattern[str]:
    """What parts paragraphs: blank lines, in a text without any every line feed."""
    return _BLANK_LINE if _BLANK_LINE.search(text) else _LINE


def paragraphs(text: str, marked: Sequence[Mark], furniture: Sequence[Furniture] = ()) -> tuple[Paragraph, ...]:
    """The segments of a text by paragraph; together they are the whole text."""
    ends = [match.end() for match in _breaks(text).finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    found, at, some = [], 0, list[Segment]()
    for segment in segments(text, marked, furniture):
        some.append(segment)
        if segment.end == ends[at]:
            found.append(Paragraph(some[0].start, segment.end, tuple(some)))
            some, at = [], at + 1
    return tuple(found)


def furniture_of(document: Document) -> int:
    """How many characters of a report are page furniture."""
    return sum(part.end - part.start for part in document.furniture)
