"""Days of one act that exclude each other."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import TimeBasis
from dateline.reconcile.disputes.phrases import when
from dateline.reconcile.disputes.standing import HELD
from dateline.reconcile.disputes.tellings import SHORT, Position, Telling

SLIP = 1
"""Days between two days that are told apart only by the clock or the day of the report (time zones, night acts)."""

_DAY = 3


def dated_positions(told: Iterable[Telling]) -> list[Position]:
    """The windows that overlap, as one side each; what happened and what is planned are not set against each other."""
    sides: list[tuple[int, int, list[Telling]]] = []
    known = [t for t in told if _is_day(t)]
    for telling in sorted(known, key=lambda t: (t.start, t.last, t.claim.id)):
        first, last = telling.start, telling.last
        if sides and _touches(sides[-1][:2], (first, last)):
            start, end, group = sides[-1]
            sides[-1] = (max(start, first), min(max(end, first), last), [*group, telling])
        else:
            sides.append((first, last, [telling]))
    return [Position(when(start, end), tuple(group)) for start, end, group in sides]


def _is_day(telling: Telling) -> bool:
    time = telling.claim.time
    stated = time is not None and time.basis is not TimeBasis.PUBLISHED
    done = telling.claim.stance in HELD
    return stated and done and telling.dated and telling.width <= SHORT


def _touches(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two windows share a day; single days a day apart are one."""
    exact = one[1] - one[0] <= _DAY and other[1] - other[0] <= _DAY
    return other[0] <= one[1] + (SLIP if exact else 0)
