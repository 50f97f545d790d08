"""Who has forces where: one row a force and host country or region, derived from the claims of all reports.

A row holds the newest asserted strength and the whole series in time. Plans, denials and allegations are named beside
it and never enter it; nothing is ever added up, for two figures may count the same soldiers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from dateline.lexicon.presence_words import presence_words
from dateline.model import (
    Claim,
    DeploymentKind,
    Document,
    Kind,
    Presence,
    Scope,
    SitePresence,
    Stance,
    Standing,
    Step,
    Strength,
    content_id,
)
from dateline.reconcile.origins import witnesses
from dateline.reconcile.presence.forces import ForceKey, block, by_force, called
from dateline.reconcile.presence.readings import Act, deployment_words, reading
from dateline.reconcile.presence.sightings import AWAY, Sighting, day_of, force_and_host, sightings
from dateline.reconcile.presence.steps import Series, series
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import NO_VERDICTS, Verdicts

SIGN_HOLDS = timedelta(days=365)
"""How long a plan or order to leave marks a force that is still seen as leaving."""


def presence_block(claim: Claim, document: Document) -> str | None:
    """What all claims share that can bear on one row ("NER|RUS"); None for a claim of no force in a foreign country.

    Host and country of the force: a nameless company may be the one that another report names. A force without a
    country goes by its name, through renamings by its first one.
    """
    found = force_and_host(claim)
    return None if found is None else block(found[1], found[0])


def presence(claims: Iterable[Claim], reports: Reports, verdicts: Verdicts = NO_VERDICTS) -> tuple[Presence, ...]:
    """One row for each force in each host, from any number of whole blocks, whatever the order of the claims."""
    unique = {claim.id: claim for claim in claims if claim.id not in verdicts.rejected}
    groups = by_force(sightings(unique.values(), reports))
    rows = [_row(key, group, reports, verdicts) for key, group in groups.items()]
    return tuple(sorted(rows, key=lambda row: (row.host, row.force_country or "", row.force, row.id)))


def _row(key: ForceKey, group: Sequence[Sighting], reports: Reports, verdicts: Verdicts) -> Presence:
    """The row of one force in one country or region; `group` is in time order."""
    supports = [s for s in group if s.there]
    sites = tuple(dict.fromkeys(s.site for s in reversed(supports) if s.site is not None))
    whole = series(group, reports, verdicts)
    told = whole.steps
    status = _status(group, supports, told)
    strength = _strength(group, told, status, verdicts)
    name, sector = called(group)
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
        as_of=_as_of(group, supports, told, strength, status),
        supports=_ids(supports),
        strength_from=None if strength is None else strength.claim,
        planned=_ids(s for s in group if s.claim.stance is Stance.PLANNED),
        denied=_ids(s for s in group if s.claim.stance is Stance.DENIED),
        alleged=_ids(s for s in group if s.claim.stance is Stance.ALLEGED),
        conditional=_ids(s for s in group if s.claim.stance is Stance.CONDITIONAL),
        departures=_ids(s for s in group if s.claim.kind in AWAY and s.claim.stance is not Stance.DENIED),
        sites=sites,
        strengths=tuple(_strength_of(s) for s in reversed(group) if s.counted),
        series=told,
        at_sites=_at_sites(group, whole, reports, verdicts),
        deployment=_deployment(supports),
        witnesses=witnesses([s.claim for s in supports], reports),
    )


def _ids(group: Iterable[Sighting]) -> tuple[str, ...]:
    return tuple(sighting.claim.id for sighting in group)


def _at_sites(
    group: Sequence[Sighting], whole: Series, reports: Reports, verdicts: Verdicts
) -> tuple[SitePresence, ...]:
    """The steps at each base or town, by name; never summed: two may be told of the same men."""
    found: dict[str, list[Sighting]] = {}
    for sighting in group:
        if sighting.spot is not None:
            found.setdefault(sighting.spot, []).append(sighting)
    places = []
    for name in sorted(found):
        steps = series(found[name], reports, verdicts, at=name, exits=whole.exits).steps
        pins = Counter(
            (p.lat, p.lon) for s in found[name] if (p := s.claim.place) is not None and p.lat is not None
        ).items()
        lat, lon = min(pins, key=lambda pin: (-pin[1], str(pin[0])))[0] if pins else (None, None)
        if steps:
            places.append(SitePresence(name, lat, lon, steps))
    return tuple(places)


def _deployment(supports: Sequence[Sighting]) -> DeploymentKind | None:
    """What the force is there for, as most claims put it that say so; the first of the list among equals."""
    words = presence_words()
    told = Counter(
        DeploymentKind.TRAINING if s.claim.kind is Kind.TRAINING else words.deployment_kind(deployment_words(s.claim))
        for s in supports
    )
    said = [kind for kind in DeploymentKind if told[kind]]
    return max(said, key=lambda kind: told[kind], default=None)


def _status(group: Sequence[Sighting], supports: Sequence[Sighting], told: Sequence[Step]) -> Standing:
    """Where the force stands after its newest claims; the series says whether it is gone."""
    if told and told[-1].low == 0 and told[-1].high == 0:
        return Standing.LEFT
    last_gone = max((step.start or "" for step in told if step.high == 0), default=None)
    leaving = [s for s in group if s.claim.kind in AWAY and s.claim.stance in (Stance.ASSERTED, Stance.PLANNED)]
    leaving = [s for s in leaving if last_gone is None or _sign(s) > last_gone]
    signs = [_sign(s) for s in leaving]
    if supports:
        seen = max(s.day or "" for s in supports)
        return Standing.LEAVING if signs and _holds(max(signs), seen) else Standing.PRESENT
    if signs:
        expelled = any(s.claim.kind is Kind.EXPULSION and s.claim.stance is Stance.ASSERTED for s in leaving)
        return Standing.EXPELLED if expelled and not told else Standing.LEAVING
    stances = {s.claim.stance for s in group}
    for stance in (Stance.ALLEGED, Stance.PLANNED, Stance.CONDITIONAL):
        if stance in stances:
            return Standing(str(stance))
    return Standing.DENIED if Stance.DENIED in stances else Standing.PRESENT


def _sign(sighting: Sighting) -> str:
    """The day of a sign of leaving: a plan counts from its report."""
    if sighting.claim.stance is Stance.PLANNED:
        return sighting.said or sighting.day or ""
    return sighting.day or ""


def _holds(sign: str, seen: str) -> bool:
    """Whether a sign of leaving is recent enough beside the newest sighting."""
    told, newest = day_of(sign), day_of(seen)
    return told is None or newest is None or newest - told <= SIGN_HOLDS


def _as_of(
    group: Sequence[Sighting],
    supports: Sequence[Sighting],
    told: Sequence[Step],
    strength: Strength | None,
    status: Standing,
) -> str | None:
    """The day that the row speaks of: of its strength, else of the departure or the newest sighting."""
    if status is Standing.LEFT:
        return told[-1].start
    if strength is not None:
        return strength.day
    if status is Standing.EXPELLED:
        orders = [s for s in group if s.claim.kind in AWAY and s.claim.stance is Stance.ASSERTED]
        return max((s.day for s in orders if s.day is not None), default=None)
    if not supports and told:
        return told[-1].as_of
    return (supports or group)[-1].day


def _strength(group: Sequence[Sighting], told: Sequence[Step], status: Standing, verdicts: Verdicts) -> Strength | None:
    """The newest asserted figure: totals and what remains first, then parts, last what an expulsion counts.

    Figures from before a departure of all no longer count, nor do those that the series holds against the presence or
    that count men over years; of a force that left only an explicit zero stands.
    """
    since = max((step.start or "" for step in told if step.low == 0 and step.high == 0), default="")
    refuted = {claim for step in told for claim in step.contradicts}
    figures = [s for s in group if s.counted and s.claim.stance is Stance.ASSERTED and (s.day or "") >= since]
    figures = [s for s in figures if s.claim.id not in refuted and _counts(s, verdicts)]
    wanted = [s for s in figures if _grade(s) is not None and (s.empty or status is not Standing.LEFT)]
    if not wanted:
        return None
    return _strength_of(max(wanted, key=lambda s: (-(_grade(s) or 0), *s.order)))


def _counts(sighting: Sighting, verdicts: Verdicts) -> bool:
    """Whether its figure is read as one of those who are there."""
    if sighting.claim.kind is Kind.EXPULSION:
        return True
    read = reading(sighting, accepted=verdicts.accepted)
    return read is not None and (read.counted or read.act is Act.SIGN)


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
