"""What analysts' judgements make of some claims, looked up for these claims only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dateline import judging
from dateline.desk.desk import Desk
from dateline.judging import Review
from dateline.model import Claim, Document, Judgement
from dateline.reconcile.ratings import Reliability
from dateline.reconcile.verdicts import Verdicts, verdicts
from dateline.store.carrying import carried
from dateline.store.notices import aside


def standing_on(desk: Desk, claims: Iterable[str]) -> Verdicts:
    """The verdicts on these claims, those of earlier readings of them and the ratings of all sources included."""
    wanted = set(claims)
    older = {old: new for old, new in successors(desk).items() if new in wanted}
    made = desk.judgements_of({*wanted, *older})
    return verdicts(_in_order(made, _of_sources(desk)), older, desk.kept("reports set aside", lambda: _aside(desk)))


def ratings(desk: Desk) -> Mapping[str, Reliability]:
    """How analysts rated sources, by `source_key` of their names; those that anybody rated."""
    known: Mapping[str, Reliability] = desk.kept(
        "ratings of sources", lambda: verdicts(_of_sources(desk), {}).source_ratings
    )
    return known


def reviewed(desk: Desk, claim: Claim, document: Document) -> Review:
    """A claim as analysts left it, with every judgement of it and of its earlier readings."""
    older = [old for old, new in successors(desk).items() if new == claim.id]
    return judging.reviewed(desk.store, claim, document, standing_on(desk, [claim.id]), older)


def successors(desk: Desk) -> Mapping[str, str]:
    """From judged claims that are read no more to those that say the same in their place; as a rule none."""

    def found() -> dict[str, str]:
        if not desk.kept_judged("judged", desk.judgements.targets):
            return {}
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


def _aside(desk: Desk) -> frozenset[str]:
    with desk.store.reading() as connection:
        return aside(connection)


def _of_sources(desk: Desk) -> tuple[Judgement, ...]:
    return desk.kept_judged("judgements of sources", lambda: desk.judgements_of(desk.judgements.sources()))


def _in_order(one: Iterable[Judgement], other: Iterable[Judgement]) -> list[Judgement]:
    """Judgements of both, each once; those of sources and of claims never tell of one another."""
    return list({judgement.id: judgement for some in (one, other) for judgement in some}.values())
