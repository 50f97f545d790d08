"""Disputes of a force in a host country: how many, whether there, what they are, whether gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.model import Claim, DisputeKind, Kind, Presence, Scope, Stance, Unit
from dateline.reconcile.dispute_numbers import (
    LONGEST,
    Figure,
    Movements,
    conflicting,
    figures,
    of_one_move,
    of_one_time,
)
from dateline.reconcile.dispute_phrases import figure_words, force_in_host, host_name
from dateline.reconcile.dispute_standing import HELD, denials, departures, is_there, label
from dateline.reconcile.dispute_tellings import CLOSE, Disagreement, Position, Row, Telling, bounds, counts, tellings, town
from dateline.reconcile.reports import Reports

TOGETHER = 62
"""Days between sightings of one force within which two labels are labels of the same people."""

_PLANS = frozenset({Stance.PLANNED})
_MOVES = {Kind.DEPLOYMENT: "arrivals of", Kind.WITHDRAWAL: "departures of"}


def of_presences(
    presences: Iterable[Presence], claims: Mapping[str, Claim], reports: Reports
) -> Iterator[Disagreement]:
    """What claims of forces in a country do not agree on, force by force and for each country's forces together."""
    blocks: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for presence in presences:
        told = tellings(_claims(presence), claims, reports)
        blocks[presence.host, presence.force_country or ""].append(Row(presence, told))
    for _, rows in sorted(blocks.items()):
        block = sorted(rows, key=lambda row: row.presence.id)
        for row in block:
            yield from _strengths(row)
            yield from _moves(row)
            yield from _more_than_stood(row)
            yield from departures(row)
        yield from denials(block)
        yield from _identities(block)


def _claims(presence: Presence) -> set[str]:
    """Everything that is told of a presence."""
    lists = (presence.supports, presence.planned, presence.denied, presence.alleged, presence.conditional)
    named = {claim for ids in (*lists, presence.departures) for claim in ids}
    return named | {strength.claim for strength in presence.strengths}


def _strengths(row: Row) -> Iterator[Disagreement]:
    """Strengths of the same time, for the country and for each base: never one against the other."""
    stands = [t for t in row.tellings if _is_strength(t)]
    moved = [t for t in row.tellings if t.claim.stance in HELD | _PLANS]
    arrivals = Movements.of(t for t in moved if t.claim.kind in (Kind.DEPLOYMENT, Kind.REDEPLOYMENT))
    leaving = Movements.of(t for t in moved if t.claim.kind is Kind.WITHDRAWAL)
    for _, told in _by_town(stands):
        for group in conflicting(figures(told), of_one_time(arrivals, leaving)):
            yield _numbers(row.presence, "strength of", group)


def _is_strength(telling: Telling) -> bool:
    """Whether it counts a force that stands there: what is present, or what is told to leave."""
    claim = telling.claim
    whole = claim.quantity is not None and claim.quantity.scope in (Scope.TOTAL, Scope.REMAINING)
    if not whole or not counts(telling, Unit.PERSONNEL) or claim.stance not in HELD:
        return False
    return claim.kind is Kind.PRESENCE and is_there(telling) or claim.kind is Kind.EXPULSION


def _moves(row: Row) -> Iterator[Disagreement]:
    """Figures of one arrival or departure; what is planned is set against plans only."""
    for kind, word in _MOVES.items():
        for stances, planned in ((HELD, ""), (_PLANS, "planned ")):
            found = [
                t
                for t in row.tellings
                if t.claim.kind is kind and t.claim.stance in stances and counts(t, Unit.PERSONNEL)
            ]
            for group in conflicting(figures(found), of_one_move):
                yield _numbers(row.presence, planned + word, group)


