"""A quantity or a time as an analyst types it: bounds, unit and scope; days, months, years and what lies between."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from dateline.judging.brackets import is_nothing
from dateline.lexicon.quantities import Bound, quantity_words
from dateline.model import Quantity, Scope, TimeBasis, TimeRange, Unit

_RANGE = re.compile(r"(?P<low>.*?)\s*(?:\.\.|…|–|(?<=\d)-|\bto\b)\s*(?P<high>.*)")
_NUMBER = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<suffix>[a-z]*)")
_NEARLY = 0.9
"""The guide: "nearly 1,000" is 900..1000."""

_HINT = "write bounds, unit and scope, as in: 900..1000 personnel total, 300.. vehicles, up to 300"


def quantity_typed(text: str, present: Quantity | None = None) -> Quantity | None:
    """The quantity of what was typed, None for "none"; unit and scope that are not typed stay those of `present`.

    Bounds as "900..1000", "900..", "..300", a number, or words of the guide ("nearly 1,000", "dozens"). Without a
    quantity to keep them from, the unit must be typed, and the scope is the total.

    >>> found = quantity_typed("nearly 1,000 troops")
    >>> found.low, found.high, str(found.unit), str(found.scope)
    (900.0, 1000.0, 'personnel', 'total')
    """
    if is_nothing(text):
        return None
    words = text.casefold().split()
    scope = unit = None
    while words and (scope is None or unit is None):
        if scope is None and words[-1] in set(Scope):
            scope = Scope(words.pop())
        elif unit is None and (named := _unit(words[-1])) is not None:
            unit = named
            words.pop()
        else:
            break
    unit = unit or (None if present is None else present.unit)
    if unit is None:
        raise ValueError(f"{text.strip()!r}: of what? {_HINT}")
    low, high = _bounds(" ".join(words), text)
    kept = Scope.TOTAL if present is None else present.scope
    return Quantity(None, None, None, low, high, unit, scope or kept)


def _unit(word: str) -> Unit | None:
    """A unit by its own name or by what it counts ("troops")."""
    units = quantity_words().units
    if word in set(Unit):
        return Unit(word)
    for stem in (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)):
        if stem in units:
            return units[stem]
    return units.get(re.sub("men$", "man", word))


def _bounds(words: str, text: str) -> tuple[float | None, float | None]:
    lexicon = quantity_words()
    if words in lexicon.vague:
        low, high = lexicon.vague[words]
        return float(low), None if high is None else float(high)
    some, _, times = words.rpartition(" ")
    if some in lexicon.vague and times in lexicon.multipliers:
        few, many = lexicon.vague[some]
        factor = lexicon.multipliers[times]
        return float(few * factor), None if many is None else float(many * factor)
    for lead in sorted(lexicon.before, key=len, reverse=True):
        if words.startswith(f"{lead} "):
            return _bounded(lexicon.before[lead], _number(words[len(lead) :], text))
    between = _RANGE.fullmatch(words)
    if between is None:
        exact = _number(words, text)
        return exact, exact
    low_words, high_words = between["low"], between["high"]
    if not low_words and not high_words:
        raise ValueError(f"{text.strip()!r} has no number; {_HINT}")
    return (
        _number(low_words, text) if low_words else None,
        _number(high_words, text) if high_words else None,
    )


def _bounded(bound: Bound, number: float) -> tuple[float | None, float | None]:
    if bound is Bound.UNDER:
        return round(_NEARLY * number, 6), number
    if bound is Bound.LEAST:
        return number, None
    return (None, number) if bound is Bound.MOST else (number, number)


def _number(words: str, text: str) -> float:
    lexicon = quantity_words()
    words = words.strip()
    if words in lexicon.numbers:
        return float(lexicon.numbers[words])
    match = _NUMBER.fullmatch(words)
    times = 1 if match is None or not match["suffix"] else _times(match["suffix"])
    if match is None or times is None:
        raise ValueError(f"{words or text.strip()!r} is no number; {_HINT}")
    return float(match["digits"].replace(",", "")) * times


def _times(suffix: str) -> int | None:
    lexicon = quantity_words()
    return lexicon.suffixes.get(suffix) or lexicon.multipliers.get(suffix)


def time_typed(text: str) -> TimeRange | None:
    """The time of what was typed, None for "none": a day, month or year, or from one to another, inclusive.

    >>> found = time_typed("2024-05..2024-06-10")
    >>> found.earliest, found.latest
    ('2024-05-01', '2024-06-10')
    """
    if is_nothing(text):
        return None
    earliest, between, latest = text.strip().replace("…", "..").partition("..")
    if not between:
        return _time(*_days(earliest))
    first = _days(earliest)[0] if earliest.strip() else None
    last = _days(latest)[1] if latest.strip() else None
    if first is None and last is None:
        raise ValueError(f"{text.strip()!r} has no day; write 2024-05-02..2024-05-03, 2024-05 or ..2023-12-31")
    return _time(first, last)


def _time(first: str | None, last: str | None) -> TimeRange:
    return TimeRange(None, None, None, first, last, TimeBasis.STATED)


_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


def _days(text: str) -> tuple[str, str]:
    """First and last day of a day, month or year."""
    match = _DAY.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
        first = date(year, month, day)
        if match["day"]:
            return first.isoformat(), first.isoformat()
        last_month = month if match["month"] else 12
        return first.isoformat(), date(year, last_month, monthrange(year, last_month)[1]).isoformat()
    except ValueError:
        raise ValueError(f"{text.strip()!r} is no day, month or year; write 2024-05-02, 2024-05 or 2024") from None
