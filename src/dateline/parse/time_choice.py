"""Which of several days, months or seasons of the same name is meant: the last, the next, or the story's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dateline.parse import calendar
from dateline.parse.calendar import Grain, Interval
from dateline.parse.time_frame import Found, Frame, Tense

NEAR_FUTURE_DAYS = 31
"""A day and month this close after the anchor is taken for the coming one: "on 20 January" on 17 January."""
SLIP_DAYS = 2
"""A report may tell of a day this long after its own date, when the date is that of an earlier version or zone."""


def year_of(found: Found, frame: Frame) -> int | None:
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


def points_to_year(found: Found) -> bool:
    """Whether the words give a year or point to one."""
    return found.get("y", "yr") is not None


def year_of_day(month: int, day: int, weekday: int | None, frame: Frame, base: date) -> int:
    """The year of a day and month; a weekday beside it decides where the default disagrees."""
    candidates = [at for at in (safe_day(base.year + n, month, day) for n in (-1, 0, 1)) if at is not None]
    if not candidates:
        raise ValueError(f"no such day: {month}-{day}")
    best = default_day(candidates, frame, base, certain=weekday is not None)
    if weekday is not None and best.weekday() != weekday:
        fitting = [at for at in candidates if at.weekday() == weekday]
        best = min(fitting, key=lambda at: abs((at - base).days), default=best)
    return best.year


def safe_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_day(number: int, anchor: date, *, ahead: bool) -> Interval | None:
    """The latest day of that number up to the anchor, or the first from it on."""
    months = [calendar.shift_months(anchor.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
    days = [at for at in (safe_day(m.year, m.month, number) for m in months) if at is not None]
    fitting = [at for at in days if at >= anchor] if ahead else [at for at in days if at <= anchor][::-1]
    return calendar.day(fitting[0]) if fitting else None


def default_day(candidates: list[date], frame: Frame, base: date, *, certain: bool) -> date:
    """The one of like days of three years that is meant; `certain` where no neighbour may pull it into its own year."""
    if frame.narrative:
        return _in_story(candidates, base)
    if frame.clause is Tense.PLANNED and not frame.future:
        return min(candidates, key=lambda at: abs((at - base).days))
    if frame.ahead:
        return min((at for at in candidates if at >= base), default=candidates[-1])
    if frame.local is not None and not certain:
        month, day = candidates[0].month, candidates[0].day
        wraps = (month, day) < (frame.local.month, frame.local.day)
        moved = safe_day(frame.local.year + wraps, month, day)
        if moved is not None and moved <= base:
            return moved
    past = max((at for at in candidates if at <= base), default=candidates[0])
    coming = min((at for at in candidates if at > base), default=None)
    reach = SLIP_DAYS if frame.clause is Tense.BACK else NEAR_FUTURE_DAYS
    if coming is not None and (coming - base).days <= reach and (base - past).days > 2 * NEAR_FUTURE_DAYS:
        return coming
    return past


def _in_story(candidates: list[date], base: date) -> date:
    """The same year as the time before, or the next one where that would jump back by ten months or more."""
    same = next((at for at in candidates if at.year == base.year), candidates[0])
    later = [at for at in candidates if at.year == base.year + 1]
    return later[0] if later and (base - same).days > 300 else same


def pointed(make: Callable[[int], Interval], found: Found, frame: Frame) -> Interval | None:
    """The month or season of the year that is given, pointed to, or nearest in the right direction."""
    if points_to_year(found):
        year = year_of(found, frame)
        return None if year is None else make(year)
    pointer = found.get("r")
    kind = None if pointer is None else pointer.kind
    if kind in ("prior", "following", "same", "that"):
        before = frame.previous(Grain.YEAR if kind in ("same", "that") else Grain.SEASON)
        return None if before is None else _beside(make, before, kind)
    base = frame.base
    if base is None:
        return None
    choices = [make(base.year + n) for n in (-2, -1, 0, 1, 2)]
    if kind in ("last", "past"):
        return max((c for c in choices if c.end < base), key=lambda c: c.start)
    if kind == "next":
        return min((c for c in choices if c.start > base), key=lambda c: c.start)
    if kind == "this" and not frame.ahead:
        return min(choices, key=lambda c: _distance(c, base)) if found.name == "season" else make(base.year)
    if kind == "this" and found.name != "season":
        return make(base.year)
    return _nearest(choices, frame, base)


def _distance(at: Interval, base: date) -> int:
    """How many days lie between an interval and a day; none within it."""
    return max((at.start - base).days, (base - at.end).days, 0)


def _beside(make: Callable[[int], Interval], before: Interval, kind: str) -> Interval:
    choices = [make(before.start.year + n) for n in (-1, 0, 1)]
    if kind in ("same", "that"):
        return choices[1]
    if kind == "prior":
        return max((c for c in choices if c.end < before.start), key=lambda c: c.start)
    return min((c for c in choices if c.start > before.start), key=lambda c: c.start)


def _nearest(choices: list[Interval], frame: Frame, base: date) -> Interval:
    if frame.narrative:
        first = _in_story([c.start for c in choices], base.replace(day=1))
        return next(c for c in choices if c.start == first)
    if frame.clause is Tense.PLANNED and not frame.future:
        return min(choices, key=lambda c: _distance(c, base))
    if frame.ahead:
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
