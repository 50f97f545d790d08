"""Figures of strength side by side: whether two agree, what several come to, which one is out of all proportion.

A strength is never a sum, and never one figure chosen among several: which number to take (the lowest, the best, the
newest) is a policy, and policies are views (`policies`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.model import Scope, Stance
from dateline.reconcile.presence.readings import Act, Reading
from dateline.reconcile.presence.sightings import Sighting

ROUNDING = 0.1
"""Figures within a tenth of each other only round differently ("nearly 1,000", 950)."""

MORE_THAN = 1.25
""" "More than 1,000" is read as up to a quarter more where it is held against another figure."""

SPREAD = 1.25
"""How wide figures that only round differently may lie apart in one step, so that no step creeps on for ever."""

MAGNITUDE = 10
"""A figure this many times above or below all others of its time is taken for a mistake: an order of magnitude."""

ALONE = 50
"""The same with only one other figure to hold it against."""

NEAR = timedelta(days=180)
_VOTES = 25
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Range:
    """How many, as bounds; None is an open bound. `bound` marks a figure that bounds the whole from below only."""

    low: float | None
    high: float | None
    bound: bool = False

    @property
    def said(self) -> bool:
        """Whether a number is said at all."""
        return self.low is not None or self.high is not None

    @property
    def empty(self) -> bool:
        """Whether it is nobody."""
        return self.low == 0 and self.high == 0

    @property
    def limits(self) -> tuple[float, float]:
        """The figures it is likely to mean, for holding it against another."""
        low = 0.0 if self.low is None else self.low
        if self.high is not None:
            return low, self.high
        return low, float("inf") if self.bound else low * MORE_THAN

    @property
    def most(self) -> float | None:
        """An upper bound once some have left: "more than 1,500" of which a convoy went is up to 1,500."""
        return self.low if self.high is None and not self.bound else self.high

    def agrees(self, other: Range) -> bool:
        """Whether both can be one figure, rounded differently."""
        (low, high), (least, most) = self.limits, other.limits
        return low <= most * (1 + ROUNDING) and least <= high * (1 + ROUNDING)

    def joined(self, other: Range) -> Range:
        """Both as one range, for figures that agree: an open bound gives way to a bound that is said."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Range(min(lows, default=None), max(highs, default=None), self.bound and other.bound)

    @property
    def tight(self) -> bool:
        """Whether its bounds lie as near to each other as figures that only round differently."""
        low, high = self.limits
        return high <= low * SPREAD


UNSAID = Range(None, None)
NOBODY = Range(0, 0)


def range_of(reading: Reading) -> Range:
    """The figure of a reading."""
    return Range(reading.low, reading.high, reading.bound)


def together(ranges: Sequence[Range]) -> Range:
    """What several figures said of one time come to: from the lowest to the highest (UCDP keeps low and high too).

    Figures for bases or parts do not add up: the largest bounds the whole from below, and lifts the range only where
    it lies above every figure for the whole.
    """
    totals = [one for one in ranges if not one.bound]
    least = max((one.low for one in ranges if one.bound and one.low is not None), default=None)
    if not totals:
        return Range(least, None, bound=True)
    low = None if any(one.low is None for one in totals) and len(totals) == 1 else _least(totals)
    high = _most(totals)
    if least is not None and high is not None and least > high * (1 + ROUNDING):
        high = None
    return Range(low, high)


def _least(totals: Iterable[Range]) -> float | None:
    return min((one.low for one in totals if one.low is not None), default=None)


def _most(totals: Sequence[Range]) -> float | None:
    """The highest upper bound; "more than 1,000" opens it only where it starts above all of them."""
    said = max((one.high for one in totals if one.high is not None), default=None)
    if said is None:
        return None
    return None if any(one.high is None and (one.low or 0) > said * (1 + ROUNDING) for one in totals) else said


def outliers(readings: Iterable[Reading], sightings: Sequence[Sighting]) -> frozenset[str]:
    """Claims whose figure is out of all proportion to the others of its half-year ("hundreds of thousands" for 1,500).

    Held against it are the figures of other reports, those of plans and allegations too: they tell the magnitude,
    if not the strength. With one other figure only, the difference must be greater. "A few stay behind" is no figure
    out of proportion: it says itself that they are few.
    """
    votes = sorted((s.window.last, _middle(Range(*_bounds(s))), s.claim.document) for s in sightings if _votes(s))
    days = [day for day, _, _ in votes]
    return frozenset(
        reading.id
        for reading in readings
        if reading.act is Act.FIGURE
        and reading.counted
        and not reading.few
        and _out_of_proportion(reading, votes, days)
    )


def departed_as_remaining(readings: Iterable[Reading]) -> frozenset[str]:
    """Claims that give the number of those who left as that of those who remain, a slip that copies make.

    "10,500 remain", where others tell that month that 10,500 of 13,800 have left: the same number, and not the rest.
    """
    told = list(readings)
    left = [one for one in told if one.act is Act.LEFT and one.whole is not None and one.low is not None]
    found = set()
    for one in (r for r in told if r.act is Act.FIGURE and r.low is not None and left):
        for gone in left:
            rest = Range(None, (gone.whole or 0) - (gone.low or 0))
            near = abs(one.window.last - gone.window.last) <= _MONTH
            if near and _same_number(one.low, gone.low) and not rest.agrees(Range(one.low, one.low)):
                found.add(one.id)
    return frozenset(found)


def _same_number(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= 0.02 * other


def _bounds(sighting: Sighting) -> tuple[float | None, float | None]:
    quantity = sighting.claim.quantity
    return (None, None) if quantity is None else (quantity.low, quantity.high)


def _votes(sighting: Sighting) -> bool:
    """Whether its figure tells the magnitude of the whole force."""
    quantity = sighting.claim.quantity
    if quantity is None or not sighting.counted or sighting.empty or sighting.claim.stance is Stance.DENIED:
        return False
    return quantity.scope in (Scope.TOTAL, Scope.REMAINING)


def _out_of_proportion(reading: Reading, votes: Sequence[tuple[date, float, str]], days: Sequence[date]) -> bool:
    last, own = reading.window.last, _middle(range_of(reading))
    if own <= 0:
        return False
    here = bisect_left(days, last)
    first = max(bisect_left(days, _before(last)), here - _VOTES)
    end = min(bisect_right(days, _after(last)), here + _VOTES)
    document = reading.sighting.claim.document
    others = [value for _, value, report in votes[first:end] if report != document and value > 0]
    if not others:
        return False
    factor = MAGNITUDE if len(others) > 1 else ALONE
    if all(own >= factor * other for other in others):
        return True
    return not reading.bound and len(others) > 1 and all(own * factor <= other for other in others)


def _before(day: date) -> date:
    return day - NEAR if day - date.min > NEAR else date.min


def _after(day: date) -> date:
    return day + NEAR if date.max - day > NEAR else date.max


def _middle(figure: Range) -> float:
    """One number for the magnitude of a figure."""
    low = figure.high if figure.low is None else figure.low
    high = figure.low if figure.high is None else figure.high
    return 0.0 if low is None or high is None else (low + high) / 2
