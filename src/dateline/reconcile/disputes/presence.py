"""Disputes of a force in a host country: how many, whether there, what they are, whether gone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from dateline.lexicon.presence_words import presence_words
from dateline.lexicon.quantities import quantity_words
from dateline.model import Claim, DisputeKind, Kind, Presence, Scope, Stance, Unit
from dateline.reconcile.disputes.dates import dated_positions
from dateline.reconcile.disputes.numbers import (
    LONGEST,
    Figure,
    Movements,
    conflicting,
    figure,
    figures,
    of_one_move,
    of_one_time,
)
from dateline.reconcile.disputes.phrases import adjective, figure_words, force_noun, host_name, personnel
from dateline.reconcile.disputes.standing import HELD, denials, departures, is_there, label
from dateline.reconcile.disputes.tellings import (
    CLOSE,
    Disagreement,
    Position,
    Row,
    Telling,
    agree,
    bounds,
    counts,
    tellings,
)
from dateline.reconcile.reports import Reports

TOGETHER = 62
"""Days between sightings of one force within which two labels are labels of the same people."""

_QUOTES = str.maketrans("", "", '"“”«»')
_PLANS = frozenset({Stance.PLANNED})
_MOVES = (
    (Kind.DEPLOYMENT, HELD, "arrival in", "sent to"),
    (Kind.DEPLOYMENT, _PLANS, "planned arrival in", "due in"),
    (Kind.WITHDRAWAL, HELD, "departure from", "left"),
    (Kind.WITHDRAWAL, _PLANS, "planned departure from", "due to leave"),
)
AROUND = 92
"""Days around the figures of a dispute within which a plan's figure supports a side."""

ORDERED_ANEW = 400
"""Days after which an order to leave may be a second one; within them it is one order, dated twice."""


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
            yield from _orders(row)
        yield from departures(block)
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
    came = (t for t in moved if t.claim.kind in (Kind.DEPLOYMENT, Kind.REDEPLOYMENT) and not _stands(t))
    arrivals = Movements.of(came)
    leaving = Movements.of(t for t in moved if t.claim.kind is Kind.WITHDRAWAL)
    plans = [t for t in row.tellings if _is_plan_to_leave(t)]
    for _, told in _by_town(stands):
        for group in conflicting(figures(told), of_one_time(arrivals, leaving)):
            yield _numbers(row.presence, "strength in", "in", [*group, *_supporters(group, plans)])


def _is_plan_to_leave(telling: Telling) -> bool:
    planned = telling.claim.kind is Kind.WITHDRAWAL and telling.claim.stance is Stance.PLANNED
    return planned and counts(telling, Unit.PERSONNEL) and not telling.spot


def _supporters(group: Sequence[Figure], plans: Iterable[Telling]) -> list[Figure]:
    """Plans to withdraw so many, told in the same time: they take one side's figure for the whole of the force."""
    start, end = min(f.first for f in group) - AROUND, max(f.last for f in group) + AROUND
    sides: dict[int, tuple[float, float]] = {}
    for one in group:
        known = sides.get(one.level, one.bounds)
        sides[one.level] = (min(known[0], one.bounds[0]), max(known[1], one.bounds[1]))
    found = []
    for telling in plans:
        value = bounds(telling)
        if value is None or not start <= telling.said <= end:
            continue
        agreed = [level for level, side in sides.items() if agree(value, side)]
        if len(agreed) == 1:
            now = replace(telling, first=telling.said, last=telling.said)
            found.append(figure(agreed[0], now.last, now.last, (now,)))
    return found


def _is_strength(telling: Telling) -> bool:
    """Whether it counts a force that stands there: what is present or deployed, or what is told to leave."""
    claim = telling.claim
    if not counts(telling, Unit.PERSONNEL) or claim.stance not in HELD:
        return False
    if claim.kind is Kind.DEPLOYMENT:
        return _stands(telling)
    whole = claim.quantity is not None and claim.quantity.scope in (Scope.TOTAL, Scope.REMAINING)
    return whole and (claim.kind is Kind.EXPULSION or (claim.kind is Kind.PRESENCE and is_there(telling)))


