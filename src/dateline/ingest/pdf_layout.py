"""From the lines of a PDF's pages to paragraphs: heads and feet set apart, columns in order, parted words mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from dateline.ingest.blocks import Block
from dateline.lexicon.hyphens import hyphen_words

EDGE: Final = 3
"""How many lines from the top and from the foot of a page may be its head or foot."""
MARGIN: Final = 0.12
"""Share of a page's height at the top and at the foot in which heads and feet stand."""
SOFT: Final = "\u00ad"

_NUMBER = re.compile(r"(?i)(?:page |p\. ?|seite |- ?|– ?)?\d{1,4}(?: ?(?:/|of|de|sur|von|\|) ?\d{1,4})?(?: ?[-–])?")
_ADDRESS = re.compile(r"(https?://\S+\.\S+?)(?: \d+/\d+)?")
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: [AP]M)? .*")
"""What browsers print at the head: when it was printed, and the title."""
_PARTED = re.compile(r"([^\W\d_]+)[\u00ad-]$")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 100
"""Characters of what stands before a hyphen that are looked at."""
_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
_BULLET = re.compile(r"(?:[•▪◦‣■●*–-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: where it begins and ends, its baseline from the foot of the page, its size, all in points."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in the order of the file."""

    width: float
    height: float
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Text:
    """What the pages say. `largest` is the line set largest on the first page, `address` the one at every foot."""

    blocks: list[Block]
    largest: str | None
    address: str | None


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together, and the heads and feet that were passed while it went on."""

    lines: list[Line] = field(default_factory=list)
    page: int = 0
    passed: list[Block] = field(default_factory=list)


def text_of(pages: Sequence[Page]) -> Text:
    """The paragraphs of pages in reading order; heads, feet and numbers of pages are furniture beside them.

    A paragraph that goes on over a page's end stays whole: what stands between comes after it.
    """
    pages = [Page(page.width, page.height, _ordered(page)) for page in pages]
    marks = _furniture(pages)
    body = [line for n, page in enumerate(pages) for i, line in enumerate(page.lines) if (n, i) not in marks]
    sizes = Counter[float]()
    for line in body:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 10.0
    paragraphs = _paragraphs(pages, marks, _leading(pages, usual))
    words = frozenset(word.casefold() for line in body for word in re.findall(r"[\w-]+", line.text))
    blocks: list[Block] = []
    for paragraph in paragraphs:
        if paragraph.lines:
            blocks.append(Block(joined([line.text for line in paragraph.lines], words)))
        blocks += paragraph.passed
    return Text(blocks, _largest(paragraphs, usual, words), _address(pages, marks))


def joined(lines: Iterable[str], words: frozenset[str] = frozenset()) -> str:
    """Lines as one; a word parted by a hyphen is mended, a hyphen of its own is kept.

    `words` are those of the whole text, folded: they tell which of the two forms it has elsewhere.
    """
    parts: list[str] = []
    for line in lines:
        if not parts:
            parts.append(line)
            continue
        parted = _PARTED.search("".join(parts[-2:])[-_LONGEST_WORD:])
        after = _LETTERS.match(line)
        if parted is None or after is None:
            parts[-1] = _without_soft(parts[-1]) if parts[-1].endswith(SOFT) else f"{parts[-1]} "
        elif _one_word(parted.group(1), after.group(), words):
            parts[-1] = parts[-1][:-1]
            line = parts.pop() + line if len(parts[-1]) < _LONGEST_WORD else line
        else:
            parts[-1] = f"{parts[-1][:-1]}-"
        parts.append(line)
    return _without_soft("".join(parts))


def _without_soft(text: str) -> str:
    """The text with a soft hyphen at its end as a plain one."""
    return f"{text.removesuffix(SOFT)}-" if text.endswith(SOFT) else text


def _one_word(first: str, second: str, words: frozenset[str]) -> bool:
    if first.isupper() and second.isupper() and len(second) > 1:
        return f"{first}-{second}".casefold() not in words
    if not second[0].islower():
        return False
    folded, tail = first.casefold(), second.casefold()
    if f"{folded}-{tail}" in words or tail in hyphen_words().after or folded in hyphen_words().before:
        return folded + tail in words
    return True


def _ordered(page: Page) -> list[Line]:
    """A page's lines with the pieces of one line joined, unless the pieces are columns: then column by column."""
    gutter = _gutter(page.lines)
    if gutter is not None:
        return _by_columns(page.lines, gutter)
    result: list[Line] = []
    for line in page.lines:
        last = result[-1] if result else None
        on_it = (
            last is not None and abs(last.base - line.base) < 0.3 * max(last.size, 1.0) and line.left > last.right - 1
        )
        if last is not None and on_it and not last.text.endswith(SOFT):
            result[-1] = Line(f"{last.text} {line.text}", last.left, line.right, last.base, last.size)
        else:
            result.append(line)
    return result


def _by_columns(lines: Sequence[Line], gutter: float) -> list[Line]:
    """Lines given row by row in the order of two columns; a line across both parts what is above from the rest."""
    result: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.left < gutter < line.right:
            result += [*left, *right, line]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return [*result, *left, *right]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where an empty strip parts the lines into two columns that the file gives row by row, or None."""
    gaps = [
        (first.right, second.left)
        for first, second in zip(lines, lines[1:], strict=False)
        if abs(first.base - second.base) < 0.3 * max(first.size, 1.0)
        and second.left > first.right
        and min(len(first.text), len(second.text)) >= 12
    ]
    if len(gaps) < 4 or len(gaps) < len(lines) / 5:
        return None
    start, end = max(left for left, _ in gaps), min(right for _, right in gaps)
    return (start + end) / 2 if end > start else None


def _furniture(pages: Sequence[Page]) -> dict[tuple[int, int], str]:
    """The lines that are heads, feet or numbers of pages, by page and line, each with the reason.

    A head or foot stands on two pages or more, digits aside, and but once at the edge of each.
    """
    seen: Counter[tuple[str, bool]] = Counter()
    edges: list[tuple[int, int, bool, str]] = []
    for number, page in enumerate(pages):
        by_height = sorted(range(len(page.lines)), key=lambda i: -page.lines[i].base)
        for above, some in ((True, by_height[:EDGE]), (False, by_height[::-1][:EDGE])):
            for index in some:
                line = page.lines[index]
                inside = page.height * MARGIN < line.base < page.height * (1 - MARGIN)
                if not inside:
                    sign = _DIGITS.sub("#", line.text.casefold())
                    edges.append((number, index, above, sign))
        here = Counter((sign, above) for n, _, above, sign in edges if n == number)
        seen.update(sign for sign, times in here.items() if times == 1)
    marks: dict[tuple[int, int], str] = {}
    for number, index, above, sign in edges:
        text = pages[number].lines[index].text
        if _NUMBER.fullmatch(text) is not None:
            marks[number, index] = "page number"
        elif seen[sign, above] > 1 or (_PRINTED if above else _ADDRESS).fullmatch(text) is not None:
            marks[number, index] = "header" if above else "footer"
    return marks


def _leading(pages: Sequence[Page], usual: float) -> float:
    """The usual distance of two baselines of body type."""
    steps = [
        first.base - second.base
        for page in pages
        for first, second in zip(page.lines, page.lines[1:], strict=False)
        if abs(first.size - usual) < 0.6 and abs(second.size - usual) < 0.6
    ]
    steps = [step for step in steps if 0.5 * usual < step < 2.5 * usual]
    return float(median(steps)) if steps else 1.2 * usual


def _paragraphs(pages: Sequence[Page], marks: dict[tuple[int, int], str], leading: float) -> list[_Paragraph]:
    found: list[_Paragraph] = [_Paragraph()]
    for number, page in enumerate(pages):
        margin = _margin(page)
        for index, line in enumerate(page.lines):
            reason = marks.get((number, index))
            current = found[-1]
            if reason is not None:
                current.passed.append(Block(line.text.replace(SOFT, "-"), reason))
            elif current.lines and _goes_on(current, line, number, leading, margin):
                current.lines.append(line)
                current.page = number
            else:
                found.append(_Paragraph([line], number))
    return found


def _margin(page: Page) -> float:
    """The right edge that most lines of a page's widest column reach: its lines' usual width."""
    widths = sorted(line.right - line.left for line in page.lines)
    return widths[int(0.8 * len(widths))] if widths else 0.0


def _goes_on(paragraph: _Paragraph, line: Line, page: int, leading: float, width: float) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last, first = paragraph.lines[-1], paragraph.lines[0]
    if last.text.endswith(SOFT):
        return True
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size, 1.0) or _BULLET.match(line.text) is not None:
        return False
    ended = _ENDS.search(last.text) is not None
    step = last.base - line.base
    scale = max(last.size, 1.0)
    if page == paragraph.page and 0 < step < 4 * leading and abs(line.left - first.left) < 6 * scale:
        if step > max(1.3 * leading, 1.0 * scale) and step > 1.32 * scale:
            return False
        short = last.right - last.left < 0.8 * width
        indented = line.left - min(one.left for one in paragraph.lines) > 0.7 * scale
        return not (ended and (short or (indented and len(paragraph.lines) > 1) or indented))
    if page == paragraph.page and abs(step) <= 0.4 * scale:
        return False
    fills = last.right - last.left > 0.8 * width and len(last.text) > 20
    return not ended and (line.text[:1].islower() or fills)


def _largest(paragraphs: Sequence[_Paragraph], usual: float, words: frozenset[str]) -> str | None:
    """What is set largest on the first page, if that is larger than the rest and reads like a title."""
    first = [paragraph for paragraph in paragraphs if paragraph.lines and paragraph.page == 0]
    top = max(first, key=lambda paragraph: paragraph.lines[0].size, default=None)
    if top is None or top.lines[0].size < 1.2 * usual:
        return None
    text = joined([line.text for line in top.lines], words)
    return text if 3 <= len(text.split()) <= 30 and len(text) <= 300 else None


def _address(pages: Sequence[Page], marks: dict[tuple[int, int], str]) -> str | None:
    """The address that stands at the foot of every page, as browsers print it."""
    found: set[str] = set()
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            told = _ADDRESS.fullmatch(line.text) if marks.get((number, index)) == "footer" else None
            if told is not None:
                found.add(told.group(1))
    return found.pop() if len(found) == 1 else None
