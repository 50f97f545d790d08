"""What one claim says of a force in a country: who, where, on which day, and whether there or leaving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.model import Actor, Claim, Kind, Precision, Scope, Sector, Stance, Unit

FORCES = frozenset({Sector.MIL, Sector.GOV, Sector.POL, Sector.PMC, Sector.REB, Sector.IGO, Sector.UNK})
STATE = frozenset({Sector.MIL, Sector.GOV, Sector.POL})
THERE = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.TRAINING})
AWAY = frozenset({Kind.WITHDRAWAL, Kind.EXPULSION})
KINDS = THERE | AWAY
"""Kinds of claims that a presence is derived from."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One claim seen as a sighting of a force in a host country.

    `day` is the day it speaks of, `said` the day of the report; both None when the report has no date.
    """

    claim: Claim
    force: Actor
    host: str
    day: str | None
    said: str | None

    @property
    def order(self) -> tuple[str, str, str]:
        """Time order with undated first and the content id to settle ties: the same in every run."""
        return (self.day or "", self.said or "", self.claim.id)

    @property
    def there(self) -> bool:
        """Whether it puts the force in the country (a denied departure does, a count of zero does not)."""
        if self.claim.stance is Stance.DENIED:
            return self.claim.kind in AWAY
        return self.claim.stance is Stance.ASSERTED and self.claim.kind in THERE and not self.empty

    @property
    def empty(self) -> bool:
        """Whether it counts nobody of the whole force."""
        quantity = self.claim.quantity
        if quantity is None or not self.counted or quantity.high != 0:
            return False
        return quantity.scope in (Scope.TOTAL, Scope.REMAINING)

    @property
    def counted(self) -> bool:
        """Whether it says how many persons."""
        quantity = self.claim.quantity
        if quantity is None or quantity.unit is not Unit.PERSONNEL:
            return False
        return quantity.low is not None or quantity.high is not None

    @property
    def site(self) -> str | None:
        """The base it names."""
        place = self.claim.place
        return place.name if place is not None and place.precision is Precision.SITE else None


def sightings(claims: Iterable[Claim], published: Mapping[str, str | None]) -> list[Sighting]:
    """The claims that speak of a force in a country not its own, in time order.

    `published` gives the publication of each document. Left out: claims of other kinds, of parties, media,
    companies and civilians, without a host country, and state forces at home.
    """
    found = []
    for claim in claims:
        pair = force_and_host(claim)
        if pair is not None:
            said = published.get(claim.document)
            said = None if said is None else said[:10]
            found.append(Sighting(claim, *pair, day=claim_day(claim, said), said=said))
    return sorted(found, key=lambda sighting: sighting.order)


def force_and_host(claim: Claim) -> tuple[Actor, str] | None:
    """The force that a claim speaks of and the alpha-3 code of the country it is in.

    The place decides before the recipient (a force may train the recipient's soldiers in a third country);
    training counts only where a place says that it is abroad. Who is expelled is the recipient; a government
    that is expelled is its diplomats, no force.
    """
    if claim.kind not in KINDS:
        return None
    here = None if claim.place is None else claim.place.country
    if claim.kind is Kind.EXPULSION:
        force = claim.recipient
        host = here if claim.actor is None or claim.actor.country is None else claim.actor.country
        if force is not None and force.sector is Sector.GOV:
            return None
    else:
        force = claim.actor
        host = here
        if host is None and claim.recipient is not None and claim.kind is not Kind.TRAINING:
            host = claim.recipient.country
    if force is None or host is None or force.sector not in FORCES:
        return None
    if force.country == host and force.sector in STATE:
        return None
    return force, host


def claim_day(claim: Claim, said: str | None) -> str | None:
    """The newest day a claim speaks of: the end of its time, else the day of the report.

    What has happened lies no later than the report that tells it ("this year" in May ends in May).
    """
    day = None if claim.time is None else claim.time.latest or claim.time.earliest
    if day is None:
        return said
    if said is not None and claim.stance is not Stance.PLANNED and claim.stance is not Stance.CONDITIONAL:
        return min(day, said)
    return day
