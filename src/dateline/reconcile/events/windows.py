"""When an act must have happened if a claim tells of it: by its words, and by the day of its report."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dateline.model import Claim, Kind, Stance, TimeBasis

Window = tuple[int, int]
"""Two ordinals of days, inclusive."""

NEWS = 10
"""Days after an act within which a report still tells it as news."""

JUST = 4
"""Days before its report within which an act told in the present took place."""

ANNOUNCED = 7
"""Days before its report within which a plan was announced."""

TIGHT = 3
"""Days between the bounds of a time up to which it dates an act; a longer one only holds it."""

SEEN = 21
"""Days before a force is seen as news within which it came."""

VAGUE = 120
"""Days of a plan's time beyond which it has no date ("by the end of the year", "soon")."""

LEAD = 1000
"""Characters from the start of a report within which an act told without a time is its news."""


class Mode(StrEnum):
    """Whether a claim tells what happened (or is said, or denied to have), what is planned, or what might be."""

    DONE = "done"
    PLAN = "plan"
    CASE = "case"


def mode_of(stance: Stance) -> Mode:
    """What a claim of that stance tells; what is alleged or denied is said to have happened."""
    if stance is Stance.PLANNED:
        return Mode.PLAN
    return Mode.CASE if stance is Stance.CONDITIONAL else Mode.DONE


@lru_cache(maxsize=65536)
def day(text: str) -> int:
    """The ordinal of an ISO day."""
    return date.fromisoformat(text[:10]).toordinal()


def window(earliest: str | None, latest: str | None, said: int | None, mode: Mode) -> Window | None:
    """The bounds of a time; an open one lies within a year. What was done was done by the day of its report."""
    if earliest is None and latest is None:
        return None
    high = day(latest) if latest is not None else said
    low = day(earliest) if earliest is not None else None
    if high is None:
        high = (low or 0) + 366
    if low is None:
        low = max(1, high - 366)
    if mode is Mode.DONE and said is not None and high > said >= low and not calendar(low, high):
        high = said
    return (low, max(low, high))


def stated_window(claim: Claim, said: int | None, mode: Mode) -> Window | None:
    """The time in the claim's own words; the day of publication is none."""
    time = claim.time
    if time is None or time.basis is TimeBasis.PUBLISHED:
        return None
    return window(time.earliest, time.latest, said, mode)


def near_window(claim: Claim, stated: Window | None, said: int | None, recalled: bool) -> Window | None:
    """The window in which the act lies if the claim is a telling of it, None where nothing says.

    A window that reaches to the report and is no calendar month or year tells what was found out just now.
    """
    if claim.stance is Stance.DENIED and said is not None and (stated is None or said - stated[1] <= TIGHT):
        denied = said if stated is None else stated[1]
        return None if recalled else (denied - NEWS, denied)
    if stated is None:
        if said is None or recalled:
            return None
        return (said - (SEEN if is_seen(claim) else JUST if _present(claim) else NEWS), said)
    low, high = stated
    if is_seen(claim):
        return (high - SEEN, high)
    if claim.stance is Stance.PLANNED and said is not None and high > said:
        return (said - ANNOUNCED, said)
    lasting = high - low > NEWS and not calendar(low, high)
    if said is not None and lasting and said - high <= NEWS and uncounted(claim):
        return (max(low, high - NEWS), high)
    return stated


def _present(claim: Claim) -> bool:
    """Whether the report speaks of its own day."""
    return claim.time is not None and claim.time.basis is TimeBasis.PUBLISHED


def uncounted(claim: Claim) -> bool:
    """Whether no count ties the claim to the whole of its window ("400 in two months")."""
    quantity = claim.quantity
    return quantity is None or (quantity.low is None and quantity.high is None)


def calendar(low: int, high: int) -> bool:
    """Whether a window is one or more whole months: words like "in April", which hold an act and tell no more."""
    last = date.fromordinal(high)
    return date.fromordinal(low).day == 1 and last.day == monthrange(last.year, last.month)[1]


def target_window(claim: Claim, stated: Window | None, said: int | None) -> Window | None:
    """The days that a plan is for: a deadline is its last day; what lies within half a year is not dated."""
    if stated is None or (said is not None and stated[1] <= said):
        return None
    if claim.time is not None and claim.time.earliest is None:
        return (stated[1], stated[1])
    return stated if stated[1] - stated[0] <= VAGUE else None


def is_fresh(stated: Window | None, near: Window | None, said: int | None) -> bool:
    """Whether the report tells the act as news: within days of it. A month that is over is recalled."""
    if said is None or near is None:
        return True
    if stated is not None and stated[1] < said and stated[1] - stated[0] > NEWS and calendar(*stated):
        return False
    return said - near[1] <= NEWS


def is_seen(claim: Claim) -> bool:
    """Whether it asserts that forces are there: they came before, no telling when."""
    return claim.kind is Kind.PRESENCE and claim.stance is Stance.ASSERTED


def is_tight(claim: Claim, stated: Window | None, near: Window | None) -> bool:
    """Whether the words of a claim of what was done date it: not the day of a sighting or of a denial."""
    if stated is None or stated[1] - stated[0] > TIGHT or is_seen(claim):
        return False
    return claim.stance is not Stance.DENIED or near == stated
