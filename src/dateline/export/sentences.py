"""Evidence in its sentence, cut from the text of its report."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END_OF_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+|\n\s*\n")
_AROUND = 400
"""Characters before and after the evidence in which the ends of its sentence are looked for."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Evidence with the words of its sentence before and after; `start` and `end` are those of the evidence."""

    before: str
    exact: str
    after: str
    start: int
    end: int


def sentence_around(text: str, start: int, end: int) -> Sentence:
    """The sentence that evidence stands in, at most 400 characters to either side of it.

    >>> sentence_around("They left. Niger told 400 men to go on Monday. Nobody stayed.", 22, 29)
    Sentence(before='Niger told ', exact='400 men', after=' to go on Monday.', start=22, end=29)
    """
    before = [match.end() for match in _END_OF_SENTENCE.finditer(text, max(0, start - _AROUND), start)]
    first = before[-1] if before else max(0, start - _AROUND)
    after = _END_OF_SENTENCE.search(text, max(end - 1, start), end + _AROUND)
    last = max(end, after.start() + 1) if after else min(len(text), end + _AROUND)
    return Sentence(text[first:start], text[start:end], text[end:last], start, end)
