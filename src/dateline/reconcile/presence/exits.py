"""Which reports that a force is gone stand, held against later reports that it is there.

A presence ends when somebody says so and nobody sees the force afterwards. One early report ("have left", copied from
a plan) must not end what later reports of a stated day still see; a force that comes back does not undo its exit; and
a few who stay behind turn an exit into a reduction. What does not stand is kept as a claim against (Security Force
Monitor keeps a refuted claim with its conflict).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.reconcile.presence.figures import UNSAID
from dateline.reconcile.presence.readings import Act, Reading
from dateline.reconcile.presence.turns import DAY_SHIFT, Turn, minus, plus

STAY_BEHIND = timedelta(days=14)
"""Those who are said to remain within two weeks after an exit stayed behind."""

AGAIN = timedelta(days=90)
"""Seen again later than this after an exit that two origins tell, a force has come back unseen."""

WITHIN = timedelta(days=365)
_LOOSE = timedelta(days=7)
_ENOUGH = 50

Origins = Callable[[Sequence[Reading]], int]
"""How many independent origins tell some readings."""


@dataclass(frozen=True, slots=True)
class Held:
    """The turns that stand, and those held against the presence with the day from which they count."""

    turns: list[Turn]
    against: list[Turn]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Dated turns in which the force is there, and in which it comes, each in order of time with their days."""

    there: Sequence[Turn]
    there_days: Sequence[date]
    came_days: Sequence[date]

    def after(self, day: date, until: date) -> Sequence[Turn]:
        """Sightings after `day` up to `until` and before the force comes anew."""
        anew = bisect_right(self.came_days, day)
        if anew < len(self.came_days):
            until = min(until, self.came_days[anew] - DAY_SHIFT)
        return self.there[bisect_right(self.there_days, day) : bisect_right(self.there_days, until)][:_ENOUGH]

    def staying(self, gone: Turn) -> bool:
        """Whether within two weeks a few are said to stay, or the report of the exit itself says who stays."""
        first = bisect_left(self.there_days, gone.day)
        end = bisect_right(self.there_days, plus(gone.day, STAY_BEHIND))
        reports = {reading.sighting.claim.document for reading in gone.readings}
        return any(
            one.few or (one.remain and one.sighting.claim.document in reports)
            for turn in self.there[first:end]
            for one in turn.readings
        )


def held(turns: Sequence[Turn], origins: Origins) -> Held:
    """The turns without the exits that later sightings refute, and without lone sightings that an exit refutes."""
    there = [t for t in turns if t.act in (Act.SEEN, Act.FIGURE) and t.dated and not t.figure.empty]
    seen = _Seen(there, [t.day for t in there], [t.day for t in turns if t.act is Act.ARRIVED and t.dated])
    parts = [turn for turn in turns if turn.act is Act.LEFT]
    dropped: dict[str, Turn] = {}
    kept: list[Turn] = []
    for turn in turns:
        if turn.act is not Act.GONE:
            kept.append(turn)
            continue
        if seen.staying(turn):
            kept.append(replace(turn, act=Act.LEFT, figure=UNSAID))
            continue
        meanwhile = _in_part(turn, parts)
        if meanwhile:
            reports = {reading.sighting.claim.document for reading in turn.readings}
            if any(reading.sighting.claim.document not in reports for reading in meanwhile):
                dropped[turn.readings[0].id] = turn
            continue
        later = seen.after(_end(turn), plus(turn.day, WITHIN))
        if not later or _came_back(turn, later, origins):
            kept.append(turn)
        elif _outweighs(turn, later, origins):
            kept.append(turn)
            dropped.update((one.readings[0].id, one) for one in later)
        else:
            dropped[turn.readings[0].id] = turn
    standing = [turn for turn in kept if turn.readings[0].id not in dropped]
    return Held(sorted(standing, key=lambda turn: turn.order), sorted(dropped.values(), key=lambda turn: turn.order))


def _end(turn: Turn) -> date:
    """The day after which a sighting refutes an exit; an exit told in passing and without a time is weaker."""
    if turn.dated:
        return max(turn.last, turn.day)
    worded = any(reading.worded for reading in turn.readings)
    return turn.day if worded else max(date.min + _LOOSE, turn.day) - _LOOSE


def _in_part(turn: Turn, parts: Sequence[Turn]) -> list[Reading]:
    """Readings of a counted party or a share that left at the time of an exit without a word for the whole.

    The narrower account is the more careful one; words for the whole ("the last soldiers") outweigh it.
    """
    if any(reading.worded for reading in turn.readings):
        return []
    return [
        reading
        for other in parts
        if minus(other.first, STAY_BEHIND) <= turn.last and turn.first <= plus(other.last, STAY_BEHIND)
        for reading in other.readings
        if reading.counted or reading.share is not None
    ]


def _readings(turns: Sequence[Turn]) -> list[Reading]:
    return [reading for turn in turns for reading in turn.readings]


def _came_back(turn: Turn, later: Sequence[Turn], origins: Origins) -> bool:
    return later[0].day - turn.day > AGAIN and origins(turn.readings) > 1


def _outweighs(turn: Turn, later: Sequence[Turn], origins: Origins) -> bool:
    """Whether more origins tell the exit than see the force afterwards."""
    told = origins(turn.readings)
    return told > 1 and told > origins(_readings(later))
