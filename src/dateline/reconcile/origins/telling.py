"""Whether two reports tell the same by their claims alone: one matter as news, one odd figure, one list of claims."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from dateline.reconcile.origins.comparing import days_apart
from dateline.reconcile.origins.sketches import Sketch, Told
from dateline.reconcile.origins.sketching import odd

SLACK: Final = timedelta(days=2)
"""Times of one matter may lie so far apart: "on Friday" in Honolulu is Thursday."""

REPOST_DAYS: Final = 3
LEAST_SAME: Final = 2


def same_matter(a: Sketch, b: Sketch) -> tuple[Told, Told] | None:
    """The first claims by which both tell one matter as news, or None."""
    by_matter: dict[str, list[Told]] = {}
    for one in b.told:
        if one.news:
            by_matter.setdefault(one.matter, []).append(one)
    for one in a.told:
        for other in by_matter.get(one.matter, ()) if one.news else ():
            if _near(one, other):
                return one, other
    return None


def same_figure(a: Sketch, b: Sketch) -> tuple[Told, Told] | None:
    """Claims of one matter in which both have the same odd figure from the same source, who is not named."""
    figures = {(one.matter, one.low, one.high, one.unit): one for one in a.told if odd(one) and one.unnamed}
    for other in b.told:
        one = figures.get((other.matter, other.low, other.high, other.unit))
        if one is not None and other.unnamed and one.source == other.source:
            return one, other
    return None


def same_list(a: Sketch, b: Sketch) -> int:
    """How many claims the shorter list has, if the other has each of them: a repost. 0 if not so.

    Both must be of the same days, at least two claims of two sorts be the same, and one of them have a figure: what
    was said and done in public is listed alike by all who were there.
    """
    apart = days_apart(a, b)
    if apart is None or apart > REPOST_DAYS:
        return 0
    short, long = sorted((_list(a), _list(b)), key=len)
    kinds = {(key[0], key[1]) for key in short}
    counted = any(key[4] is not None or key[5] is not None for key in short)
    return len(short) if counted and len(kinds) >= LEAST_SAME and short <= long else 0


def _list(one: Sketch) -> frozenset[tuple[object, ...]]:
    return frozenset((t.kind, t.matter, t.first, t.last, t.low, t.high, t.unit, t.source) for t in one.told)


def _near(a: Told, b: Told) -> bool:
    """Whether two times overlap, or nearly; an open time agrees with any."""
    starts = max((t.first for t in (a, b) if t.first is not None), default=None)
    ends = min((t.last for t in (a, b) if t.last is not None), default=None)
    if starts is None or ends is None:
        return True
    try:
        return date.fromisoformat(starts[:10]) - SLACK <= date.fromisoformat(ends[:10])
    except ValueError:
        return starts <= ends
