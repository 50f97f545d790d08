"""A text as a string of word classes, one character a token, so that grammar rules are plain regular expressions.

"in late December 2021" becomes the classes `at part month year`; every class is one character of
`Tokens.classes`, and a rule such as `{part}?{month}{year}` is compiled to those characters.
"""

from __future__ import annotations

import re
from collections import Counter
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
_FIRST_YEAR, _LAST_YEAR = 1000, 2150
_PIECE = re.compile(r"\$([a-z_]+)")
_GROUP = re.compile(r"\(\?P<(\w+)>")


class Token(NamedTuple):
    """A word or sign: its class, its value (a month's number, a year, ...) and where it stands."""

    kind: str
    value: int | str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text and their classes as a string of the same length; `words` are those of its language."""

    items: tuple[Token, ...]
    classes: str
    words: TimeWords
    language: str


@cache
def _characters(language: str) -> dict[str, str]:
    return {name: chr(0x4E00 + i) for i, name in enumerate(time_words(language).classes)}


def rule(pattern: str, language: str) -> re.Pattern[str]:
    """A grammar rule compiled: `{name}` is the class of that name, `$name` a piece, spaces mean nothing.

    A part that is named again in an alternative is numbered (`r`, `r_2`), which `re` asks for; `Found` knows them as
    one. KeyError names a class or piece that the language's file lacks.
    """
    chars, pieces = _characters(language), time_words(language).rules.pieces
    body = re.sub(r"\s+", "", pattern)
    while (shared := _PIECE.sub(lambda m: re.sub(r"\s+", "", pieces[m.group(1)]), body)) != body:
        body = shared
    seen: Counter[str] = Counter()

    def numbered(group: re.Match[str]) -> str:
        seen[name := group.group(1)] += 1
        return group.group() if seen[name] == 1 else f"(?P<{name}_{seen[name]}>"

    return re.compile(_GROUP.sub(numbered, re.sub(r"\{(\w+)\}", lambda m: chars[m.group(1)], body)))


@cache
def _scanner(language: str) -> re.Pattern[str]:
    words = time_words(language)
    signs = rf"(\b(?:{words.sign})\b)|(\b(?:{words.fiscal})\b)"
    dates = rf"((?<![\w./-])(?:{_DATE}))|((?<![\w.:/-])(?:{words.clock}))"
    return re.compile(rf"{signs}|([^\W\d_]+)|{dates}|(\d+(?:[.,:]\d+)*)|(\n[^\S\n]*\n\s*)|[^\s\w]")


@cache
def _phrases(language: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The first words of the lexicon's phrases, and the phrases; an apostrophe may be written either way."""
    words = time_words(language)
    heads = frozenset(re.split(r"\W", w, maxsplit=1)[0] for w in words.words if not w.isalpha())
    return heads, re.compile(rf"(?:{words.phrases})".replace("'", "['’]"), re.IGNORECASE)


def tokens(text: str, language: str = "en") -> Tokens:
    """The tokens of `text` with their classes."""
    words, chars = time_words(language), _characters(language)
    heads, phrases = _phrases(language)
    items: list[Token] = []
    done = 0
    for match in _scanner(language).finditer(text):
        start, end = match.span()
        if start < done:
            continue
        word, lower = match.group(), ""
        if match.lastindex in (_WORD, _QUARTER):
            lower = word.lower()
            phrase = phrases.match(text, start) if lower in heads else None
            if phrase is not None:
                word, end = phrase.group(), phrase.end()
                lower = " ".join(word.lower().replace("’", "'").split())
            kind, value = _word(word, lower, words)
        else:
            kind, value = _SHAPES[match.lastindex](word)
        items.append(Token(kind, value, start, end, word))
        done = end
    return Tokens(tuple(items), "".join([chars[t.kind] for t in items]), words, language)


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
