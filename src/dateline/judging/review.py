"""One claim as analysts left it: what counts of it now, how its chain is rated, and every judgement of it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.judging.log import LogLine, log
from dateline.model import Claim, Document
from dateline.reconcile.ratings import ChainRating
from dateline.reconcile.verdicts import judged, rating, verdicts
from dateline.store import Store
from dateline.store.carrying import carried
from dateline.store.judging import JUDGEMENT, Judgements, LogFilters


@dataclass(frozen=True, slots=True)
class Review:
    """A claim after its judgements: `claim` as it counts now, None where it is rejected; `history` newest first."""

    claim: Claim | None
    accepted: bool
    rating: ChainRating
    history: tuple[LogLine, ...]


def review(store: Store, claim: Claim, document: Document) -> Review:
    """What judgements made of a claim as it was read, those of earlier readings of it among them."""
    with store.reading(snapshot=True) as connection:
        successors = carried(connection)
        standing = verdicts(Judgements(store, pinned=connection).all(), successors)
    ids = (claim.id, *(old for old, new in successors.items() if new == claim.id))
    made = [line for line in log(store, LogFilters(targets=ids)).rows if line.entry.what == JUDGEMENT]
    return Review(
        judged(claim, standing), claim.id in standing.accepted, rating(claim, document, standing), tuple(made)
    )
