"""Days, weeks, months, seasons, years as intervals, and the arithmetic of "three years later".

Conventions are those of the annotation guide: a month's early, mid and late parts are its days 1-10,
11-20 and 21 to the end; weeks run Monday to Sunday; winter is December to February of the next year.
Where the guide is silent: a year's parts are its thirds, its beginning and end its first and last
quarter, and a decade's parts its years 0-3, 4-6 and 7-9.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

RECENT = {"day": (7, 0), "week": (42, 0), "month": (0, 6), "year": (0, 60), "decade": (0, 360)}
"""What "in recent X" reaches back to, as (days, months). Days and weeks follow the annotation guide (seven
days, six weeks); months, years and decades are this project's choice: six months, five years, thirty years."""

_CENTURY_PARTS = {"early": (0, 32), "mid": (33, 65), "late": (66, 99)}
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}


class Grain(IntEnum):
    """How coarse an interval is; finer ones are smaller."""

    DAY = 0
    WEEK = 1
    MONTH = 2
    SEASON = 3
    YEAR = 4
    DECADE = 5


UNIT_GRAIN = {
    "hour": Grain.DAY,
    "day": Grain.DAY,
    "week": Grain.WEEK,
    "fortnight": Grain.WEEK,
    "month": Grain.MONTH,
    "year": Grain.YEAR,
    "decade": Grain.DECADE,
    "century": Grain.DECADE,
}


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of days, both ends inclusive; None is an open end."""

    earliest: date | None
    latest: date | None
    grain: Grain = Grain.DAY

    @property
    def start(self) -> date:
        """The first day; ValueError when that end is open."""
        if self.earliest is None:
            raise ValueError("an interval open to the past has no start")
        return self.earliest

    @property
    def end(self) -> date:
        """The last day; ValueError when that end is open."""
        if self.latest is None:
            raise ValueError("an interval open to the future has no end")
        return self.latest


def day(at: date) -> Interval:
    """One day."""
    return Interval(at, at, Grain.DAY)


def week(at: date) -> Interval:
    """Monday to Sunday around a day."""
    monday = at - timedelta(days=at.weekday())
    return Interval(monday, monday + timedelta(days=6), Grain.WEEK)


def month(year_: int, month_: int) -> Interval:
    """A calendar month."""
    return Interval(date(year_, month_, 1), _before(shift_months(date(year_, month_, 1), 1)), Grain.MONTH)


def season(year_: int, first_month: int) -> Interval:
    """The three months from `first_month`; winter ends in the next year."""
    start = date(year_, first_month, 1)
    return Interval(start, _before(shift_months(start, 3)), Grain.SEASON)


def year(year_: int) -> Interval:
    """A calendar year."""
    return Interval(date(year_, 1, 1), date(year_, 12, 31), Grain.YEAR)


def decade(year_: int) -> Interval:
    """The ten years from the round one at or before `year_`."""
    first = year_ - year_ % 10
    return Interval(date(first, 1, 1), date(first + 9, 12, 31), Grain.DECADE)


def century(ordinal: int) -> Interval:
    """The nth century: the 20th is 1901 to 2000."""
    return Interval(date(100 * ordinal - 99, 1, 1), date(100 * ordinal, 12, 31), Grain.DECADE)


def weekend(at: date) -> Interval:
    """The Saturday and Sunday of the week of a day."""
    saturday = at + timedelta(days=5 - at.weekday())
    return Interval(saturday, saturday + timedelta(days=1), Grain.WEEK)


def unit(at: date, name: str) -> Interval:
    """The calendar unit of that name around a day."""
    makers = {"week": week, "fortnight": week}
    if name in makers:
        return makers[name](at)
    if name == "month":
        return month(at.year, at.month)
    if name == "year":
        return year(at.year)
    if name == "century":
        return century((at.year - 1) // 100 + 1)
    return decade(at.year) if name == "decade" else day(at)


def shift_months(at: date, months: int) -> date:
    """The same day some months on, or the last of a month too short for it."""
    index = at.year * 12 + at.month - 1 + months
    year_, month_ = divmod(index, 12)
    for last in (at.day, 30, 29, 28):
        try:
            return date(year_, month_ + 1, last)
        except ValueError:
            continue
    raise ValueError(f"{at} shifted by {months} months leaves the calendar")


def shift(at: date, count: int, name: str) -> date:
    """A day `count` units on (or back, when negative)."""
    if name == "hour":
        return at + timedelta(days=_days_of_hours(count))
    if name in _UNIT_DAYS:
        return at + timedelta(days=count * _UNIT_DAYS[name])
    return shift_months(at, count * _UNIT_MONTHS[name])


def _days_of_hours(count: int) -> int:
    return -(-count // 24) if count > 0 else count // 24


def ago(at: date, count: int, name: str) -> Interval:
    """The calendar unit `count` units from a day: "two months ago" is a month, "a decade ago" a year."""
    return unit(shift(at, count, name), {"decade": "year", "century": "decade"}.get(name, name))


def window(at: date, count: int, name: str) -> Interval:
    """From `count` units before a day to that day; with a positive count, from the day onwards."""
    far = shift(at, count, name)
    return Interval(min(far, at), max(far, at), UNIT_GRAIN[name])


def recent(at: date, name: str, sign: int = -1) -> Interval:
    """What "in recent weeks" (or, with a positive sign, "in the coming weeks") covers; see RECENT."""
    days, months = RECENT[name]
    far = shift_months(at + timedelta(days=sign * days), sign * months)
    return Interval(min(far, at), max(far, at), UNIT_GRAIN[name])


def part(whole: Interval, name: str) -> Interval:
    """The early, mid or late part, or the start or end, of an interval."""
    if whole.grain is Grain.DAY:
        return whole
    if whole.grain is Grain.MONTH:
        return _month_part(whole, name)
    if whole.grain is Grain.WEEK:
        first, last = {"early": (0, 2), "start": (0, 1), "mid": (2, 2), "late": (3, 6), "end": (4, 6)}[name]
        grain = Grain.DAY if first == last else Grain.WEEK
        return Interval(whole.start + timedelta(days=first), whole.start + timedelta(days=last), grain)
    years = whole.end.year - whole.start.year + 1
    if whole.grain is Grain.DECADE and years == 10:
        return _decade_part(whole, name)
    if whole.grain is Grain.DECADE and years == 100 and name in _CENTURY_PARTS:
        first, last = _CENTURY_PARTS[name]
        return Interval(date(whole.start.year + first, 1, 1), date(whole.start.year + last, 12, 31), Grain.DECADE)
    pieces = {"early": (3, 0), "mid": (3, 1), "late": (3, 2), "start": (4, 0), "end": (4, 3)}
    of, index = pieces[name]
    return fraction(whole, index + 1, of)


def _month_part(whole: Interval, name: str) -> Interval:
    first, last = {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31)}[name]
    end = whole.end if last == 31 else whole.start.replace(day=last)
    return Interval(whole.start.replace(day=first), end, Grain.WEEK)


def _decade_part(whole: Interval, name: str) -> Interval:
    first, last = {"early": (0, 3), "start": (0, 2), "mid": (4, 6), "late": (7, 9), "end": (7, 9)}[name]
    start = whole.start.year
    return Interval(date(start + first, 1, 1), date(start + last, 12, 31), Grain.YEAR)


def fraction(whole: Interval, index: int, of: int) -> Interval:
    """The `index`th of `of` equal parts of a month, season, year or decade, in whole months where it can."""
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    if months < of:
        days = (whole.end - whole.start).days + 1
        first = whole.start + timedelta(days=days * (index - 1) // of)
        return Interval(first, whole.start + timedelta(days=days * index // of - 1), Grain.WEEK)
    first = shift_months(whole.start, months * (index - 1) // of)
    last = _before(shift_months(whole.start, months * index // of))
    grain = Grain.MONTH if months <= 3 else Grain.SEASON if months <= 12 else Grain.YEAR
    return Interval(first, last, grain)


def easter(year_: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876 ("Butcher's")."""
    golden, century_, rest = year_ % 19, year_ // 100, year_ % 100
    moon = (19 * golden + century_ - century_ // 4 - (century_ - (century_ + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century_ % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift_ = (golden + 11 * moon + 22 * sunday) // 451
    months = moon + sunday - 7 * shift_ + 114
    return date(year_, months // 31, months % 31 + 1)


def feast(year_: int, rule: str) -> date:
    """The day of a movable feast: "easter -2" (days from Easter Sunday) or "nth 11 4 3" (month, which, weekday)."""
    name, *numbers = rule.split()
    if name == "easter":
        return easter(year_) + timedelta(days=int(numbers[0]))
    month_, which, day_of_week = (int(n) for n in numbers)
    if which < 0:
        return weekday(month(year_, month_).end, day_of_week, -1)
    return weekday(date(year_, month_, 1), day_of_week, 1) + timedelta(days=7 * (which - 1))


def weekday(at: date, day_of_week: int, direction: int) -> date:
    """The nearest such weekday: -1 on or before `at`, +1 on or after, 0 in the same Monday-to-Sunday week."""
    delta = day_of_week - at.weekday()
    if direction < 0 and delta > 0:
        delta -= 7
    if direction > 0 and delta < 0:
        delta += 7
    return at + timedelta(days=delta)


def _before(at: date) -> date:
    return at - timedelta(days=1)


def day_before(at: date) -> date:
    """The day before."""
    return _before(at)


def day_after(at: date) -> date:
    """The day after."""
    return at + timedelta(days=1)
