"""What analysts' judgements make of some claims, looked up for these claims only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dateline.desk.desk import Desk
from dateline.model import Judgement
from dateline.reconcile.verdicts import Verdicts, verdicts
from dateline.store.carrying import carried


def standing_on(desk: Desk, claims: Iterable[str]) -> Verdicts:
    """The verdicts on these claims, those of earlier readings of them and the ratings of all sources included."""
    wanted = set(claims)
    older = {old: new for old, new in successors(desk).items() if new in wanted}
    made = desk.judgements.of({*wanted, *older})
    rated = desk.kept("judgements of sources", lambda: desk.judgements.of(desk.judgements.sources()))
    return verdicts(_in_order(made, rated), older)


def successors(desk: Desk) -> Mapping[str, str]:
    """From judged claims that are read no more to those that say the same in their place; as a rule none."""

    def found() -> dict[str, str]:
        with desk.store.reading() as connection:
            return carried(connection)

    return desk.kept("carried claims", found)


def state_of(claim: str, known: Verdicts) -> str:
    """What analysts decided of a claim: `rejected`, `corrected`, `accepted`, "" where nobody judged it."""
    if claim in known.rejected:
        return "rejected"
    if claim in known.corrections:
        return "corrected"
    return "accepted" if claim in known.accepted else ""


def _in_order(one: Iterable[Judgement], other: Iterable[Judgement]) -> list[Judgement]:
    """Judgements of both, each once; those of sources and of claims never tell of one another."""
    return list({judgement.id: judgement for some in (one, other) for judgement in some}.values())
