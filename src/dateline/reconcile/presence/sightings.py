"""What one claim says of a force in a country: who, where, when, and whether there or leaving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.lexicon.actors import by_name
from dateline.lexicon.regions import shared_region
from dateline.model import Actor, Claim, Kind, Precision, Scope, Sector, Stance, TimeBasis, Unit
from dateline.reconcile.reports import Reports

FORCES = frozenset({Sector.MIL, Sector.GOV, Sector.POL, Sector.PMC, Sector.REB, Sector.IGO, Sector.UNK})
STATE = frozenset({Sector.MIL, Sector.GOV, Sector.POL})
THERE = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.TRAINING})
AWAY = frozenset({Kind.WITHDRAWAL, Kind.EXPULSION})
KINDS = THERE | AWAY
"""Kinds of claims that a presence is derived from."""

STATES = frozenset({Kind.PRESENCE, Kind.TRAINING})
"""Kinds that tell how things are; the others tell what was done."""

SPOTS = frozenset({Precision.SITE, Precision.SETTLEMENT})

BEGINNING = date.min
"""Stands for a day before all others: an open beginning, or no date at all."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a claim speaks of, both inclusive: all of them, or at least one (a month, "by May").

    `dated` says that the claim itself gives them, or speaks of its present; else only the day of the report is
    known, what is told lies at or before it, and `first` is `BEGINNING`. `news` marks an act told as news without a
    day: it happened on the day of its report or shortly before.
    """

    first: date
    last: date
    dated: bool
    news: bool = False

    @property
    def days(self) -> int:
        """How many days it spans beyond the first."""
        return (self.last - self.first).days

    @property
    def exact(self) -> bool:
        """Whether it is one day that the claim gives."""
        return self.dated and self.first == self.last and not self.news

    @property
    def open(self) -> bool:
        """Whether its beginning is not known."""
        return self.first == BEGINNING


NO_TIME = Window(BEGINNING, BEGINNING, dated=False)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One claim seen as a sighting of a force in a host country.

    `day` is the newest day it speaks of, `said` the day of the report; both None when the report has no date.
    """

    claim: Claim
    force: Actor
    host: str
    day: str | None
    said: str | None
    window: Window

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

    @property
    def spot(self) -> str | None:
        """The base or town it names."""
        place = self.claim.place
        return place.name if place is not None and place.precision in SPOTS else None

    @property
    def words(self) -> str:
        """The words that show it."""
        return " … ".join(part.exact for part in self.claim.evidence)


def sightings(claims: Iterable[Claim], reports: Reports) -> list[Sighting]:
    """The claims that speak of a force in a country not its own, in time order.

    Left out: claims of other kinds, of parties, media, companies, civilians and single persons, without a host
    country or region, and state forces at home.
    """
    found = []
    for claim in claims:
        pair = force_and_host(claim)
        if pair is not None:
            said = reports.published(claim.document)
            found.append(Sighting(claim, *pair, day=claim_day(claim, said), said=said, window=window(claim, said)))
    return sorted(found, key=lambda sighting: sighting.order)


def force_and_host(claim: Claim) -> tuple[Actor, str] | None:
    """The force that a claim speaks of, and the alpha-3 code of the country it is in or the name of a region.

    The place decides before the recipient (a force may train the recipient's soldiers in a third country);
    a known region of several countries is a host of its own, for its total is no country's. Training counts only
    where a place says that it is abroad. Who is expelled is the recipient; a government that is expelled is its
    diplomats.
    """
    if claim.kind not in KINDS:
        return None
    here = _host_of_place(claim)
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
    return None if _one_person(force, claim) else (force, host)


def _host_of_place(claim: Claim) -> str | None:
    place = claim.place
    if place is None or place.country is not None:
        return None if place is None else place.country
    return shared_region(place.name) if place.precision is Precision.REGION else None


def _one_person(force: Actor, claim: Claim) -> bool:
    """Whether a person goes or comes alone: a general who leaves is no withdrawal of his army."""
    known = by_name(force.name)
    return claim.quantity is None and known is not None and known.person


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


def window(claim: Claim, said: str | None) -> Window:
    """The days a claim speaks of, never later than its report.

    The day of publication bounds what is told and is not its date (Security Force Monitor): a claim without a time
    lies somewhere up to it.
    """
    told, time = day_of(said), claim.time
    last = None if time is None else day_of(time.latest) or day_of(time.earliest)
    if time is None or last is None:
        return NO_TIME if told is None else Window(BEGINNING, told, dated=False)
    first = day_of(time.earliest) or BEGINNING
    if told is not None and claim.stance not in (Stance.PLANNED, Stance.CONDITIONAL):
        first, last = min(first, told), min(last, told)
    news = time.basis is TimeBasis.PUBLISHED and claim.kind not in STATES
    return Window(min(first, last), last, dated=True, news=news)


def day_of(text: str | None) -> date | None:
    """The day of an ISO date or date-time, None for none and for what is no date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
