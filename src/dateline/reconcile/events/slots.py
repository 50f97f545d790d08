"""A group of tellings as an event: every slot with all its readings and their support."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dateline.model import (
    Claim,
    Event,
    Kind,
    Precision,
    Quantity,
    Stance,
    Unit,
    Variant,
    Witness,
    content_id,
)
from dateline.reconcile.events.blocks import MOVES, exact
from dateline.reconcile.events.groups import Group
from dateline.reconcile.events.spans import bounds_of, recalls, stage
from dateline.reconcile.events.tellings import Telling
from dateline.reconcile.origins import witnesses
from dateline.reconcile.reports import Reports

_MAIN_UNITS = (Unit.PERSONNEL, Unit.KILLED, Unit.PEOPLE)


def event_of(group: Group, reports: Reports) -> Event:
    """The event that a group of tellings comes to."""
    members = sorted(group.members, key=lambda member: member.id)
    claims = [member.claim for member in members]
    ids = tuple(claim.id for claim in claims)
    days = bounds_of(group)
    background = {member.id for member in members if recalls(member, days, group)}
    told = _witnesses(claims, background, reports)
    support = Support(told)
    variants = _variants(members, support)
    quantity = _main_quantity(claims, support)
    actor = _party(claims, "actor", support)
    recipient = _party(claims, "recipient", support)
    return Event(
        id=content_id("event", *ids),
        kind=_kind(claims),
        actor=None if actor is None else actor[0],
        recipient=None if recipient is None else recipient[0],
        country=_country(group, claims),
        earliest=None if days is None or days[0] is None else date.fromordinal(days[0]).isoformat(),
        latest=None if days is None or days[1] is None else date.fromordinal(days[1]).isoformat(),
        claims=ids,
        stances=tuple(stance for stance in Stance if any(claim.stance is stance for claim in claims)),
        actor_country=None if actor is None else actor[1],
        recipient_country=None if recipient is None else recipient[1],
        stage=stage(group),
        place=_place(claims, support),
        low=None if quantity is None else quantity.low,
        high=None if quantity is None else quantity.high,
        unit=None if quantity is None else quantity.unit,
        variants=variants,
        witnesses=told,
    )


class Support:
    """Which independent tellings each claim belongs to, background ones left out."""

    def __init__(self, told: Sequence[Witness]) -> None:
        self._of: dict[str, set[int]] = defaultdict(set)
        for number, witness in enumerate(told):
            if not witness.background:
                for claim in witness.claims:
                    self._of[claim].add(number)

    def origins(self, claims: Iterable[Claim]) -> int:
        """On how many independent origins the claims rest."""
        if not self._of:
            return 0
        return len({number for claim in claims for number in self._of.get(claim.id, ())})

    def best_first(self, readings: Mapping[str, Sequence[Claim]]) -> list[tuple[str, Sequence[Claim]]]:
        """Readings by origins, then by claims, then in the order of their words."""
        if len(readings) == 1:
            return list(readings.items())
        return sorted(readings.items(), key=lambda item: (-self.origins(item[1]), -len(item[1]), item[0]))


def _witnesses(claims: Sequence[Claim], background: set[str], reports: Reports) -> tuple[Witness, ...]:
    """The independent tellings of those who tell it as news, then, marked, those who only recall it."""
    news = [claim for claim in claims if claim.id not in background]
    recalled = [claim for claim in claims if claim.id in background]
    told = [*(witnesses(news, reports) if news else ()), *(witnesses(recalled, reports) if recalled else ())]
    marked = [(w, w.is_data or w.claims[0] in background) for w in told]
    return tuple(w if w.background is old else replace(w, background=old) for w, old in marked)


def _kind(claims: Sequence[Claim]) -> Kind:
    """The kind told most often; a presence is evidence of an arrival and names it only where it stands alone."""
    counts = Counter(claim.kind for claim in claims)
    return min(counts, key=lambda kind: (kind is Kind.PRESENCE, -counts[kind], str(kind)))


def _country(group: Group, claims: Sequence[Claim]) -> str | None:
    """Where it happens: the host of moves, else the country of the places, the most frequent one."""
    found = Counter(c.place.country for c in claims if c.place is not None and c.place.country is not None)
    if group.family in MOVES and group.host is not None and len(group.host) == 3 and group.host.isupper():
        return group.host
    return min(found, key=lambda code: (-found[code], code)) if found else None


def _party(claims: Sequence[Claim], slot: str, support: Support) -> tuple[str, str | None] | None:
    readings: dict[str, list[Claim]] = defaultdict(list)
    country: dict[str, str | None] = {}
    for claim in claims:
        actor = getattr(claim, slot)
        if actor is not None:
            readings[actor.name].append(claim)
            country[actor.name] = country.get(actor.name) or actor.country
    if not readings:
        return None
    name = support.best_first(readings)[0][0]
    return name, country[name]


def _place(claims: Sequence[Claim], support: Support) -> str | None:
    """The exact place told most; of two told as much the more exact one. None where only the country is told."""
    readings: dict[str, list[Claim]] = defaultdict(list)
    rank: dict[str, int] = {}
    order = list(Precision)
    for claim in claims:
        if claim.place is not None and exact(claim.place):
            readings[claim.place.name].append(claim)
            rank[claim.place.name] = order.index(claim.place.precision)
    told = support.origins(claims) > 0
    readings = {name: found for name, found in readings.items() if not told or support.origins(found) > 0}
    if not readings:
        return None
    return min(readings, key=lambda n: (-support.origins(readings[n]), rank[n], -len(readings[n]), n))


def _main_quantity(claims: Sequence[Claim], support: Support) -> Quantity | None:
    """The best supported count, of soldiers or of the dead before any other; none of a recalled part or ceiling."""
    readings: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        quantity = claim.quantity
        if quantity is not None and (quantity.low is not None or quantity.high is not None):
            readings[in_words(quantity)].append(claim)
    ranked = support.best_first(readings)
    main = [group for _, group in ranked if _unit(group[0]) in _MAIN_UNITS]
    first = main or [group for _, group in ranked]
    return first[0][0].quantity if first else None


def _unit(claim: Claim) -> Unit | None:
    return None if claim.quantity is None else claim.quantity.unit


def _variants(members: Sequence[Telling], support: Support) -> dict[str, tuple[Variant, ...]]:
    """Every reading of every slot, the best supported first. Counts are a slot for each unit: `quantity:personnel`."""
    claims = [member.claim for member in members]
    if len(claims) == 1:
        origins = support.origins(claims)
        found = {slot: (Variant(value, (claims[0].id,), origins),) for slot, value in _readings(claims[0])}
        return {slot: found[slot] for slot in sorted(found) if slot != "kind"}
    slots: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        for slot, value in _readings(claim):
            slots[slot][value].append(claim)
    if len(slots.get("kind", {})) < 2:
        slots.pop("kind", None)
    return {
        slot: tuple(
            Variant(value, tuple(claim.id for claim in found), support.origins(found))
            for value, found in support.best_first(slots[slot])
        )
        for slot in sorted(slots)
    }


_SLOTS: Mapping[str, Callable[[Claim], str | None]] = {
    "actor": lambda claim: None if claim.actor is None else claim.actor.name,
    "recipient": lambda claim: None if claim.recipient is None else claim.recipient.name,
    "place": lambda claim: None if claim.place is None else claim.place.name,
    "stance": lambda claim: str(claim.stance),
    "kind": lambda claim: str(claim.kind),
    "time": lambda claim: _span(claim),
}


def _readings(claim: Claim) -> Iterable[tuple[str, str]]:
    for slot, read in _SLOTS.items():
        value = read(claim)
        if value is not None:
            yield slot, value
    quantity = claim.quantity
    if quantity is not None and (quantity.low is not None or quantity.high is not None):
        yield f"quantity:{quantity.unit}", in_words(quantity)


def _span(claim: Claim) -> str | None:
    """A time in words: a day, or two joined by dots; an open end is left out."""
    time = claim.time
    if time is None or (time.earliest is None and time.latest is None):
        return None
    if time.earliest == time.latest:
        return time.earliest
    return f"{time.earliest or ''}..{time.latest or ''}"


def in_words(quantity: Quantity) -> str:
    """A count in words: "100 personnel", "900 to 1,000 personnel", "at least 600 killed", "up to 300 aircraft"."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        number = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    elif low is not None:
        number = f"at least {_number(low)}"
    else:
        number = f"up to {_number(high or 0)}"
    return f"{number} {quantity.unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
