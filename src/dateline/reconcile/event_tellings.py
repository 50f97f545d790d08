"""A claim as one telling of an act: whose act, where, when it must have happened, how far it had come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dateline.lexicon.event_words import event_words
from dateline.model import Actor, Claim, Kind, Quantity, Sector, Stance, TimeBasis, Unit
from dateline.reconcile.event_blocks import ARRIVALS, MOVES, family, force_and_host, party
from dateline.reconcile.event_places import Where, place_of

NEWS = 10
"""Days after an act within which a report still tells it as news."""

JUST = 7
"""Days before its report within which an act told in the present, or a plan, took place."""

TIGHT = 3
"""Days between the bounds of a time up to which it dates an act; a longer one only holds it."""

SEEN = 21
"""Days before a force is seen as news within which it came."""

VAGUE = 120
"""Days of a plan's time beyond which it has no date ("by the end of the year", "soon")."""

LEAD = 1000
"""Characters from the start of a report within which an act told without a time is its news."""

_NAME = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
STATE, CIVIL = "state", "civil"
_PARTS = dict.fromkeys((Sector.CIV, Sector.PTY, Sector.NGO, Sector.MED, Sector.BUS), CIVIL) | {
    Sector.PMC: "hired",
    Sector.REB: "rebel",
}
_PILING = frozenset({
    Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.TRAINING, Kind.ARMS_TRANSFER, Kind.AID, Kind.ATTACK, Kind.COERCION,
})  # fmt: skip
_PERSONS = frozenset({Unit.PERSONNEL, Unit.PEOPLE, Unit.DISPLACED, Unit.DETAINED})

PROCESS = 31
"""Days of a count of persons beyond which it is the sum of a process; flights and deliveries add up sooner."""


class Mode(StrEnum):
    """Whether a claim tells what happened (or is said, or denied to have), what is planned, or what might be."""

    DONE = "done"
    PLAN = "plan"
    CASE = "case"


class Phase(StrEnum):
    """Whether a claim says that the act began, or that it is over."""

    BEGUN = "begun"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Side:
    """One party: its country (or name), the words that name it among others, the part of society, if of diplomats."""

    key: str
    names: frozenset[str]
    diplomats: bool
    part: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim, with what the comparison needs. Days are ordinals, windows inclusive.

    `stated` is the time in the claim's words, `near` the window in which the act must lie if the claim is a telling
    of it: for an act told as news no earlier than some days before the report. `target` is when a plan is for.
    `tight`: its own words date the act to a few days. `fresh`: told as news, not recalled. `seen`: a presence that is
    asserted, which only shows that an arrival was before it. `contested`: denied or alleged of forces that are or came
    there, so about a state that lasts, whenever it was said.
    """

    id: str
    document: str
    claim: Claim
    family: Kind
    mode: Mode
    sides: tuple[Side | None, Side | None]
    host: str | None
    where: Where
    amount: Quantity | None
    said: int | None
    stated: tuple[int, int] | None
    near: tuple[int, int] | None
    target: tuple[int, int] | None
    tight: bool
    fresh: bool
    seen: bool
    contested: bool
    total: bool
    phase: Phase | None
    speakers: frozenset[str]

    @property
    def order(self) -> tuple[int, int, int, int, str]:
        """Tellings that date and place the act come first, those that only recall or imply it last."""
        low, high = self.near or (0, 0)
        return (self._rank(), low, high, self.said or 0, self.id)

    def _rank(self) -> int:
        if self.contested and self.claim.stance is Stance.DENIED:
            return 6
        if self.seen:
            return 5
        if self.near is None or not self.fresh and self.stated is None:
            return 4
        if self.tight:
            return 0 if self.where.exact else 1
        if self.near[1] - self.near[0] <= 2 * NEWS and not self.total:
            return 2
        return 3


def telling(claim: Claim, published: str | None) -> Telling:
    """The claim as a telling, given the day its report was published (ISO, or None)."""
    said = None if published is None else day(published)
    mode = _mode(claim.stance)
    done = mode is Mode.DONE
    words = " ".join(part.exact for part in claim.evidence)
    stated = _stated(claim, said, mode)
    recalled = stated is None and (done and _late(claim) or event_words().recalled.search(words) is not None)
    near = _near(claim, stated, said, recalled)
    return Telling(
        id=claim.id,
        document=claim.document,
        claim=claim,
        family=family(claim.kind),
        mode=mode,
        sides=_sides(claim),
        host=force_and_host(claim)[1] if claim.kind in MOVES and claim.kind is not Kind.TERMINATION else None,
        where=place_of(claim.place),
        amount=claim.quantity,
        said=said,
        stated=stated,
        near=near,
        target=_target(claim, stated, said) if mode is Mode.PLAN else None,
        tight=done and _tight(claim, stated, near),
        fresh=not recalled and _fresh(stated, near, said),
        seen=_seen(claim),
        contested=family(claim.kind) is Kind.DEPLOYMENT and claim.stance in (Stance.DENIED, Stance.ALLEGED),
        total=done and _total(claim, stated, words),
        phase=_phase(words),
        speakers=_speakers(claim),
    )


def _seen(claim: Claim) -> bool:
    return claim.kind is Kind.PRESENCE and claim.stance is Stance.ASSERTED


def _stated(claim: Claim, said: int | None, mode: Mode) -> tuple[int, int] | None:
    """The time in the claim's own words; the day of publication is none."""
    time = claim.time
    if time is None or time.basis is TimeBasis.PUBLISHED:
        return None
    return _window(time.earliest, time.latest, said, mode)