def _more_than_stood(row: Row) -> Iterator[Disagreement]:
    """A departure of more than stood there before it, without an arrival in between."""
    stood = [t for t in row.tellings if _is_strength(t) and t.dated and t.claim.kind is Kind.PRESENCE]
    arrivals = Movements.of(t for t in row.tellings if t.claim.kind is Kind.DEPLOYMENT and t.claim.stance in HELD)
    for place, before in _by_town(stood):
        ordered = sorted(before, key=lambda t: t.order)
        for telling in row.tellings:
            if telling.claim.kind is not Kind.WITHDRAWAL or telling.claim.stance not in HELD or town(telling) != place:
                continue
            last = _last_before(telling, ordered)
            if last is not None and not arrivals.within(last.first or 0, telling.last or 0):
                stand, left = Figure(0, 0, 0, (last,)), Figure(1, 0, 0, (telling,))
                yield _numbers(row.presence, "more left than stood there:", (stand, left))


def _last_before(left: Telling, stood: Sequence[Telling]) -> Telling | None:
    """The newest strength before a departure, at most half a year, if fewer stood there than left."""
    gone = bounds(left)
    if gone is None or not counts(left, Unit.PERSONNEL) or left.first is None or left.last is None:
        return None
    before = [t for t in stood if t.last is not None and t.last <= left.first and left.first - t.last <= LONGEST]
    newest = before[-1] if before else None
    figure = None if newest is None else bounds(newest)
    return newest if figure is not None and gone[0] > figure[1] * CLOSE else None


def _by_town(told: Iterable[Telling]) -> list[tuple[str, list[Telling]]]:
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        groups[town(telling)].append(telling)
    return sorted(groups.items())


def _numbers(presence: Presence, what: str, group: Sequence[Figure]) -> Disagreement:
    """A dispute of figures, one side for each level."""
    sides: dict[int, list[Figure]] = defaultdict(list)
    for figure in group:
        sides[figure.level].append(figure)
    positions = tuple(_position(sides[level]) for level in sorted(sides))
    topic = f"{what} {force_in_host(presence)}"
    thing = force_in_host(presence)
    return Disagreement(
        DisputeKind.NUMBER, presence.id, topic, thing, positions, presence.force_country, presence.host
    )


def _position(side: Sequence[Figure]) -> Position:
    told = tuple(sorted((t for figure in side for t in figure.tellings), key=lambda t: t.order))
    return Position(figure_words(told), told)


def _identities(block: Sequence[Row]) -> Iterator[Disagreement]:
    """The same people as instructors to some and as a company, mercenaries or volunteers to others."""
    of = {t.claim.id: row.presence for row in block for t in row.tellings}
    named = [t for row in block for t in row.tellings if is_there(t) and t.last is not None and label(t)]
    for era in _eras(named):
        sides = {name: [t for t in era if label(t) == name] for name in ("trainer", "company")}
        voices = {name: {_voice(t) for t in told} for name, told in sides.items()}
        if not all(sides.values()) or voices["trainer"] == voices["company"]:
            continue
        presence = of[sides["company"][0].claim.id]
        positions = tuple(Position(_called(told), tuple(told)) for told in sides.values())
        host = host_name(presence.host)
        adjective = force_in_host(presence)
        yield Disagreement(
            DisputeKind.IDENTITY,
            presence.id,
            f"what the forces in {host} are",
            adjective,
            positions,
            presence.force_country,
            presence.host,
        )


def _eras(named: Iterable[Telling]) -> list[list[Telling]]:
    """Sightings without a gap of more than two months between them."""
    eras: list[list[Telling]] = []
    end = 0
    for telling in sorted(named, key=lambda t: (t.first or t.last or 0, t.order)):
        first = telling.first or telling.last or 0
        if eras and first - end <= TOGETHER:
            eras[-1].append(telling)
        else:
            eras.append([telling])
            end = 0
        end = max(end, telling.last or 0)
    return eras


def _voice(telling: Telling) -> tuple[str, str]:
    attribution = telling.claim.attribution
    source = None if attribution is None else attribution.source
    return telling.claim.document, "" if source is None else source.name


def _called(told: Sequence[Telling]) -> str:
    """The name used most often, as written where it is."""
    names = Counter(t.claim.actor.text or t.claim.actor.name for t in told if t.claim.actor is not None)
    return min(names, key=lambda name: (-names[name], name))
