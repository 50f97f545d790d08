"""What listings of what is derived are sorted by, beside plain columns."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, func, literal_column

from dateline.store.expressions import number_in
from dateline.store.schema import events, presences


def filled(column: Column[str | None]) -> ColumnElement[str]:
    """A text column with "" where it is NULL."""
    return func.coalesce(column, literal_column("''"))


EVENT_DAY: ColumnElement[str] = func.coalesce(events.c.last_day, events.c.first_day, literal_column("''"))
"""The day an event is listed under, "" for none."""
STRENGTH: ColumnElement[float] = func.coalesce(
    number_in(presences.c.record, "high"), number_in(presences.c.record, "low")
)
"""The newest figure of a presence, its upper bound where there is one."""
