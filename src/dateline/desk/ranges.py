"""The sides of a dispute on one axis: figures as ranges of numbers, dates as ranges of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.desk.statements import Statement
from dateline.charts.scales import TimeScale, nice_step, time_scale
from dateline.export.words import amount, days

MOST = 24
"""Ranges that a drawing has at most."""

_TICKS = 5
_APART = 0.11
"""Least distance of two ticks of time, as a part of the axis."""

Bounds = tuple[float | None, float | None]
Sides = Sequence[tuple[int, Sequence[Statement]]]
"""The number of each side and its claims."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis: where, from 0 to 1, and what is written there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Range:
    """What some claims of a side give, from `start` to `end` of the axis (0 to 1); an open end goes on beyond it."""

    side: int
    label: str
    start: float
    end: float
    open_start: bool
    open_end: bool
    claims: int
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Ranges, side by side and lowest first, over one axis; `of` is what the axis measures."""

    of: str
    ticks: tuple[Tick, ...]
    ranges: tuple[Range, ...]


def numbers(sides: Sides) -> Drawing | None:
    """The figures of the sides; None where fewer than two differ."""
    given = _grouped(sides, _figure)
    values = [value for _, bounds, _ in given for value in bounds if value is not None]
    if len({bounds for _, bounds, _ in given}) < 2 or max(values) <= 0:
        return None
    units = [s.counted.quantity.unit for _, told in sides for s in told if s.counted.quantity is not None]
    step = nice_step(max(values) * 1.08 / _TICKS)
    top = step * (int(max(values) * 1.08 / step) + 1)
    ticks = tuple(Tick(step * n / top, amount(step * n, step * n)) for n in range(round(top / step) + 1))
    return Drawing(str(units[0]), ticks, _ranges(given, lambda value: value / top, amount))


def dates(sides: Sides) -> Drawing | None:
    """The times of the sides; None where fewer than two differ."""
    given = _grouped(sides, _time)
    values = [date.fromordinal(int(value)) for _, bounds, _ in given for value in bounds if value is not None]
    if len({bounds for _, bounds, _ in given}) < 2:
        return None
    scale: TimeScale = time_scale(values, 0.0, 1.0)
    ticks = tuple(Tick(at, label) for at, label, _ in scale.ticks(_APART))

    def words(low: float | None, high: float | None) -> str:
        return days(_day(low), _day(high))

    return Drawing("days", ticks, _ranges(given, lambda value: scale.x(date.fromordinal(int(value))), words))


def _grouped(
    sides: Sides, bounds_of: Callable[[Statement], Bounds | None]
) -> list[tuple[int, Bounds, list[Statement]]]:
    """The claims of each side by the bounds they give, lowest first; claims that give none are left out."""
    found: dict[tuple[int, Bounds], list[Statement]] = {}
    for number, told in sides:
        for statement in told:
            bounds = bounds_of(statement)
            if bounds is not None and bounds != (None, None):
                found.setdefault((number, bounds), []).append(statement)
    ranked = sorted(found, key=lambda key: (key[0], _place(key[1])))
    return [(number, bounds, found[number, bounds]) for number, bounds in ranked][:MOST]


def _place(bounds: Bounds) -> tuple[float, float]:
    known = [value for value in bounds if value is not None]
    return min(known), max(known)


def _figure(statement: Statement) -> Bounds | None:
    quantity = statement.counted.quantity
    return None if quantity is None else (quantity.low, quantity.high)


def _time(statement: Statement) -> Bounds | None:
    time = statement.counted.time
    return None if time is None else (_ordinal(time.earliest), _ordinal(time.latest))


def _ordinal(day: str | None) -> float | None:
    """A day as a number, None for an open end and for what is no day of the calendar."""
    try:
        return None if day is None else float(date.fromisoformat(day).toordinal())
    except ValueError:
        return None


def _day(value: float | None) -> str | None:
    return None if value is None else date.fromordinal(int(value)).isoformat()


def _ranges(
    given: Iterable[tuple[int, Bounds, list[Statement]]],
    place: Callable[[float], float],
    words: Callable[[float | None, float | None], str],
) -> tuple[Range, ...]:
    return tuple(
        Range(
            number,
            words(low, high),
            0.0 if low is None else place(low),
            1.0 if high is None else place(high),
            low is None,
            high is None,
            len(told),
            tuple(dict.fromkeys(statement.voice for statement in told)),
        )
        for number, (low, high), told in given
    )
