"""A claim as one telling of an act: whose act, where, when it must have happened, how far it had come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dateline.lexicon.event_words import event_words
from dateline.model import Claim, Kind, Quantity, Stance, Unit
from dateline.reconcile.events.blocks import ARRIVALS, MOVES, family, force_and_host
from dateline.reconcile.events.places import Where, place_of
from dateline.reconcile.events.sides import Side, side, speakers
from dateline.reconcile.events.windows import (
    LEAD,
    NEWS,
    Mode,
    Window,
    day,
    is_fresh,
    is_seen,
    is_tight,
    mode_of,
    near_window,
    stated_window,
    target_window,
    uncounted,
)

_PILING = frozenset({
    Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.TRAINING, Kind.ARMS_TRANSFER, Kind.AID, Kind.ATTACK, Kind.COERCION,
})  # fmt: skip
_PERSONS = frozenset({Unit.PERSONNEL, Unit.PEOPLE, Unit.DISPLACED, Unit.DETAINED})

PROCESS = 31
"""Days of a count of persons beyond which it is the sum of a process; flights and deliveries add up sooner."""


class Phase(StrEnum):
    """Whether a claim says that the act began, or that it is over."""

    BEGUN = "begun"
    OVER = "over"


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
    stated: Window | None
    near: Window | None
    target: Window | None
    tight: bool
    fresh: bool
    seen: bool
    contested: bool
    total: bool
    phase: Phase | None
    speakers: frozenset[str]
    starts: int

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
    mode = mode_of(claim.stance)
    done = mode is Mode.DONE
    words = " ".join(part.exact for part in claim.evidence)
    stated = stated_window(claim, said, mode)
    recalled = stated is None and (done and _late(claim) or event_words().recalled.search(words) is not None)
    near = near_window(claim, stated, said, recalled)
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
        target=target_window(claim, stated, said) if mode is Mode.PLAN else None,
        tight=done and is_tight(claim, stated, near),
        fresh=not recalled and is_fresh(stated, near, said),
        seen=is_seen(claim),
        contested=family(claim.kind) is Kind.DEPLOYMENT and claim.stance in (Stance.DENIED, Stance.ALLEGED),
        total=done and _total(claim, stated, words),
        phase=_phase(words),
        speakers=speakers(claim),
        starts=min((part.start for part in claim.evidence), default=0),
    )


def _total(claim: Claim, stated: Window | None, words: str) -> bool:
    """Whether it counts several acts or the whole of a process over a span: a series, not one act."""
    quantity = claim.quantity
    if quantity is None or uncounted(claim) or family(claim.kind) not in _PILING:
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


def tellings(claims: Iterable[Claim], published: dict[str, str | None]) -> list[Telling]:
    """All claims as tellings, in the order in which they are placed."""
    return sorted((telling(claim, published[claim.document]) for claim in claims), key=lambda t: t.order)
