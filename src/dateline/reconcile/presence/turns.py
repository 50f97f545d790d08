"""Readings of one force in one place as turns in time: it was seen, came, was counted, left in part, was gone.

Each turn is one act or state however often it is told, so that nothing is counted twice. Where it lies in time:

- A day that a claim gives is that day. A window (a month, "in recent days") means at least one day in it (Security
  Force Monitor's imprecise range); tellings whose windows overlap are narrowed to what they share.
- An act known by a window up to a month is put at its middle (ACLED's convention for dates known by month) and marked
  imprecise; of a longer one only its end is sure. A state holds from the first day that is said.
- What is told without a time is dated by its report, and joins what is dated before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dateline.reconcile.presence.figures import MORE_THAN, UNSAID, Range, range_of, together
from dateline.reconcile.presence.readings import Act, Reading
from dateline.reconcile.presence.sightings import BEGINNING

MONTH = timedelta(days=31)
MOMENT = timedelta(days=7)
"""Figures said of days within a week, with no coming or going told between, are rival tellings of one strength."""

RETOLD = timedelta(days=62)
"""An arrival or departure of the same size is told again within two months, not repeated."""

DAY_SHIFT = timedelta(days=1)
"""Time zones and night flights move a day."""

NEWS_LAG = timedelta(days=2)
"""What is told as news without a day happened up to two days before."""

_ORDER = {Act.ARRIVED: 0, Act.SEEN: 1, Act.FIGURE: 2, Act.LEFT: 3, Act.GONE: 4}
_AFTERWARDS = 5
_RECENT = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """One act or state; `day` is where it is put, `first`/`last` the days between which it lies.

    `news` says that no telling gives a day but that of its report, `inherited` that it is told of the whole country.
    """

    act: Act
    day: date
    first: date
    last: date
    dated: bool
    readings: tuple[Reading, ...]
    figure: Range = UNSAID
    asserted: bool = False
    news: bool = False
    inherited: bool = False

    @property
    def precise(self) -> bool:
        """Whether a claim gives its day."""
        return self.dated and self.first == self.last and not self.news

    @property
    def order(self) -> tuple[date, int, str]:
        """By day; on one day coming before being counted before leaving, and what remains or is recalled last."""
        stays = self.act in (Act.FIGURE, Act.SEEN) and any(reading.remain for reading in self.readings)
        recalled = self.act in (Act.FIGURE, Act.SEEN) and not self.dated
        place = _AFTERWARDS if stays or recalled else _ORDER[self.act]
        return (self.day, place, self.readings[0].id)


def turns(readings: Iterable[Reading]) -> list[Turn]:
    """The turns in order of time, the same whatever the order of the readings."""
    acts: dict[Act, list[Reading]] = {act: [] for act in Act}
    for reading in sorted(readings, key=lambda r: r.id):
        acts[reading.act].append(reading)
    moves = [turn for told in _told_once(acts[Act.ARRIVED]) for turn in _arrivals(told)]
    moves += [_turn(Act.GONE, told) for told in _told_once(acts[Act.GONE])]
    moves += _departures(acts[Act.LEFT])
    seen = [_state(Act.SEEN, [reading]) for reading in acts[Act.SEEN]]
    return sorted([*moves, *seen, *_counts(acts[Act.FIGURE], moves)], key=lambda turn: turn.order)


@dataclass(slots=True)
class _Told:
    """Tellings of one act, and the days they share; `since` is the beginning of a time over which it was counted."""

    first: date
    last: date
    dated: bool
    readings: list[Reading] = field(default_factory=list)
    since: date | None = None

    @property
    def news(self) -> bool:
        """Whether no telling gives a day but that of its report."""
        return all(reading.window.news for reading in self.readings)


def _told_once(readings: Sequence[Reading]) -> list[_Told]:
    """Tellings of acts grouped by the time they share: the narrowest first, those without a time last.

    The groups never overlap, so one search finds where a telling belongs: the first group it can mean, or for one
    without a time the last before its report.
    """
    groups: list[_Told] = []
    for reading in sorted((r for r in readings if r.window.dated), key=_narrowest_first):
        window = reading.window
        slack = NEWS_LAG if window.news else DAY_SHIFT
        near = _near(groups, minus(window.first, slack), plus(window.last, slack))
        if near is None or not _grew(near, reading):
            _put(groups, near, _Told(window.first, window.last, dated=True, readings=[reading]))
        else:
            at_end = _near(groups, window.last, window.last)
            _put(groups, at_end, _Told(window.last, window.last, True, [reading], since=window.first))
    for reading in sorted((r for r in readings if not r.window.dated), key=lambda r: (r.window.last, r.id)):
        at = bisect_right(groups, reading.window.last, key=lambda group: group.first) - 1
        if at >= 0:
            groups[at].readings.append(reading)
        else:
            groups.insert(0, _Told(reading.window.last, reading.window.last, dated=False, readings=[reading]))
    return groups


def _near(groups: Sequence[_Told], first: date, last: date) -> _Told | None:
    """The first group between two days."""
    at = bisect_left(groups, first, key=lambda group: group.last)
    return groups[at] if at < len(groups) and groups[at].first <= last else None


def _put(groups: list[_Told], near: _Told | None, told: _Told) -> None:
    """Join a telling to a group, narrowed to the days both share, or make it one of its own."""
    if near is None:
        groups.insert(bisect_left(groups, told.first, key=lambda group: group.last), told)
        return
    if told.first <= near.last and near.first <= told.last:
        near.first, near.last = max(near.first, told.first), min(near.last, told.last)
    near.readings.extend(told.readings)


def _narrowest_first(reading: Reading) -> tuple[int, bool, date, str]:
    window = reading.window
    return (window.days, window.news, window.last, reading.id)


def _grew(group: _Told, reading: Reading) -> bool:
    """Whether a count over a long time is clearly more than what came at one point of it: of several comings."""
    if reading.act is not Act.ARRIVED or reading.window.days <= MONTH.days or reading.low is None:
        return False
    most = max((r.low for r in group.readings if r.low is not None), default=None)
    return most is not None and reading.low > most * MORE_THAN


def minus(day: date, span: timedelta) -> date:
    """The day so much earlier, or the first there is."""
    return day - span if day - date.min > span else date.min


def plus(day: date, span: timedelta) -> date:
    """The day so much later, or the last there is."""
    return day + span if date.max - day > span else date.max


def _placed(first: date, last: date) -> date:
    """Where an act between two days is put: in the middle of up to a month, else at the end."""
    return first + (last - first) / 2 if last - first <= MONTH else last


def _turn(act: Act, told: _Told, figure: Range = UNSAID) -> Turn:
    day, first = _placed(told.first, told.last), told.since or told.first
    readings = tuple(told.readings)
    return Turn(act, day, first, told.last, told.dated, readings, figure, asserted=True, news=told.news)


def _arrivals(told: _Told) -> Iterable[Turn]:
    """An arrival; one counted over a time is a presence from its beginning, and a number at its end."""
    counts = [Range(r.low, r.high) for r in told.readings if r.counted]
    figure = _came(counts)
    over_time = told.last - told.first > MONTH and told.first != BEGINNING
    if over_time and any(r.cumulative for r in told.readings):
        yield replace(_turn(Act.ARRIVED, told), day=told.first)
    yield _turn(Act.ARRIVED, told, figure)


def _came(counts: Sequence[Range]) -> Range:
    """How many came by all tellings: at least so many by one count, between the lowest and the highest by several."""
    lows = sorted({count.low for count in counts if count.low is not None})
    if not lows:
        return UNSAID
    return Range(lows[0], None, bound=True) if len(lows) == 1 else Range(lows[0], lows[-1])


def _departures(readings: Sequence[Reading]) -> list[Turn]:
    """Departures of a part: those of one size told within two months are one, put where they are told first."""
    found: list[Turn] = []
    placed = sorted((_left_on(r), not r.window.dated, r.id, r) for r in readings)
    for day, _, _, reading in placed:
        recent = range(len(found) - 1, max(-1, len(found) - 1 - _RECENT), -1)
        again = next((i for i in recent if _same_departure(found[i], reading, day)), None)
        if again is not None:
            found[again] = replace(found[again], readings=(*found[again].readings, reading))
            continue
        window = reading.window
        first = window.first if window.dated else window.last
        found.append(
            Turn(Act.LEFT, day, first, window.last, window.dated, (reading,), range_of(reading), True, window.news)
        )
    return found


def _left_on(reading: Reading) -> date:
    """The day by which they had left: what is said of a long time holds at its end."""
    window = reading.window
    return _placed(window.first, window.last) if window.dated and reading.whole is None else window.last


def _same_departure(turn: Turn, reading: Reading, day: date) -> bool:
    if day - turn.day > RETOLD:
        return False
    before = turn.readings[0]
    if reading.share is not None or before.share is not None:
        return reading.share == before.share
    if not reading.counted or not before.counted:
        return not reading.counted and not before.counted
    return (reading.whole or before.whole) == (before.whole or reading.whole) and turn.figure.agrees(range_of(reading))


def _state(act: Act, readings: Sequence[Reading], figure: Range = UNSAID) -> Turn:
    """A state, from the first day it is said of; said without a beginning, it is sure at its end only."""
    day, reading = min(((_holds_from(r), r) for r in readings), key=lambda pair: (pair[0], pair[1].id))
    window = reading.window
    first, last = (day, window.last) if window.dated else (day, day)
    dated = any(r.window.dated for r in readings)
    return Turn(act, day, first, max(first, last), dated, tuple(readings), figure)


def _holds_from(reading: Reading) -> date:
    window = reading.window
    since_known = window.dated and not window.open and not (reading.remain and reading.counted)
    return window.first if since_known else window.last


def _counts(readings: Sequence[Reading], moves: Sequence[Turn]) -> list[Turn]:
    """Figures of the strength; those of one moment are one turn with a range."""
    moved = sorted(turn.day for turn in moves if turn.dated)
    groups: list[list[Reading]] = []
    anchor = BEGINNING
    for day, _, reading in sorted((_holds_from(r), r.id, r) for r in readings):
        apart = bisect_right(moved, day) != bisect_right(moved, anchor)
        if not groups or day - anchor > MOMENT or apart or not _of_one_moment(groups[-1], reading):
            groups.append([])
            anchor = day
        groups[-1].append(reading)
    return [_state(Act.FIGURE, group, together([range_of(r) for r in group])) for group in groups]


def _of_one_moment(group: Sequence[Reading], reading: Reading) -> bool:
    """Whether both speak of about the same days: a month's figure is no rival of a day's, nor a recollection."""
    first = group[0].window
    wide = (first.days > MOMENT.days) != (reading.window.days > MOMENT.days)
    return first.dated == reading.window.dated and not (wide and first.dated)
