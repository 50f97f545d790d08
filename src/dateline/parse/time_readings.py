"""What each rule of the time grammar means: a match and its frame give an interval of days.

The frame holds what the words are counted from: the anchor (the day of the report), the times read so
far in the text ("three years later" counts from the last fine enough one), and whether plain weekdays
and months look back (the default) or forward (`future`). Nothing is guessed: without what it needs a
reading is None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateline.parse import calendar
from dateline.parse.calendar import Grain, Interval
from dateline.parse.time_choice import default_day, nearest_day, pointed, points_to_year, year_of, year_of_day
from dateline.parse.time_frame import Found, Frame
from dateline.parse.time_grammar import VAGUE
from dateline.parse.time_tense import southern
from dateline.parse.time_units import READERS as UNIT_READERS

_THIRD = 3
_HALF_YEAR = 6
_LAST_CENTURY = 1800
"""Up to here "the 1800s" are the hundred years; "the 1900s" may be either and are read as ten."""


def reading(found: Found, frame: Frame) -> Interval | None:
    """The interval of a match, without its preposition; None when it cannot be resolved."""
    try:
        whole = _READERS[found.name](found, frame)
        return None if whole is None else _piece(whole, found, frame.anchor)
    except (ValueError, OverflowError):
        return None


def _rest(whole: Interval, anchor: date | None) -> Interval:
    """ "the rest of the year" begins with the anchor, where that lies within it."""
    running = anchor is not None and whole.earliest is not None and whole.latest is not None
    if anchor is None or not running or not whole.start <= anchor <= whole.end:
        return whole
    return Interval(anchor, whole.end, whole.grain)


def _so_far(whole: Interval, anchor: date | None) -> Interval:
    """ "so far in 2024" ends with the anchor, where that lies within it."""
    rest = _rest(whole, anchor)
    return whole if rest is whole else Interval(whole.earliest, rest.earliest, whole.grain)


def _piece(whole: Interval, found: Found, anchor: date | None) -> Interval:
    """The early, late, first or last part that the words ask for."""
    token = found.get("f", "f2", "e")
    if token is not None and token.kind == "rest":
        return _rest(whole, anchor)
    if token is not None and token.kind in ("earlier", "later") and found.name in ("month", "year", "season"):
        return _so_far(whole, anchor) if token.kind == "earlier" else _rest(whole, anchor)
    if found.number("h3") == _THIRD:
        return calendar.fraction(whole, found.number("o3") or 1, _THIRD)
    if token is not None and isinstance(token.value, str):
        return calendar.part(whole, token.value)
    index, of = found.number("o"), found.number("h")
    if index is not None and of is not None and found.name != "quarter":
        return calendar.fraction(whole, index, of)
    return whole


def _numeric(found: Found, frame: Frame) -> Interval | None:
    """A date in figures: year first, else day first unless that is no date."""
    token = found.get("num")
    first, second, third = (int(p) for p in re.split(r"[-/.]", token.text if token else ""))
    third += 2000 * (third < 100 and first <= 31)
    if first > 31:
        return calendar.day(date(first, second, third))
    day, month = (second, first) if second > 12 else (first, second)
    return calendar.day(date(third, month, day))


def _date(found: Found, frame: Frame) -> Interval | None:
    month, day = found.number("m"), found.number("d")
    if month is None or day is None:
        return None
    return _dated(month, day, found, frame)


def _dated(month: int, day: int, found: Found, frame: Frame) -> Interval | None:
    last = found.number("d2") or day
    if points_to_year(found):
        year = year_of(found, frame)
    else:
        base = frame.base
        year = None if base is None else year_of_day(month, day, found.number("w"), frame, base)
    if year is None:
        return None
    start, end = date(year, month, day), date(year, month, last)
    if found.get("wk") is not None:
        return calendar.week(start)
    return Interval(start, end, Grain.DAY if start == end else Grain.WEEK)


def _day_of_month(found: Found, frame: Frame) -> Interval | None:
    """ "the 20th of this month"; "on the 20th" is the latest one, or the next one of a clause that looks ahead."""
    number, pointer = found.number("d"), found.get("r")
    if number is None:
        return None
    before = frame.previous(Grain.MONTH)
    if pointer is not None and pointer.kind in ("that", "same"):
        return None if before is None else calendar.day(before.start.replace(day=number))
    if frame.anchor is None and before is None:
        return None
    if pointer is not None:
        if frame.anchor is None:
            return None
        return calendar.day(calendar.shift_months(frame.anchor.replace(day=1), int(pointer.value)).replace(day=number))
    if before is not None and (frame.narrative or frame.local is not None or frame.anchor is None):
        return calendar.day(before.start.replace(day=number))
    return None if frame.anchor is None else nearest_day(number, frame.anchor, ahead=frame.ahead)


def _weekday(found: Found, frame: Frame) -> Interval | None:
    day_of_week = found.number("w")
    if day_of_week is None:
        return None
    week = found.get("wr")
    if week is not None:
        if frame.anchor is None:
            return None
        return calendar.day(calendar.weekday(frame.anchor + timedelta(days=7 * int(week.value)), day_of_week, 0))
    return _pointed_weekday(day_of_week, found, frame)


def _pointed_weekday(day_of_week: int, found: Found, frame: Frame) -> Interval | None:
    pointer = found.get("r")
    kind = None if pointer is None else pointer.kind
    if kind in ("prior", "following", "same", "that"):
        before = frame.previous(Grain.WEEK)
        sign = {"prior": -1, "following": 1}.get(kind, 0)
        if before is None:
            return None
        return calendar.day(calendar.weekday(before.start + timedelta(days=sign), day_of_week, sign))
    base = frame.base
    if base is None:
        return None
    if kind == "this":
        return calendar.day(calendar.weekday(base, day_of_week, 1 if frame.ahead else 0))
    if kind in ("last", "past", "next"):
        sign = 1 if kind == "next" else -1
        at = calendar.weekday(base + timedelta(days=sign), day_of_week, sign)
        return calendar.day(at + timedelta(days=7 * sign) if kind == "next" and (at - base).days < 2 else at)
    return calendar.day(calendar.weekday(base, day_of_week, 1 if frame.ahead or frame.narrative else -1))


def _nth_weekday(found: Found, frame: Frame) -> Interval | None:
    """ "the first Monday of May", "the last Sunday in April"."""
    side, day_of_week, whole = found.get("o"), found.number("w"), _month(found, frame)
    if side is None or day_of_week is None or whole is None:
        return None
    if side.kind != "ordinal":
        return calendar.day(calendar.weekday(whole.end, day_of_week, -1))
    first = calendar.weekday(whole.start, day_of_week, 1)
    return calendar.day(first + timedelta(days=7 * (int(side.value) - 1)))


def _month(found: Found, frame: Frame) -> Interval | None:
    month = found.number("m")
    return None if month is None else pointed(lambda year: calendar.month(year, month), found, frame)


def _season(found: Found, frame: Frame) -> Interval | None:
    first, second = found.number("se"), found.number("y2")
    if first is None:
        return None
    if second is None and southern(found):
        first = (first + _HALF_YEAR - 1) % 12 + 1
    if second is not None:
        year = found.number("y")
        return None if year is None else _across(year, second, first)
    return pointed(lambda year: calendar.season(year, first), found, frame)


def _across(year: int, second: int, first_month: int) -> Interval:
    """A season of two years: "winter 2013-14", and the southern "summer of 2019-20", which is its December on."""
    if second % 100 != (year + 1) % 100:
        raise ValueError(f"no season runs from {year} to {second}")
    southern = {6: 12, 9: 9, 3: 3, 12: 12}[first_month]
    return calendar.season(year, southern)


def _quarter(found: Found, frame: Frame) -> Interval | None:
    """ "the third quarter", "Q4 2019", "H1": without a year the latest that has begun, or the next one ahead."""
    index, size = found.number("o"), 12 // (found.number("h") or 4)
    if index is None:
        sign = found.get("q")
        if sign is None:
            return None
        index, size = int(sign.value), 6 if sign.kind == "hsign" else 3

    def make(year: int) -> Interval:
        start = date(year, 1 + size * (index - 1), 1)
        return Interval(start, calendar.day_before(calendar.shift_months(start, size)), Grain.SEASON)

    return pointed(make, found, frame)


def _plain_year(found: Found, frame: Frame) -> Interval | None:
    year, short = found.number("y"), found.number("y2")
    if year is None:
        return None
    if short is not None:
        last = short if short > 999 else year - year % 100 + short
        return Interval(date(year, 1, 1), date(last, 12, 31), Grain.DECADE)
    return calendar.year(year)


def _decade(found: Found, frame: Frame) -> Interval | None:
    """ "the 1990s", "the '90s", "the nineties"; the short ones are those of the last hundred years."""
    year = found.number("y") or found.number("dn")
    short = found.number("dd")
    if short is not None:
        latest = frame.anchor.year if frame.anchor is not None else 2000 + short
        year = 2000 + short if 2000 + short <= latest else 1900 + short
    if year is not None and short is None and year % 100 == 0 and year <= _LAST_CENTURY:
        return Interval(date(year, 1, 1), date(year + 99, 12, 31), Grain.DECADE)
    return None if year is None else calendar.decade(year)


def _century(found: Found, frame: Frame) -> Interval | None:
    """The nth century; its turn is the year before it and its first two, its early, mid and late parts whole years."""
    ordinal = found.number("d") or found.number("dw")
    if ordinal is None:
        return None
    whole = calendar.century(ordinal)
    if found.get("tu") is not None:
        first = whole.start.year - 2
        return Interval(date(first, 1, 1), date(first + 2, 12, 31), Grain.YEAR)
    return whole


def _turn(found: Found, frame: Frame) -> Interval | None:
    """ "the turn of the century": the latest that the anchor has seen."""
    if frame.anchor is None:
        return None
    first = (frame.anchor.year + 1) // 100 * 100 - 1
    return Interval(date(first, 1, 1), date(first + 2, 12, 31), Grain.YEAR)


def _stretch(found: Found, frame: Frame) -> Interval | None:
    """ "the first week of May", "the last two months of 2020", "the first half of the month" by its days."""
    unit, side = found.get("u"), found.get("o")
    whole = _stretched(found, frame)
    if unit is None or side is None or whole is None:
        return None
    total = 1
    for token in found.span("n"):
        total = int(token.value) if token.kind in ("day", "number", "count") else 0
    name = str(unit.value)
    if not found.span("n") and unit.kind == "units":
        return _loose_stretch(whole, name, first=side.kind == "ordinal")
    if total == 0 or name == "hour":
        return None
    if side.kind == "ordinal":
        first = calendar.shift(whole.start, (int(side.value) - 1) * total, name)
        last = calendar.day_before(calendar.shift(first, total, name))
    else:
        last = whole.end
        first = calendar.shift(calendar.day_after(last), -total, name)
    if first < whole.start or last > whole.end:
        return None
    return Interval(first, last, calendar.UNIT_GRAIN[name])


def _loose_stretch(whole: Interval, name: str, *, first: bool) -> Interval:
    """ "the last days of May", "the first months of 2020": as long as "recent days" are, and of months a part."""
    days, months = calendar.RECENT[name]
    if months > 0 or days >= (whole.end - whole.start).days:
        return calendar.part(whole, "start" if first else "end")
    if first:
        return Interval(whole.start, whole.start + timedelta(days=days - 1), calendar.UNIT_GRAIN[name])
    return Interval(whole.end - timedelta(days=days - 1), whole.end, calendar.UNIT_GRAIN[name])


def _stretched(found: Found, frame: Frame) -> Interval | None:
    """The month or year that a stretch is of."""
    token = found.get("wh")
    if token is not None:
        return None if frame.base is None else calendar.unit(frame.base, str(token.value))
    if found.get("m") is not None:
        return _month(found, frame)
    year = year_of(found, frame)
    return None if year is None else calendar.year(year)


def _feast_day(year: int, rule: str) -> date:
    return date.fromisoformat(f"{year:04}-{rule}") if rule[0].isdigit() else calendar.feast(year, rule)


def _holiday(found: Found, frame: Frame) -> Interval | None:
    """A feast by its rule in the lexicon: month and day, the nth weekday of a month, or days from Easter."""
    token = found.get("hd")
    if token is None:
        return None
    rule = str(token.value)
    if found.get("r") is not None:
        return pointed(lambda year: calendar.day(_feast_day(year, rule)), found, frame)
    if rule[0].isdigit():
        month, day = (int(p) for p in rule.split("-"))
        return _dated(month, day, found, frame)
    if points_to_year(found):
        year = year_of(found, frame)
        return None if year is None else calendar.day(calendar.feast(year, rule))
    if frame.base is None:
        return None
    candidates = [calendar.feast(frame.base.year + n, rule) for n in (-1, 0, 1)]
    return calendar.day(default_day(candidates, frame, frame.base, certain=True))


def _clock(found: Found, frame: Frame) -> Interval | None:
    """An hour alone is one of the day told of just before, else of the anchor."""
    before = frame.previous(Grain.DAY)
    if before is not None:
        return before
    return None if frame.anchor is None else calendar.day(frame.anchor)


def _part_of_day(found: Found, frame: Frame) -> Interval | None:
    """ "at noon", "in the morning" are of a day, as an hour is; "at night" is of none."""
    last = found.tokens.items[found.j - 1].text.lower()
    some = found.tokens.items[found.i].kind == "the" or last in found.beside("noon")
    return _clock(found, frame) if some else None


def _no_date(found: Found, frame: Frame) -> Interval | None:
    return None


_READERS: dict[str, Callable[[Found, Frame], Interval | None]] = {
    "numeric": _numeric,
    "month_day": _date,
    "day_month": _date,
    "weekday": _weekday,
    "that_weekday": _weekday,
    "nth_weekday": _nth_weekday,
    "month": _month,
    "year": _plain_year,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "holiday": _holiday,
    "day_of_month": _day_of_month,
    "quarter": _quarter,
    "stretch": _stretch,
    "turn": _turn,
    "clock": _clock,
    "part_of_day": _part_of_day,
    **dict.fromkeys(VAGUE - {"clock", "part_of_day"}, _no_date),
    **UNIT_READERS,
}
