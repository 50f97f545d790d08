"""Two texts side by side: their paragraphs aligned, and in those that stand in both the words that differ.

This is for reading, not for deciding: whether two reports are of one origin, and what the later one changed, was
decided when the ledger was derived. What that found tells here what kind of difference a word is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dateline.desk.evidence import paragraphs
from dateline.model import Change

MOST = 60_000
"""Characters of each text that are compared."""

_MOST_WORDS = 1_500
"""Words of two paragraphs together up to which they are compared word by word."""

_ALIKE = 0.3
"""Part of the rarer words of the shorter paragraph that two paragraphs share at least."""

_COMMON = 12
"""Paragraphs of the left text from which a word in all of them tells nothing."""

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*\s*|[^\w\s]+\s*|\s+")
"""A word or sign with the white space after it."""

_SHORT = 3
"""Letters of words that tell nothing of what a paragraph is about."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one text: the same as in the other (`what` is None) or a difference and of which kind.

    `what` is `number`, `date`, `place`, `name` or `words`. `number` counts the differences of the two texts from 1,
    the same on both sides where something became something else.
    """

    text: str
    what: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of each text beside each other; an empty side says that the other text alone has it."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]

    @property
    def told(self) -> str:
        """`same`, `changed`, `cut` (left only) or `added` (right only)."""
        if not self.right:
            return "cut"
        if not self.left:
            return "added"
        return "changed" if any(piece.what for piece in (*self.left, *self.right)) else "same"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The rows in order; `differences` is how many there are within paragraphs, `cut` that a text was too long."""

    rows: tuple[Row, ...]
    differences: int
    cut: bool

    @property
    def cut_rows(self) -> int:
        """Paragraphs that the left text alone has."""
        return sum(row.told == "cut" for row in self.rows)

    @property
    def added_rows(self) -> int:
        """Paragraphs that the right text alone has."""
        return sum(row.told == "added" for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    words: tuple[str, ...]
    keys: frozenset[str]

    @property
    def text(self) -> str:
        return "".join(self.words)


def side_by_side(left: str, right: str, changes: Sequence[Change] = ()) -> SideBySide:
    """The texts aligned; `changes` are those that the ledger holds of the two, the left one being the earlier."""
    cut = len(left) > MOST or len(right) > MOST
    lefts, rights = _paragraphs(left[:MOST]), _paragraphs(right[:MOST])
    kinds = _Kinds(changes)
    rows: list[Row] = []
    at_left = at_right = number = 0
    for one, other in [*_aligned(lefts, rights), (len(lefts), len(rights))]:
        rows += [Row((Piece(p.text),), ()) for p in lefts[at_left:one]]
        rows += [Row((), (Piece(p.text),)) for p in rights[at_right:other]]
        if one < len(lefts):
            row, number = _row(lefts[one], rights[other], kinds, number)
            rows.append(row)
        at_left, at_right = one + 1, other + 1
    return SideBySide(tuple(rows), number, cut)


def _paragraphs(text: str) -> list[_Paragraph]:
    found = []
    for paragraph in paragraphs(text, ()):
        words = text[paragraph.start : paragraph.end].strip()
        if words:
            start = text.index(words[0], paragraph.start)
            tokens = tuple(_WORD.findall(words))
            found.append(_Paragraph(start, tokens, _telling(tokens)))
    return found


def _telling(tokens: Sequence[str]) -> frozenset[str]:
    """The words by which a paragraph is known again: figures and longer words, all of them where there are none."""
    words = {token.strip().casefold() for token in tokens if token[0].isalnum()}
    return frozenset(word for word in words if len(word) > _SHORT or word[0].isdecimal()) or frozenset(words)


def _aligned(lefts: Sequence[_Paragraph], rights: Sequence[_Paragraph]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that tell the same, in the order of both texts: as many as can be without crossing."""
    where: dict[str, list[int]] = defaultdict(list)
    alike: dict[str, deque[int]] = defaultdict(deque)
    for at, paragraph in enumerate(lefts):
        alike[paragraph.text].append(at)
        for key in paragraph.keys:
            where[key].append(at)
    pairs = []
    for at, paragraph in enumerate(rights):
        same = alike.get(paragraph.text)
        if same:
            pairs.append((same.popleft(), at))
            continue
        best = _most_alike(at, paragraph, lefts, where)
        if best is not None:
            pairs.append((best, at))
    return _rising(pairs)


def _most_alike(
    at: int, paragraph: _Paragraph, lefts: Sequence[_Paragraph], where: Mapping[str, Sequence[int]]
) -> int | None:
    """The left paragraph that shares most of the rarer words, of several the nearest; None where none shares enough."""
    shared: Counter[int] = Counter()
    for key in paragraph.keys:
        holders = where.get(key, ())
        if len(holders) <= _COMMON:
            shared.update(holders)
    likeness = {one: _likeness(count, lefts[one], paragraph) for one, count in shared.items()}
    best = max(likeness, key=lambda one: (likeness[one], -abs(one - at)), default=None)
    return None if best is None or likeness[best] < _ALIKE else best


def _likeness(shared: int, one: _Paragraph, other: _Paragraph) -> float:
    return shared / max(1, min(len(one.keys), len(other.keys)))


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both numbers rise."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (left, _) in enumerate(pairs):
        place = bisect_left(tails, left)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(left)
            ends.append(at)
        else:
            tails[place], ends[place] = left, at
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


class _Kinds:
    """What kind of difference words are: as the ledger found it, else by their look."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._left = self._spans([(c.before_start, c.before, c.what) for c in changes])
        self._right = self._spans([(c.after_start, c.after, c.what) for c in changes])

    @staticmethod
    def _spans(found: Sequence[tuple[int | None, str | None, str]]) -> list[tuple[int, int, str]]:
        return sorted((at, at + len(words), what) for at, words, what in found if at is not None and words is not None)

    def of(self, left: tuple[int, str], right: tuple[int, str]) -> str:
        """The kind of a difference by the place and the words of it in both texts."""
        for (start, words), spans in ((left, self._left), (right, self._right)):
            for begin, end, what in spans:
                if words and begin < start + len(words) and start < end:
                    return what
        told = left[1] + right[1]
        return "number" if any(char.isdecimal() for char in told) else "words"


def _row(one: _Paragraph, other: _Paragraph, kinds: _Kinds, number: int) -> tuple[Row, int]:
    """Two paragraphs with their differences, counted on from `number`."""
    if one.words == other.words:
        return Row((Piece(one.text),), (Piece(other.text),)), number
    if len(one.words) + len(other.words) > _MOST_WORDS:
        return Row((Piece(one.text, "words", number + 1),), (Piece(other.text, "words", number + 1),)), number + 1
    left: list[Piece] = []
    right: list[Piece] = []
    for same, a, b in _differences(one, other):
        gone, come = "".join(one.words[a.start : a.stop]), "".join(other.words[b.start : b.stop])
        if same:
            left.append(Piece(gone))
            right.append(Piece(come))
            continue
        number += 1
        what = kinds.of((one.start + _length(one, a.start), gone), (other.start + _length(other, b.start), come))
        left += _marked(gone, what, number)
        right += _marked(come, what, number)
    return Row(tuple(p for p in left if p.text), tuple(p for p in right if p.text)), number


def _marked(words: str, what: str, number: int) -> tuple[Piece, Piece]:
    """Words that differ, and the white space after them, which does not."""
    bare = words.rstrip()
    return Piece(bare, what, number), Piece(words[len(bare) :])


def _length(paragraph: _Paragraph, words: int) -> int:
    return sum(map(len, paragraph.words[:words]))


def _differences(one: _Paragraph, other: _Paragraph) -> Iterator[tuple[bool, range, range]]:
    """Runs of words that are the same in both, without regard to case and white space, and that are not."""
    a_words, b_words = ([word.strip().casefold() for word in text.words] for text in (one, other))
    for tag, a, a_end, b, b_end in SequenceMatcher(None, a_words, b_words, False).get_opcodes():
        yield tag == "equal", range(a, a_end), range(b, b_end)
