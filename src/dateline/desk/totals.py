"""What a ledger holds and whether what is derived rests on all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from dateline.desk.desk import Desk
from dateline.model import DisputeStatus
from dateline.store.schema import claims, disputes, documents, entries, events, issues, judgements, origins, presences

_COUNTED = {
    "reports": documents,
    "claims": claims,
    "presences": presences,
    "events": events,
    "origins": origins,
    "disputes": disputes,
    "judgements": judgements,
    "issues": issues,
}


@dataclass(frozen=True, slots=True)
class Totals:
    """How many of what there are (claims of all readings), days of the reports, and the newest entry of the log."""

    counts: Mapping[str, int]
    first_report: str | None
    last_report: str | None
    last_addition: str | None
    readers: tuple[str, ...]


def totals(desk: Desk) -> Totals:
    """The state of a ledger, counted once for as long as it stays as it is."""
    return desk.kept("totals", lambda: _totals(desk))


def _totals(desk: Desk) -> Totals:
    with desk.store.reading(snapshot=True) as connection:
        counts = {
            name: int(connection.execute(select(func.count()).select_from(table)).scalar() or 0)
            for name, table in _COUNTED.items()
        }
        settled = disputes.c.status == str(DisputeStatus.OPEN)
        counts["open disputes"] = int(
            connection.execute(select(func.count()).select_from(disputes).where(settled)).scalar() or 0
        )
        days = connection.execute(select(func.min(documents.c.published), func.max(documents.c.published))).one()
        newest = connection.execute(select(entries.c.recorded_at).order_by(entries.c.number.desc()).limit(1)).scalar()
    readers = tuple(dict.fromkeys(f"{run.extractor} ({run.model})" for run in desk.view.runs()))
    return Totals(counts, days[0], days[1], newest, readers)
