"""One claim as analysts left it: what counts of it now, how its chain is rated, and every judgement of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.judging.log import LogLine, log
from dateline.model import Claim, Document
from dateline.reconcile.ratings import ChainRating
from dateline.reconcile.verdicts import Verdicts, judged, rating, verdicts
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


@dataclass(frozen=True, slots=True)
class StandingVerdicts:
    """All that stands of the judgements of a ledger; `successors` leads from claims read no more to those read now."""

    verdicts: Verdicts
    successors: Mapping[str, str]


def standing_verdicts(store: Store) -> StandingVerdicts:
    """What stands of the judgements: reads every one of them, so keep it while the ledger stays as it is."""
    with store.reading(snapshot=True) as connection:
        successors = carried(connection)
        return StandingVerdicts(verdicts(Judgements(store, pinned=connection).all(), successors), successors)


def review(store: Store, claim: Claim, document: Document, known: StandingVerdicts | None = None) -> Review:
    """What judgements made of a claim as it was read, those of earlier readings of it among them.

    `known` is what stands of all judgements, where the caller has it already.
    """
    known = known or standing_verdicts(store)
    ids = (claim.id, *(old for old, new in known.successors.items() if new == claim.id))
    made = [line for line in log(store, LogFilters(targets=ids)).rows if line.entry.what == JUDGEMENT]
    found = known.verdicts
    return Review(judged(claim, found), claim.id in found.accepted, rating(claim, document, found), tuple(made))
