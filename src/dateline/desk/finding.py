"""Where a record is whose id has changed.

The ids of events, disputes and origins come from the claims or reports they rest on, so judgements change them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.desk.desk import Desk
from dateline.judging.targets import Targets
from dateline.model import Matter
from dateline.store.holders import holders


@dataclass(frozen=True, slots=True)
class Resting:
    """A derived record with the claims or reports that it rests on."""

    matter: Matter
    id: str
    members: tuple[str, ...]


def resting(desk: Desk, identifier: str, matter: Matter) -> Resting | None:
    """A derived record with what it rests on, to find it again; None where there is none of that id."""
    try:
        found = Targets(desk.store).find(identifier, matter)
    except LookupError:
        return None
    return Resting(matter, found.id, found.members)


def now_at(desk: Desk, before: Resting) -> str | None:
    """The id under which a record is now: its own, or that of the one which rests on most of the same; None if gone."""
    if resting(desk, before.id, before.matter) is not None:
        return before.id
    found = _resting_on(desk, before.matter, before.members)
    wanted = set(before.members)
    return max(found, key=lambda one: (len(wanted & set(one.members)), one.id)).id if found else None


def _resting_on(desk: Desk, matter: Matter, members: Sequence[str]) -> list[Resting]:
    if matter is Matter.ORIGIN:
        return [Resting(matter, origin.id, origin.documents) for origin in desk.view.origins_of(members).values()]
    found = holders(desk.store, members)
    if matter is Matter.EVENT:
        return [Resting(matter, event.id, event.claims) for event in found.events]
    if matter is Matter.DISPUTE:
        return [Resting(matter, dispute.id, dispute.claims) for dispute in found.disputes]
    return [Resting(matter, row.id, (*row.supports, *row.departures)) for row in found.presences]
