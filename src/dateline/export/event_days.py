"""One day for an event whose time is a range: event data has a date and a precision, we have bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline.export.occurrences import Occurrence
from dateline.model import Stage

WEEK: Final = 7
MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class EventDay:
    """The day an event is filed under, ACLED's time precision (1 day, 2 week, 3 month), and what the day rests on.

    `day` is None where nothing closer than a month is known: no day is made up. `basis` is "event" (the day or the
    middle of its range), "bound" (only a first or last day is known), or "report" (the day it was first reported).
    """

    day: str | None
    precision: int | None
    basis: str


def event_day(one: Occurrence) -> EventDay:
    """The day to file an occurrence under.

    What is only announced is filed under the day of its first report, for the announcement is what happened; the days
    it is planned for are no date of an event.
    """
    if one.stage is Stage.ANNOUNCED or (one.first is None and one.last is None):
        return EventDay(one.told.first, None if one.told.first is None else 2, "report")
    if one.first is None or one.last is None:
        return EventDay(one.first or one.last, 3, "bound")
    first, last = date.fromisoformat(one.first), date.fromisoformat(one.last)
    span = (last - first).days + 1
    if not one.precise:
        return EventDay(one.first, 3, "bound")
    if span > MONTH:
        return EventDay(None, None, "event")
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2).isoformat()
    if span == 1:
        return EventDay(middle, 1, "event")
    return EventDay(middle, 2 if span <= WEEK else 3, "event")
