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
from dateline.parse.time_frame import Found, Frame
from dateline.parse.time_units import READERS as UNIT_READERS

NEAR_FUTURE_DAYS = 31
"""A day and month this close after the anchor is taken for the coming one: "on 20 January" on 17 January."""


def reading(found: Found, frame: Frame) -> Interval | None:
    """The interval of a match, without its preposition; None when it cannot be resolved."""
    try:
        whole = _READERS[found.name](found, frame)
        return None if whole is None else _piece(whole, found)
    except (ValueError, OverflowError):
        return None


def _piece(whole: Interval, found: Found) -> Interval:
    """The early, late, first or last part that the words ask for."""
    token = found.get("f", "e")
    if token is not None and isinstance(token.value, str):
        return calendar.part(whole, token.value)
    index, of = found.number("o"), found.number("h")
    if index is not None and of is not None:
        return calendar.fraction(whole, index, of)
    return whole


def _year(found: Found, frame: Frame) -> int | None:
    """The year that the words give, or point to ("last year", "that year")."""
    given = found.number("y")
    if given is not None:
        return given
    pointer = found.get("yr")
    if pointer is None:
        return None
    if pointer.kind in ("last", "this", "next"):
        return None if frame.anchor is None else frame.anchor.year + int(pointer.value)
    before = frame.previous(Grain.YEAR)
    return None if before is None else before.start.year + int(pointer.value)


def _points_to_year(found: Found) -> bool:
    return found.get("y", "yr") is not None


def _numeric(found: Found, frame: Frame) -> Interval | None:
    """A date in figures: year first, else day first unless that is no date."""
    token = found.get("num")
    first, second, third = (int(p) for p in re.split(r"[-/.]", token.text if token else ""))
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
    if _points_to_year(found):
        year = _year(found, frame)
        return None if year is None else Interval(date(year, month, day), date(year, month, last))
    base = frame.base
    if base is None:
        return None
    year = _year_of_day(month, day, found.number("w"), frame, base)
    start, end = date(year, month, day), date(year, month, last)
    return Interval(start, end, Grain.DAY if start == end else Grain.WEEK)


def _year_of_day(month: int, day: int, weekday: int | None, frame: Frame, base: date) -> int:
    """The year of a day and month; a weekday beside it decides where the default disagrees."""
    candidates = [at for at in (_safe(base.year + n, month, day) for n in (-1, 0, 1)) if at is not None]
    if not candidates:
        raise ValueError(f"no such day: {month}-{day}")
    best = _default_day(candidates, frame, base, certain=weekday is not None)
    if weekday is not None and best.weekday() != weekday:
        fitting = [at for at in candidates if at.weekday() == weekday]
        best = min(fitting, key=lambda at: abs((at - base).days), default=best)
    return best.year


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _default_day(candidates: list[date], frame: Frame, base: date, *, certain: bool) -> date:
    if frame.narrative:
        return _in_story(candidates, base)
    if frame.future:
        return min((at for at in candidates if at >= base), default=candidates[-1])
    if frame.local is not None and not certain:
        month, day = candidates[0].month, candidates[0].day
        wraps = (month, day) < (frame.local.month, frame.local.day)
        moved = _safe(frame.local.year + wraps, month, day)
        if moved is not None and moved <= base:
            return moved
    past = max((at for at in candidates if at <= base), default=candidates[0])
    coming = min((at for at in candidates if at > base), default=None)
    if coming is not None and (coming - base).days <= NEAR_FUTURE_DAYS and (base - past).days > 2 * NEAR_FUTURE_DAYS:
        return coming
    return past


def _in_story(candidates: list[date], base: date) -> date:
    """The same year as the time before, or the next one where that would jump back by ten months or more."""
    same = next((at for at in candidates if at.year == base.year), candidates[0])
    later = [at for at in candidates if at.year == base.year + 1]
    return later[0] if later and (base - same).days > 300 else same


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
    if kind in ("prior", "following", "same"):
        before = frame.previous(Grain.DAY)
        sign = {"prior": -1, "following": 1, "same": 0}[kind]
        if before is None:
            return None
        return calendar.day(calendar.weekday(before.start + timedelta(days=sign), day_of_week, sign))
    base = frame.base
    if base is None:
        return None
    if kind == "this":
        return calendar.day(calendar.weekday(base, day_of_week, 1 if frame.future else 0))
    if kind in ("last", "past", "next"):
        sign = 1 if kind == "next" else -1
        at = calendar.weekday(base + timedelta(days=sign), day_of_week, sign)
        return calendar.day(at + timedelta(days=7 * sign) if kind == "next" and (at - base).days < 2 else at)
    return calendar.day(calendar.weekday(base, day_of_week, 1 if frame.future or frame.narrative else -1))


