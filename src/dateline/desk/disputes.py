"""Disputes: the list of them, and one with its sides facing each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.charts.ranges import Drawing
from dateline.desk.desk import Desk
from dateline.desk.events import EventLine, event_line
from dateline.desk.judging import HistoryLine, history
from dateline.desk.ranges import dates, numbers
from dateline.desk.statements import Statement, in_order, statements
from dateline.desk.terms import country_name
from dateline.export.words import counted, days
from dateline.model import Dispute, DisputeKind, Matter, Presence, Side
from dateline.store import Filters
from dateline.store.holders import disputes_about as _about
from dateline.store.holders import disputes_by_id, events_by_id, presences_by_id
from dateline.store.paging import Paging, Slice

SHOWN = 40
"""Claims of one side that a page shows; the rest are counted."""

IN_SENTENCE = 12
"""Claims of one side whose words stand in their sentence; those of the others stand alone."""

_EVERY = Filters()
_FIRST = Paging()

MEANINGS = {
    DisputeKind.NUMBER: "how many",
    DisputeKind.DATE: "when",
    DisputeKind.PLACE: "where",
    DisputeKind.IDENTITY: "who",
    DisputeKind.DENIAL: "whether it is so",
    DisputeKind.COMPLETION: "whether it is complete",
    DisputeKind.SCOPE: "of what the figure is",
}
"""What the sides of each kind of dispute differ on, in words."""


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute as a list tells it: each side in words with the independent origins it rests on."""

    dispute: Dispute
    on: str
    when: str
    host: str
    sides: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SideCard:
    """One side: what it holds, the origins it rests on and its claims; `number` counts from 1."""

    number: int
    side: Side
    origins: int
    recalled: int
    statements: tuple[Statement, ...]
    more: int
    favoured: bool

    @property
    def told_by(self) -> str:
        """On how many independent origins it rests."""
        words = counted(self.origins, "independent origin")
        return f"{words}, recalled by {self.recalled}" if self.recalled else words

    @property
    def names(self) -> str:
        """Who reports it, each once."""
        return ", ".join(dict.fromkeys(witness.name or "not known who" for witness in self.side.witnesses))


@dataclass(frozen=True, slots=True)
class DisputeCard:
    """A dispute with all that its page shows; what is at stake is an event or a presence, or gone by now."""

    line: DisputeLine
    sides: tuple[SideCard, ...]
    event: EventLine | None
    presence: Presence | None
    history: tuple[HistoryLine, ...]
    drawing: Drawing | None

    @property
    def dispute(self) -> Dispute:
        """The dispute itself."""
        return self.line.dispute

    @property
    def at_stake(self) -> str:
        """What is at stake in words, "" where it is not known any more."""
        if self.event is not None:
            return self.event.title
        return "" if self.presence is None else f"{self.presence.force} in {country_name(self.presence.host)}"


def disputes(desk: Desk, wanted: Filters = _EVERY, paging: Paging = _FIRST) -> Slice[DisputeLine]:
    """A page of the disputes that pass the filters; by day, kind, status or host."""
    found = desk.view.disputes_page(wanted, paging)
    rows = lines(found.rows)
    return Slice(rows, found.total, found.total_is_least, found.next, found.previous, found.sort)


def dispute_line(dispute: Dispute) -> DisputeLine:
    """A dispute in the words of a list."""
    sides = tuple((side.holds, _origins(side)) for side in dispute.sides)
    return DisputeLine(
        dispute,
        MEANINGS[dispute.kind],
        days(dispute.first_day, dispute.last_day),
        country_name(dispute.host) or "",
        sides,
    )


def dispute(desk: Desk, identifier: str) -> DisputeCard:
    """The dispute of a full id with all that its page shows; LookupError when there is none."""
    found = disputes_by_id(desk.store, [identifier]).get(identifier)
    if found is None:
        raise LookupError(identifier)
    wanted = [claim for side in found.sides for claim in side.claims[:SHOWN]]
    known = statements(desk, wanted, sentences={claim for side in found.sides for claim in side.claims[:IN_SENTENCE]})
    event = events_by_id(desk.store, [found.about]).get(found.about)
    sides = tuple(_side(number, side, found, known) for number, side in enumerate(found.sides))
    return DisputeCard(
        dispute_line(found),
        sides,
        None if event is None else event_line(event),
        presences_by_id(desk.store, [found.about]).get(found.about),
        history(desk, found.claims, (Matter.DISPUTE, Matter.CLAIM)),
        _drawing(found, [(side.number, side.statements) for side in sides]),
    )


def _drawing(dispute: Dispute, told: Sequence[tuple[int, Sequence[Statement]]]) -> Drawing | None:
    """Figures on an axis of numbers, dates on one of time; other disputes are no matter of degree."""
    if dispute.kind in (DisputeKind.NUMBER, DisputeKind.SCOPE):
        return numbers(told)
    return dates(told) if dispute.kind in (DisputeKind.DATE, DisputeKind.COMPLETION) else None


def disputes_about(desk: Desk, known: str) -> tuple[DisputeLine, ...]:
    """The disputes that arise in an event or a presence, open ones first."""
    return tuple(dispute_line(found) for found in _about(desk.store, known))


def lines(found: Sequence[Dispute]) -> tuple[DisputeLine, ...]:
    """Disputes in the words of a list."""
    return tuple(dispute_line(one) for one in found)


def _side(number: int, side: Side, dispute: Dispute, known: Mapping[str, Statement]) -> SideCard:
    shown = in_order(known, side.claims[:SHOWN])
    recalled = sum(witness.background and not witness.is_data for witness in side.witnesses)
    favoured = dispute.favours == number
    return SideCard(number + 1, side, _origins(side), recalled, shown, len(side.claims) - len(shown), favoured)


def _origins(side: Side) -> int:
    return sum(not witness.background for witness in side.witnesses)