def _tight(claim: Claim, stated: tuple[int, int] | None, near: tuple[int, int] | None) -> bool:
    """Whether the words of a claim of what was done date it: not the day of a sighting or of a denial."""
    if stated is None or stated[1] - stated[0] > TIGHT or _seen(claim):
        return False
    return claim.stance is not Stance.DENIED or near == stated


def _fresh(stated: tuple[int, int] | None, near: tuple[int, int] | None, said: int | None) -> bool:
    """Whether the report tells the act as news: within days of it. A month that is over is recalled."""
    if said is None or near is None:
        return True
    if stated is not None and stated[1] < said and stated[1] - stated[0] > NEWS and _calendar(*stated):
        return False
    return said - near[1] <= NEWS


def _target(claim: Claim, stated: tuple[int, int] | None, said: int | None) -> tuple[int, int] | None:
    """The days that a plan is for: a deadline is its last day; what lies within half a year is not dated."""
    if stated is None or (said is not None and stated[1] <= said):
        return None
    if claim.time is not None and claim.time.earliest is None:
        return (stated[1], stated[1])
    return stated if stated[1] - stated[0] <= VAGUE else None


def _speakers(claim: Claim) -> frozenset[str]:
    """The words that name whoever says it: the source, or an actor who is a person."""
    source = None if claim.attribution is None else claim.attribution.source
    names = [part.name for part in (source, claim.actor) if part is not None]
    return frozenset(word for name in names for word in _names(name)[0])


@lru_cache(maxsize=65536)
def day(text: str) -> int:
    """The ordinal of an ISO day."""
    return date.fromisoformat(text[:10]).toordinal()


def _mode(stance: Stance) -> Mode:
    if stance is Stance.PLANNED:
        return Mode.PLAN
    return Mode.CASE if stance is Stance.CONDITIONAL else Mode.DONE


def _window(earliest: str | None, latest: str | None, said: int | None, mode: Mode) -> tuple[int, int] | None:
    """The bounds of a time; an open one lies within a year. What was done was done by the day of its report."""
    if earliest is None and latest is None:
        return None
    high = day(latest) if latest is not None else said if said is not None else None
    low = day(earliest) if earliest is not None else None
    if high is None:
        high = (low or 0) + 366
    if low is None:
        low = high - 366
    if mode is Mode.DONE and said is not None and high > said >= low and not _calendar(low, high):
        high = said
    return (low, max(low, high))


