"""The sides of a dispute on one axis: figures as ranges of numbers, dates as ranges of days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.charts.paper import text
from dateline.charts.scales import TimeScale, nice_step, time_scale
from dateline.charts.words import ENGLISH, ChartWords
from dateline.export.words import days

MOST = 24
"""Ranges that a drawing has at most."""

_TICKS = 5
_APART = 0.11
"""Least distance of two ticks of time, as a part of the axis."""

_ROW, _TOP = 38, 30
_SIDES = ("#2f6690", "#9a6700", "#6639ba", "#1a7f5a")
_INK, _PALE, _GRID = "#1b1f24", "#57606a", "#c4ccd4"

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Given:
    """What one claim of a side gives: its figure with the unit, its days (ISO), and who says so; None: it has none."""

    figure: Bounds | None
    unit: str
    time: tuple[str | None, str | None] | None
    voice: str


Sides = Sequence[tuple[int, Sequence[Given]]]
"""The number of each side and what its claims give."""


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


def numbers(sides: Sides, words: ChartWords = ENGLISH) -> Drawing | None:
    """The figures of the sides; None where fewer than two differ."""
    given = _grouped(sides, lambda one: one.figure)
    values = [value for _, bounds, _ in given for value in bounds if value is not None]
    if len({bounds for _, bounds, _ in given}) < 2 or max(values) <= 0:
        return None
    units = [one.unit for _, told in sides for one in told if one.figure is not None]
    step = nice_step(max(values) * 1.08 / _TICKS)
    top = step * (int(max(values) * 1.08 / step) + 1)
    ticks = tuple(Tick(step * n / top, words.amount(step * n, step * n)) for n in range(round(top / step) + 1))
    return Drawing(units[0], ticks, _ranges(given, lambda value: value / top, words.amount))


def dates(sides: Sides, words: ChartWords = ENGLISH) -> Drawing | None:
    """The times of the sides; None where fewer than two differ."""
    given = _grouped(sides, _time)
    values = [date.fromordinal(int(value)) for _, bounds, _ in given for value in bounds if value is not None]
    if len({bounds for _, bounds, _ in given}) < 2:
        return None
    scale: TimeScale = time_scale(values, 0.0, 1.0)
    ticks = tuple(Tick(at, label) for at, label, _ in scale.ticks(_APART, words.months))

    def told(low: float | None, high: float | None) -> str:
        return days(_day(low), _day(high))

    return Drawing("days", ticks, _ranges(given, lambda value: scale.x(date.fromordinal(int(value))), told))


def ranges_svg(drawing: Drawing, *, title: str, width: int | None = None, words: ChartWords = ENGLISH) -> str:
    """A drawing as SVG. `title` is its text alternative.

    Without a `width` it is as wide as the page has room, and the page's style sheet gives its colours (`.tick`,
    `.tick-label`, `.value`, `.side-1` to `.side-4`); with one, in pixels, it has its own and stands alone.
    """
    height = _TOP + len(drawing.ranges) * _ROW + 4
    size = (
        f'width="100%" height="{height}"'
        if width is None
        else f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        "font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\""
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{text(title)}">',
            f"<title>{text(title)}</title>",
            *_axis(drawing, height, width),
            *(
                line
                for number, one in enumerate(drawing.ranges)
                for line in _row(one, _TOP + number * _ROW + 8, width, words)
            ),
            "</svg>",
        ]
    )


def alternative(drawing: Drawing, side: str, claims: Callable[[int], str]) -> str:
    """The drawing in words: "Side 1: 900–1,000, 3 claims." and so on; `side` is the word, `claims` counts them."""
    return " ".join(f"{side} {one.side}: {one.label}, {claims(one.claims)}." for one in drawing.ranges)


def _at(part: float, width: int | None) -> str:
    """Where a part of the axis stands, 0 to 1: in percent of a page, or in pixels."""
    share = 2 + part * 96
    return f"{share:.2f}%" if width is None else f"{share / 100 * width:.1f}"


def _axis(drawing: Drawing, height: int, width: int | None) -> Iterator[str]:
    stroke, fill = ("", "") if width is None else (f' stroke="{_GRID}"', f' font-size="11" fill="{_PALE}"')
    for tick in drawing.ticks:
        x = _at(tick.at, width)
        anchor = "start" if tick.at < 0.03 else "end" if tick.at > 0.97 else "middle"
        yield f'<line class="tick" x1="{x}" x2="{x}" y1="20" y2="{height}"{stroke}/>'
        yield f'<text class="tick-label" x="{x}" y="13" text-anchor="{anchor}"{fill}>{text(tick.label)}</text>'


def _row(one: Range, y: int, width: int | None, words: ChartWords) -> Iterator[str]:
    side = (one.side - 1) % len(_SIDES)
    fill = "" if width is None else f' fill="{_SIDES[side]}"'
    yield f'<g class="side-{side + 1}"{fill}>'
    if one.end - one.start < 0.012:
        yield f'<circle cx="{_at((one.start + one.end) / 2, width)}" cy="{y}" r="5"/>'
    else:
        long = one.end - one.start
        across = f"{long * 96:.2f}%" if width is None else f"{long * 0.96 * width:.1f}"
        yield f'<rect x="{_at(one.start, width)}" y="{y - 4}" width="{across}" height="8" rx="2"/>'
    if one.open_end:
        yield _arrow(_at(one.end, width), y, "M-2 -8l9 8l-9 8z")
    if one.open_start:
        yield _arrow(_at(one.start, width), y, "M2 -8l-9 8l9 8z")
    low = one.start < 0.5
    count = f" ({words.claims.format(one.claims)})" if one.claims > 1 else ""
    ink = "" if width is None else f' font-size="12" fill="{_INK}"'
    yield (
        f'<text class="value" x="{_at(one.start if low else one.end, width)}" y="{y + 19}" '
        f'text-anchor="{"start" if low else "end"}"{ink}>{one.side}: {text(one.label)}{count}</text>'
    )
    yield "</g>"


def _arrow(x: str, y: int, path: str) -> str:
    return f'<svg x="{x}" y="{y}" overflow="visible"><path d="{path}"/></svg>'


def _grouped(sides: Sides, bounds_of: Callable[[Given], Bounds | None]) -> list[tuple[int, Bounds, list[Given]]]:
    """The claims of each side by the bounds they give, lowest first; claims that give none are left out."""
    found: dict[tuple[int, Bounds], list[Given]] = {}
    for number, told in sides:
        for one in told:
            bounds = bounds_of(one)
            if bounds is not None and bounds != (None, None):
                found.setdefault((number, bounds), []).append(one)
    ranked = sorted(found, key=lambda key: (key[0], _place(key[1])))
    return [(number, bounds, found[number, bounds]) for number, bounds in ranked][:MOST]


def _place(bounds: Bounds) -> tuple[float, float]:
    known = [value for value in bounds if value is not None]
    return min(known), max(known)


def _time(one: Given) -> Bounds | None:
    return None if one.time is None else (_ordinal(one.time[0]), _ordinal(one.time[1]))


def _ordinal(day: str | None) -> float | None:
    """A day as a number, None for an open end and for what is no day of the calendar."""
    try:
        return None if day is None else float(date.fromisoformat(day).toordinal())
    except ValueError:
        return None


def _day(value: float | None) -> str | None:
    return None if value is None else date.fromordinal(int(value)).isoformat()


def _ranges(
    given: Iterable[tuple[int, Bounds, list[Given]]],
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
            tuple(dict.fromkeys(one.voice for one in told)),
        )
        for number, (low, high), told in given
    )
