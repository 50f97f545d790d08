"""Sentences as the word pieces that the encoder knows, each with where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curated_tokenizers import WordPieceProcessor

PAD, UNKNOWN, FIRST, LAST = 0, 100, 101, 102
"""Ids of the vocabulary's own marks: padding, an unknown word, start and end of the input."""
MARKS = {"actor": (1, 2), "recipient": (3, 4)}
"""Ids that open and close a marked participant (unused ones of the vocabulary)."""
LONGEST = 200
"""Pieces of a sentence that are read; what follows is not."""
LONGEST_WORD = 100
"""Characters of a word from which on it is unknown as a whole, as in BERT's own tokenizer."""

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")

Spans = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Ids of a sentence's pieces, and the characters each covers (`(0, 0)` for marks)."""

    ids: list[int]
    offsets: list[tuple[int, int]]


def pieces(vocabulary: WordPieceProcessor, sentence: str, marked: Spans | None = None) -> Pieces:
    """The pieces of `sentence`, with marks around the participants in `marked` (by role, character spans)."""
    ids, offsets = [FIRST], [(0, 0)]
    for word in _WORD.finditer(sentence):
        found = _encoded(vocabulary, word.group())
        width = word.end() - word.start()
        at = 0
        for number, (piece, length) in enumerate(found[: LONGEST - len(ids)]):
            end = width if number == len(found) - 1 else min(width, at + length)
            ids.append(piece)
            offsets.append((word.start() + min(at, width), word.start() + end))
            at = end
        if len(ids) >= LONGEST:
            break
    ids.append(LAST)
    offsets.append((0, 0))
    for role, span in sorted((marked or {}).items(), key=lambda item: -item[1][0]):
        _mark(ids, offsets, MARKS[role], span)
    return Pieces(ids, offsets)


def around(read: Pieces, before: int, after: int) -> Pieces:
    """The pieces from `before` the first mark to `after` the last, with first and last of the input; all if none."""
    marks = {mark for pair in MARKS.values() for mark in pair}
    at = [i for i, piece in enumerate(read.ids) if piece in marks]
    if not at:
        return read
    kept = slice(max(1, at[0] - before), min(len(read.ids) - 1, at[-1] + after))
    return Pieces([FIRST, *read.ids[kept], LAST], [(0, 0), *read.offsets[kept], (0, 0)])


def _encoded(vocabulary: WordPieceProcessor, word: str) -> list[tuple[int, int]]:
    """Ids and lengths of a word's pieces; a word with an unknown part is unknown as a whole."""
    if len(word) > LONGEST_WORD:
        return [(UNKNOWN, len(word))]
    folded = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    ids, parts = vocabulary.encode(folded)
    if not ids or any(i < 0 for i in ids):
        return [(UNKNOWN, len(word))]
    return [(i, len(p.removeprefix("##"))) for i, p in zip(ids, parts, strict=True)]


def _mark(ids: list[int], offsets: list[tuple[int, int]], marks: Sequence[int], span: tuple[int, int]) -> None:
    inside = [i for i, (start, end) in enumerate(offsets) if start < end and start < span[1] and end > span[0]]
    if not inside:
        return
    for index, mark in ((inside[-1] + 1, marks[1]), (inside[0], marks[0])):
        ids.insert(index, mark)
        offsets.insert(index, (0, 0))
