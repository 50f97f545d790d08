"""How a number is written and what it bounds: "nearly 1,000" is 900 to 1,000, "several hundred" 300 to 900.

Pure text, no grammar: `numeral` reads the number that starts at an offset, with the words around it.
Bounds follow the annotation guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.quantities import Bound, quantity_words

NEARLY = 0.9
"""The share of N that "nearly N" reaches down to (annotation guide)."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WIDEST = 100
"""How many times its low end a range may reach; beyond that the figures are a telephone or serial number."""

_LARGEST = 1e15
"""Figures beyond this are a serial number or noise."""

_BEFORE_REACH = 60
_FROM = re.compile(r"\bfrom\s{1,2}$", re.IGNORECASE)
_FEW = ("a couple of", "a couple", "a few", "several", "few")
_BETWEEN = re.compile(r"\bbetween\s{1,2}(?:about\s{1,2}|some\s{1,2})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written from `start` (approximating words included) to `end`; `core` is where it itself begins.

    None is an open bound. `noun` when it is itself a noun ("dozens"), `digits` when written in figures without
    any word, `currency` when a sign stands before it.
    """

    start: int
    core: int
    end: int
    low: float | None
    high: float | None
    noun: bool
    digits: bool
    currency: bool
    words: tuple[str, ...]


def numeral(text: str, at: int) -> Numeral | None:
    """The number that starts at offset `at`; None when what stands there is none, or part of a longer word."""
    between = _BETWEEN.search(text, max(0, at - 12), at)
    match = _pattern(between=between is not None).match(text, at)
    if match is None or _metres(text, match, at):
        return None
    low, high = _value(match.group("one"), match.group("suffix"))
    ends = match.end("suffix") if match.group("suffix") else match.end("one")
    ranged = match.group("two") is not None and not _FROM.search(text, max(0, at - 8), at)
    if ranged:
        low, high = _range((low, high), match)
        ranged = low is not None and high is not None and low < high <= _WIDEST * max(low, 1)
        if not ranged and re.fullmatch(r"[-–]\d.*", text[ends : match.end()]):
            return None
    if ranged:
        ends = match.end()
    else:
        low, high = _value(match.group("one"), match.group("suffix"))
    if max(low or 0, high or 0) > _LARGEST:
        return None
    currency = _sign_before(text, at)
    start, words = _lead(text, currency if currency is not None else at)
    end, after = _tail(text, ends)
    low, high = _bounded(low, high, [w for w in (*words, after) if w])
    return Numeral(
        start=start,
        core=at,
        end=end,
        low=low,
        high=high,
        noun=match.group("one").lower().split()[-1] in _nouns(),
        digits=match.group("one").replace(",", "").isdecimal() and not ranged and not words,
        currency=currency is not None,
        words=words,
    )


@cache
def heads() -> frozenset[str]:
    """The words that a number written in words can begin with, in lower case."""
    words = quantity_words()
    phrases = (*words.numbers, *words.vague, *words.fractions)
    return frozenset(re.split(r"[\s-]", phrase, maxsplit=1)[0] for phrase in phrases)


@cache
def _nouns() -> frozenset[str]:
    """Numbers that are nouns of their own, as "dozens"."""
    return frozenset(w.split()[-1] for w in quantity_words().vague if w.split()[-1].endswith("s") and w != "several")


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in ordered)


def _metres(text: str, match: re.Match[str], at: int) -> bool:
    """Whether a bare "50m" is a length and no number of millions."""
    suffix = match.group("suffix2") or match.group("suffix")
    return suffix == "m" and _sign_before(text, at) is None


@cache
def _pattern(*, between: bool) -> re.Pattern[str]:
    words = quantity_words()
    small, large = _any(words.numbers), _any(words.multipliers)
    spelled = rf"(?:{small})(?:(?:-|\s{{1,2}}|\s{{1,2}}and\s{{1,2}})(?:{small}|{large})\b(?!-))*"
    counted = rf"(?:{_any((*_FEW, *words.fractions))})\s{{1,2}}(?:{large})(?:\s{{1,2}}(?:{large}))*"
    value = rf"(?:(?:{_DIGITS})(?:\s{{1,2}}(?:{large})\b)*|{counted}|{_any(words.vague)}|{spelled})"
    suffix = _any(words.suffixes)
    sign = "[" + "".join(re.escape(s) for s in sorted(words.currency_signs)) + "]?"
    link = r"\s{1,2}and\s{1,2}" if between else r"(?:\s*[-–]\s*|\s{1,2}(?:to|or)\s{1,2})"
    return re.compile(
        rf"(?P<one>{value})(?P<suffix>{suffix})?(?:(?:{link}{sign})(?P<two>{value})(?P<suffix2>{suffix})?)?"
        r"(?![\w]|[.,:/]\d|-\d)",
        re.IGNORECASE,
    )


def _value(written: str, suffix: str | None) -> tuple[float | None, float | None]:
    """Both bounds of one number as written."""
    words = quantity_words()
    lower = " ".join(written.lower().split())
    if lower in words.vague:
        low, high = words.vague[lower]
        return float(low), None if high is None else float(high)
    factor = float(words.suffixes[suffix.lower()]) if suffix else 1.0
    for vague in _FEW:
        if lower.startswith(f"{vague} "):
            low, high = words.vague.get(vague, (3, 9))
            scale = _product(lower[len(vague) + 1 :].split())
            return low * scale, None if high is None else high * scale
    for fraction in sorted(words.fractions, key=len, reverse=True):
        if lower.startswith(f"{fraction} "):
            exact = words.fractions[fraction] * _product(lower[len(fraction) + 1 :].split())
            return exact, exact
    exact = factor * (_figures(lower) if lower[0].isdigit() else _spelled(lower))
    return exact, exact


def _product(multipliers: Iterable[str]) -> float:
    total = 1.0
    for word in multipliers:
        total *= quantity_words().multipliers[word]
    return total


def _figures(written: str) -> float:
    figure, *scales = written.split()
    return float(figure.replace(",", "")) * _product(scales)


def _spelled(written: str) -> float:
    """The value of a number in words: "two hundred and fifty thousand"."""
    words = quantity_words()
    total, current = 0.0, 0.0
    for word in re.split(r"[\s-]+", written):
        if word in words.numbers:
            current += words.numbers[word]
        elif word in words.multipliers:
            scale = words.multipliers[word]
            current = max(current, 1.0) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
    return total + current


def _range(first: tuple[float | None, float | None], match: re.Match[str]) -> tuple[float | None, float | None]:
    """From the low of one number to the high of another; both share the scale that one has ("20-30m")."""
    low, high = first[0], _value(match.group("two"), match.group("suffix2"))[1]
    if low is None or high is None:
        return low, high
    if match.group("suffix2") and not match.group("suffix"):
        return low * quantity_words().suffixes[match.group("suffix2").lower()], high
    last = match.group("two").lower().split()[-1]
    scale = quantity_words().multipliers.get(last, 1)
    return (low * scale if low < scale else low), high


def _sign_before(text: str, at: int) -> int | None:
    """Where a currency sign before the number starts ("$", "US$"), if there is one."""
    back = text[max(0, at - 5) : at].rstrip(" ")
    if not back or back[-1] not in quantity_words().currency_signs:
        return None
    start = max(0, at - 5) + len(back) - 1
    while start > 0 and text[start - 1].isupper():
        start -= 1
    return start


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{_any(quantity_words().before)})\s{{1,2}}$", re.IGNORECASE)


def _lead(text: str, at: int) -> tuple[int, tuple[str, ...]]:
    """Where the approximating words before a number start, and those words, nearest first."""
    found: list[str] = []
    while True:
        window = max(0, at - _BEFORE_REACH)
        match = _before().search(text[window:at])
        if match is None:
            break
        word = " ".join(match.group("word").lower().split())
        found.append(word)
        at = window + match.start()
    between = _BETWEEN.search(text, max(0, at - 12), at)
    if between is not None:
        at = between.start()
    return at, tuple(found)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\+|-?\s*(?P<word>{_any(quantity_words().after)})\b", re.IGNORECASE)


def _tail(text: str, at: int) -> tuple[int, str | None]:
    """Where the words after a number that bound it end ("or more", "+"), and those words."""
    match = _after().match(text, at)
    if match is None:
        return at, None
    word = match.group("word")
    return match.end(), "plus" if word is None else " ".join(word.lower().split())


def _bounded(low: float | None, high: float | None, around: list[str]) -> tuple[float | None, float | None]:
    words = quantity_words()
    bounds = {words.before.get(w) or words.after.get(w) for w in around}
    if Bound.MOST in bounds:
        return None, high if high is not None else low
    if Bound.LEAST in bounds:
        return low, None
    if Bound.UNDER in bounds and low is not None:
        return NEARLY * low, high
    return low, high
