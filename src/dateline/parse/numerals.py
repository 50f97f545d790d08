"""How a number is written and what it bounds: "nearly 1,000" is 900 to 1,000, "several hundred" 300 to 900.

Pure text, no grammar: `numeral` reads the number that starts at an offset, with the words around it.
Bounds follow the annotation guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.quantities import Bound, QuantityWords, quantity_words

NEARLY = 0.9
"""The share of N that "nearly N" reaches down to (annotation guide)."""

_WIDEST = 100
"""How many times its low end a range may reach; beyond that the figures are a telephone or serial number."""

_THOUSAND = 1000
_LARGEST = 1e15
"""Figures beyond this are a serial number or noise."""

_BEFORE_REACH = 60
_BETWEEN_REACH = 12
"""Characters before a number in which "between" is looked for."""
_FROM_REACH = 12


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


def numeral(text: str, at: int, language: str = "en") -> Numeral | None:
    """The number that starts at offset `at`; None when what stands there is none, or part of a longer word."""
    forms = _forms(language)
    between = forms.between.search(text, max(0, at - _BETWEEN_REACH), at)
    match = (forms.in_between if between is not None else forms.number).match(text, at)
    if match is None or _metres(text, match, at, forms.words):
        return None
    low, high = _value(match.group("one"), match.group("suffix"), forms)
    ends = match.end("suffix") if match.group("suffix") else match.end("one")
    ranged = match.group("two") is not None and not forms.changed_from.search(text, max(0, at - _FROM_REACH), at)
    if ranged:
        low, high = _range((low, high), match, forms)
        ranged = low is not None and high is not None and low < high <= _WIDEST * max(low, 1)
        if not ranged and re.fullmatch(r"[-–]\d.*", text[ends : match.end()]):
            return None
    if ranged:
        ends = match.end()
    else:
        low, high = _value(match.group("one"), match.group("suffix"), forms)
    if max(low or 0, high or 0) > _LARGEST:
        return None
    currency = _sign_before(text, at, forms.words)
    start, words = _lead(text, currency if currency is not None else at, forms)
    end, after = _tail(text, ends, forms)
    low, high = _bounded(low, high, [w for w in (*words, after) if w], forms.words)
    return Numeral(
        start=start,
        core=at,
        end=end,
        low=low,
        high=high,
        noun=match.group("one").lower().split()[-1] in forms.nouns,
        digits=forms.words.figures.whole(match.group("one")) and not ranged and not words,
        currency=currency is not None,
        words=words,
    )


@cache
def heads(language: str = "en") -> frozenset[str]:
    """The words that a number written in words can begin with, in lower case."""
    words = quantity_words(language)
    phrases = (*words.numbers, *words.vague, *words.fractions)
    return frozenset(re.split(r"[\s-]", phrase, maxsplit=1)[0] for phrase in phrases) | frozenset(words.numbers)


@dataclass(frozen=True, slots=True)
class _Forms:
    """The number words of a language compiled."""

    words: QuantityWords
    number: re.Pattern[str]
    in_between: re.Pattern[str]
    between: re.Pattern[str]
    changed_from: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    parts: re.Pattern[str]
    nouns: frozenset[str]
    """Numbers that are nouns of their own, as "dozens"."""


@cache
def _forms(language: str) -> _Forms:
    words = quantity_words(language)
    ranges, nouns = words.ranges, (w.split()[-1] for w in words.vague if w not in words.few)
    hedges = "".join(rf"{hedge}\s{{1,2}}|" for hedge in ranges["hedges"]).rstrip("|")
    return _Forms(
        words=words,
        number=_pattern(words, rf"(?:\s*[-–]\s*|\s{{1,2}}(?:{_any(ranges['to'])})\s{{1,2}})"),
        in_between=_pattern(words, rf"\s{{1,2}}(?:{_any(ranges['and'])})\s{{1,2}}"),
        between=re.compile(rf"\b(?:{_any(ranges['between'])})\s{{1,2}}(?:{hedges})?$", re.IGNORECASE),
        changed_from=re.compile(rf"\b(?:{_ended(ranges['from'])})$", re.IGNORECASE),
        before=re.compile(rf"(?<!\w)(?P<word>{_ended(words.before)})$", re.IGNORECASE),
        after=re.compile(rf"\+|-?\s*(?P<word>{_any(words.after)})\b", re.IGNORECASE),
        parts=re.compile(rf"(?<![^\W\d_])(?:{_any({*words.numbers, *words.multipliers})})(?![^\W\d_])"),
        nouns=frozenset(noun for noun in nouns if noun.endswith("s")),
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in ordered)


def _ended(words: Iterable[str]) -> str:
    """Any of the words with the space after it, which an elided one ("près d'un millier") has not."""
    elided = [word for word in words if word.endswith("'")]
    whole = rf"(?:{_any(set(words) - set(elided))})\s{{1,2}}"
    return f"{_any(elided)}|{whole}" if elided else whole


def _metres(text: str, match: re.Match[str], at: int, words: QuantityWords) -> bool:
    """Whether a bare "50m" is a length and no number of millions."""
    suffix = match.group("suffix2") or match.group("suffix")
    return suffix == "m" and _sign_before(text, at, words) is None


def _pattern(words: QuantityWords, link: str) -> re.Pattern[str]:
    """Matches a number, and a second one after `link`."""
    small, large, joined = _any(words.numbers), _any(words.multipliers), _ended(words.joining)
    spelled = rf"(?:{small})(?:(?:-|\s{{1,2}}|\s{{1,2}}(?:{joined}))(?:{small}|{large})\b(?!-))*"
    counted = rf"(?:{_any((*words.few, *words.fractions))})\s{{1,2}}(?:{large})(?:\s{{1,2}}(?:{large}))*"
    value = rf"(?:(?:{words.figures.pattern})(?:\s{{1,2}}(?:{large})\b)*|{counted}|{_any(words.vague)}|{spelled})"
    suffix = _any(words.suffixes)
    sign = "[" + "".join(re.escape(s) for s in sorted(words.currency_signs)) + "]?"
    return re.compile(
        rf"(?P<one>{value})(?P<suffix>{suffix})?(?:(?:{link}{sign})(?P<two>{value})(?P<suffix2>{suffix})?)?"
        r"(?![\w]|[.,:/]\d|-\d)",
        re.IGNORECASE,
    )


def _value(written: str, suffix: str | None, forms: _Forms) -> tuple[float | None, float | None]:
    """Both bounds of one number as written."""
    words = forms.words
    lower = " ".join(written.lower().split())
    if lower in words.vague:
        low, high = words.vague[lower]
        return float(low), None if high is None else float(high)
    factor = float(words.suffixes[suffix.lower()]) if suffix else 1.0
    for vague in words.few:
        if lower.startswith(f"{vague} "):
            low, high = words.vague.get(vague, (3, 9))
            scale = _product(lower[len(vague) + 1 :].split(), words)
            return low * scale, None if high is None else high * scale
    for fraction in sorted(words.fractions, key=len, reverse=True):
        if lower.startswith(f"{fraction} "):
            exact = words.fractions[fraction] * _product(lower[len(fraction) + 1 :].split(), words)
            return exact, exact
    exact = factor * (_figures(lower, words) if lower[0].isdigit() else _spelled(lower, forms))
    return exact, exact


def _product(multipliers: Iterable[str], words: QuantityWords) -> float:
    total = 1.0
    for word in multipliers:
        total *= words.multipliers[word]
    return total


def _figures(written: str, words: QuantityWords) -> float:
    """The value of figures with the words that scale them: "1.5 million"."""
    scales = [word for word in written.split() if word in words.multipliers]
    figure = " ".join(word for word in written.split() if word not in words.multipliers)
    return words.figures.value(figure) * _product(scales, words)


def _spelled(written: str, forms: _Forms) -> float:
    """The value of a number in words: "two hundred and fifty thousand"."""
    words = forms.words
    total, current = 0.0, 0.0
    for word in forms.parts.findall(written):
        scale = words.multipliers.get(word)
        if scale is None:
            current += words.numbers[word]
            continue
        current = max(current, 1.0) * scale
        if scale >= _THOUSAND:
            total, current = total + current, 0.0
    return total + current


def _range(
    first: tuple[float | None, float | None], match: re.Match[str], forms: _Forms
) -> tuple[float | None, float | None]:
    """From the low of one number to the high of another; both share the scale that one has ("20-30m")."""
    low, high = first[0], _value(match.group("two"), match.group("suffix2"), forms)[1]
    if low is None or high is None:
        return low, high
    if match.group("suffix2") and not match.group("suffix"):
        return low * forms.words.suffixes[match.group("suffix2").lower()], high
    last = match.group("two").lower().split()[-1]
    scale = forms.words.multipliers.get(last, 1)
    return (low * scale if low < scale else low), high


def _sign_before(text: str, at: int, words: QuantityWords) -> int | None:
    """Where a currency sign before the number starts ("$", "US$"), if there is one."""
    back = text[max(0, at - 5) : at].rstrip(" ")
    if not back or back[-1] not in words.currency_signs:
        return None
    start = max(0, at - 5) + len(back) - 1
    while start > 0 and text[start - 1].isupper():
        start -= 1
    return start


def _lead(text: str, at: int, forms: _Forms) -> tuple[int, tuple[str, ...]]:
    """Where the approximating words before a number start, and those words, nearest first."""
    found: list[str] = []
    while True:
        window = max(0, at - _BEFORE_REACH)
        match = forms.before.search(text[window:at])
        if match is None:
            break
        word = " ".join(match.group("word").lower().split())
        found.append(word)
        at = window + match.start()
    between = forms.between.search(text, max(0, at - _BETWEEN_REACH), at)
    if between is not None:
        at = between.start()
    return at, tuple(found)


def _tail(text: str, at: int, forms: _Forms) -> tuple[int, str | None]:
    """Where the words after a number that bound it end ("or more", "+"), and those words."""
    match = forms.after.match(text, at)
    if match is None:
        return at, None
    word = match.group("word")
    return match.end(), "plus" if word is None else " ".join(word.lower().split())


def _bounded(
    low: float | None, high: float | None, around: list[str], words: QuantityWords
) -> tuple[float | None, float | None]:
    bounds = {words.before.get(w) or words.after.get(w) for w in around}
    if Bound.MOST in bounds:
        return None, high if high is not None else low
    if Bound.LEAST in bounds:
        return low, None
    if Bound.UNDER in bounds and low is not None:
        return NEARLY * low, high
    return low, high
