"""Scales of a drawing: days to x, strengths to y, and where their ticks stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.charts.words import ENGLISH

_STEPS = (1, 2, 5)
_EVERY = (1, 2, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days between `first` and `last` over the pixels from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins; days outside are put at the edge."""
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def ticks(self, apart: float = 62, named: Sequence[str] = ENGLISH.months) -> Iterator[tuple[float, str, bool]]:
        """Beginnings of months, at least so many pixels apart: x, label and whether a year begins there.

        `named` are the names of the months.
        """
        months = max(1.0, (self.last - self.first).days / 30.44)
        every = next((n for n in _EVERY if n / months * (self.right - self.left) >= apart), _EVERY[-1])
        year, month = self.first.year, 1
        while (year, month) <= (self.last.year, self.last.month):
            day = date(year, month, 1)
            if day >= self.first:
                label = str(year) if month == 1 else named[month - 1]
                yield self.x(day), label, month == 1
            year, month = _later(year, month, every)


def _later(year: int, month: int, months: int) -> tuple[int, int]:
    return year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1


def time_scale(days: Sequence[date], left: float, right: float) -> TimeScale:
    """A scale that holds all days with a margin, at least a month long; wider at the end, where things go on."""
    first, last = min(days), max(days)
    margin = max(timedelta(days=10), (last - first) / 30)
    return TimeScale(_shifted(first, -margin), _shifted(last, 2.5 * margin), left, right)


def _shifted(day: date, by: timedelta) -> date:
    room = (date.max - day) if by > timedelta(0) else (day - date.min)
    return day + by if abs(by) < room else day


@dataclass(frozen=True, slots=True)
class StrengthScale:
    """Strengths from nobody at `bottom` to `most` at `top`, in pixels from above."""

    most: float
    top: float
    bottom: float

    def y(self, strength: float) -> float:
        """Where a strength stands; more than the scale holds is put at its top."""
        return self.bottom - min(strength, self.most) / self.most * (self.bottom - self.top)

    def ticks(self) -> Iterator[tuple[float, float]]:
        """Nobody and two to five round strengths above: y and strength."""
        step = nice_step(self.most / 3)
        strength = 0.0
        while strength <= self.most:
            yield self.y(strength), strength
            strength += step


def nice_step(rough: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50 ... that is no smaller than `rough`."""
    power = 1.0
    while True:
        for step in _STEPS:
            if step * power >= rough:
                return step * power
        power *= 10
