"""The review queue: which claim an analyst should look at next, and why.

The score of a claim is how unsure its reading is (1 less its confidence), and 0.5 more where it takes a side in an open
dispute, and 0.25 more where a presence has its strength from it. Claims are taken in bands of a twentieth of the score,
the highest first; within a band each analyst has an order of his own. The claim that an analyst is shown is in his hand
for some minutes (`store.in_hand`): nobody else is given it meanwhile.
What analysts have accepted, rejected or corrected has left the queue, and comes back when that is undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from dateline.desk.desk import Desk
from dateline.desk.disputes import DisputeLine, dispute_line
from dateline.desk.judging import ClaimForm, claim_form
from dateline.desk.standing import successors
from dateline.desk.statements import Statement, statements
from dateline.desk.stays import Stays, all_stays
from dateline.model import Kind
from dateline.reconcile.verdicts import undone
from dateline.store import country_code
from dateline.store.holders import disputes_by_id
from dateline.store.in_hand import of_others, take
from dateline.store.moments import now
from dateline.store.review_queue import Narrowed, ReviewQueue, Waiting

AHEAD = 10
"""Claims of the queue that a page tells beside the one that is shown."""

DISPUTED = 0.5
CARRYING = 0.25
_BANDS = 20


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim of the queue with why it is there, in words, the heaviest reason first."""

    statement: Statement
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One claim to be judged, with its forms, and where one is in the queue.

    `current` None: nothing waits. `left` claims wait, or at least so many. `done` are those on which the analyst
    decided today. `previous` and `next` are ids of claims, None at the ends. `decided`: the claim shown has left the
    queue. `held_by` is who else has it in hand, and until which moment (UTC); `held` that wait are in others' hands.
    """

    current: Reviewed | None
    form: ClaimForm | None
    dispute: DisputeLine | None
    presence: Stays | None
    ahead: tuple[Reviewed, ...]
    previous: str | None
    next: str | None
    left: int
    left_is_least: bool
    done: int
    decided: bool
    held: int = 0
    held_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the queue: a country, a kind; `claim` to be shown, or the claim `after` which to go on.

    `score` is what that claim had while it waited: a decision on it may have ended its dispute. `takes`: whoever asks
    may judge, and has the claim in hand.
    """

    host: str | None = None
    kind: Kind | None = None
    claim: str | None = None
    after: str | None = None
    score: float | None = None
    takes: bool = True


def score(waiting: Waiting) -> float:
    """How much a claim needs a look, 0 to 1.75.

    >>> score(Waiting("claim-1", 0.4)), score(Waiting("claim-2", 0.8, dispute="dispute-1"))
    (0.6, 0.7)
    """
    found = 1 - waiting.confidence
    found += DISPUTED if waiting.dispute is not None else 0
    found += CARRYING if waiting.presence is not None else 0
    return round(found, 6)


def review(desk: Desk, analyst: str, asked: Asked) -> ReviewPage:
    """The claim that an analyst should look at, or the one he asks for."""
    queue = ReviewQueue(desk.store, _undone(desk))
    wanted = Narrowed(None if asked.host is None else country_code(asked.host) or asked.host, asked.kind)
    held = desk.kept_derived(("held", wanted.host), lambda: queue.held(wanted.host))
    found = desk.kept(("waiting", wanted), lambda: queue.waiting(wanted, held))
    there = {one.claim for one in found.waiting}
    beside = queue.beside([key for key in (asked.claim, asked.after) if key is not None and key not in there])
    ranked = _ranked(desk, found.waiting, beside, analyst, asked)
    moment = now()
    others = of_others(desk.store, analyst, at=moment)
    at = _taken(desk, analyst, asked, ranked, others, moment)
    ahead = [one for one in ranked[at + 1 :] if not one.decided and one.claim not in others][:AHEAD]
    shown = ranked[at : at + 1]
    known = statements(desk, [one.claim for one in (*shown, *ahead)], sentences=[one.claim for one in shown])
    first = shown[0] if shown and shown[0].claim in known else None
    behind = [one.claim for one in ranked[:at]]
    return ReviewPage(
        current=None if first is None else _reviewed(first, known),
        form=None if first is None else claim_form(desk, known[first.claim]),
        dispute=None if first is None else _dispute(desk, first.dispute),
        presence=None if first is None or first.presence is None else all_stays(desk).by_id.get(first.presence),
        ahead=tuple(_reviewed(one, known) for one in ahead if one.claim in known),
        previous=behind[-1] if behind else None,
        next=ahead[0].claim if ahead else None,
        left=sum(not one.decided for one in ranked),
        left_is_least=found.more,
        done=desk.kept_judged(
            ("decided", analyst, moment[:10]), lambda: queue.decided(analyst, f"{moment[:10]}T00:00:00")
        ),
        decided=first is not None and first.decided,
        held=sum(one.claim in others and not one.decided for one in ranked),
        held_by=None if first is None else others.get(first.claim),
    )


