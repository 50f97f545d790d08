"""What a report says about itself: title, byline, agency, outlet, dateline, publication, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dateline.lexicon.furniture import furniture_words
from dateline.model import Document, Furniture, Hints, Issue, identified
from dateline.parse.datelines import Dateline, agency_in, dateline_at
from dateline.parse.furniture import Reading, reading
from dateline.parse.language import code, language_of, supported
from dateline.parse.layout import LINE_CAP, Paragraph
from dateline.parse.mastheads import masthead, newspaper, without_outlet
from dateline.parse.stamps import nearest, normalised, readings

OPENING: Final = 14
LONGEST: Final = 400_000
FIELDS: Final = ("title", "outlet", "published", "url", "language")

_FIRST_SENTENCE = re.compile(r"[^\n]{10,140}?[^\s.A-Z][ ]?[.?!]\s+(?=\S)")
_YEAR_NAME = re.compile(
    r"(?:©|\(c\)|copyright)[\s,:]*(?:copyright)?[\s,]*(?:(?:19|20)\d\d[\s,–-]*){1,2}(?:by )?(?P<name>.*)", re.I
)


@dataclass(slots=True)
class _Found:
    """Values gathered for one document; the first to fill a field stays."""

    document: Document
    values: dict[str, str] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """What is known of a field so far."""
        current: str | None = getattr(self.document, name)
        return current if current is not None else self.values.get(name)

    def fill(self, name: str, value: str | None, where: str) -> None:
        """Fill a field that is empty."""
        if value is not None and value.strip() and self.get(name) is None:
            self.values[name], self.provenance[name] = value.strip(), where

    def has(self, code: str) -> bool:
        """Whether an issue of that code was met."""
        return any(item.code == code for item in self.issues)

    def issue(self, code: str, message: str, span: tuple[int, int] | None = None) -> None:
        """Note what could not be decided."""
        start, end = span if span is not None else (None, None)
        self.issues.append(Issue(code=code, message=message, start=start, end=end))


def described(document: Document, hints: Hints) -> tuple[Document, tuple[Issue, ...]]:
    """The document with what its text says of itself, its furniture marked and its id set, and the issues met.

    What the caller gave or a page's metadata told stays; `provenance` names where each new value was read.
    Credit lines are furniture of reason `credit`, the dateline of reason `dateline`, the title is report text.
    Issues: `no_date`, `ambiguous_date`, `bad_date`, `unsupported_language`, and `too_long` for
    a text of more than 400,000 characters, which is not looked into. No date is ever made up.
    """
    found = _Found(_given(document, hints))
    _check_published(found)
    if len(document.text) > LONGEST:
        found.issue("too_long", f"{len(document.text)} characters: no single report, split it")
        return _result(found, document.furniture, hints)
    page = reading(document.text, known=document.furniture, title=found.get("title"))
    marked = list(page.furniture)
    _title(found, page)
    line = _dateline(found, page)
    _mastheads(found, page)
    _credits(found, page)
    _published(found, page, marked)
    if line is not None:
        _credited(found, line)
        marked = [item for item in marked if not _inside(item, line)]
        marked.append(Furniture(line.span.start, line.span.end, "dateline"))
        _dateline_date(found, line)
    furniture = merged([*document.furniture, *marked])
    _language(found, furniture)
    dated = found.get("published") is not None or found.get("dateline_date") is not None
    if not dated and not found.has("ambiguous_date"):
        found.issue("no_date", "no date of publication: relative times stay open")
    return _result(found, furniture, hints)


def merged(furniture: Sequence[Furniture]) -> tuple[Furniture, ...]:
    """The stretches sorted and disjoint; of two that overlap the union stays, with the reason of the first."""
    result: list[Furniture] = []
    for item in sorted(furniture, key=lambda item: (item.start, -item.end)):
        if result and item.start < result[-1].end:
            result[-1] = replace(result[-1], end=max(result[-1].end, item.end))
        elif item.end > item.start:
            result.append(item)
    return tuple(result)


def body(text: str, furniture: Sequence[Furniture]) -> Iterator[str]:
    """The stretches of `text` outside `furniture` (sorted and disjoint), in order."""
    reached = 0
    for item in furniture:
        if item.start > reached:
            yield text[reached : item.start]
        reached = item.end
    yield text[reached:]


def _result(found: _Found, furniture: tuple[Furniture, ...], hints: Hints) -> tuple[Document, tuple[Issue, ...]]:
    provenance = {**found.document.provenance, **found.provenance}
    values: dict[str, Any] = dict(found.values)
    result = identified(replace(found.document, furniture=furniture, provenance=provenance, **values))
    return result, tuple(replace(item, document=result.id, path=hints.path) for item in found.issues)


def _given(document: Document, hints: Hints) -> Document:
    given = {name: getattr(hints, name) for name in FIELDS if getattr(hints, name) is not None}
    provenance = {**document.provenance, **dict.fromkeys(given, "given")}
    return replace(document, provenance=provenance, **given)


def _check_published(found: _Found) -> None:
    value = found.document.published
    if value is None:
        return
    iso, where = normalised(value), found.document.provenance.get("published", "metadata")
    provenance = {k: v for k, v in found.document.provenance.items() if k != "published"}
    if iso is not None:
        found.document = replace(found.document, published=iso)
        return
    found.document = replace(found.document, published=None, provenance=provenance)
    options = readings(value)
    if len(options) > 1:
        found.issue("ambiguous_date", f"{value!r} ({where}) is {' or '.join(options)}")
    else:
        found.issue("bad_date", f"{value!r} ({where}) is no date")


def _title(found: _Found, page: Reading) -> None:
    if page.title is not None:
        title, outlet = without_outlet(" ".join(page.paragraphs[page.title].text.split()))
        found.fill("title", title, "headline")
        found.fill("outlet", outlet, "headline")
        return
    shown = (p for p, mark in zip(page.paragraphs, page.marks, strict=True) if mark is None)
    first, second = next(shown, None), next(shown, None)
    if first is None:
        return
    if second is not None and _above_dateline(found.document.text, first, second):
        found.fill("title", " ".join(first.text.split()).removesuffix("."), "first sentence")
        return
    sentence = _FIRST_SENTENCE.match(first.text)
    if sentence is None or len(sentence.group().split()) > 16:
        return
    title = sentence.group().rstrip().removesuffix(".").rstrip()
    long = [word for word in re.findall(r"[^\W\d_]{4,}", title)]
    cased = len(long) >= 3 and all(word[0].isupper() for word in long)
    if cased or dateline_at(found.document.text, first.start + sentence.end()) is not None:
        found.fill("title", title, "first sentence")


def _above_dateline(text: str, first: Paragraph, second: Paragraph) -> bool:
    """Whether a first line with a full stop is the headline: short, and a dateline opens what follows."""
    opens = (dateline_at(text, paragraph.start) is not None for paragraph in (first, second))
    return len(first.words) <= 20 and tuple(opens) == (False, True)


def _dateline(found: _Found, page: Reading) -> Dateline | None:
    """The dateline of the first body paragraph (or of a line above it), with place and agency filled in."""
    for start in _openings(page):
        line = dateline_at(found.document.text, start)
        if line is not None and not _transcript(line, page):
            found.fill("dateline_place", line.place, "dateline")
            if line.agency is not None and not newspaper(line.agency):
                found.fill("agency", line.agency, "dateline")
            return line
    return None


def _openings(page: Reading) -> Iterator[int]:
    bodies = 0
    for index, paragraph in enumerate(page.paragraphs[: 4 * OPENING]):
        if index == page.title or page.marks[index] not in (None, "credit"):
            continue
        yield paragraph.start
        sentence = _FIRST_SENTENCE.match(paragraph.text)
        if sentence is not None and bodies == 0:
            yield paragraph.start + sentence.end()
        bodies += paragraph.prose and page.marks[index] is None
        if bodies == 2:
            return


def _transcript(line: Dateline, page: Reading) -> bool:
    """Whether the place before a colon is rather a speaker: other paragraphs open the same way."""
    if not line.place.isupper() or line.day is not None or line.agency is not None:
        return False
    speakers = [p for p in page.paragraphs if re.match(r"[A-Z][A-Z .'-]{2,30}:\s", p.text[:40]) is not None]
    return len(speakers) > 1


def _mastheads(found: _Found, page: Reading) -> None:
    """Outlet, agency and byline from the lines of names and dates above the body."""
    for paragraph, mark in zip(page.paragraphs[: 4 * OPENING], page.marks, strict=False):
        if mark is None and paragraph.prose:
            return
        told = masthead(paragraph.text) if mark == "credit" else None
        if told is not None:
            found.fill("outlet", told.outlet, "credit line")
            found.fill("agency", told.agency and (agency_in(told.agency) or told.agency), "credit line")
            found.fill("byline", told.byline, "credit line")


def _credited(found: _Found, line: Dateline) -> None:
    """The newspaper that the bracket of a dateline credits: the outlet, unless another is known to publish it."""
    if line.agency is not None and newspaper(line.agency):
        found.fill("agency" if found.get("outlet") is not None else "outlet", line.agency, "dateline")


def _credit_lines(page: Reading, document: Document) -> Iterator[tuple[int, int, str]]:
    for item in merged([*page.furniture, *document.furniture]):
        if item.end - item.start > LINE_CAP:
            continue
        owned = _YEAR_NAME.match(document.text, item.start, item.end) is not None
        if owned or item.reason in ("credit", "copyright", "syndication"):
            yield item.start, item.end, "copyright" if owned else item.reason


def _credits(found: _Found, page: Reading) -> None:
    """Byline, agency and outlet from credit, copyright and syndication lines."""
    text, words = found.document.text, furniture_words()
    for start, end, reason in _credit_lines(page, found.document):
        line = text[start:end]
        if reason == "credit":
            found.fill("agency", agency_in(line), "credit line")
            by = re.match(rf"(?i:{words.by}):?\s+(.{{3,120}})", line)
            found.fill("byline", _person(by.group(1)) if by is not None else None, "credit line")
            continue
        if reason == "syndication":
            told = words.sentences["syndication"].match(line)
            name = told["outlet"] if told is not None else None
            found.fill("outlet", name if name and name[0].isupper() else None, "syndication note")
            continue
        told = _YEAR_NAME.search(line)
        found.fill("outlet", _owner(told["name"]) if told is not None else None, "copyright line")


def _person(text: str) -> str | None:
    ends = rf"\s*(?:[,|(/•·–—]|\s-\s|\s(?:{furniture_words().after_name})\s|\d)"
    name = re.split(ends, text, maxsplit=1)[0].strip()
    return name if name[:1].isupper() and agency_in(name) is None and len(name.split()) <= 12 else None


def _owner(text: str) -> str | None:
    name = re.split(r"[.,|;–—(\n]|\s-\s|\b(?:all|rights|unauthori[sz]ed)\b", text, maxsplit=1, flags=re.I)[0].strip()
    good = 0 < len(name.split()) <= 6 and name[:1].isupper() and agency_in(name) is None
    return re.sub(r"^The (?=[A-Z])", "The ", name) if good else None


def _published(found: _Found, page: Reading, marked: list[Furniture]) -> None:
    """The date of publication from stamped lines: a label of publishing before one of updating, none last."""
    if found.get("published") is not None:
        return
    stamps = list(_stamped(found.document, page, marked))
    for _, start, end, stamp in sorted(stamps, key=lambda item: item[0]):
        options = readings(stamp)
        if len(options) == 1:
            found.fill("published", options[0], "credit line")
            return
        if len(options) > 1 and not found.has("ambiguous_date"):
            found.issue("ambiguous_date", f"{stamp.strip()!r} is {' or '.join(options)}", (start, end))


def _stamped(document: Document, page: Reading, marked: list[Furniture]) -> Iterator[tuple[int, int, int, str]]:
    """(rank, start, end, words) of each stamp; lines that are a stamp alone, above the body, become credit lines.

    Below the first paragraph of the body only a labelled stamp counts: others may be of other stories.
    """
    text, words = document.text, furniture_words()
    read = zip(page.paragraphs, page.marks, strict=True)
    body_start = next((p.start for p, mark in read if mark is None and p.prose), len(text))
    above = [p for p in _above_body(page) if len(p.text) <= 120 and words.stamp.fullmatch(p.text) is not None]
    for paragraph in above:
        marked.append(Furniture(paragraph.start, paragraph.end, "credit"))
        yield 2, paragraph.start, paragraph.end, paragraph.text
    for start, end, reason in _credit_lines(page, document):
        if reason != "credit":
            continue
        line = text[start:end]
        labels = [
            (rank, place.end())
            for rank, group in enumerate(("published", "updated"))
            for label in words.stamp_labels[group]
            if (place := re.search(rf"(?i)\b{label}\b", line)) is not None
        ]
        for rank, reached in labels or ([(2, 0)] if start < body_start else []):
            yield rank, start, end, line[reached:]


def _above_body(page: Reading) -> Iterator[Paragraph]:
    for paragraph, mark in zip(page.paragraphs[: 4 * OPENING], page.marks, strict=False):
        if mark is None and paragraph.prose:
            return
        if mark is None:
            yield paragraph


def _inside(item: Furniture, line: Dateline) -> bool:
    return item.start < line.span.end and line.span.start < item.end and item.reason == "credit"


def _dateline_date(found: _Found, line: Dateline) -> None:
    if line.day is None:
        return
    day = nearest(line.day, found.get("published"))
    if line.day.year is not None and day is not None:
        found.fill("published", day, "dateline")
    found.fill("dateline_date", day, "dateline")
    unsure = day is None and len(line.day.readings) > 1
    if unsure and found.get("published") is None and not found.has("ambiguous_date"):
        days = " or ".join(f"{line.day.year}-{month:02d}-{number:02d}" for month, number in line.day.readings)
        span = (line.span.start, line.span.end)
        found.issue("ambiguous_date", f"{line.span.of(found.document.text)!r} is {days}", span)


def _language(found: _Found, furniture: Sequence[Furniture]) -> None:
    if found.document.provenance.get("language") == "given":
        language = code(found.document.language)
        where = "given"
    else:
        declared, sample = found.document.language, "\n".join(_sample(found.document.text, furniture))
        language, where = language_of(sample, declared=declared), "detected"
        if language == code(declared):
            where = found.document.provenance.get("language", where)
    found.document = replace(found.document, language=language)
    found.provenance["language"] = where
    if language not in supported():
        names = ", ".join(supported())
        found.issue("unsupported_language", f"language {language}: dateline reads {names}")


def _sample(text: str, furniture: Sequence[Furniture]) -> Iterator[str]:
    length = 0
    for part in body(text, furniture):
        yield part[:20_000]
        length += len(part)
        if length >= 20_000:
            return
