"""Claims with what a citation needs: the report, the sentence around the words, and what analysts made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateline.desk.desk import Desk
from dateline.model import Claim, Document, Evidence
from dateline.reconcile.verdicts import Verdicts, verdicts
from dateline.store.carrying import carried

_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+|\n\s*\n")
AROUND = 400
"""Characters before and after the evidence in which the ends of its sentence are looked for."""


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


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report in their sentence; offsets are those of `exact` in the text, in code points."""

    before: str
    exact: str
    after: str
    start: int
    end: int


def standing(desk: Desk) -> Verdicts:
    """What all judgements come to, kept while the ledger stays as it is."""

    def made() -> Verdicts:
        with desk.store.reading() as connection:
            successors = carried(connection)
        return verdicts(desk.judgements.all(), successors)

    return desk.kept("citing.standing", made)


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
    stand = standing(desk)
    return [Cited(claim, reports[claim.document], verdict_of(claim.id, stand)) for claim in claims]


def cited_by_id(desk: Desk, ids: Iterable[str]) -> dict[str, Cited]:
    """The same by the ids of claims; ids the ledger does not have are left out."""
    found = desk.view.claims_of(list(dict.fromkeys(ids)))
    return {one.claim.id: one for one in cited(desk, list(found.values()))}


def passage(text: str, part: Evidence, *, around: int = AROUND) -> Passage:
    """The sentence around a piece of evidence, cut where it runs on for more than `around` characters."""
    before = [match.end() for match in _SENTENCE.finditer(text, max(0, part.start - around), part.start)]
    start = before[-1] if before else max(0, part.start - around)
    after = _SENTENCE.search(text, max(part.end - 1, part.start), part.end + around)
    end = max(part.end, after.start() + 1) if after else min(len(text), part.end + around)
    return Passage(text[start : part.start], part.exact, text[part.end : end], part.start, part.end)


def voices(claim: Claim, report: Document) -> tuple[str, ...]:
    """Who says it, then through whom it reached the report; the outlet itself where nobody else says it."""
    said = claim.attribution
    if said is None:
        return (report.outlet or "the report",)
    source = said.source.name if said.source is not None else str(said.source_kind)
    return (source, *reversed(said.via))
