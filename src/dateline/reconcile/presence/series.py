"""The strength of one force in one place through time, as intervals that meet: turns swept from the first to the last.

Each turn extends the open interval or begins a new one:

- A figure that only rounds differently extends it; another begins a new one. Absence of reports ends nothing.
- A first arrival is the known strength from below. A later one opens the upper bound and is never added: it may count
  the same men. What remains replaces.
- A departure of counted men takes them off the figure before it, whichever of several departures overlap: the result
  lies between taking off all and taking off the largest. A share ("half") changes the range, not the beginning. A
  departure without a number opens the lower bound.
- A figure without a time that comes after a departure looks back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateline.reconcile.presence.figures import NOBODY, ROUNDING, UNSAID, Range
from dateline.reconcile.presence.readings import Act, Reading
from dateline.reconcile.presence.sightings import BEGINNING
from dateline.reconcile.presence.turns import MOMENT, RETOLD, Turn

CLEARLY = 0.8
"""At least this share of those who stood there are taken for all of them, where no word makes them a part."""

NEARLY_NONE = 0.05


@dataclass(slots=True)
class Interval:
    """A stretch of one strength: what began it, what gives its number, who was seen in it, what speaks against it.

    `before` is the strength from which departures are taken off, `taken` those that were, `basis` the claims that
    gave the strength before, where this one is derived from it.
    """

    start: date
    turn: Turn
    figure: Range
    asserted: bool = False
    numbers: list[Reading] = field(default_factory=list)
    seen: list[Reading] = field(default_factory=list)
    against: list[Reading] = field(default_factory=list)
    before: Range = UNSAID
    taken: list[Range] = field(default_factory=list)
    basis: list[Reading] = field(default_factory=list)

    @property
    def act(self) -> Act:
        """What began it."""
        return self.turn.act

    @property
    def gone(self) -> bool:
        """Whether nobody is there."""
        return self.figure.empty


def intervals(turns: Sequence[Turn]) -> list[Interval]:
    """Intervals in order of time, each ending on the day before the next begins; the last is open."""
    sweep = _Sweep()
    for turn in turns:
        _TAKES[turn.act](sweep, turn)
    return sweep.found


class _Sweep:
    """The intervals found so far; each method takes one turn, and turns come in order of time."""

    def __init__(self) -> None:
        self.found: list[Interval] = []
        self.left: Turn | None = None

    @property
    def now(self) -> Interval | None:
        """The open interval."""
        return self.found[-1] if self.found else None

    def _open(self, turn: Turn, figure: Range) -> None:
        """Begin the first interval; one told without a time after the country was left is of the time before."""
        self.begin(turn, figure)
        if self.left is not None and not turn.dated and len(self.found) == 1:
            self.found[0].start, self.found[0].asserted = BEGINNING, False
            self.begin(self.left, NOBODY)

    def see(self, turn: Turn) -> None:
        """The force was there, without a number."""
        now = self.now
        if now is None or (now.gone and turn.dated):
            self._open(turn, UNSAID)
        elif not now.gone:
            now.seen.extend(turn.readings)

    def arrive(self, turn: Turn) -> None:
        """The force came, or more of it did."""
        now = self.now
        if now is None or (now.gone and turn.dated):
            self._open(turn, turn.figure)
        elif now.gone:
            return
        elif not now.figure.said:
            self._number(now, turn)
        elif self._told_before(turn) or not _further(turn):
            now.seen.extend(turn.readings)
        else:
            low = max((one for one in (now.figure.low, turn.figure.low) if one is not None), default=None)
            if now.figure.high is None and low == now.figure.low:
                now.seen.extend(turn.readings)
            else:
                basis = [*now.basis, *now.numbers] if low == now.figure.low else []
                self.begin(turn, Range(low, None, bound=True))
                self.found[-1].basis = basis

    def _told_before(self, turn: Turn) -> bool:
        """Whether it is the arrival of the open interval told once more: the same size, and no word of more."""
        if any(reading.more for reading in turn.readings) or not turn.figure.said:
            return False
        return any(
            one.act is Act.ARRIVED and turn.day - one.start <= RETOLD and one.turn.figure.agrees(turn.figure)
            for one in self.found[-3:]
        )

    def count(self, turn: Turn) -> None:
        """The force was counted."""
        now = self.now
        if now is None:
            self._open(turn, turn.figure)
        elif now.gone:
            if turn.dated:
                self.begin(turn, turn.figure)
            else:
                self._recall(turn)
        elif not now.figure.said:
            self._number(now, turn)
        elif turn.figure.bound:
            self._at_least(now, turn)
        elif now.act is Act.LEFT and not turn.dated and not now.figure.agrees(turn.figure):
            self._recall(turn)
        else:
            self._compare(now, turn)

    def _number(self, now: Interval, turn: Turn) -> None:
        """A number where none was said: of the whole interval if it has just begun, else from that day on."""
        if not turn.figure.said:
            now.seen.extend(turn.readings)
        elif turn.day - now.start <= MOMENT and now.act is not Act.LEFT:
            now.figure = turn.figure
            now.numbers.extend(turn.readings)
            if turn.act is Act.ARRIVED and not now.asserted:
                now.turn, now.asserted = turn, True
        elif not turn.dated and now.act is Act.LEFT:
            now.seen.extend(turn.readings)
        else:
            self.begin(turn, turn.figure)

    def _at_least(self, now: Interval, turn: Turn) -> None:
        """A figure for a part of the force or country: it bounds the whole from below."""
        least, figure = turn.figure.low or 0, now.figure
        if figure.high is not None and turn.figure.agrees(Range(figure.low, figure.high)):
            if figure.low is None and least > 0:
                self.begin(turn, Range(min(least, figure.high), figure.high))
            else:
                now.seen.extend(turn.readings)
        elif turn.figure.agrees(Range(0, figure.low)) and figure.high is None:
            now.seen.extend(turn.readings)
        elif turn.dated:
            self.begin(turn, turn.figure)
        else:
            now.seen.extend(turn.readings)

    def _compare(self, now: Interval, turn: Turn) -> None:
        """A figure for the whole, against the one that holds."""
        both = now.figure.joined(turn.figure)
        told = now.act is Act.FIGURE or (now.act is Act.ARRIVED and bool(now.numbers))
        if now.figure == turn.figure:
            now.numbers.extend(turn.readings)
        elif told and both.tight and now.figure.agrees(turn.figure):
            now.figure = both
            now.numbers.extend(turn.readings)
        else:
            self.begin(turn, turn.figure)

    def _recall(self, turn: Turn) -> None:
        """A figure that looks back: of the last interval before the departure, if it has none or the same."""
        earlier = next((one for one in reversed(self.found) if one.act is not Act.LEFT and not one.gone), None)
        if earlier is None:
            return
        if not earlier.figure.said and not turn.figure.empty:
            earlier.figure = turn.figure
            earlier.numbers.extend(turn.readings)
        elif earlier.figure.agrees(turn.figure):
            earlier.seen.extend(turn.readings)

    def leave(self, turn: Turn) -> None:
        """A part of the force left."""
        left = turn.readings[0]
        stood = Range(left.whole, left.whole) if left.counted else UNSAID
        if self.now is None and turn.day != BEGINNING:
            self.begin(turn, stood)
            self.found[-1].start, self.found[-1].asserted = BEGINNING, False
        now = self.now
        if now is None:
            self.begin(turn, UNSAID)
            return
        if now.gone:
            return
        if not now.figure.said and stood.said and now.act is not Act.LEFT:
            now.figure = stood
            now.numbers.extend(turn.readings)
        before = now.before if now.taken else now.figure
        taken = [*now.taken, turn.figure]
        figure = _remaining(left, now.figure, before, taken)
        if figure == now.figure or _more_than_stood(left, now.figure):
            now.seen.extend(turn.readings)
            return
        basis = [*now.basis, *now.numbers] if left.whole is None or before.agrees(stood) else []
        self.begin(turn, figure)
        if not figure.empty:
            self.found[-1].basis = basis
            if turn.figure.said and left.whole is None:
                self.found[-1].before, self.found[-1].taken = before, taken

    def go(self, turn: Turn) -> None:
        """All of the force left."""
        now = self.now
        if now is not None and now.gone:
            now.numbers.extend(() if turn.inherited else turn.readings)
            return
        if now is None and turn.inherited:
            self.left = turn
            return
        if now is None and turn.day != BEGINNING:
            self.begin(turn, UNSAID)
            self.found[-1].start, self.found[-1].asserted = BEGINNING, False
        self.begin(turn, NOBODY)

    def begin(self, turn: Turn, figure: Range) -> None:
        """Close the open interval and begin one; one without a day gives way, or if the first, its start is open."""
        now = self.now
        carried: list[Reading] = []
        if now is not None and now.start == turn.day:
            if turn.day != BEGINNING and len(self.found) == 1 and turn.act in (Act.LEFT, Act.GONE):
                now.start, now.asserted = BEGINNING, False
            else:
                self.found.pop()
                carried = [*now.numbers, *now.seen]
        fresh = Interval(turn.day, turn, figure, asserted=turn.asserted, seen=carried if not figure.empty else [])
        (fresh.numbers if figure.said else fresh.seen).extend(turn.readings)
        self.found.append(fresh)


_TAKES = {
    Act.SEEN: _Sweep.see,
    Act.ARRIVED: _Sweep.arrive,
    Act.FIGURE: _Sweep.count,
    Act.LEFT: _Sweep.leave,
    Act.GONE: _Sweep.go,
}


def _further(turn: Turn) -> bool:
    """Whether more came: at a stated time, counted, said to be more, or not only at a base of those who are there."""
    return turn.dated and (turn.figure.said or any(r.more or not r.local for r in turn.readings))


def _more_than_stood(left: Reading, now: Range) -> bool:
    """Whether more left than stood there by the newest figure, so that this one is of the time after they left."""
    if left.whole is not None or left.low is None or now.most is None:
        return False
    return left.low > now.most * (1 + ROUNDING)


def _remaining(left: Reading, now: Range, before: Range, taken: Sequence[Range]) -> Range:
    """How many are there after some left, as far as the words and the strength before tell."""
    if left.whole is not None and left.counted:
        gone_least, gone_most = left.low or 0, left.high if left.high is not None else left.whole
        return _floored(max(0, left.whole - gone_most), max(0, left.whole - gone_least))
    if left.share is not None:
        least, most = left.share
        rest = None if now.low is None else round(now.low * (1 - most))
        return Range(rest or None, None if now.high is None else round(now.high * (1 - least)))
    if not left.counted:
        return Range(None, now.most)
    if not left.partly and now.low and left.high is not None and left.high >= CLEARLY * now.low:
        return NOBODY
    largest = max((one.low for one in taken if one.low is not None), default=0)
    low: float | None = None
    if before.low is not None and all(one.high is not None for one in taken):
        low = max(0, before.low - sum(one.high or 0 for one in taken)) or None
    high = None if before.high is None else max(0, before.high - largest)
    return Range(low, high if high is None or high > 0 else None)


def _floored(low: float, high: float) -> Range:
    """Bounds of what is left; nobody where nothing is."""
    return NOBODY if high <= 0 else Range(low or None, high)


def last_day(found: Sequence[Interval], at: int) -> date | None:
    """The last day of an interval: the one before the next begins, None where it is open."""
    return found[at + 1].start - timedelta(days=1) if at + 1 < len(found) else None


def placed_against(found: Sequence[Interval], against: Iterable[tuple[date, Reading]]) -> None:
    """Put each reading that speaks against the presence to the interval of its day; before the first it is left out."""
    starts = [one.start for one in found]
    for day, reading in against:
        at = bisect_right(starts, day) - 1
        if at >= 0:
            found[at].against.append(reading)
