"""Disputes of an act: how many, on which day, where, who, and whether it was done at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt

from dateline.lexicon.dispute_words import dispute_words
from dateline.model import Claim, DisputeKind, Event, Kind, Place, Precision, Sector, Stance, TimeBasis, Unit
from dateline.reconcile.dispute_dates import dated_positions
from dateline.reconcile.dispute_numbers import levels
from dateline.reconcile.dispute_phrases import act, figure_words
from dateline.reconcile.dispute_standing import HELD
from dateline.reconcile.dispute_tellings import SHORT, Disagreement, Position, Telling, counts, tellings
from dateline.reconcile.events import event_block
from dateline.reconcile.reports import Reports
from dateline.reconcile.sightings import STATE, force_and_host

TOLLS = frozenset({Unit.KILLED, Unit.WOUNDED, Unit.DETAINED, Unit.DISPLACED, Unit.PEOPLE})
"""Counts that grow while the matter is looked into."""

RISES = 10
"""Days within which a toll that only rises from report to report is growing, not disputed."""

FAR = 25.0
"""Kilometres within which two places are one for a report."""

ONCE = frozenset(
    {Kind.AGREEMENT, Kind.TERMINATION, Kind.CONSULTATION, Kind.COUP, Kind.PROTEST, Kind.ACCUSATION, Kind.SANCTION}
)
"""Acts that the same parties do once in the same few days: two counts for them are of one act."""

_EARTH = 6371.0
_POINTS = frozenset({Precision.SITE, Precision.SETTLEMENT})
_NOT_DATED = frozenset({Kind.PRESENCE, Kind.TRAINING, Kind.COOPERATION, Kind.SUPPORT, Kind.ACCUSATION, Kind.THREAT})


def of_events(events: Iterable[Event], claims: Mapping[str, Claim], reports: Reports) -> Iterator[Disagreement]:
    """What the claims of each event do not agree on."""
    counted: dict[tuple[str, ...], list[tuple[Event, Telling]]] = defaultdict(list)
    for event in events:
        background = {c for w in event.witnesses if w.background for c in w.claims}
        told = tellings(event.claims, claims, reports)
        fresh = tuple(t for t in told if t.claim.id not in background)
        differing = list(_numbers(event, fresh))
        yield from differing
        if event.kind in ONCE and not differing:
            for telling in fresh:
                for key in _same_act(event, telling, reports):
                    counted[key].append((event, telling))
        yield from _dates(event, told)
        yield from _places(event, fresh)
        yield from _parties(event, fresh)
        yield from _denials(event, told)
    for _, pairs in sorted(counted.items()):
        yield from _numbers_apart(pairs)


def _same_act(event: Event, telling: Telling, reports: Reports) -> list[tuple[str, ...]]:
    """What tellings of one act share: block, kind, parties and exactly the same days; nothing if undated."""
    time, document = telling.claim.time, reports.documents.get(telling.claim.document)
    stated = time is not None and time.basis is not TimeBasis.PUBLISHED
    block = None if document is None else event_block(telling.claim, document)
    if not stated or block is None or not telling.dated or telling.width > SHORT:
        return []
    parties = (event.actor_country or "", event.recipient_country or "")
    return [(block, str(event.kind), *parties, str(telling.first), str(telling.last))]


def _numbers_apart(pairs: Sequence[tuple[Event, Telling]]) -> Iterator[Disagreement]:
    """Counts that differ between tellings of the same days which their counts kept apart as two events."""
    if len({event.id for event, _ in pairs}) > 1:
        yield from _numbers(min((event for event, _ in pairs), key=lambda e: e.id), [t for _, t in pairs])


def _numbers(event: Event, told: Sequence[Telling]) -> Iterator[Disagreement]:
    """Counts of one unit that differ. Those of forces abroad are compared where the force is (its presence)."""
    for unit in Unit:
        for planned in (False, True):
            found = [t for t in told if _is_count(t, unit) and (t.claim.stance is Stance.PLANNED) is planned]
            for group in _units(found):
                sides = _apart(group)
                if len(sides) > 1 and not (unit in TOLLS and _only_rises(sides)):
                    positions = [Position(figure_words(side), tuple(side)) for side in sides]
                    yield _disagreement(DisputeKind.NUMBER, event, "number", positions)


def _is_count(telling: Telling, unit: Unit) -> bool:
    claim = telling.claim
    if not counts(telling, unit) or claim.stance in (Stance.DENIED, Stance.CONDITIONAL):
        return False
    return unit is not Unit.PERSONNEL or force_and_host(claim) is None


def _units(found: Iterable[Telling]) -> list[list[Telling]]:
    """Counts of `other` apart by the word they count (days, percent): unknown words are not compared."""
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in found:
        quantity = telling.claim.quantity
        if quantity is None or quantity.unit is not Unit.OTHER:
            groups[""].append(telling)
        elif quantity.text:
            groups[quantity.text.split()[-1].casefold().rstrip("s")].append(telling)
    return [groups[word] for word in sorted(groups)]


def _apart(found: Iterable[Telling]) -> list[tuple[Telling, ...]]:
    """The figures that differ; a part told as a part is set aside when a whole is told."""
    whole = [t for t in found if t.claim.quantity is not None and t.claim.quantity.scope != "part"]
    return list(levels(whole or found))


def _only_rises(sides: Sequence[Sequence[Telling]]) -> bool:
    """Whether each higher figure is of a later day than every lower one, all within days and of no two sources."""
    if len({telling.voice[1] for side in sides for telling in side} - {""}) > 1:
        return False
    said = [[t.said for t in side] for side in sides]
    spans = [(min(days), max(days)) for days in said]
    rising = all(one[1] < other[0] for one, other in zip(spans, spans[1:], strict=False))
    return rising and spans[-1][1] - spans[0][0] <= RISES


def _dates(event: Event, told: Sequence[Telling]) -> Iterator[Disagreement]:
    """Days that exclude each other, each known to a month; those of orders to a force are compared where it is."""
    if event.kind not in _NOT_DATED:
        positions = dated_positions(t for t in told if not _of_presence(t))
        if len(positions) > 1:
            yield _disagreement(DisputeKind.DATE, event, "date", positions)


def _places(event: Event, told: Sequence[Telling]) -> Iterator[Disagreement]:
    """Bases or towns that are not one place."""
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        place = telling.claim.place
        if place is not None and place.precision in _POINTS and telling.claim.stance in HELD:
            groups[place.name].append(telling)
    names = sorted(groups, key=lambda name: (-len(groups[name]), name))
    sides: list[list[str]] = []
    for name in names:
        near = [side for side in sides if _one_place(_place(groups[side[0]]), _place(groups[name]))]
        if near:
            near[0].append(name)
        else:
            sides.append([name])
    if len(sides) > 1:
        positions = [Position(side[0], tuple(t for name in side for t in groups[name])) for side in sides]
        yield _disagreement(DisputeKind.PLACE, event, "place", positions)


def _place(told: Sequence[Telling]) -> Place:
    place = told[0].claim.place
    if place is None:
        raise ValueError(f"claim {told[0].claim.id} has no place")
    return place


def _one_place(one: Place, other: Place) -> bool:
    """Whether two names can mean one place: one has no point, or they lie close."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return True
    return kilometres((one.lat, one.lon), (other.lat, other.lon)) <= FAR


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way between two points of WGS 84 in degrees, along the surface of a sphere."""
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    half = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def _parties(event: Event, told: Sequence[Telling]) -> Iterator[Disagreement]:
    """Who did it, and whether those hit were fighters or civilians."""
    if event.kind is not Kind.ATTACK:
        return
    held = [t for t in told if t.claim.stance in HELD]
    for what, key in (("who did it", _doer), ("who was hit", _target)):
        groups: dict[str, list[Telling]] = defaultdict(list)
        for telling in held:
            name = key(telling)
            if name is not None:
                groups[name].append(telling)
        if len(groups) > 1:
            positions = [Position(name, tuple(groups[name])) for name in sorted(groups)]
            yield _disagreement(DisputeKind.IDENTITY, event, what, positions)


def _doer(telling: Telling) -> str | None:
    """The state or the named group that acts; None for gunmen and joint actors."""
    actor = telling.claim.actor
    if actor is None or ";" in actor.name:
        return None
    if actor.sector in STATE:
        return actor.country
    named = actor.sector in (Sector.PMC, Sector.REB) and any(char.isupper() for char in actor.name)
    return actor.name if named and not actor.name.split()[-1].islower() else None


def _target(telling: Telling) -> str | None:
    """Whether the recipient is called fighters or civilians."""
    actor = telling.claim.recipient
    if actor is None:
        return None
    words = f"{actor.text or ''} {actor.name}".casefold()
    found = [name for name, pattern in dispute_words().targets.items() if pattern.search(words)]
    return found[0] if len(found) == 1 else None


def _denials(event: Event, told: Sequence[Telling]) -> Iterator[Disagreement]:
    """An act told by some and denied by others; where forces are and whether they left is left to presences."""
    acts = [t for t in told if force_and_host(t.claim) is None]
    denied = [t for t in acts if t.claim.stance is Stance.DENIED]
    done = [t for t in acts if t.claim.stance in HELD]
    if denied and done:
        positions = [Position("so", tuple(done)), Position("not so", tuple(denied))]
        yield _disagreement(DisputeKind.DENIAL, event, "denied", positions)


def _of_presence(telling: Telling) -> bool:
    """Whether it is an order to a force to leave, whose day is disputed where the force is."""
    return telling.claim.kind is Kind.EXPULSION and force_and_host(telling.claim) is not None


def _disagreement(kind: DisputeKind, event: Event, what: str, positions: Sequence[Position]) -> Disagreement:
    thing = act(event)
    topic = f"whether there was {thing}" if what == "denied" else f"{what} of {thing}"
    return Disagreement(kind, event.id, topic, thing, tuple(positions), event.actor_country, event.country)