def _month(found: Found, frame: Frame) -> Interval | None:
    month = found.number("m")
    return None if month is None else _pointed(lambda year: calendar.month(year, month), found, frame)


def _season(found: Found, frame: Frame) -> Interval | None:
    first = found.number("se")
    return None if first is None else _pointed(lambda year: calendar.season(year, first), found, frame)


def _pointed(make: Callable[[int], Interval], found: Found, frame: Frame) -> Interval | None:
    """The month or season of the year that is given, pointed to, or nearest in the right direction."""
    if _points_to_year(found):
        year = _year(found, frame)
        return None if year is None else make(year)
    pointer = found.get("r")
    kind = None if pointer is None else pointer.kind
    if kind in ("prior", "following", "same"):
        before = frame.previous(Grain.SEASON)
        return None if before is None else _beside(make, before, kind)
    base = frame.base
    if base is None:
        return None
    choices = [make(base.year + n) for n in (-2, -1, 0, 1, 2)]
    if kind in ("last", "past"):
        return max((c for c in choices if c.end < base), key=lambda c: c.start)
    if kind == "next":
        return min((c for c in choices if c.start > base), key=lambda c: c.start)
    if kind == "this":
        return make(base.year)
    return _nearest(choices, frame, base)


def _beside(make: Callable[[int], Interval], before: Interval, kind: str) -> Interval:
    choices = [make(before.start.year + n) for n in (-1, 0, 1)]
    if kind == "same":
        return choices[1]
    if kind == "prior":
        return max((c for c in choices if c.end < before.start), key=lambda c: c.start)
    return min((c for c in choices if c.start > before.start), key=lambda c: c.start)


def _nearest(choices: list[Interval], frame: Frame, base: date) -> Interval:
    if frame.narrative:
        first = _in_story([c.start for c in choices], base.replace(day=1))
        return next(c for c in choices if c.start == first)
    if frame.future:
        return min((c for c in choices if c.end >= base), key=lambda c: c.start)
    if frame.local is not None:
        after = _after(choices[0], frame.local)
        if after.end <= base:
            return after
    return max((c for c in choices if c.start <= base), key=lambda c: c.start)


def _after(sample: Interval, local: date) -> Interval:
    """The month or season like `sample` that is the first not to end before `local`."""
    make = calendar.month if sample.grain is Grain.MONTH else calendar.season
    same = make(local.year, sample.start.month)
    return same if same.end >= local else make(local.year + 1, sample.start.month)


def _plain_year(found: Found, frame: Frame) -> Interval | None:
    year, short = found.number("y"), found.number("y2")
    if year is None:
        return None
    if short is not None:
        last = year - year % 100 + short
        return Interval(date(year, 1, 1), date(last, 12, 31), Grain.DECADE)
    return calendar.year(year)


def _decade(found: Found, frame: Frame) -> Interval | None:
    year = found.number("y")
    return None if year is None else calendar.decade(year)


def _century(found: Found, frame: Frame) -> Interval | None:
    ordinal = found.number("d")
    return None if ordinal is None else calendar.century(ordinal)


def _holiday(found: Found, frame: Frame) -> Interval | None:
    token = found.get("hd")
    if token is None:
        return None
    month, day = (int(p) for p in str(token.value).split("-"))
    return _dated(month, day, found, frame)


_READERS: dict[str, Callable[[Found, Frame], Interval | None]] = {
    "numeric": _numeric,
    "month_day": _date,
    "day_month": _date,
    "weekday": _weekday,
    "month": _month,
    "year": _plain_year,
    "decade": _decade,
    "century": _century,
    "season": _season,
    "holiday": _holiday,
    **UNIT_READERS,
}
