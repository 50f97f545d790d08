"""One claim as analysts left it: what counts of it now, how its chain is rated, and every judgement of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.judging.log import LogLine, log
from dateline.model import Claim, Document
from dateline.reconcile.ratings import ChainRating
from dateline.reconcile.verdicts import Verdicts, judged, rating, verdicts
from dateline.store import Store
from dateline.store.carrying import carried
from dateline.store.judging import JUDGEMENT, Judgements, LogFilters
from dateline.store.notices import aside


@dataclass(frozen=True, slots=True)
class Review:
    """A claim after its judgements, `history` newest first.

    `claim` is as it counts now, None where it is rejected or notices set its report aside.
    """

    claim: Claim | None
    accepted: bool
    rating: ChainRating
    history: tuple[LogLine, ...]


def review(store: Store, claim: Claim, document: Document) -> Review:
    """What judgements made of a claim as it was read, those of earlier readings of it among them."""
    with store.reading(snapshot=True) as connection:
        older = {old: new for old, new in carried(connection).items() if new == claim.id}
        known = Judgements(store, pinned=connection)
        found = verdicts(known.of({claim.id, *older, *known.sources()}), older, aside(connection))
    return reviewed(store, claim, document, found, older)


def reviewed(store: Store, claim: Claim, document: Document, found: Verdicts, older: Iterable[str]) -> Review:
    """The same from the verdicts that stand on the claim and on its earlier readings, `older`."""
    made = [line for line in log(store, LogFilters(targets=(claim.id, *older))).rows if line.entry.what == JUDGEMENT]
    return Review(judged(claim, found), claim.id in found.accepted, rating(claim, document, found), tuple(made))
