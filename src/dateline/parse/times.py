"""When: the time expressions of a text, resolved to ISO dates against the day of the report.

Rules and words are data (`time_grammar`, `lexicon/times_<language>.yaml`); what they mean is in `time_readings`.
Weekdays, days and months without a year look back from the anchor, unless the words ("next Friday") or their
clause (`time_tense`: "will leave on Friday") look ahead; a caller that knows a claim to be planned asks again with
`planned`. Windows: "in recent days" is seven days, weeks six weeks (both after the guide), months six months, years
five years, decades thirty years, all up to the anchor. Durations, ages, fiscal years and times of day alone are no
times. `docs/times.md` has the whole list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dateline.model import TimeBasis, TimeRange
from dateline.parse.calendar import Interval, day_after, day_before
from dateline.parse.time_frame import Frame
from dateline.parse.time_spans import Timed, timed


def times(
    text: str, anchor: date | None, *, hidden: Iterable[tuple[int, int]] = (), language: str = "en"
) -> tuple[TimeRange, ...]:
    """The times of `text`, which is in `language`, sorted and apart from each other, spans with their preposition.

    Without an anchor only dated times resolve; the others have neither end and basis `relative`
    (`published` for "now"), so that the caller can raise an issue. Nothing is read in `hidden`.
    """
    shown = text
    for start, end in hidden:
        shown = shown[:start] + "\n" * (end - start) + shown[end:]
    return tuple(_range(found, text, anchor) for found in timed(shown, Frame(anchor, language)))


def resolve(expression: str, anchor: date | None, *, future: bool = False, language: str = "en") -> TimeRange | None:
    """One expression on its own ("on Friday"), offsets within it; None when it is no time.

    With `future` a bare weekday, day, month, season or weekend is the next one, on or after the anchor.
    """
    found = timed(expression, Frame(anchor, language, future=future), alone=True)
    return _range(found[0], expression, anchor) if found else None


def planned(time: TimeRange, anchor: date | None, language: str = "en") -> TimeRange:
    """The same words read for a plan, looking forward; times that name their year stay as they are."""
    if time.text is None or time.basis is not TimeBasis.RELATIVE:
        return time
    again = resolve(time.text, anchor, future=True, language=language)
    if again is None or again.earliest is None and again.latest is None:
        return time
    return replace(time, earliest=again.earliest, latest=again.latest)


def _range(found: Timed, text: str, anchor: date | None) -> TimeRange:
    span = _bounded(found, anchor)
    basis = TimeBasis.STATED if found.stated else TimeBasis.RELATIVE
    if found.name == "now":
        basis = TimeBasis.PUBLISHED
    elif found.preposition in ("since", "from", "until", "by", "before", "after") and not found.ranged:
        basis = TimeBasis.RELATIVE
    return TimeRange(
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        earliest=_iso(span.earliest) if span is not None else None,
        latest=_iso(span.latest) if span is not None else None,
        basis=basis,
    )


def _iso(at: date | None) -> str | None:
    return None if at is None else at.isoformat()


def _bounded(found: Timed, anchor: date | None) -> Interval | None:
    """The interval with what its preposition makes of it: "since" runs to the anchor, "by" is open to the past."""
    core = found.core
    if core is None or found.ranged:
        return core
    if found.preposition in ("before", "after") and found.hour:
        return core
    match found.preposition:
        case "since":
            ends = anchor if anchor is None or core.earliest is None or anchor >= core.earliest else None
            return Interval(core.earliest, ends, core.grain)
        case "from":
            return Interval(core.earliest, None, core.grain)
        case "until" | "by":
            return Interval(None, core.latest, core.grain)
        case "before":
            return Interval(None, None if core.earliest is None else day_before(core.earliest), core.grain)
        case "after":
            return Interval(None if core.latest is None else day_after(core.latest), None, core.grain)
        case _:
            return core
