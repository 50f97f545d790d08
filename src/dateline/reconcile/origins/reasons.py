"""Why two reports are linked, in one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.model import OriginSign
from dateline.reconcile.origins.comparing import Likeness, carried, same_unnamed, told_to
from dateline.reconcile.origins.sketches import Sketch, Told, written
from dateline.reconcile.origins.telling import same_figure, same_list

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def reason(earlier: Sketch, later: Sketch, like: Likeness, signs: Sequence[OriginSign], *, partial: bool) -> str:
    """ "Arab News carries the Reuters report of 2 May: credit line, same unnamed official, same figure 1,593." """
    grounds = ", ".join(_ground(sign, earlier, later, like) for sign in signs)
    verb = "takes a part of" if partial else "carries"
    return f"{_who(later)} {verb} {_what(earlier, later)}: {grounds}."


def _who(one: Sketch) -> str:
    return one.outlet or "A report"


def _what(earlier: Sketch, later: Sketch) -> str:
    """The report that is carried: the agency's where both credit it, else the earlier outlet's."""
    rooms = carried(earlier)
    when = f" of {_day(earlier.published)}" if earlier.published is not None else ""
    if len(rooms) == 1 and rooms == carried(later):
        return f"the {written(rooms[0], (earlier, later))} report{when}"
    if earlier.outlet is not None and earlier.outlet != later.outlet:
        return f"the report of {earlier.outlet}{when}"
    return f"an earlier report{when}" if earlier.outlet is None else f"its own report{when}"


def _day(published: str) -> str:
    day = date.fromisoformat(published)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _ground(sign: OriginSign, earlier: Sketch, later: Sketch, like: Likeness) -> str:
    """One sign in words."""
    share = round(100 * max(like.shared))
    if sign is OriginSign.SAME_TEXT:
        return "the same text" if share == 100 else f"{share} % of the same words"
    if sign is OriginSign.SHARED_PASSAGES:
        return f"{share} % of the words in shared passages"
    if sign is OriginSign.AGENCY_CREDIT:
        room = written(carried(earlier)[0], (earlier, later))
        return f"credit to {room}" if earlier.credits and later.credits else f"both have it from {room}"
    if sign is OriginSign.RELAY:
        return f"both name {written(told_to(earlier, later)[0], (earlier, later))} as told"
    if sign is OriginSign.SAME_QUOTES:
        return f"the same quotation “{_short(like.quotes[0])}”"
    if sign is OriginSign.SAME_SOURCE:
        return "the same unnamed source" if same_unnamed(earlier, later) else "the same source"
    return _figures(earlier, later, like)


def _figures(earlier: Sketch, later: Sketch, like: Likeness) -> str:
    if like.figures:
        shown = [_grouped(term[1:]) for term in like.figures[:3]]
        return f"the same figure{'s' if len(shown) > 1 else ''} {', '.join(shown)}"
    same = same_figure(earlier, later)
    if same is not None:
        return f"the same figure {_bounds(same[0])}"
    size = same_list(earlier, later)
    return f"all {size} claims of the shorter the same" if size else "the same figures"


def _grouped(digits: str) -> str:
    return f"{int(digits):,}" if digits.isdigit() and len(digits) > 3 else digits


def _bounds(told: Told) -> str:
    low, high = (None if value is None else f"{value:,.0f}" for value in (told.low, told.high))
    return f"{low}-{high}" if low is not None and high is not None and low != high else str(low or high)


def _short(quote: str) -> str:
    words = quote.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
