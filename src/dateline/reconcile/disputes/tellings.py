"""Claims as parties to a dispute: the days they speak of, where, and how much they count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from dateline.lexicon.presence_words import presence_words
from dateline.model import Claim, DisputeKind, Kind, Precision, Presence, Scope, Stance, TimeBasis, Unit
from dateline.reconcile.presence.readings import Act, reading
from dateline.reconcile.presence.sightings import SPOTS, sightings
from dateline.reconcile.reports import Reports

SURE = 0.5
"""A side needs one claim that is at least this likely to be read right."""

CLOSE = 1.1
"""Figures within 10 percent of each other are the same figure rounded differently."""

AT_LEAST = 3.0
"""How far "more than N" reaches when figures are compared: nobody says "more than 100" of a thousand."""

HALF_YEAR = 183
"""Days within which an act told without a time is taken to lie before its report."""

SHORT = 31
"""Days; a longer window says when something was so only roughly."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim with the days it speaks of and the day of its report, as ordinals; None where they are not known.

    A state without a time is of the day of its report; an act without one lies anywhere before it. A report without a
    date has a day of its own below 0, far from that of every other: its claims are compared among themselves only.
    `spot` is the base or town it speaks of, else nothing: "1,000 in the country, most at Agadez" is of the country.
    `gone` says that it tells of all of a force leaving a country, as presences read it.
    """

    claim: Claim
    said: int
    first: int | None
    last: int
    spot: str
    gone: bool

    @property
    def dated(self) -> bool:
        """Whether both ends of its time are known."""
        return self.first is not None

    @property
    def start(self) -> int:
        """The first day it can mean; half a year before the last where that is open."""
        return self.last - HALF_YEAR if self.first is None else self.first

    @property
    def width(self) -> int:
        """Days from the first to the last day it can mean."""
        return self.last - self.start

    @property
    def sure(self) -> bool:
        """Whether it is likely enough to be read right to make a side."""
        return self.claim.confidence >= SURE

    @property
    def words(self) -> str:
        """The words that show it."""
        return " … ".join(evidence.exact for evidence in self.claim.evidence)

    @property
    def voice(self) -> tuple[str, str]:
        """Who tells it in which report: one voice that gives two figures of two times tells a development."""
        attribution = self.claim.attribution
        source = None if attribution is None else attribution.source
        return self.claim.document, "" if source is None else source.name

    @property
    def order(self) -> tuple[int, int, str]:
        """Time order, then content: the same in every run."""
        return (self.last, self.start, self.claim.id)


@dataclass(frozen=True, slots=True)
class Position:
    """What one side holds, in words, and who tells it."""

    holds: str
    tellings: tuple[Telling, ...]

    @property
    def sure(self) -> bool:
        """Whether one of its tellings is likely enough to be read right."""
        return any(telling.sure for telling in self.tellings)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Positions that cannot all be so, before their witnesses are counted.

    `thing` is what they are about, in words; with `{}` in it, the place of the figures of the sides.
    """

    kind: DisputeKind
    about: str
    topic: str
    thing: str
    positions: tuple[Position, ...]
    force_country: str | None = None
    host: str | None = None

    @property
    def holds(self) -> bool:
        """Whether at least two sides have a telling that is likely enough to be read right."""
        return sum(position.sure for position in self.positions) > 1


@dataclass(frozen=True, slots=True)
class Row:
    """A presence with everything that is told of it."""

    presence: Presence
    tellings: tuple[Telling, ...]


def tellings(ids: Iterable[str], claims: Mapping[str, Claim], reports: Reports) -> tuple[Telling, ...]:
    """The claims of these ids, in time order."""
    found = (_telling(claims[claim_id], reports) for claim_id in set(ids))
    return tuple(sorted(found, key=lambda telling: telling.order))


def _telling(claim: Claim, reports: Reports) -> Telling:
    said = ordinal(reports.published(claim.document)) or _own_day(claim.document)
    time = claim.time
    first = None if time is None else ordinal(time.earliest)
    last = None if time is None else ordinal(time.latest)
    if first is None and last is None:
        now = claim.kind is Kind.PRESENCE or (time is not None and time.basis is TimeBasis.PUBLISHED)
        first, last = (said if now else None), said
    elif first is None and claim.kind is Kind.PRESENCE:
        first = last
    elif last is None:
        ahead = claim.stance in (Stance.PLANNED, Stance.CONDITIONAL)
        last = first if ahead or said < 1 else max(said, first or said)
    return Telling(claim, said, first, last or said, _spot(claim), _gone(claim, reports))


def _spot(claim: Claim) -> str:
    place = claim.place
    if place is None or place.precision not in SPOTS:
        return ""
    words = " … ".join(evidence.exact for evidence in claim.evidence)
    return "" if presence_words().national.search(words) else place.name.casefold()


def _gone(claim: Claim, reports: Reports) -> bool:
    if claim.kind is not Kind.WITHDRAWAL or claim.stance is not Stance.ASSERTED:
        return False
    read = (reading(sighting, accepted=(claim.id,)) for sighting in sightings([claim], reports))
    return any(one is not None and one.act is Act.GONE for one in read)


def _own_day(document: str) -> int:
    """A number below 0 for a report without a date, years from that of any other."""
    return -1000 * (1 + int(sha256(document.encode()).hexdigest()[:12], 16))


def ordinal(day: str | None) -> int | None:
    """The number of an ISO day; None for none."""
    return None if day is None else date.fromisoformat(day[:10]).toordinal()


def day(number: int | None) -> str | None:
    """The ISO day of an ordinal; None for that of a report without a date."""
    return None if number is None or number < 1 else date.fromordinal(number).isoformat()


def days_between(one: Telling, other: Telling) -> int:
    """Days between the two windows, 0 when they overlap."""
    return max(0, one.start - other.last, other.start - one.last)


def wide(telling: Telling) -> bool:
    """Whether it speaks of a whole country: no place, or the country itself."""
    place = telling.claim.place
    return place is None or place.precision is Precision.COUNTRY


def covers(outer: Telling, inner: Telling) -> bool:
    """Whether what is said of the first's place must hold at the second's: the country of its towns, or the same."""
    return wide(outer) or place_name(outer) == place_name(inner)


def place_name(telling: Telling) -> str:
    """The name of its place, in lower case; nothing for none."""
    return "" if telling.claim.place is None else telling.claim.place.name.casefold()


def bounds(telling: Telling) -> tuple[float, float] | None:
    """What it counts, as bounds to compare by; None where it gives no figure.

    "More than N" is taken to reach `AT_LEAST` times as far, "up to N" down to nothing.
    """
    quantity = telling.claim.quantity
    if quantity is None or (quantity.low is None and quantity.high is None):
        return None
    low = 0.0 if quantity.low is None else quantity.low
    high = low * AT_LEAST if quantity.high is None else quantity.high
    return low, high


def agree(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two figures can be one: their bounds overlap, or are within 10 percent of each other."""
    return one[0] <= other[1] * CLOSE and other[0] <= one[1] * CLOSE


def counts(telling: Telling, unit: Unit) -> bool:
    """Whether it gives a figure of that unit that is not only a ceiling."""
    quantity = telling.claim.quantity
    return (
        quantity is not None
        and quantity.unit is unit
        and quantity.scope is not Scope.CEILING
        and bounds(telling) is not None
    )
