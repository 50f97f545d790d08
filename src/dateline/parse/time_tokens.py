"""A text as a string of word classes, one character a token, so that grammar rules are plain regular expressions.

"in late December 2021" becomes the classes `at part month year`; every class is one character of
`Tokens.classes`, and a rule such as `{part}?{month}{year}` is compiled to those characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dateline.lexicon.times import TimeWords, time_words

_PUNCTUATION = {",": "comma", ".": "dot", "(": "open", "[": "open", ")": "close", "]": "close", "/": "slash"}
_PUNCTUATION |= {"-": "dash", "–": "dash", "—": "dash", "‑": "dash", "'": "apostrophe", "’": "apostrophe"}
_PUNCTUATION |= {"%": "percent", "$": "percent", "€": "percent", "£": "percent", "&": "and"}
_DATE = (
    r"\d{1,2}/\d{1,2}/\d\d(?![\d/])|\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{4}/\d{1,2}/\d{1,2}(?!\d)"
    r"|\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{4}(?!\d)"
)
_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = (
    rf"{_HOUR}(?:[:.][0-5]\d)?\s?(?:[ap]\.\s?m\.|[ap]m\b|(?<=\d)\s?o[’']clock\b)"
    rf"|{_HOUR}:[0-5]\d(?::[0-5]\d)?(?:\s?(?:hours|hrs)\b)?(?![\d:])"
    r"|(?:[01]\d|2[0-4])[0-5]\d\s?(?:hours|hrs|local time|(?=GMT\b|UTC\b))"
)
_SIGN = r"Q[1-4]|H[12]"
_FIRST_YEAR, _LAST_YEAR = 1000, 2150


class Token(NamedTuple):
    """A word or sign: its class, its value (a month's number, a year, ...) and where it stands."""

    kind: str
    value: int | str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text and their classes as a string of the same length."""

    items: tuple[Token, ...]
    classes: str


@cache
def _characters() -> dict[str, str]:
    return {name: chr(0x4E00 + i) for i, name in enumerate(time_words().classes)}


def rule(pattern: str) -> re.Pattern[str]:
    """A grammar rule compiled: `{name}` is the class of that name, spaces mean nothing."""
    chars = _characters()
    body = re.sub(r"\{(\w+)\}", lambda m: chars[m.group(1)], re.sub(r"\s+", "", pattern))
    return re.compile(body)


@cache
def _scanner() -> re.Pattern[str]:
    signs = rf"(\b(?:{_SIGN})\b)|(\bFY\s?(?:\d{{4}}|\d\d)\b)"
    dates = rf"((?<![\w./-])(?:{_DATE}))|((?<![\w.:/-])(?:{_CLOCK}))"
    return re.compile(rf"{signs}|([^\W\d_]+)|{dates}|(\d+(?:[.,:]\d+)*)|(\n[^\S\n]*\n\s*)|[^\s\w]")


@cache
def _phrases() -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of the lexicon's phrases, and the phrases."""
    words = time_words()
    heads = frozenset(re.split(r"\W", w, maxsplit=1)[0] for w in words.words if not w.isalpha())
    return heads, re.compile(rf"(?:{words.phrases})(?!\w)", re.IGNORECASE)


def tokens(text: str) -> Tokens:
    """The tokens of `text` with their classes."""
    words, chars = time_words(), _characters()
    heads, phrases = _phrases()
    items: list[Token] = []
    done = 0
    for match in _scanner().finditer(text):
        start, end = match.span()
        if start < done:
            continue
        word, lower = match.group(), ""
        if match.lastindex in (_WORD, _QUARTER):
            lower = word.lower()
            phrase = phrases.match(text, start) if lower in heads else None
            if phrase is not None:
                word, end = phrase.group(), phrase.end()
                lower = " ".join(word.lower().split())
            kind, value = _word(word, lower, words)
        else:
            kind, value = _SHAPES[match.lastindex](word)
        items.append(Token(kind, value, start, end, word))
        done = end
    return Tokens(tuple(items), "".join([chars[t.kind] for t in items]))


def _word(word: str, lower: str, words: TimeWords) -> tuple[str, int | str]:
    known = words.words.get(lower)
    if known is None or (known[0] in words.capitalised and not word[0].isupper()):
        return ("name" if word[0].isupper() else "other"), lower
    return known


def _number(text: str) -> tuple[str, int | str]:
    if not text.isdecimal():
        return "other", text
    value = int(text)
    if len(text) <= 2 and 1 <= value <= 31:
        return "day", value
    if len(text) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
        return "year", value
    return ("number", value) if value <= 999 else ("other", text)


def _sign(text: str) -> tuple[str, int | str]:
    return _PUNCTUATION.get(text, "other"), 0


def _break(_: str) -> tuple[str, int | str]:
    return "break", 0


def _date(text: str) -> tuple[str, int | str]:
    return "date", text


def _clock(text: str) -> tuple[str, int | str]:
    return "clock", text


def _fiscal(text: str) -> tuple[str, int | str]:
    return "fiscalyear", text


_QUARTER, _WORD = 1, 3
_SHAPES = {2: _fiscal, 4: _date, 5: _date, 6: _clock, 7: _number, 8: _break, None: _sign}
"""What a token is by the group of the scanner that took it; words are looked up instead."""
