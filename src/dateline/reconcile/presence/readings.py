"""What one sighting tells of the strength of a force in a country, or at one base or town of it.

Rules and their sources:

- Planned, conditional, alleged and denied claims tell no strength, nor does a ceiling ("up to 300 authorised"): an
  intention is no state (PLOVER keeps future acts apart in its modes; the annotation guide's `stance` and `scope`).
- An arrival is a part: at least so many. A figure for a base or a town bounds that of the country from below, unless
  the words say that it is the country's (the guide's `scope`; the fact sheet's error kinds "planned added to present"
  and "regional total used as country total").
- "Troops leave", told as news without a day, is a beginning; "have left" and "the last" are an end.
- Who left is not who remains ("evacuated total printed as remaining" is an error that real copies make). Leaving one
  base or town is no departure from the country; leaving the last base is.
- An order to go is no departure, words like "driven out" are.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from dateline.lexicon.presence_words import PresenceWords, inside, of_whole, out_of, presence_words
from dateline.model import Claim, Kind, Precision, Quantity, Scope, Stance, Unit
from dateline.reconcile.presence.sightings import AWAY, SPOTS, Sighting, Window

LIKELY = 0.5
"""A claim that is less likely right than wrong moves no strength and ends no presence unless an analyst accepts it."""

_YEAR = 366
"""Days; those who came over a longer time were not all there at once."""


class Act(StrEnum):
    """What a sighting does to the strength of a force."""

    SEEN = "seen"
    FIGURE = "figure"
    ARRIVED = "arrived"
    LEFT = "left"
    GONE = "gone"
    SIGN = "sign"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Reading:
    """One sighting as an act, with its figure.

    `low`/`high` count those who are there (`figure`), came (`arrived`) or left (`left`). `bound` marks a figure that
    only bounds the whole from below. `whole` is the number of which some left, `share` the part that left. `partly`
    says that the words or the scope make it a part, `worded` that words say all are gone. `remain` marks those who
    stay, `few` that they are few, `more` who come to others, `cumulative` a count over a time, `local` an act at one
    base or town.
    """

    sighting: Sighting
    act: Act
    low: float | None = None
    high: float | None = None
    bound: bool = False
    whole: float | None = None
    share: tuple[float, float] | None = None
    partly: bool = False
    worded: bool = False
    remain: bool = False
    few: bool = False
    more: bool = False
    cumulative: bool = False
    local: bool = False

    @property
    def id(self) -> str:
        """The id of the claim."""
        return self.sighting.claim.id

    @property
    def window(self) -> Window:
        """The days it speaks of."""
        return self.sighting.window

    @property
    def counted(self) -> bool:
        """Whether it gives a number."""
        return self.low is not None or self.high is not None


def reading(sighting: Sighting, *, at: str | None = None, accepted: Container[str] = ()) -> Reading | None:
    """The sighting as told of its host, or of the base or town `at`; None where it tells nothing of that.

    `accepted` are claims that an analyst accepted, however unlikely the extractor held them.
    """
    claim = sighting.claim
    if at is not None and sighting.spot != at:
        return None
    if claim.confidence < LIKELY and claim.id not in accepted:
        return None
    if claim.stance is Stance.DENIED:
        return Reading(sighting, Act.SEEN if claim.kind in AWAY else Act.DENIED)
    if claim.stance is Stance.PLANNED:
        return Reading(sighting, Act.SIGN) if claim.kind in AWAY else None
    if claim.stance is not Stance.ASSERTED:
        return None
    if claim.kind is Kind.WITHDRAWAL:
        return _withdrawal(sighting, at)
    if claim.kind is Kind.EXPULSION:
        return _expulsion(sighting) if at is None else None
    return _there(sighting, at)


def _there(sighting: Sighting, at: str | None) -> Reading:
    """A sighting of a force that is or came there."""
    claim, words, told = sighting.claim, presence_words(), sighting.words
    national, remain = _national(sighting), bool(words.remain.search(told))
    few = remain and bool(words.few.search(told))
    local = at is None and sighting.spot is not None and not national
    if sighting.empty:
        return Reading(sighting, Act.SIGN if local else Act.GONE, low=0, high=0, worded=True, local=local)
    quantity = None if words.served.search(told) else _persons(sighting)
    if claim.kind is Kind.DEPLOYMENT or (claim.kind is Kind.REDEPLOYMENT and at is not None):
        if quantity is None or not words.standing.search(told):
            return _arrival(sighting, quantity, local=local)
    elif claim.kind is not Kind.PRESENCE:
        quantity = None
    if quantity is None or (at is not None and national):
        return Reading(sighting, Act.SEEN, remain=remain, few=few, local=local)
    bound = local or quantity.scope is Scope.PART
    low, high = (quantity.low, None) if bound else (quantity.low, quantity.high)
    if low is None and high is None:
        return Reading(sighting, Act.SEEN, remain=remain, few=few, local=local)
    return Reading(sighting, Act.FIGURE, low=low, high=high, bound=bound, remain=remain, few=few, local=local)


def _national(sighting: Sighting) -> bool:
    """Whether words put a figure in the whole country though the claim has a base or town: most of them are there."""
    told, place = sighting.words, sighting.claim.place
    if presence_words().national.search(told):
        return True
    named = place is not None and place.name.casefold() in told.casefold()
    return not named and bool(inside(sighting.host).search(told))


def _arrival(sighting: Sighting, quantity: Quantity | None, *, local: bool) -> Reading:
    words, told = presence_words(), sighting.words
    if sighting.window.dated and not sighting.window.open and sighting.window.days > _YEAR:
        quantity = None
    return Reading(
        sighting,
        Act.ARRIVED,
        low=None if quantity is None else quantity.low,
        high=None if quantity is None else quantity.high,
        more=bool(words.more.search(words.not_more.sub(" ", told))),
        cumulative=bool(words.cumulative.search(told)),
        local=local,
    )


def _persons(sighting: Sighting) -> Quantity | None:
    """The number of persons it gives, None for none and for a ceiling."""
    quantity = sighting.claim.quantity
    if quantity is None or not sighting.counted or quantity.scope is Scope.CEILING:
        return None
    return quantity


def _expulsion(sighting: Sighting) -> Reading:
    """An order to go, with the number of those who were to go, or its execution ("driven out").

    The number is of the time of the order: without one it is of no known time.
    """
    if presence_words().driven_out.search(sighting.words):
        return Reading(sighting, Act.GONE, worded=True)
    quantity = _persons(sighting)
    if quantity is None or quantity.scope is Scope.PART or not sighting.window.dated:
        return Reading(sighting, Act.SIGN)
    return Reading(sighting, Act.FIGURE, low=quantity.low, high=quantity.high)


def _withdrawal(sighting: Sighting, at: str | None) -> Reading:
    """Who left: all, a share, a counted party, some; or only a base of the country."""
    words, told = presence_words(), sighting.words
    quantity = _persons(sighting)
    if _things(sighting):
        return Reading(sighting, Act.SIGN)
    whole_gone = _all_gone(words, told)
    if quantity is not None and quantity.scope is Scope.REMAINING and not whole_gone:
        return Reading(sighting, Act.FIGURE, low=quantity.low, high=quantity.high, remain=True)
    if words.last_base.search(told):
        return Reading(sighting, Act.GONE, worded=True, local=True)
    if at is None and _only_local(sighting, words, whole_gone=whole_gone):
        return Reading(sighting, Act.SIGN, local=True, worded=quantity is None and not words.part.search(told))
    if words.last.search(told) or (at is not None and words.handed.search(told)):
        return Reading(sighting, Act.GONE, worded=True)
    share, total = words.share(told), _whole(told, quantity)
    begun = bool(words.under_way.search(told)) and not whole_gone
    partly = begun or total is not None or bool(words.part.search(told))
    partly = partly or (quantity is not None and quantity.scope is Scope.PART)
    low, high = (None, None) if quantity is None else (quantity.low, quantity.high)
    if share is not None and total is None:
        return Reading(sighting, Act.LEFT, share=share, partly=True)
    if whole_gone and total is None and quantity is None:
        return Reading(sighting, Act.GONE, worded=True)
    if quantity is not None or partly or (sighting.window.news and words.going.search(told)):
        return Reading(sighting, Act.LEFT, low=low, high=high, whole=total, partly=partly)
    return Reading(sighting, Act.GONE)


def _things(sighting: Sighting) -> bool:
    """Whether vehicles, aircraft or cargo are counted that were taken away, and no men or bases."""
    quantity = sighting.claim.quantity
    return quantity is not None and quantity.unit not in (Unit.PERSONNEL, Unit.PEOPLE, Unit.SITES)


def _whole(told: str, quantity: Quantity | None) -> float | None:
    """The number of which a counted party left: more than the party ("a unit of 120" is the party)."""
    party = None if quantity is None else quantity.high if quantity.high is not None else quantity.low
    return None if party is None else of_whole(told, party)


def _all_gone(words: PresenceWords, told: str) -> bool:
    """Whether words say that the whole of it went."""
    if words.not_whole.search(told):
        return False
    return any(pattern.search(told) for pattern in (words.whole, words.done, words.last))


def _only_local(sighting: Sighting, words: PresenceWords, *, whole_gone: bool) -> bool:
    """Whether it tells of leaving one base or town and not the country.

    Troops fly home from a town: with words for the whole, a town is only where they set off, a base is what they left.
    """
    place = sighting.claim.place
    if out_of(sighting.host).search(sighting.words):
        return False
    if words.bases.search(sighting.words):
        return True
    shared = place is not None and place.precision is Precision.REGION and place.country is None
    if place is None or shared or place.precision is Precision.COUNTRY:
        return False
    left_from = words.last.search(sighting.words) if place.precision is Precision.SITE else whole_gone
    return not (place.precision in SPOTS and left_from)


def deployment_words(claim: Claim) -> str:
    """The words of a claim and of its actor, for what the force is there for."""
    actor = "" if claim.actor is None else f"{claim.actor.name} {claim.actor.text or ''}"
    return f"{actor} {' '.join(part.exact for part in claim.evidence)}"
