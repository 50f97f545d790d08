"""Page furniture in plain text: menus, lists of other stories, promotions, credits, copyright lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from dateline.lexicon.furniture import FurnitureWords, furniture_words
from dateline.model import Furniture, Span
from dateline.parse.layout import LINE_CAP, Paragraph, paragraphs
from dateline.parse.mastheads import Masthead, masthead

TAIL_OPENERS: Final = frozenset({"related", "copyright", "menu", "comments", "contact", "syndication"})
HEADER_ZONE: Final = 40

_STARTS = re.compile(r"""(?:^|\n\s*|[.!?…:]["”’)\]]*\s+|(?=[(\[]))["“‘]?""")
_CLOSED = re.compile(r"""[.!?…)\]]["”’)\]]*$""")
_BAR = re.compile(r"\s*[|»›>•·]\s*")
_PLAIN_WORDS: Final = frozenset({"the", "a", "an", "is", "are", "was", "were", "has", "had"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's paragraphs, each with the reason it is furniture or None; `title` is the place of its headline."""

    paragraphs: tuple[Paragraph, ...]
    marks: tuple[str | None, ...]
    title: int | None
    furniture: tuple[Furniture, ...]


def furniture(text: str) -> tuple[Furniture, ...]:
    """The stretches of `text` that are no report, sorted and disjoint, each with its reason.

    Told by the words of `lexicon/furniture_<language>.yaml` and by layout: runs of short menu lines, headers of story
    lists with everything of list form after them, another story's headline above or between the paragraphs, what stands
    below the last paragraph after such a sign. A paragraph with a full stop is never taken by layout alone, and
    repeated blocks and the report's own headline stay.
    """
    return reading(text).furniture


def reading(text: str, *, known: Sequence[Furniture] = (), title: str | None = None) -> Reading:
    """`furniture` with the paragraphs it was told from; `known` stretches are left out, `title` is the headline."""
    words = furniture_words()
    known_spans = [Span(item.start, item.end) for item in known]
    read = _outside(paragraphs(text), known_spans)
    cache: dict[str, str | None] = {}
    marks = [cache[p.text] if p.text in cache else cache.setdefault(p.text, line_reason(p, words)) for p in read]
    spans = [_sentences(p, words) if mark is None else [] for p, mark in zip(read, marks, strict=True)]
    for index, found in enumerate(spans):
        if found and _whole(read[index], found):
            marks[index] = found[0].reason
    _mark_mastheads(read, marks, title)
    headline = title_index(read, marks, title)
    _mark_menus(read, marks, headline, words)
    _mark_sections(read, marks, headline, words)
    _mark_tail(read, marks, headline)
    _mark_other_headlines(read, marks, headline)
    _mark_between(read, marks, headline, words)
    result = [Furniture(p.start, p.end, mark) for p, mark in zip(read, marks, strict=True) if mark is not None]
    for mark, found in zip(marks, spans, strict=True):
        result.extend(found if mark is None else ())
    result.sort(key=lambda item: item.start)
    return Reading(read, tuple(marks), headline, tuple(result))


def line_reason(paragraph: Paragraph, words: FurnitureWords) -> str | None:
    """Why a whole line or wrapped paragraph is furniture by its own words, or None."""
    text = paragraph.text
    for reason, pattern in words.prefixes.items():
        if pattern.match(text) is not None and len(paragraph.words) <= 60:
            return reason
    if len(text) > LINE_CAP:
        return None
    bare = text.strip(" \t\xa0›»>→|•*").rstrip(":")
    tokens = bare.lower().replace(",", " ").replace("|", " ").split()
    if tokens and all(token in words.social_words for token in tokens):
        return "share"
    if not paragraph.prose and len(paragraph.words) <= 8 and words.section.fullmatch(bare) is not None:
        return "related"
    inline = words.inline_section.match(text)
    if inline is not None and _one_story(text[inline.end() :]):
        return "related"
    if not paragraph.prose and _menu_bar(text, words):
        return "menu"
    for reason, pattern in words.lines.items():
        if pattern.fullmatch(bare) is not None or pattern.fullmatch(text) is not None:
            return reason
    return None


def title_index(read: Sequence[Paragraph], marks: Sequence[str | None], title: str | None) -> int | None:
    """Where the report's own headline stands: the given one, else the headline above the body most like its lead."""
    if title is not None:
        wanted = _plain(title)
        for index, paragraph in enumerate(read[:HEADER_ZONE]):
            if len(paragraph.text) <= LINE_CAP and _plain(paragraph.text) == wanted:
                return index
    above = list(_above(read, marks))
    if not above:
        return None
    lead = _stems(" ".join(p.text[:LINE_CAP] for p in _body(read, marks)[:3]))
    scores = {index: _share(read[index].text, lead) for index in above}
    best = max(scores.values())
    return next(index for index in above if scores[index] >= best - 0.15)


def _mark_mastheads(read: Sequence[Paragraph], marks: list[str | None], title: str | None) -> None:
    """Lines above the body that name outlet and date. One that could as well be a headline needs another beside it."""
    zone = list(takewhile(lambda i: marks[i] is not None or not read[i].prose, range(min(len(read), HEADER_ZONE))))
    found = {i: told for i in zone if marks[i] is None and (told := masthead(read[i].text)) is not None}
    other = title is not None or any(marks[i] is None and i not in found and read[i].headline for i in zone)
    lead = " ".join(p.text[:LINE_CAP] for p in _body(read, marks)[:3])
    alone = [i for i, told in found.items() if not told.dated and told.byline is None and _near_top(i, marks, found)]
    kept = [i for i in alone if (found[i].sure or other) and not _spoken_of(read[i].text, lead)]
    if len({_plain(read[i].text) for i in kept}) > 1:
        kept = [i for i in kept if i == 0]
    for index, told in found.items():
        if title is not None and _plain(read[index].text) == _plain(title):
            continue
        if index in kept or (index not in alone and (told.sure or other) and (told.dated or told.byline is not None)):
            marks[index] = "credit"


def _near_top(index: int, marks: Sequence[str | None], found: Mapping[int, Masthead]) -> bool:
    beside = range(max(0, index - 2), min(len(marks), index + 3))
    return index < 3 or any(marks[i] == "credit" or (i in found and found[i].dated) for i in beside)


def _spoken_of(name: str, lead: str) -> bool:
    """Whether the words of a line are those the report is about: a headline ("Troops Leave Border Post")."""
    if name in lead:
        return False
    last = name.split()[-1].lower()
    return re.search(rf"\b{re.escape(last)}s?\b", lead) is not None or _share(name, _stems(lead)) > 0.5


def _outside(read: Sequence[Paragraph], known: Sequence[Span]) -> tuple[Paragraph, ...]:
    kept, ordered, place = [], sorted(known), 0
    for paragraph in read:
        while place < len(ordered) and ordered[place].end <= paragraph.start:
            place += 1
        if place == len(ordered) or not ordered[place].overlaps(Span(paragraph.start, paragraph.end)):
            kept.append(paragraph)
    return tuple(kept)


def _whole(paragraph: Paragraph, found: Sequence[Furniture]) -> bool:
    return sum(item.end - item.start for item in found) >= 0.9 * len(paragraph.text)


def _one_story(rest: str) -> bool:
    return bool(rest.strip()) and len(rest.split()) <= 25 and len(re.findall(r"[a-z]{3}[.!?]\s", rest)) == 0


def _menu_bar(text: str, words: FurnitureWords) -> bool:
    parts = [part for part in _BAR.split(text.strip(" |»›>•·\t")) if part]
    if len(parts) < 3 or any(len(part.split()) > 4 for part in parts):
        return False
    menu = words.lines["menu"]
    return any(part.lower() in words.menu_words or menu.fullmatch(part) is not None for part in parts)


def _sentences(paragraph: Paragraph, words: FurnitureWords) -> list[Furniture]:
    """Sentences and brackets inside a paragraph that are furniture by their own words."""
    text, found, reached = paragraph.text, [], 0
    for start in (match.end() for match in _STARTS.finditer(text)):
        if start < reached:
            continue
        for reason, pattern in words.sentences.items():
            match = pattern.match(text, start)
            if match is not None and _ends_well(text, match.end()):
                reached = match.end()
                found.append(Furniture(paragraph.start + start, paragraph.start + reached, reason))
                break
    return found


def _ends_well(text: str, end: int) -> bool:
    rest = text[end : end + 1]
    return not rest or rest == "\n" or ((rest.isspace() or rest in ')]”"') and bool(_CLOSED.search(text[:end][-4:])))


def _above(read: Sequence[Paragraph], marks: Sequence[str | None]) -> Iterator[int]:
    """Places of headline-shaped lines before the first paragraph of the body."""
    for index, paragraph in enumerate(read[:HEADER_ZONE]):
        if marks[index] is not None:
            continue
        if paragraph.prose:
            return
        if paragraph.headline:
            yield index


def _body(read: Sequence[Paragraph], marks: Sequence[str | None]) -> list[Paragraph]:
    return [p for p, mark in zip(read, marks, strict=True) if mark is None and p.prose]


def _mark_menus(
    read: Sequence[Paragraph], marks: list[str | None], headline: int | None, words: FurnitureWords
) -> None:
    run: list[int] = []
    for index in range(len(read) + 1):
        short = index < len(read) and index != headline and _menu_line(read[index], marks[index])
        if short:
            run.append(index)
            continue
        known = [i for i in run if marks[i] is not None or read[i].text.lower() in words.menu_words]
        if len(run) >= 3 and len(known) >= max(2, len(run) // 4):
            for i in run:
                marks[i] = marks[i] or "menu"
        run = []


def _menu_line(paragraph: Paragraph, mark: str | None) -> bool:
    if mark is not None:
        return mark in ("menu", "share", "related")
    return len(paragraph.words) <= 4 and not paragraph.prose and not paragraph.bullet and paragraph.text[-1] != ":"


def _mark_sections(
    read: Sequence[Paragraph], marks: list[str | None], headline: int | None, words: FurnitureWords
) -> None:
    inside = False
    for index, paragraph in enumerate(read):
        if marks[index] is not None:
            inside = inside or _opens(paragraph, words)
            continue
        inside = inside and paragraph.listed and index != headline
        if inside:
            marks[index] = "related"


def _opens(paragraph: Paragraph, words: FurnitureWords) -> bool:
    bare = paragraph.text.strip(" \t\xa0›»>→|•*").rstrip(":")
    return not paragraph.prose and len(paragraph.words) <= 8 and words.section.fullmatch(bare) is not None


def _mark_tail(read: Sequence[Paragraph], marks: list[str | None], headline: int | None) -> None:
    """Everything below the last paragraph of the body, from the first sure sign of furniture on."""
    last = max((i for i, p in enumerate(read) if marks[i] is None and p.prose), default=None)
    if last is None:
        return
    opened = False
    for index in range(last + 1, len(read)):
        opened = opened or marks[index] in TAIL_OPENERS
        if opened and marks[index] is None and index != headline:
            marks[index] = "tail"


def _mark_other_headlines(read: Sequence[Paragraph], marks: list[str | None], headline: int | None) -> None:
    """Headlines above the body that share little with it, where another shares much: other stories'."""
    if headline is None:
        return
    body = [p.text[:LINE_CAP] for p in _body(read, marks)[:HEADER_ZONE]]
    lead, whole = _stems(" ".join(body[:3])), _stems(" ".join(body))
    if _share(read[headline].text, lead) < 0.5:
        return
    for index in list(_above(read, marks)):
        text = read[index].text
        if index == headline or len(read[index].words) < 5 or _plain(text) == _plain(read[headline].text):
            continue
        if _share(text, lead) < 0.35 and _share(text, whole) < (0.5 if index < headline else 0.25):
            marks[index] = "related"


def _mark_between(
    read: Sequence[Paragraph], marks: list[str | None], headline: int | None, words: FurnitureWords
) -> None:
    """Headlines of other stories that stand between the paragraphs of a text whose paragraphs end as sentences do."""
    own = _plain(read[headline].text) if headline is not None else ""
    last = max((i for i, p in enumerate(read) if marks[i] is None and p.prose), default=-1)
    first = next((i for i, p in enumerate(read) if marks[i] is None and p.prose), last)
    inner = [i for i in range(first, last) if marks[i] is None]
    foreign = [i for i in inner if _foreign(read[i], words)]
    if sum(read[i].ends for i in inner) < 0.7 * (len(inner) - len(foreign)):
        return
    for index in foreign:
        if _plain(read[index].text) != own and read[index - 1].text[-1] != ":":
            marks[index] = "related"


def _foreign(paragraph: Paragraph, words: FurnitureWords) -> bool:
    if not paragraph.alone or not paragraph.headline or paragraph.ends:
        return False
    if len(paragraph.words) < 6 or paragraph.text[0] in "\"“'‘":
        return False
    lower = [word.lower() for word in paragraph.words]
    return not any(word in _PLAIN_WORDS or word in words.weekdays for word in lower)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:4] for word in re.findall(r"[^\W_]{4,}", text.lower()))


def _share(text: str, stems: frozenset[str]) -> float:
    own = _stems(text)
    return len(own & stems) / len(own) if own else 0.0
