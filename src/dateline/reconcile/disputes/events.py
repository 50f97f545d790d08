"""Disputes of an act: how many, on which day, where, who, and whether it was done at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import asin, cos, radians, sin, sqrt

from dateline.lexicon.dispute_words import dispute_words
from dateline.model import Actor, Claim, DisputeKind, Event, Kind, Place, Sector, Stance, Unit
from dateline.reconcile.disputes.acts import Act, acts
from dateline.reconcile.disputes.dates import dated_positions
from dateline.reconcile.disputes.numbers import levels
from dateline.reconcile.disputes.phrases import act_words, figure_words
from dateline.reconcile.disputes.standing import HELD
from dateline.reconcile.disputes.tellings import Disagreement, Position, Telling, counts
from dateline.reconcile.presence.sightings import SPOTS, STATE, force_and_host
from dateline.reconcile.reports import Reports

TOLLS = frozenset({Unit.KILLED, Unit.WOUNDED, Unit.DETAINED, Unit.DISPLACED, Unit.PEOPLE})
"""Counts that grow while the matter is looked into."""

RISES = 10
"""Days within which a toll that only rises from report to report is growing, not disputed."""

FAR = 25.0
"""Kilometres within which two places are one for a report."""

_EARTH = 6371.0
_NOT_DATED = frozenset({Kind.PRESENCE, Kind.TRAINING, Kind.COOPERATION, Kind.SUPPORT, Kind.ACCUSATION, Kind.THREAT})


def of_events(events: Iterable[Event], claims: Mapping[str, Claim], reports: Reports) -> Iterator[Disagreement]:
    """What the claims of each event do not agree on, and those of events that only their counts keep apart."""
    for act in acts(events, claims, reports):
        for found in (_numbers(act), _dates(act), _places(act), _parties(act), _denials(act)):
            yield from (one for one in found if _two_voices(one))


def _two_voices(found: Disagreement) -> bool:
    """Whether no one voice tells all of it: who tells two counts or two days tells of two things."""
    return len({telling.voice for position in found.positions for telling in position.tellings}) > 1


def _numbers(act: Act) -> Iterator[Disagreement]:
    """Counts of one unit and one kind of victims that differ; forces abroad are counted where they are."""
    for unit in Unit:
        for planned in (False, True):
            found = [t for t in act.told if _is_count(t, unit) and (t.claim.stance is Stance.PLANNED) is planned]
            for group in _alike(found):
                sides = _apart(group)
                if len(sides) > 1 and not (unit in TOLLS and _only_rises(sides)):
                    positions = [Position(figure_words(side), tuple(side)) for side in sides]
                    yield _disagreement(DisputeKind.NUMBER, act.event, "number", positions)


def _is_count(telling: Telling, unit: Unit) -> bool:
    claim = telling.claim
    if not counts(telling, unit) or claim.stance in (Stance.DENIED, Stance.CONDITIONAL):
        return False
    return unit is not Unit.PERSONNEL or force_and_host(claim) is None


def _alike(found: Iterable[Telling]) -> list[list[Telling]]:
    """Counts that can be compared: of the same victims, and for rare units of the same word ("days", "percent")."""
    groups: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
    for telling in found:
        quantity, hit = telling.claim.quantity, telling.claim.recipient
        if quantity is None or (quantity.unit is Unit.OTHER and not quantity.text):
            continue
        word = (quantity.text or "").split()[-1].casefold().rstrip("s") if quantity.unit is Unit.OTHER else ""
        of = "" if hit is None or quantity.unit not in TOLLS else f"{hit.country or hit.name} {hit.sector}"
        groups[word, of].append(telling)
    return [groups[key] for key in sorted(groups)]


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


def _dates(act: Act) -> Iterator[Disagreement]:
    """Days that exclude each other, each known to a month; those of orders to a force are compared where it is."""
    if act.event.kind not in _NOT_DATED:
        positions = dated_positions(t for t in act.told if not _of_presence(t))
        if len(positions) > 1:
            yield _disagreement(DisputeKind.DATE, act.event, "date", positions)


def _places(act: Act) -> Iterator[Disagreement]:
    """Bases or towns that are not one place."""
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in act.told:
        place = telling.claim.place
        if place is not None and place.precision in SPOTS and telling.claim.stance in HELD:
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
        yield _disagreement(DisputeKind.PLACE, act.event, "place", positions)


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


def _parties(act: Act) -> Iterator[Disagreement]:
    """Who did it, and whether those hit were fighters or civilians; in a battle both sides do."""
    if act.event.kind is not Kind.ATTACK:
        return
    held = [t for t in act.told if t.claim.stance in HELD]
    hit = {actor for t in held if t.claim.recipient is not None for actor in _names(t.claim.recipient)}
    for what, key in (("who did it", _doer), ("who was hit", _target)):
        groups: dict[str, list[Telling]] = defaultdict(list)
        for telling in held:
            name = key(telling)
            if name is not None and not (key is _doer and name in hit):
                groups[name].append(telling)
        if len(groups) > 1:
            positions = [Position(name, tuple(groups[name])) for name in sorted(groups)]
            yield _disagreement(DisputeKind.IDENTITY, act.event, what, positions)


def _names(actor: Actor) -> set[str]:
    return {actor.name, actor.country or actor.name}


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


def _denials(act: Act) -> Iterator[Disagreement]:
    """An act told by some and denied by others; where forces are and whether they left is left to presences."""
    found = [t for t in act.told if force_and_host(t.claim) is None]
    denied = [t for t in found if t.claim.stance is Stance.DENIED]
    done = [t for t in found if t.claim.stance in HELD]
    if denied and done:
        positions = [Position("so", tuple(done)), Position("not so", tuple(denied))]
        yield _disagreement(DisputeKind.DENIAL, act.event, "denied", positions)


def _of_presence(telling: Telling) -> bool:
    """Whether it is an order to a force to leave, whose day is disputed where the force is."""
    return telling.claim.kind is Kind.EXPULSION and force_and_host(telling.claim) is not None


def _disagreement(kind: DisputeKind, event: Event, what: str, positions: Sequence[Position]) -> Disagreement:
    thing = act_words(event)
    topic = f"whether there was {thing}" if what == "denied" else f"{what} of {thing}"
    return Disagreement(kind, event.id, topic, thing, tuple(positions), event.actor_country, event.country)
