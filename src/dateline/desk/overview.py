"""The first page of the desk: what changed lately and what is disputed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from dateline.desk.desk import Desk
from dateline.desk.stays import Stay, Stays, all_stays
from dateline.desk.terms import country_name
from dateline.model import Dispute, DisputeStatus, Event
from dateline.store import Filters
from dateline.store.paging import Paging

EVENTS, CHANGES, DISPUTES = 8, 10, 6
_WEIGHED = 200
"""How many of the newest open disputes are looked through for the largest."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A day on which a presence changed: from `before` (None: nothing was told) to `after`."""

    day: str
    presence: str
    force: str
    host: str
    host_name: str
    before: Stay | None
    after: Stay

    @property
    def told(self) -> str:
        """What happened, in a word: `came`, `left`, `more`, `fewer`, `number` or `seen`."""
        if self.after.gone:
            return "left"
        if self.before is None or self.before.gone:
            return "came" if self.after.start_asserted else "seen"
        if self.after.high is None or self.before.high is None or self.after.low is None or self.before.low is None:
            return "number"
        if self.after.low > self.before.high:
            return "more"
        return "fewer" if self.after.high < self.before.low else "number"


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands beside the map."""

    events: tuple[Event, ...]
    changes: tuple[Changed, ...]
    newest_disputes: tuple[Dispute, ...]
    largest_disputes: tuple[Dispute, ...]
    open_disputes: int


def overview(desk: Desk) -> Overview:
    """What changed lately and what is disputed, computed once for a derivation."""
    return desk.kept_derived("overview", lambda: _overview(desk))


def _overview(desk: Desk) -> Overview:
    today = date.today().isoformat()
    events = desk.view.events_page(Filters(until=today), Paging(limit=EVENTS))
    disputes = desk.view.disputes_page(Filters(state=DisputeStatus.OPEN), Paging(limit=_WEIGHED))
    largest = sorted(disputes.rows, key=lambda one: (-origins_of(one), -len(one.claims), one.id))
    return Overview(
        events.rows,
        tuple(_changes(desk, today)),
        disputes.rows[:DISPUTES],
        tuple(largest[:DISPUTES]),
        disputes.total,
    )


def origins_of(dispute: Dispute) -> int:
    """How many independent tellings stand against each other in a dispute."""
    return sum(not witness.background for side in dispute.sides for witness in side.witnesses)


def _changes(desk: Desk, today: str) -> Iterator[Changed]:
    """The newest days on which a presence changed, newest first; a mere first sighting of no known day is none."""
    rows = all_stays(desk).by_id
    found = (
        (step.start, row.id, number)
        for row in rows.values()
        for number, step in enumerate(row.series)
        if step.start is not None and step.start <= today and _tells(row, number)
    )
    for day, key, number in nlargest(CHANGES, found):
        row = rows[key]
        before = row.series[number - 1] if number else None
        yield Changed(day, row.id, row.force, row.host, country_name(row.host) or row.host, before, row.series[number])


def _tells(row: Stays, number: int) -> bool:
    """Whether a step is a change to be told: of the number, of being there, or an arrival."""
    step = row.series[number]
    if number == 0:
        return not step.gone
    before = row.series[number - 1]
    return (step.low, step.high) != (before.low, before.high)
