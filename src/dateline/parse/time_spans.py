"""Which words of a text are times: rule matches, chosen, joined to ranges and read in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.parse.calendar import Grain, Interval, shift_months
from dateline.parse.time_frame import Found, Frame, Tense
from dateline.parse.time_grammar import VAGUE, matches, rank
from dateline.parse.time_guards import plausible, preposition
from dateline.parse.time_readings import reading
from dateline.parse.time_tense import tense
from dateline.parse.time_tokens import Tokens, tokens

LONG_PAST_DAYS = 550
"""A dated time this long before the anchor pulls the bare months close after it into its own years."""
_LOCAL_REACH = 40
_LINKS = frozenset({"to", "and", "until", "dash"})
_TURNING = frozenset(
    {
        "weekday",
        "month_day",
        "day_month",
        "day_of_month",
        "month",
        "season",
        "quarter",
        "holiday",
        "the_weekend",
        "in_units",
    }
)
_UNLESS_KNOWN = frozenset({"then", "in_units"})
_HISTORY_MIN, _HISTORY_SHARE = 5, 0.8


@dataclass(frozen=True, slots=True)
class Timed:
    """A time read: `start` includes the preposition, `core_start` does not; `core` is None when unresolved.

    `i` and `j` are its tokens without the preposition.
    """

    name: str
    start: int
    end: int
    core_start: int
    core: Interval | None
    stated: bool
    preposition: str | None
    i: int
    j: int
    ranged: bool = False
    hour: bool = False
    """Whether it begins with an hour or part of the day, to which its preposition then belongs ("before dawn on")."""


def timed(text: str, frame: Frame, *, alone: bool = False) -> tuple[Timed, ...]:
    """The times of `text` in order, neighbours that form one time joined.

    `alone` when the text is one expression, so that its context proves nothing.
    """
    stream = tokens(text, frame.language)
    read = _joined(_points(stream, frame, alone=alone), stream)
    return tuple(t for t in read if t.name not in VAGUE and (t.name not in _UNLESS_KNOWN or t.core is not None))


def points(text: str, frame: Frame) -> tuple[Timed, ...]:
    """The times of `text` as TIMEX3 has them: one by one, ranges unjoined, durations and the like among them."""
    stream = tokens(text, frame.language)
    read = _points(stream, frame, aside=True)
    for k in range(len(read) - 1):
        read[k] = _first_end(read[k], read[k + 1], stream)
    return tuple(read)


def _first_end(first: Timed, second: Timed, stream: Tokens) -> Timed:
    """The first with what it takes from a second that it forms a range with: the year in "May 15 to June 2, 1988"."""
    whole = _pair(first, second, stream)
    if whole is None or whole.core is None or not whole.ranged:
        return _dated_by(first, second, stream)
    return replace(first, core=_ordered(first, second)[0])


def _points(stream: Tokens, frame: Frame, *, alone: bool = False, aside: bool = False) -> list[Timed]:
    chosen = _chosen(stream, alone=alone, aside=aside)
    frame.narrative = frame.narrative or _tells_history(chosen, frame.anchor)
    read: list[Timed] = []
    dated: Timed | None = None
    for found in chosen:
        frame.local = _local(dated, found, frame.anchor)
        if not _linked(dated, found):
            frame.clause = Tense.OPEN if alone or frame.narrative or not _turns(found) else tense(found)
        read.append(_read(found, frame))
        dated = dated if found.name in VAGUE else read[-1]
    return read


def _linked(last: Timed | None, found: Found) -> bool:
    """Whether a time is joined to the one just before it, so that the same clause decides ("Jan. 3 through Jan. 9")."""
    return last is not None and found.i - last.j == 1 and found.tokens.items[last.j].kind in _LINKS


def _turns(found: Found) -> bool:
    """Whether the clause decides which of several like it is meant: a weekday, a day or month without its year."""
    if found.name == "unit":
        pointer, token = found.get("r"), found.get("u")
        return pointer is not None and token is not None and (pointer.kind == "next" or token.kind == "weekend")
    return found.name in _TURNING and found.get("y", "yr", "num") is None


def _chosen(stream: Tokens, *, alone: bool, aside: bool = False) -> list[Found]:
    """Rule matches that do not overlap: the longest first, of equals the rule that stands first."""
    found = [
        Found(name, match, stream, *match.span())
        for name, match in matches(stream.classes, stream.language, aside=aside)
    ]
    found.sort(key=lambda f: (f.i - f.j, rank(f.name, stream.language)))
    taken: set[int] = set()
    chosen = []
    for one in found:
        places = range(one.i, one.j)
        if taken.isdisjoint(places) and (alone or plausible(one)):
            taken.update(places)
            chosen.append(one)
    return sorted(chosen, key=lambda f: f.i)


def _tells_history(found: list[Found], anchor: date | None) -> bool:
    """Whether nearly all that is dated lies two calendar years or more before the anchor, as in a history."""
    if anchor is None:
        return False
    years = [year for f in found if (year := f.number("y")) is not None]
    old = sum(year <= anchor.year - 2 for year in years)
    recent = sum(f.name in ("weekday", "today", "recent", "ago", "window") for f in found)
    return old >= _HISTORY_MIN and old >= _HISTORY_SHARE * (len(years) + recent)


def _local(last: Timed | None, found: Found, anchor: date | None) -> date | None:
    """The start of the time just before in the same paragraph, if it is dated to a month and long past."""
    if last is None or anchor is None or last.core is None or not last.stated or found.i - last.j > _LOCAL_REACH:
        return None
    start = last.core.earliest
    if start is None or last.core.grain > Grain.SEASON or (anchor - start).days < LONG_PAST_DAYS:
        return None
    between = found.tokens.items[last.j : found.i]
    return None if any(t.kind == "break" for t in between) else start


def _read(found: Found, frame: Frame) -> Timed:
    core = reading(found, frame)
    if core is not None:
        frame.remember(found, core)
    items = found.tokens.items
    at, kind = preposition(found)
    return Timed(
        name=found.name,
        start=items[at].start,
        end=items[found.j - 1 - (items[found.j - 1].kind == "dot")].end,
        core_start=items[found.i].start,
        core=core,
        stated=found.stated,
        preposition=kind,
        i=found.i,
        j=found.j,
        hour=found.get("hr") is not None,
        ranged=found.get("hr2") is not None or kind in ("between", "from") and found.get("d2", "y2") is not None,
    )


def _joined(read: list[Timed], stream: Tokens) -> list[Timed]:
    """Neighbours that form one time: "from X to Y", "X-Y", "Saturday and Sunday", "today (23 December)"."""
    out: list[Timed] = []
    for one in read:
        both = _pair(out[-1], one, stream) if out else None
        if both is None:
            out[-1:] = [_dated_by(out[-1], one, stream)] if out else []
            out.append(one)
        else:
            out[-1] = both
    return out


def _pair(first: Timed, second: Timed, stream: Tokens) -> Timed | None:
    between = stream.items[first.j : second.i]
    if len(between) != 1 or first.ranged or first.core is None or second.core is None:
        return None
    link = between[0].kind
    if link == "open" and second.j < len(stream.items) and stream.items[second.j].kind == "close":
        end = stream.items[second.j].end
        return replace(first, core=second.core, stated=second.stated, end=end, j=second.j + 1)
    if link not in _LINKS or "now" in (first.name, second.name):
        return None
    start, end_ = _ordered(first, second)
    follows = first.name == second.name != "unit" and _touch(start, end_)
    if link == "and" and first.preposition not in ("between", "from") and not follows:
        return None
    if link == "until" and first.preposition != "from" and first.name != second.name:
        return None
    whole = Interval(start.earliest, end_.latest, max(start.grain, end_.grain))
    kept = first.preposition if first.preposition not in ("between", "from") else "between"
    return replace(first, end=second.end, j=second.j, core=whole, stated=second.stated, preposition=kept, ranged=True)


def _dated_by(first: Timed, second: Timed, stream: Tokens) -> Timed:
    """The first with the year of the second: June in "in June and September 2022"."""
    link = [t.kind for t in stream.items[first.j : second.i]]
    if link != ["and"] or first.name != second.name or first.core is None or second.core is None or first.ranged:
        return first
    return replace(first, core=_ordered(first, second)[0]) if second.stated and not first.stated else first


def _ordered(first: Timed, second: Timed) -> tuple[Interval, Interval]:
    """Both ends, the first moved back a week or some years where it would come after the second."""
    start, end = first.core, second.core
    assert start is not None and end is not None
    if start.earliest is None or start.latest is None or end.latest is None:
        return start, end
    if first.name == "weekday":
        weeks = max(0, -(-(start.latest - end.latest).days // 7))
        return _moved(start, days=7 * weeks), end
    if first.stated or start.grain > Grain.SEASON:
        return start, end
    years = start.earliest.year - end.latest.year if second.stated else 0
    if start.earliest.replace(year=start.earliest.year - years, day=1) > end.latest:
        years += 1
    return _moved(start, years=years), end


def _moved(at: Interval, *, days: int = 0, years: int = 0) -> Interval:
    """The interval moved back."""
    if at.earliest is None or at.latest is None:
        return at
    ends = [shift_months(end - timedelta(days=days), -12 * years) for end in (at.earliest, at.latest)]
    return Interval(ends[0], ends[1], at.grain)


def _touch(one: Interval, two: Interval) -> bool:
    """Whether two times follow on each other, as Saturday and Sunday do."""
    if one.latest is None or two.earliest is None or one.grain is not two.grain:
        return False
    return two.earliest - one.latest == timedelta(days=1)
