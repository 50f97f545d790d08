"""Claims with what a citation needs: the report, who says it, and what analysts made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateline.desk.desk import Desk
from dateline.desk.standing import standing_on
from dateline.model import Claim, Document
from dateline.reconcile.verdicts import Verdicts


class Verdict(StrEnum):
    """What analysts made of a claim, where any judged it."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim, its report without the text, and its verdict, None where nobody judged it."""

    claim: Claim
    report: Document
    verdict: Verdict | None


def verdict_of(claim: str, stand: Verdicts) -> Verdict | None:
    """The verdict on the claim of an id: a rejection tells before a correction, a correction before an acceptance."""
    if claim in stand.rejected:
        return Verdict.REJECTED
    if claim in stand.corrections:
        return Verdict.CORRECTED
    return Verdict.ACCEPTED if claim in stand.accepted else None


def cited(desk: Desk, claims: Sequence[Claim]) -> list[Cited]:
    """Claims with their reports and verdicts, in their order."""
    reports = desk.view.headers([claim.document for claim in claims])
    stand = standing_on(desk, [claim.id for claim in claims])
    return [Cited(claim, reports[claim.document], verdict_of(claim.id, stand)) for claim in claims]


def cited_by_id(desk: Desk, ids: Iterable[str]) -> dict[str, Cited]:
    """The same by the ids of claims; ids the ledger does not have are left out."""
    found = desk.view.claims_of(list(dict.fromkeys(ids)))
    return {one.claim.id: one for one in cited(desk, list(found.values()))}


def voices(claim: Claim, report: Document) -> tuple[str, ...]:
    """Who says it, then through whom it reached the report; the outlet itself where nobody else says it."""
    said = claim.attribution
    if said is None:
        return (report.outlet or "the report",)
    source = said.source.name if said.source is not None else str(said.source_kind)
    return (source, *reversed(said.via))
