"""Events: the list of them, and one with every reading of every slot, its tellings and what it is linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.desk.desk import Desk
from dateline.desk.judging import HistoryLine, history
from dateline.desk.statements import Statement, in_order, statements
from dateline.desk.terms import SLOTS, country_name, kind_words
from dateline.export.words import amount, counted, days
from dateline.model import Dispute, Event, Kind, Matter, Unit, Variant, Witness
from dateline.reconcile.disputes.phrases import party_words
from dateline.store import Filters
from dateline.store.holders import disputes_about, events_by_id
from dateline.store.paging import Paging, Slice

SHOWN = 60
"""Claims of an event that its page shows in their sentences; the rest are counted."""

TOLD = 40
"""Origins of an event that its page shows; the rest are counted."""

LINKED = 40
"""Linked events that a page shows."""

_EVERY = Filters()
_FIRST = Paging()
_NEAR = 21
"""Days around an event in which others of its kind and country are offered to be merged with it."""

_OFFERED = 8


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event as a list tells it."""

    event: Event
    title: str
    when: str
    where: str
    how_many: str
    reports: int
    recalled: int
    rows: int = 0

    @property
    def told_by(self) -> str:
        """By how many independent origins and in how many reports; rows of data sets apart, for they are none."""
        rows = f"{counted(self.rows, 'row')} of data sets" if self.rows else ""
        if not self.event.origins:
            recalled = f"only recalled, in {counted(self.recalled, 'report')}" if self.recalled or not rows else ""
            return "; ".join(filter(None, (recalled, f"only {rows}" if rows and not recalled else rows)))
        words = f"{counted(self.event.origins, 'origin')}, {counted(self.reports, 'report')}"
        recalled = f"recalled in {self.recalled}" if self.recalled else ""
        return "; ".join(filter(None, (words, recalled, rows)))


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a slot: its value, the claims that give it, on how many origins, as a part of those of the best.

    `share` is from 0 to 1, of the origins that tell any reading of the slot (of its claims where none is independent).
    """

    value: str
    claims: tuple[str, ...]
    origins: int
    share: float


@dataclass(frozen=True, slots=True)
class SlotReadings:
    """A slot with all its readings, the best supported first; several: reports do not agree."""

    slot: str
    label: str
    readings: tuple[Reading, ...]

    @property
    def is_agreed(self) -> bool:
        """Whether all reports that fill the slot agree."""
        return len(self.readings) < 2


@dataclass(frozen=True, slots=True)
class Told:
    """What one independent origin tells of an event; `origin` is the id of its page, None where nobody's is here."""

    witness: Witness
    name: str
    origin: str | None
    statements: tuple[Statement, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Linked:
    """Another event of the same process; read "this one `tie` that one". `this` marks the event itself among them."""

    line: EventLine
    tie: str
    this: bool = False


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event with all that its page shows."""

    line: EventLine
    slots: tuple[SlotReadings, ...]
    told: tuple[Told, ...]
    recalled: tuple[Told, ...]
    data_sets: tuple[Told, ...]
    timeline: tuple[Linked, ...]
    disputes: tuple[Dispute, ...]
    nearby: tuple[EventLine, ...]
    history: tuple[HistoryLine, ...]
    more: int
    more_told: int

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.line.event


def events(desk: Desk, wanted: Filters = _EVERY, paging: Paging = _FIRST) -> Slice[EventLine]:
    """A page of the events that pass the filters; by day, kind, origins, actor or country."""
    found = desk.view.events_page(wanted, paging)
    rows = tuple(map(event_line, found.rows))
    return Slice(rows, found.total, found.total_is_least, found.next, found.previous, found.sort)


def event_line(event: Event) -> EventLine:
    """An event in the words of a list."""
    news = {document for witness in event.witnesses if not witness.background for document in witness.documents}
    rows = {document for witness in event.witnesses if witness.is_data for document in witness.documents}
    recalled = {document for witness in event.witnesses for document in witness.documents} - news - rows
    country = country_name(event.country)
    where = ", ".join(dict.fromkeys(part for part in (event.place, country) if part))
    many = amount(event.low, event.high)
    return EventLine(
        event,
        title_of(event),
        days(event.earliest, event.latest),
        where,
        many if event.unit in (None, Unit.OTHER) else f"{many} {event.unit}".strip(),
        len(news),
        len(recalled),
        len(rows),
    )


def title_of(event: Event) -> str:
    """An event in a few words: "Withdrawal of French armed forces from Chad", "Attack by Wagner Group in Mali"."""
    noun, by, to, at = _TITLES.get(event.kind, (kind_words(event.kind).capitalize(), "by", "and", "in"))
    words = [noun]
    if event.actor is not None:
        words.append(f"{by} {party_words(event.actor)}")
    host = country_name(event.country)
    if event.recipient is not None and not (event.kind in _MOVES and host):
        words.append(f"{to} {party_words(event.recipient)}")
    where = ", ".join(dict.fromkeys(part for part in (event.place, host) if part))
    if where:
        words.append(f"{at} {where}")
    return " ".join(words)


def event(desk: Desk, identifier: str) -> EventCard:
    """The event of a full id with all that its page shows; LookupError when there is none."""
    found = events_by_id(desk.store, [identifier]).get(identifier)
    if found is None:
        raise LookupError(identifier)
    shown = [claim for witness in found.witnesses[:TOLD] for claim in witness.claims]
    known = statements(desk, list(dict.fromkeys([*shown, *found.claims]))[:SHOWN])
    told = tuple(_told(witness, known) for witness in found.witnesses[:TOLD])
    return EventCard(
        line=event_line(found),
        slots=_slots(found.variants),
        told=tuple(one for one in told if not one.witness.background),
        recalled=tuple(one for one in told if one.witness.background and not one.witness.is_data),
        data_sets=tuple(one for one in told if one.witness.is_data),
        timeline=_timeline(desk, found),
        disputes=disputes_about(desk.store, identifier),
        nearby=_nearby(desk, found),
        history=history(desk, found.claims, (Matter.EVENT, Matter.CLAIM)),
        more=max(0, len(found.claims) - len(known)),
        more_told=max(0, len(found.witnesses) - TOLD),
    )


def slot_name(slot: str) -> str:
    """The name of a slot of variants; counts are one for each unit.

    >>> slot_name("quantity:personnel"), slot_name("place")
    ('How many (personnel)', 'Where')
    """
    root, _, unit = slot.partition(":")
    name = SLOTS.get(root, root.capitalize())
    return f"{name} ({unit})" if unit else name


def _slots(variants: Mapping[str, tuple[Variant, ...]]) -> tuple[SlotReadings, ...]:
    ranked = sorted(variants, key=lambda slot: (_ORDER.get(slot.partition(":")[0], len(_ORDER)), slot))
    return tuple(SlotReadings(slot, slot_name(slot), _readings(variants[slot])) for slot in ranked)


def _readings(given: Sequence[Variant]) -> tuple[Reading, ...]:
    by_origin = any(variant.origins for variant in given)
    weights = [variant.origins if by_origin else len(variant.claims) for variant in given]
    most = max(weights, default=0) or 1
    return tuple(
        Reading(variant.value.replace("..", " … "), variant.claims, variant.origins, weight / most)
        for variant, weight in zip(given, weights, strict=True)
    )


def _told(witness: Witness, known: Mapping[str, Statement]) -> Told:
    found = in_order(known, witness.claims)
    origin = witness.origin if witness.origin.startswith("origin-") else None
    return Told(witness, witness.name or "not known who", origin, found, len(witness.claims) - len(found))


def _timeline(desk: Desk, found: Event) -> tuple[Linked, ...]:
    """The event among those it is linked to, in order of time; alone, nothing."""
    ties = {link.event: str(link.tie) for link in found.links}
    others = events_by_id(desk.store, list(ties)[:LINKED])
    if not others:
        return ()
    linked = [Linked(event_line(other), ties[other.id]) for other in others.values()]
    linked.append(Linked(event_line(found), "", this=True))
    return tuple(sorted(linked, key=lambda one: (one.line.event.earliest or one.line.event.latest or "", one.this)))


def _nearby(desk: Desk, found: Event) -> tuple[EventLine, ...]:
    """Events of the same kind and country about the same days: likely ones to be merged."""
    last = found.latest or found.earliest
    if last is None or found.country is None:
        return ()
    first = date.fromisoformat(found.earliest or last) - timedelta(days=_NEAR)
    until = date.fromisoformat(last) + timedelta(days=_NEAR)
    near = desk.view.events_near(found.kind, found.country, (first.isoformat(), until.isoformat()), _OFFERED + 1)
    return tuple(event_line(other) for other in near if other.id != found.id)[:_OFFERED]


_ORDER = {
    slot: number for number, slot in enumerate(("kind", "actor", "recipient", "place", "time", "quantity", "stance"))
}

_MOVES = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL, Kind.MOBILIZATION})
"""Kinds whose recipient is the host, which their place names."""

_TITLES = {
    Kind.PRESENCE: ("Presence", "of", "with", "in"),
    Kind.DEPLOYMENT: ("Deployment", "of", "to", "to"),
    Kind.REDEPLOYMENT: ("Redeployment", "of", "to", "to"),
    Kind.WITHDRAWAL: ("Withdrawal", "of", "from", "from"),
    Kind.EXPULSION: ("Expulsion", "by", "of", "from"),
    Kind.AGREEMENT: ("Agreement", "of", "with", "in"),
    Kind.TERMINATION: ("Agreement ended", "by", "with", "in"),
    Kind.CONSULTATION: ("Talks", "of", "with", "in"),
    Kind.COOPERATION: ("Cooperation", "of", "with", "in"),
    Kind.TRAINING: ("Training", "by", "of", "in"),
    Kind.ARMS_TRANSFER: ("Arms transfer", "by", "to", "in"),
    Kind.AID: ("Aid", "by", "to", "in"),
    Kind.SUPPORT: ("Support", "by", "for", "in"),
    Kind.CONCESSION: ("Concession", "by", "to", "in"),
    Kind.REQUEST: ("Request", "by", "to", "in"),
    Kind.ACCUSATION: ("Accusation", "by", "against", "in"),
    Kind.REJECTION: ("Rejection", "by", "of", "in"),
    Kind.THREAT: ("Threat", "by", "against", "in"),
    Kind.PROTEST: ("Protest", "by", "against", "in"),
    Kind.SANCTION: ("Sanction", "by", "against", "in"),
    Kind.MOBILIZATION: ("Mobilisation", "of", "for", "in"),
    Kind.COERCION: ("Coercion", "by", "of", "in"),
    Kind.COUP: ("Coup", "by", "against", "in"),
    Kind.ATTACK: ("Attack", "by", "on", "in"),
}
"""How a title names each kind, and what stands before who acts, the other party and the place."""
