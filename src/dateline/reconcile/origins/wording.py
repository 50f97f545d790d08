"""A report's own words as one sequence: normalised, with offsets, quotation marks, sentences and what each word tells.

Furniture is no part of it. Words are compared without case, accents and spelling habits; what a word *tells* (its
term) is a figure (`#60`), a day of a month (`~15`), a country (`@NER` for Niger, Nigerien), a name (`=austin`) or
a stem, None for empty words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.lexicon.countries import by_capital, by_demonym, by_name
from dateline.lexicon.furniture import furniture_words
from dateline.lexicon.quantities import quantity_words
from dateline.lexicon.reuse_words import reuse_words, stem

Spans = tuple[tuple[int, int], ...]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’](?=[^\W\d_])[^\W\d_]+)*")
_STOP = re.compile(r"(?<=[^\W\d_]{2})[.!?][\"”’»)]*\s+(?=[\"“«(]?[A-Z0-9])|(?<=[0-9])\.\s+(?=[A-Z\"“])|\n+")
_QUOTE = re.compile(r"“[^“”\n]{2,}”|«[^«»\n]{2,}»|(?<!\w)\"[^\"\n]{2,}?\"(?!\w)")
_LINES = re.compile(r"\n\s*\n")
_TWO = 2
LONGEST_NAME = 3
"""Digits that a name may end with: "Airbase 101"."""


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of a report in order; all sequences but `sentences` and `quotes` run in parallel.

    `starts`/`ends` are offsets into `stored`, the whole text; `sentences`, `paragraphs` and `quotes` are ranges of
    words, end exclusive.
    """

    stored: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    terms: tuple[str | None, ...]
    quoted: bytes
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.words)

    def text_of(self, begin: int, end: int) -> str | None:
        """The stored text of a range of words, None of an empty one."""
        return self.stored[self.starts[begin] : self.ends[end - 1]] if end > begin else None


@lru_cache(maxsize=512)
def wording(text: str, body: Spans) -> Wording:
    """The words of the stretches `body` of `text`."""
    words: list[str] = []
    written: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[tuple[int, int]] = []
    paragraphs: list[tuple[int, int]] = []
    quotes: list[tuple[int, int]] = []
    for begin, end in body:
        first = len(words)
        for found in _WORD.finditer(text, begin, end):
            word = found.group()
            written.append(word)
            words.append(_plain(word))
            starts.append(found.start())
            ends.append(found.end())
        cuts = [stop.end() for stop in _STOP.finditer(text, begin, end)]
        sentences.extend(_ranges(starts, first, [*cuts, end]))
        lines = [line.end() for line in _LINES.finditer(text, begin, end)]
        paragraphs.extend(_ranges(starts, first, [*lines, end]))
        quotes.extend(_within(starts, first, [found.span() for found in _QUOTE.finditer(text, begin, end)]))
    quoted = bytearray(len(words))
    for begin, end in quotes:
        quoted[begin:end] = b"\x01" * (end - begin)
    opening = frozenset(begin for begin, _ in sentences) | frozenset(begin for begin, _ in quotes)
    return Wording(
        text,
        tuple(words),
        tuple(starts),
        tuple(ends),
        _terms(written, words, opening),
        bytes(quoted),
        tuple(sentences),
        tuple(paragraphs),
        tuple(quotes),
    )


def _ranges(starts: Sequence[int], first: int, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Ranges of words between the offsets where sentences end."""
    found: list[tuple[int, int]] = []
    at = begin = first
    for cut in cuts:
        while at < len(starts) and starts[at] < cut:
            at += 1
        if at > begin:
            found.append((begin, at))
        begin = at
    return found


def _within(starts: Sequence[int], first: int, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = first
    for begin, end in spans:
        while at < len(starts) and starts[at] < begin:
            at += 1
        last = at
        while last < len(starts) and starts[last] < end:
            last += 1
        if last > at:
            found.append((at, last))
        at = last
    return found


@lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    """A word as it is compared: lower case, no accents, "1,000" as 1000, usual spelling, no possessive."""
    if word[0].isdigit():
        return _digits(word)
    folded = unicodedata.normalize("NFKD", word.replace("’", "'").replace(".", ""))
    folded = "".join(char for char in folded if not unicodedata.combining(char)).lower()
    folded = folded.removesuffix("'s")
    return reuse_words().spelling.get(folded, folded)


def _digits(word: str) -> str:
    """ "1,000" and "1000" are one figure, "1.5" is another."""
    return re.sub(r",(?=\d{3}(?!\d))", "", word).rstrip(".,")


def _terms(written: Sequence[str], words: Sequence[str], opening: frozenset[int]) -> tuple[str | None, ...]:
    """What each word tells. A capital at the head of a sentence is a name only if it is written so elsewhere."""
    inside = Counter(
        word for at, word in enumerate(words) if at not in opening and written[at][:1].isupper() and len(word) > 1
    )
    small = {word for at, word in enumerate(words) if written[at][:1].islower()}
    found: list[str | None] = []
    skip = False
    for at, word in enumerate(words):
        if skip:
            skip = False
            found.append(None)
            continue
        pair = f"{written[at]} {written[at + 1]}" if at + 1 < len(words) and written[at + 1][:1].isupper() else None
        country = _country(pair) if pair is not None and written[at][:1].isupper() else None
        if country is not None:
            skip = True
            found.append(country)
            continue
        if word[0].isdigit():
            found.append(_number(words, written, at))
            continue
        named = word in inside if at in opening else written[at][:1].isupper()
        found.append(_term(written[at], word, named=named and (word not in small or at not in opening)))
    return tuple(found)


def _number(words: Sequence[str], written: Sequence[str], at: int) -> str:
    """A figure, the day of a month (`~15`), or a part of a name ("Airbase 101" is `=101`)."""
    months = furniture_words().months
    if (at and words[at - 1] in months) or (at + 1 < len(words) and words[at + 1] in months):
        return f"~{words[at]}"
    bare = written[at] == words[at] and len(words[at]) <= LONGEST_NAME
    if at and bare and written[at - 1][:1].isupper() and words[at - 1] not in reuse_words().empty:
        return f"={words[at]}"
    return f"#{words[at]}"


@lru_cache(maxsize=65_536)
def _term(written: str, word: str, *, named: bool) -> str | None:
    if named or written.isupper():
        country = _country(written)
        if country is not None:
            return country
    if word in reuse_words().empty or len(word) < _TWO:
        return None
    number = quantity_words().numbers.get(word)
    if number is not None:
        return f"#{number}"
    if named and stem(word) not in reuse_words().common:
        return f"={word}"
    return stem(word)


@lru_cache(maxsize=16_384)
def _country(name: str) -> str | None:
    """The country that a name or demonym or the seat of its government stands for."""
    known = by_name(name) or by_demonym(name) or by_capital(name)
    return None if known is None else f"@{known.code}"