def _near(
    claim: Claim, stated: tuple[int, int] | None, said: int | None, recalled: bool
) -> tuple[int, int] | None:
    """The window in which the act lies if the claim is a telling of it, None where nothing says.

    A window that reaches to the report and is no calendar month or year tells what was found out just now.
    """
    if claim.stance is Stance.DENIED and said is not None and (stated is None or said - stated[1] <= TIGHT):
        day = said if stated is None else stated[1]
        return None if recalled else (day - NEWS, day)
    if stated is None:
        if said is None or recalled:
            return None
        return (said - (SEEN if _seen(claim) else JUST if _present(claim) else NEWS), said)
    low, high = stated
    if _seen(claim):
        return (high - SEEN, high)
    if claim.stance is Stance.PLANNED and said is not None and high > said:
        return (said - JUST, said)
    lasting = high - low > NEWS and not _calendar(low, high)
    if said is not None and lasting and said - high <= NEWS and _amount_free(claim):
        return (max(low, high - NEWS), high)
    return stated


def _present(claim: Claim) -> bool:
    """Whether the report speaks of its own day."""
    return claim.time is not None and claim.time.basis is TimeBasis.PUBLISHED


def _amount_free(claim: Claim) -> bool:
    """Whether no count ties the claim to the whole of its window ("400 in two months")."""
    quantity = claim.quantity
    return quantity is None or (quantity.low is None and quantity.high is None)


def _calendar(low: int, high: int) -> bool:
    """Whether a window is one or more whole months: words like "in April", which hold an act and tell no more."""
    first, last = date.fromordinal(low), date.fromordinal(high)
    return first.day == 1 and date.fromordinal(last.toordinal() + 1).day == 1


def _total(claim: Claim, stated: tuple[int, int] | None, words: str) -> bool:
    """Whether it counts several acts or the whole of a process over a span: a series, not one act."""
    quantity = claim.quantity
    if quantity is None or _amount_free(claim) or family(claim.kind) not in _PILING:
        return False
    if stated is not None:
        return stated[1] - stated[0] > (PROCESS if quantity.unit in _PERSONS else NEWS)
    return event_words().total.search(words) is not None


def _late(claim: Claim) -> bool:
    """Whether its words stand far down in the report, where the background is."""
    return min((part.start for part in claim.evidence), default=0) > LEAD


def _phase(words: str) -> Phase | None:
    patterns = event_words()
    over, begun = patterns.complete.search(words) is not None, patterns.begin.search(words) is not None
    if over == begun:
        return None
    return Phase.OVER if over else Phase.BEGUN


def _sides(claim: Claim) -> tuple[Side | None, Side | None]:
    """Who acts and on whom; of moves only the force, for hosts and places are compared as such."""
    if claim.kind is Kind.EXPULSION:
        return side(claim.recipient), None
    if claim.kind in ARRIVALS or claim.kind is Kind.WITHDRAWAL:
        return side(claim.actor), None
    return side(claim.actor), side(claim.recipient)


def side(actor: Actor | None) -> Side | None:
    """A party of a claim as it is compared; None for one that is only described ("gunmen")."""
    key = party(actor)
    if actor is None or key is None:
        return None
    return _side(key, actor.name, actor.country is None and "+" not in key, actor.sector)


@lru_cache(maxsize=16384)
def _side(key: str, name: str, nameless: bool, sector: Sector) -> Side | None:
    names, diplomats = _names(name)
    return None if nameless and not names else Side(key, names, diplomats, _PARTS.get(sector, STATE))


@lru_cache(maxsize=16384)
def _names(name: str) -> tuple[frozenset[str], bool]:
    """The capitalised words that name a party among others of its country, and whether it is of diplomats."""
    words = event_words()
    found = _NAME.findall(name)
    names = frozenset(
        word.casefold().removesuffix("'s").removesuffix("’s")
        for word in found
        if word[:1].isupper() and word.casefold().removesuffix("'s").removesuffix("’s") not in words.generic
    )
    return names, any(word.casefold() in words.diplomats for word in found)


def tellings(claims: Iterable[Claim], published: dict[str, str | None]) -> list[Telling]:
    """All claims as tellings, in the order in which they are placed."""
    return sorted((telling(claim, published[claim.document]) for claim in claims), key=lambda t: t.order)
