"""Plain text as paragraphs with a shape: wrapped lines joined, sentences told from headlines and menu lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from dateline.parse.headlines import headline_ends

LONG_LINE: Final = 130
LINE_CAP: Final = 400
TOP: Final = 12
"""Lines among which the headline is looked for."""
HEAD: Final = 6_000

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"""[.!?…؟。]["'”’»)\]]*(?:\s?\[\d+\])?$""")
_CUT = re.compile(r"(?:\.\.\.|…)$")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_BULLET = re.compile(r"^(?:[.•·●▪■◦‣*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t\xa0]+\S")
_LETTERS = re.compile(r"[^\W\d_]")
_SENTENCE_IN = re.compile(r"""[a-z]{3}[.]["'”’)]*\s+["'“‘(]*[A-Z0-9]""")


@dataclass(frozen=True)
class Paragraph:
    """Lines of text that belong together. `alone` tells that blank lines (or the text's ends) stand around it."""

    start: int
    end: int
    text: str
    alone: bool

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its first 1,000 characters."""
        return tuple(_WORD.findall(self.text[:1000]))

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as a sentence does; a line cut off by "..." does not."""
        return _END.search(self.text) is not None and _CUT.search(self.text) is None

    @cached_property
    def prose(self) -> bool:
        """Whether it reads as a sentence or more, as body text does and headlines and menus do not."""
        if self.ends and self.text.rstrip("\"'”’»)]")[-1:] != "?":
            return len(self.words) >= 5 or (len(self.words) >= 2 and any(word.islower() for word in self.words))
        return len(self.words) > 20 or (len(self.words) >= 8 and _SENTENCE_IN.search(self.text) is not None)

    @cached_property
    def bullet(self) -> bool:
        """Whether it opens as an item of a list."""
        return _BULLET.match(self.text) is not None

    @cached_property
    def headline(self) -> bool:
        """Whether it has the shape of a headline: three to twenty words, a capital or figure first, no full stop."""
        first = self.text.lstrip("\"'“‘«([")[:1]
        if not 3 <= len(self.words) <= 20 or self.prose or self.bullet or self.text[-1] in ",:;-–—":
            return False
        return (first.isupper() or first.isdigit()) and not (self.ends and self.text[-1] == ".")

    @cached_property
    def listed(self) -> bool:
        """Whether it could be an item of a list of other stories or a menu."""
        if self.prose or (self.text[-1] == ":" and len(self.words) > 3):
            return False
        return self.headline or self.cut or len(self.words) <= 6

    @cached_property
    def cut(self) -> bool:
        """Whether it is a line cut off by an ellipsis."""
        return _CUT.search(self.text) is not None and len(self.words) <= 25


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text` in order, blanks trimmed; a line wrapped in mid sentence goes with the one before.

    Among the first lines a headline ends where the body opens, with or without a blank line between (`headlines`).
    """
    lines = [line for line in _trimmed(text)]
    width = _wrap_width([end - start for start, end in lines])
    groups: list[list[tuple[int, int]]] = []
    above = True
    for number, line in enumerate(lines):
        above = above and number <= TOP and (not groups or _END.search(text[slice(*groups[-1][-1])]) is None)
        joined = bool(groups) and _continues(text, groups[-1][-1], line, width)
        if joined and above and headline_ends(text, (groups[-1][0][0], groups[-1][-1][1]), line, width):
            joined = False
        if joined:
            groups[-1].append(line)
        else:
            groups.append([line])
    spans = [(group[0][0], group[-1][1]) for group in groups]
    return tuple(Paragraph(start, end, text[start:end], _alone(text, start, end)) for start, end in spans)


def headline_breaks(text: str) -> frozenset[int]:
    """Where lines above the body end whose next line opens something new, no blank line between."""
    head = text[:HEAD]
    read = paragraphs(head)
    width = _wrap_width([end - start for start, end in _trimmed(head)])
    found = []
    for above, below in zip(read[:TOP], read[1:], strict=False):
        if above.prose:
            break
        line = (below.start, below.start + len(below.text.split("\n", 1)[0]))
        if head[above.end : below.start].count("\n") == 1 and (
            line[1] - line[0] > LONG_LINE or headline_ends(head, (above.start, above.end), line, width)
        ):
            found.append(above.end)
    return frozenset(found)


def _trimmed(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        line = found.group()
        stripped = line.strip()
        if stripped:
            start = found.start() + len(line) - len(line.lstrip())
            yield start, start + len(stripped)


def _wrap_width(lengths: list[int]) -> int | None:
    """The column at which the text was wrapped, or None for one paragraph a line."""
    long = sorted(length for length in lengths if length >= 50)
    if len(long) < 3 or long[-1 - len(long) // 20] > LONG_LINE:
        return None
    return long[-1 - len(long) // 20]


def _continues(text: str, before: tuple[int, int], line: tuple[int, int], width: int | None) -> bool:
    gap = text[before[1] : line[0]]
    if gap.count("\n") != 1:
        return False
    last = text[max(before[0], before[1] - 40) : before[1]]
    first = text[line[0]]
    if _BULLET.match(text[line[0] : line[0] + 12]) is not None or last.endswith(":"):
        return False
    if first.islower() and _END.search(last) is None and before[1] - before[0] >= 30:
        return True
    length = before[1] - before[0]
    if width is None or length > width + 20:
        return False
    following = len(text[line[0] : line[1]].split(None, 1)[0])
    return length + 1 + following > width - 12 and (_END.search(last) is None or first.islower())


def _alone(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 200) : start]
    after = text[end : end + 200]
    blank = before[len(before.rstrip()) :], after[: len(after) - len(after.lstrip())]
    first = not before.strip() and start <= 200
    last = not after.strip() and end + 200 >= len(text)
    return (first or blank[0].count("\n") > 1) and (last or blank[1].count("\n") > 1)
