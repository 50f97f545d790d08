"""What units of time mean: "last week", "the past two years", "ten days ago", "the following day", "now"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateline.parse import calendar
from dateline.parse.calendar import UNIT_GRAIN, Grain, Interval
from dateline.parse.time_frame import Found, Frame, Tense
from dateline.parse.time_tokens import Token

_HUNDRED = 100
_HALF_DAY = 12
FEW = 3
"""How many "a few" and "several" are when counted back from a day."""


def _unit(found: Found, frame: Frame) -> Interval | None:
    """ "last week", "this year", "the following day", "that night", "late next month"."""
    token, pointer = found.get("u"), found.get("r")
    if token is None or pointer is None:
        return None
    kind, name = pointer.kind, _name(token)
    if kind == "next" and _runs_on(found, frame, token) and frame.anchor is not None:
        return calendar.window(frame.anchor, 1, name)
    if kind in ("prior", "following", "same", "that") or (kind == "next" and _continues(found, name)):
        return _counted_from_story(int(pointer.value), token, frame)
    anchor = frame.anchor
    if anchor is None:
        return None
    if token.kind == "weekend":
        coming = pointer.text.lower() in found.beside("coming")
        return _weekend("this" if coming else kind, anchor, future=frame.ahead or coming)
    if token.kind == "quarter":
        at = calendar.shift_months(anchor, 3 * int(pointer.value))
        return calendar.season(at.year, at.month - (at.month - 1) % 3)
    at = calendar.shift(anchor, int(pointer.value), name)
    if name == "fortnight":
        return calendar.window(anchor, int(pointer.value), name)
    whole = calendar.unit(at, name)
    return _cut(whole, found, anchor) if kind == "this" else whole


def _runs_on(found: Found, frame: Frame, token: Token) -> bool:
    """Whether "over the next decade", in a clause that looks ahead, begins with the anchor."""
    the = found.tokens.items[found.i].kind == "the" and found.match.start("r") == found.i + 1
    ahead = frame.clause is Tense.AHEAD and found.after_preposition
    return the and ahead and token.kind in ("uweek", "umonth", "uyear", "unit")


def _cut(whole: Interval, found: Found, at: date) -> Interval:
    """ "earlier this month" ends, and "later this month" begins, with the anchor."""
    side = found.get("f")
    if side is None or side.kind not in ("earlier", "later") or not whole.start <= at <= whole.end:
        return whole
    return Interval(whole.start, at, whole.grain) if side.kind == "earlier" else Interval(at, whole.end, whole.grain)


def _continues(found: Found, name: str) -> bool:
    """Whether "the next X" goes on from the time before ("the next day") and is not "in the next week"."""
    the = any(t.kind == "the" for t in found.tokens.items[found.i : found.j])
    if any(t.text.lower() in found.beside("coming") for t in found.tokens.items[found.i : found.j]):
        return False
    return the and (name == "day" or not found.after_preposition)


def _name(token: Token) -> str:
    return "day" if token.kind in ("daypart", "weekend", "quarter") else str(token.value)


def _counted_from_story(count: int, token: Token, frame: Frame) -> Interval | None:
    name = _name(token)
    before = frame.previous(UNIT_GRAIN[name])
    if before is None or token.kind == "quarter":
        return None
    if token.kind == "weekend":
        return calendar.weekend(before.start + timedelta(days=7 * count))
    return calendar.ago(before.end if count > 0 and name == "day" else before.start, count, name)


def _weekend(kind: str, anchor: date, *, future: bool = False) -> Interval:
    """The weekend meant: the running or coming one from Thursday on, before that the one just past."""
    this = calendar.weekend(anchor)
    if kind == "next":
        return calendar.weekend(anchor + timedelta(days=7))
    back = calendar.weekend(anchor - timedelta(days=7))
    if kind == "this":
        return back if anchor.weekday() < 3 and not future else this
    return back if anchor.weekday() < 5 or kind in ("last", "past") else this


def _the_weekend(found: Found, frame: Frame) -> Interval | None:
    if frame.anchor is None:
        return None
    return _weekend("this", frame.anchor, future=True) if frame.ahead else _weekend("the", frame.anchor)


def _part_of_unit(found: Found, frame: Frame) -> Interval | None:
    """ "the end of the year", "late in the month": of the anchor, in a narrative of the time before."""
    token = found.get("u")
    if token is None:
        return None
    if token.kind == "uday":
        before = frame.previous(Grain.DAY)
        return before if before is not None or frame.anchor is None else calendar.day(frame.anchor)
    base = frame.base
    return None if base is None else _cut(calendar.unit(base, str(token.value)), found, base)


def _count(found: Found) -> tuple[int, bool]:
    """How many, and whether the words leave it open ("a few", "several")."""
    total, open_, counted = 1, False, False
    for token in found.span("n"):
        if token.kind in ("few", "couple") and not token.value:
            open_ = True
        elif token.kind not in ("a", "of", "dash"):
            total = _summed(total, int(token.value), first=not counted)
            counted = True
    return total, open_


def _summed(total: int, value: int, *, first: bool) -> int:
    """ "twenty" and "five", "two" and "hundred", as one number."""
    if first:
        return value
    return total * value if value == _HUNDRED else total + value


def _window(found: Found, frame: Frame) -> Interval | None:
    """ "the past two weeks", "the next 48 hours", "the last few days"."""
    token, pointer = found.get("u"), found.get("r", "r2")
    if token is None or frame.anchor is None or pointer is None:
        return None
    if pointer.kind == "this":
        return None
    sign = 1 if int(pointer.value) > 0 else -1
    count, open_ = _count(found)
    if found.get("hf") is not None:
        count = _count(found)[0]
        return calendar.window(frame.anchor, sign * (12 * count + 6), "month") if token.value == "year" else None
    if token.value == "hour" and (open_ or not found.span("n")):
        return calendar.window(frame.anchor, sign, "day")
    if open_ or (not found.span("n") and (token.kind == "units" or pointer.kind in ("lasts", "nexts"))):
        return calendar.recent(frame.anchor, "day" if token.value == "fortnight" else str(token.value), sign)
    return calendar.window(frame.anchor, sign * count, str(token.value))


def _recent(found: Found, frame: Frame) -> Interval | None:
    token = found.get("u")
    if token is None or frame.anchor is None or token.value not in calendar.RECENT:
        return None
    return calendar.recent(frame.anchor, str(token.value))


def _ago(found: Found, frame: Frame) -> Interval | None:
    """ "two days ago", counted from the anchor; "more than a decade ago" is open to the past."""
    token = found.get("u")
    if token is None or frame.anchor is None:
        return None
    name = str(token.value)
    count, open_ = _count(found)
    day_of_week = found.number("w")
    if found.get("t") is not None or day_of_week is not None:
        exact = calendar.shift(frame.anchor, -count, name)
        return calendar.day(exact if day_of_week is None else calendar.weekday(exact, day_of_week, 0))
    if name == "hour" and not open_ and count < _HALF_DAY:
        return calendar.day(frame.anchor)
    sign = found.number("ag") or -1
    at = calendar.ago(frame.anchor, sign * (FEW if open_ else count), name)
    beyond = found.get("b")
    return Interval(None, at.latest, at.grain) if beyond is not None and beyond.kind == "beyond" else at


def _half_ago(found: Found, frame: Frame) -> Interval | None:
    """ "half a year ago" is a month, "half a decade ago" a year; of an hour it is the day."""
    token = found.get("u")
    if token is None or frame.anchor is None:
        return None
    units = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year"), "hour": (0, "day")}
    if token.value not in units:
        return None
    count, name = units[str(token.value)]
    return calendar.ago(frame.anchor, -count, name)


def _weekdays_ago(found: Found, frame: Frame) -> Interval | None:
    """ "two Saturdays ago": the second one back from the anchor."""
    day_of_week, count = found.number("w"), found.number("n")
    if day_of_week is None or count is None or frame.anchor is None:
        return None
    last = calendar.weekday(calendar.day_before(frame.anchor), day_of_week, -1)
    return calendar.day(last - timedelta(days=7 * (count - 1)))


def _before_last(found: Found, frame: Frame) -> Interval | None:
    """ "the week before last", "the weekend after next"."""
    token = found.get("u")
    if token is None or frame.anchor is None:
        return None
    count = -2 if found.get("b") is not None else 2
    if token.kind == "weekend":
        return calendar.weekend(frame.anchor + timedelta(days=7 * count))
    return calendar.ago(frame.anchor, count, str(token.value))


def _in_units(found: Found, frame: Frame) -> Interval | None:
    """ "in two weeks", "within 72 hours", in a clause that looks ahead; else it is a duration and None.

    A word that can mean nothing else ("dans" before a bare count) needs no such clause.
    """
    token = found.get("u")
    count, open_ = _count(found)
    word = found.tokens.items[found.i - 1].text.lower() if found.i > 0 else ""
    ahead = frame.clause is Tense.AHEAD or word in found.beside("surely_in")
    if token is None or frame.anchor is None or open_ or not ahead:
        return None
    if word in found.beside("within"):
        return calendar.window(frame.anchor, count, str(token.value))
    return calendar.ago(frame.anchor, count, str(token.value))


def _for_units(found: Found, frame: Frame) -> Interval | None:
    """ "depuis deux semaines": from so long before the anchor."""
    token = found.get("u")
    count, open_ = _count(found)
    if token is None or frame.anchor is None or token.value not in UNIT_GRAIN:
        return None
    return calendar.window(frame.anchor, -(FEW if open_ else count), str(token.value))


def _eve(found: Found, frame: Frame) -> Interval | None:
    """ "la veille", "le lendemain": the day beside the one told of just before."""
    before, count = frame.previous(Grain.DAY), found.number("ev")
    if before is None or count is None:
        return None
    return calendar.day((before.end if count > 0 else before.start) + timedelta(days=count))


def _later(found: Found, frame: Frame) -> Interval | None:
    token, side = found.get("u"), found.get("x")
    if token is None or side is None:
        return None
    direction = 1 if side.kind in ("later", "after") else -1
    name = str(token.value)
    before = frame.previous(UNIT_GRAIN[name])
    count, open_ = _count(found)
    if before is None and name == "year" and direction < 0 and frame.anchor is not None:
        before = calendar.day(frame.anchor)
    if before is None or open_ or name == "hour":
        return None
    return calendar.ago(before.end if direction > 0 and name == "day" else before.start, direction * count, name)


def _beside_day(found: Found, frame: Frame) -> Interval | None:
    token, direction = found.get("u"), found.get("x")
    if token is None or direction is None:
        return None
    return _counted_from_story(1 if direction.kind == "after" else -1, token, frame)


def _today(found: Found, frame: Frame) -> Interval | None:
    offset = found.number("t")
    if offset is None or frame.anchor is None:
        return None
    if offset == -9:
        return Interval(calendar.day_before(frame.anchor), frame.anchor)
    return calendar.day(frame.anchor + timedelta(days=offset))


def _now(found: Found, frame: Frame) -> Interval | None:
    return None if frame.anchor is None else calendar.day(frame.anchor)


def _then(found: Found, frame: Frame) -> Interval | None:
    return frame.history[-1] if frame.history else None


READERS: dict[str, Callable[[Found, Frame], Interval | None]] = {
    "unit": _unit,
    "part_of_unit": _part_of_unit,
    "unit_end": _part_of_unit,
    "mid_unit": _part_of_unit,
    "the_weekend": _the_weekend,
    "window": _window,
    "window_of_one": _window,
    "recent": _recent,
    "ago": _ago,
    "weekdays_ago": _weekdays_ago,
    "half_ago": _half_ago,
    "before_last": _before_last,
    "in_units": _in_units,
    "for_units": _for_units,
    "eve": _eve,
    "later": _later,
    "beside_many": _later,
    "beside": _beside_day,
    "today": _today,
    "now": _now,
    "then": _then,
}
