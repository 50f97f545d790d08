"""Who has forces where: one row a force and host country, derived from the claims of all reports.

The newest asserted strength stands; plans, denials and allegations are named beside it and never enter
it; nothing is ever added up, for two figures may count the same soldiers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.model import (
    Claim,
    Document,
    Kind,
    Precision,
    Presence,
    Scope,
    Sector,
    Stance,
    Standing,
    Strength,
    content_id,
)
from dateline.reconcile.sightings import AWAY, STATE, Sighting, sightings

SIGN_HOLDS = timedelta(days=365)
"""How long a plan or order to leave marks a force that is still seen as leaving."""

CLEARLY = 0.8
"""Below this share of the standing strength those who left are a part of it; above, figures only differ."""


@dataclass(frozen=True, slots=True)
class _Departures:
    """What is said of leaving: the newest day all left, and the newest day of a sign that they will."""

    gone: str | None
    sign: str | None
    expelled: bool


def presence(claims: Iterable[Claim], documents: Iterable[Document]) -> tuple[Presence, ...]:
    """One row for each force in each host country, the same whatever the order of the claims."""
    published = {document.id: document.published for document in documents}
    groups: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    for sighting in sightings(claims, published):
        groups[_key(sighting)].append(sighting)
    rows = [_standing(key, group) for key, group in _named(groups).items()]
    return tuple(sorted(rows, key=lambda row: (row.host, row.force_country or "", row.force, row.id)))


def _key(sighting: Sighting) -> tuple[str, ...]:
    """The forces of one state are one force; every other is told apart by its name."""
    force = sighting.force
    if force.country is not None and force.sector in STATE:
        return (sighting.host, force.country, "state", "")
    return (sighting.host, force.country or "", str(force.sector), force.name.casefold())


def _named(groups: dict[tuple[str, ...], list[Sighting]]) -> dict[tuple[str, ...], list[Sighting]]:
    """Groups where "Russian mercenaries" joined the one company of that country that is named there.

    With two companies named the nameless stay apart: either could be meant.
    """
    companies: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key in groups:
        if key[1] and key[2] == Sector.PMC:
            companies[key[:3]].append(key)
    merged = dict(groups)
    for keys in companies.values():
        nameless = [key for key in keys if _nameless(groups[key])]
        named = [key for key in keys if key not in nameless]
        if not nameless or len(named) > 1:
            continue
        target = named[0] if named else min(nameless)
        together = [sighting for key in {*nameless, target} for sighting in merged.pop(key)]
        merged[target] = sorted(together, key=lambda sighting: sighting.order)
    return merged


def _nameless(group: Sequence[Sighting]) -> bool:
    """Whether the force is only described."""
    return _described(group[0].force.name)


def _described(name: str) -> bool:
    """Whether a name ends in a common noun ("Russian mercenaries")."""
    words = name.split()
    return bool(words) and words[-1].islower()


def _standing(key: tuple[str, ...], group: Sequence[Sighting]) -> Presence:
    """The row of one force in one country; `group` is in time order."""
    supports = [s for s in group if s.there]
    sites = tuple(dict.fromkeys(s.site for s in reversed(supports) if s.site is not None))
    departures = _departures(group, sites)
    status = _status(group, supports, departures)
    strength = _strength(group, departures, status)
    last_seen = supports[-1].day if supports else None
    as_of = strength.day if strength is not None else last_seen or group[-1].day
    if status is Standing.LEFT or (status is Standing.EXPELLED and strength is None):
        as_of = departures.gone or departures.sign or as_of
    name, sector = _name(group)
    return Presence(
        id=content_id("presence", *key),
        force=name,
        force_country=key[1] or None,
        sector=sector,
        host=key[0],
        site=sites[0] if len(sites) == 1 and all(s.site is not None for s in supports) else None,
        status=status,
        low=None if strength is None else strength.low,
        high=None if strength is None else strength.high,
        scope=None if strength is None else strength.scope,
        as_of=as_of,
        supports=_ids(supports),
        strength_from=None if strength is None else strength.claim,
        planned=_ids(s for s in group if s.claim.stance is Stance.PLANNED),
        denied=_ids(s for s in group if s.claim.stance is Stance.DENIED),
        alleged=_ids(s for s in group if s.claim.stance is Stance.ALLEGED),
        conditional=_ids(s for s in group if s.claim.stance is Stance.CONDITIONAL),
        departures=_ids(s for s in group if s.claim.kind in AWAY and s.claim.stance is not Stance.DENIED),
        sites=sites,
        strengths=tuple(_strength_of(s) for s in reversed(group) if s.counted),
    )


def _ids(group: Iterable[Sighting]) -> tuple[str, ...]:
    return tuple(sighting.claim.id for sighting in group)


def _name(group: Sequence[Sighting]) -> tuple[str, Sector]:
    """The name given most often: soldiers before their government, a proper name before a description."""
    counts = Counter((s.force.name, s.force.sector) for s in group)

    def rank(item: tuple[tuple[str, Sector], int]) -> tuple[bool, bool, int, str]:
        (name, sector), count = item
        plain = sector is Sector.PMC and _described(name)
        return (sector in STATE and sector is not Sector.MIL, plain, -count, name)

    return min(counts.items(), key=rank)[0]


def _departures(group: Sequence[Sighting], sites: tuple[str, ...]) -> _Departures:
    """What the claims say of leaving: all of it done, or ordered, planned, begun or done in part."""
    gone = sign = None
    expelled = False
    before: Sighting | None = None
    for sighting in group:
        claim = sighting.claim
        if sighting.there and sighting.counted and claim.stance is Stance.ASSERTED and _grade(sighting) is not None:
            before = sighting
        if claim.stance is Stance.ASSERTED and _emptied(sighting, sites) and not _fewer(sighting, before):
            gone = max(gone or "", sighting.day or "")
        elif claim.kind in AWAY and claim.stance is Stance.ASSERTED:
            sign = max(sign or "", sighting.day or "")
            expelled = expelled or claim.kind is Kind.EXPULSION
        elif claim.kind in AWAY and claim.stance is Stance.PLANNED:
            sign = max(sign or "", sighting.said or sighting.day or "")
    return _Departures(gone, sign, expelled)


def _emptied(sighting: Sighting, sites: tuple[str, ...]) -> bool:
    """Whether it says that the whole force is out of the country: not a part, not from one base of many."""
    claim, quantity = sighting.claim, sighting.claim.quantity
    if sighting.empty:
        return True
    if claim.kind is not Kind.WITHDRAWAL:
        return False
    if quantity is not None and quantity.scope is not Scope.TOTAL:
        return False
    place = claim.place
    return place is None or place.precision is Precision.COUNTRY or sites == (place.name,)


def _fewer(sighting: Sighting, before: Sighting | None) -> bool:
    """Whether clearly fewer left than stood there by the newest figure before: 400 of 1,500 is a part."""
    left, stood = sighting.claim.quantity, before.claim.quantity if before is not None else None
    if left is None or stood is None or left.high is None or stood.low is None:
        return False
    return not sighting.empty and left.high < CLEARLY * stood.low


def _status(group: Sequence[Sighting], supports: Sequence[Sighting], departures: _Departures) -> Standing:
    """Where the force stands after its newest claims."""
    gone, sign = departures.gone, departures.sign
    if supports:
        seen = supports[-1].day or ""
        if gone is not None and gone > seen:
            return Standing.LEFT
        signs = [day for day in (gone, sign) if day is not None]
        return Standing.LEAVING if signs and _holds(max(signs), seen) else Standing.PRESENT
    if gone is not None:
        return Standing.LEFT
    if sign is not None:
        return Standing.EXPELLED if departures.expelled else Standing.LEAVING
    stances = {s.claim.stance for s in group}
    for stance in (Stance.ALLEGED, Stance.PLANNED, Stance.CONDITIONAL):
        if stance in stances:
            return Standing(str(stance))
    return Standing.DENIED


def _holds(sign: str, seen: str) -> bool:
    """Whether a sign of leaving is recent enough beside the newest sighting."""
    if not sign or not seen:
        return True
    return date.fromisoformat(seen) - date.fromisoformat(sign) <= SIGN_HOLDS


def _strength(group: Sequence[Sighting], departures: _Departures, status: Standing) -> Strength | None:
    """The newest asserted figure: totals and what remains first, then parts, last what an expulsion counts.

    Of a force that left only an explicit zero stands.
    """
    figures = [
        s for s in group if s.counted and s.claim.stance is Stance.ASSERTED and (s.day or "") >= (departures.gone or "")
    ]
    wanted = [s for s in figures if _grade(s) is not None and (s.empty or status is not Standing.LEFT)]
    if not wanted:
        return None
    return _strength_of(max(wanted, key=lambda s: (-(_grade(s) or 0), *s.order)))


def _grade(sighting: Sighting) -> int | None:
    """How well a figure speaks for the whole force, 0 best; None when it counts only those who left."""
    quantity = sighting.claim.quantity
    if quantity is None or quantity.scope is Scope.REMAINING:
        return 0
    if sighting.claim.kind is Kind.WITHDRAWAL:
        return None
    if sighting.claim.kind is Kind.EXPULSION:
        return 2
    return 0 if quantity.scope is Scope.TOTAL else 1


def _strength_of(sighting: Sighting) -> Strength:
    quantity = sighting.claim.quantity
    if quantity is None:
        raise ValueError(f"claim {sighting.claim.id} gives no figure")
    return Strength(
        claim=sighting.claim.id,
        stance=sighting.claim.stance,
        low=quantity.low,
        high=quantity.high,
        scope=quantity.scope,
        day=sighting.day,
    )