def _stands(telling: Telling) -> bool:
    """Whether words of sending tell who is there ("are deployed in"), not who came to others."""
    words = presence_words()
    return words.standing.search(telling.words) is not None and not words.more.search(telling.words)


def _of_force(telling: Telling) -> bool:
    """Whether its figure is of a force as it stands or stood: "are deployed", "the last of a force of 1,000"."""
    if telling.claim.kind is not Kind.WITHDRAWAL:
        return _stands(telling)
    return presence_words().last.search(telling.words) is not None and not _last_so_many().search(telling.words)


@cache
def _last_so_many() -> re.Pattern[str]:
    """Finds a number of those who were the last to go: "the last 50", "the final hundred"."""
    words = quantity_words()
    numbers = "|".join(sorted({*words.numbers, *words.multipliers}))
    return re.compile(rf"(?i)\b(?:last|final)\s+(?:some\s+|about\s+|nearly\s+)?(?:\d|(?:{numbers})\b)")


def _moves(row: Row) -> Iterator[Disagreement]:
    """Figures of one arrival or departure; what is planned is set against plans only.

    "The last of a force of 1,000" counts the force, not those who leave, and is no figure of the departure.
    """
    for kind, stances, topic, verb in _MOVES:
        of_kind = (t for t in row.tellings if t.claim.kind is kind and t.claim.stance in stances)
        found = [t for t in of_kind if counts(t, Unit.PERSONNEL) and not _of_force(t)]
        for group in conflicting(figures(found), of_one_move):
            yield _numbers(row.presence, topic, verb, group)


def _more_than_stood(row: Row) -> Iterator[Disagreement]:
    """A departure of more than stood there before it, without an arrival in between."""
    stood = [t for t in row.tellings if _is_strength(t) and t.dated and t.claim.kind is Kind.PRESENCE]
    arrivals = Movements.of(t for t in row.tellings if t.claim.kind is Kind.DEPLOYMENT and t.claim.stance in HELD)
    left = dict(_by_town(t for t in row.tellings if _left(t) and t.dated))
    for place, before in _by_town(stood):
        days = [t.last for t in before]
        matters: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
        for telling in left.get(place, ()):
            at = bisect_right(days, telling.start)
            last = before[at - 1] if at else None
            if last is None or not _exceeds(telling, last) or arrivals.within(last.start, telling.last):
                continue
            matters[bounds(last), last.start, last.last].append(telling)
        for (value, start, end), gone in sorted(matters.items(), key=str):
            stand = [t for t in before if (bounds(t), t.start, t.last) == (value, start, end)]
            sides = (figure(0, 0, 0, stand), figure(1, 0, 0, gone))
            found = _numbers(row.presence, "more left than stood in", "in", sides)
            holds = (f"{found.positions[0].holds} there", f"{found.positions[1].holds} left")
            positions = tuple(replace(p, holds=words) for p, words in zip(found.positions, holds, strict=True))
            yield replace(found, thing=found.thing.removeprefix("{} "), positions=positions)


def _left(telling: Telling) -> bool:
    """Whether it counts those who left, not the force that the last of them belonged to."""
    claim = telling.claim
    gone = claim.kind is Kind.WITHDRAWAL and claim.stance in HELD and counts(telling, Unit.PERSONNEL)
    return gone and not _of_force(telling)


def _exceeds(left: Telling, stood: Telling) -> bool:
    """Whether more left than stood there within the half year before, by more than rounding."""
    gone, there = bounds(left), bounds(stood)
    if gone is None or there is None or left.start - stood.last > LONGEST:
        return False
    return gone[0] > there[1] * CLOSE


def _by_town(told: Iterable[Telling]) -> list[tuple[str, list[Telling]]]:
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        groups[telling.spot].append(telling)
    return sorted(groups.items())


