"""Which readings are shown: of a report read several times, the newest; and which reports count."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, func, or_, select

from dateline.store.schema import readings, runs, set_aside

IMPORT = "import"
"""The `extractor` of the runs that took claims over from elsewhere."""


def shown(given: Table) -> ColumnElement[bool]:
    """That a row of `given` (with `document` and `run`) is of a reading that is shown.

    Of the programs that read a report the newest is; what was imported comes to it and is never in its place.
    """
    taken = select(runs.c.number).where(runs.c.extractor == IMPORT).scalar_subquery()
    newest = select(func.max(readings.c.run)).where(
        readings.c.document == given.c.document, readings.c.run.not_in(taken)
    )
    return or_(given.c.run == newest.correlate(given).scalar_subquery(), given.c.run.in_(taken))


def counts(document: ColumnElement[Any]) -> ColumnElement[bool]:
    """That the document of a column is not set aside by notices."""
    return document.not_in(select(set_aside.c.document))