def _taken(
    desk: Desk, analyst: str, asked: Asked, ranked: list[Waiting], others: Mapping[str, object], moment: str
) -> int:
    """Where in the order the claim to be shown is: the one asked for, else the first that nobody else has in hand."""
    places = _positions(ranked, asked)
    named = bool(places) and ranked[places[0]].claim == asked.claim
    free = [ranked[at].claim for at in places if ranked[at].claim not in others and not ranked[at].decided]
    taken = take(desk.store, analyst, free, at=moment) if asked.takes else next(iter(free), None)
    return places[0] if named else next((at for at in places if ranked[at].claim == taken), len(ranked))


def _undone(desk: Desk) -> tuple[str, ...]:
    return desk.kept("judgements undone", lambda: tuple(undone(desk.judgements.reversals())))


def _ranked(
    desk: Desk, waiting: Sequence[Waiting], beside: Sequence[Waiting], analyst: str, asked: Asked
) -> list[Waiting]:
    """Those that wait in the order of the analyst, with the claims he asks for in their places.

    A claim that takes the place of one that was decided on under another id is decided, too.
    """
    carried = set(successors(desk).values())
    kept = [one for one in waiting if one.claim not in carried]

    def rank(one: Waiting) -> tuple[int, str]:
        scored = asked.score if one.claim == asked.after and asked.score is not None else score(one)
        salted = sha256(f"{analyst}\n{one.claim}".encode("utf-8", "backslashreplace")).hexdigest()
        return -int(scored * _BANDS), salted

    return sorted((*kept, *beside), key=rank)


def _positions(ranked: list[Waiting], asked: Asked) -> list[int]:
    """Where in the order the claim to be shown may be, the best first: the one asked for alone, else those that wait
    after one, and those before it.

    The claim after which to go on is never shown itself, unless no other waits.
    """
    places = {one.claim: at for at, one in enumerate(ranked)}
    if asked.claim in places:
        return [places[asked.claim]]
    begin = places.get(asked.after or "", -1) + 1
    return [at for at in (*range(begin, len(ranked)), *range(begin)) if not ranked[at].decided]


def _reviewed(waiting: Waiting, known: dict[str, Statement]) -> Reviewed:
    return Reviewed(known[waiting.claim], score(waiting), _reasons(waiting))


def _reasons(waiting: Waiting) -> tuple[str, ...]:
    found = []
    if waiting.dispute is not None:
        found.append("in an open dispute")
    if waiting.presence is not None:
        found.append("gives a presence its strength")
    sure = f"{waiting.confidence:.0%} likely to be read right"
    return (sure, *found) if 1 - waiting.confidence > DISPUTED else (*found, sure)


def _dispute(desk: Desk, identifier: str | None) -> DisputeLine | None:
    found = {} if identifier is None else disputes_by_id(desk.store, [identifier])
    return next(map(dispute_line, found.values()), None)