def _numbers(presence: Presence, topic: str, verb: str, group: Sequence[Figure]) -> Disagreement:
    """A dispute of figures, one side for each level."""
    sides: dict[int, list[Figure]] = defaultdict(list)
    for one in group:
        sides[one.level].append(one)
    positions = tuple(_position(sides[level]) for level in sorted(sides))
    told = [t for f in group for t in f.tellings]
    host = host_name(presence.host)
    sites = {t.claim.place.name if t.spot and t.claim.place else "" for t in told}
    where = f"{host} ({sites.pop()})" if len(sites) == 1 and "" not in sites else host
    return Disagreement(
        DisputeKind.NUMBER,
        presence.id,
        f"{force_noun(presence, told)}: {topic} {where}",
        f"{{}} {personnel(presence, told)} {verb} {where}",
        positions,
        presence.force_country,
        presence.host,
    )


def _position(side: Sequence[Figure]) -> Position:
    told = tuple(sorted((t for figure in side for t in figure.tellings), key=lambda t: t.order))
    return Position(figure_words(told), told)


def _orders(row: Row) -> Iterator[Disagreement]:
    """The day on which a force was ordered to leave: one order, where two are less than some thirteen months apart."""
    ordered = [t for t in row.tellings if t.claim.kind is Kind.EXPULSION]
    positions = dated_positions(ordered)
    for group in _runs(positions):
        if len(group) > 1:
            host = host_name(row.presence.host)
            thing = f"order to {force_noun(row.presence, ordered)} to leave {host}"
            yield Disagreement(
                DisputeKind.DATE,
                row.presence.id,
                f"day of the {thing}",
                thing,
                tuple(group),
                row.presence.force_country,
                row.presence.host,
            )


def _runs(positions: Iterable[Position]) -> list[list[Position]]:
    """Positions in time order, cut where more than `ORDERED_ANEW` days lie between one and the next."""
    runs: list[list[Position]] = []
    for position in positions:
        first = min(t.start for t in position.tellings)
        if runs and first - max(t.last for t in runs[-1][-1].tellings) <= ORDERED_ANEW:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _identities(block: Sequence[Row]) -> Iterator[Disagreement]:
    """The same people as instructors to some and as a company, mercenaries or volunteers to others."""
    of = {t.claim.id: row.presence for row in block for t in row.tellings}
    named = [t for row in block for t in row.tellings if is_there(t) and label(t)]
    for era in _eras(named):
        sides = {name: [t for t in era if label(t) == name] for name in ("trainer", "company")}
        voices = {name: {t.voice for t in told} for name, told in sides.items()}
        if not all(sides.values()) or voices["trainer"] == voices["company"]:
            continue
        presence = of[sides["company"][0].claim.id]
        positions = tuple(Position(_called(told), tuple(told)) for told in sides.values())
        host = host_name(presence.host)
        country = presence.force_country
        who = "forces" if country is None else f"{adjective(country)} personnel"
        yield Disagreement(
            DisputeKind.IDENTITY,
            presence.id,
            f"what the {who} in {host} are",
            f"{who} in {host}",
            positions,
            presence.force_country,
            presence.host,
        )


def _eras(named: Iterable[Telling]) -> list[list[Telling]]:
    """Sightings without a gap of more than two months between them."""
    eras: list[list[Telling]] = []
    end = 0
    for telling in sorted(named, key=lambda t: (_news(t), t.order)):
        if eras and _news(telling) - end <= TOGETHER:
            eras[-1].append(telling)
            end = max(end, telling.last)
        else:
            eras.append([telling])
            end = telling.last
    return eras


def _news(telling: Telling) -> int:
    """The day from which it speaks of a force: its first, else that of its report."""
    return telling.last if telling.first is None else telling.first


def _called(told: Sequence[Telling]) -> str:
    """The name used most often, as written where it is."""
    written = (t.claim.actor.text or t.claim.actor.name for t in told if t.claim.actor is not None)
    names = Counter(name.translate(_QUOTES) for name in written)
    return min(names, key=lambda name: (-names[name], name))
