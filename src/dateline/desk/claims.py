"""Claims as a list: a page of them with the reports they stand in, and all of them as a stream to be exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.desk.desk import Desk
from dateline.export.shapes import voice
from dateline.export.words import amount, days
from dateline.judging import standing_verdicts
from dateline.model import Claim, Document, as_record, claim_record
from dateline.reconcile.verdicts import Verdicts
from dateline.store import Filters

MOST_CHOSEN = 1000
"""Claims that can be chosen one by one for an export."""


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim with its report (without text), and in words how many, when and who says so ("" where not said).

    `state` is what analysts decided: `accepted`, `rejected`, `corrected`, or "" where nobody judged.
    """

    claim: Claim
    document: Document
    how_many: str
    when: str
    voice: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class ListedClaims:
    """A page of claims; `total` is how many there are in all, or at least; `next` and `previous` are cursors."""

    rows: tuple[ListedClaim, ...]
    total: int
    total_is_least: bool = False
    next: str | None = None
    previous: str | None = None


def claims(desk: Desk, wanted: Filters) -> ListedClaims:
    """The claims that pass the filters, newest report first."""
    page = desk.view.claims(wanted)
    return ListedClaims(listed(desk, page.rows), page.total)


def listed(desk: Desk, found: Sequence[Claim]) -> tuple[ListedClaim, ...]:
    """Claims with the reports they stand in, in the order given."""
    headers = desk.view.headers([claim.document for claim in found])
    known = desk.kept("standing verdicts", lambda: standing_verdicts(desk.store)).verdicts
    return tuple(in_list(claim, headers[claim.document], known) for claim in found)


def in_list(claim: Claim, document: Document, known: Verdicts) -> ListedClaim:
    """A claim as a row of a list; `known` is what stands of the judgements."""
    quantity, time = claim.quantity, claim.time
    return ListedClaim(
        claim,
        document,
        "" if quantity is None else f"{amount(quantity.low, quantity.high)} {quantity.unit}",
        "" if time is None else days(time.earliest, time.latest),
        who_says(claim, document),
        _state(claim, known),
    )


def _state(claim: Claim, known: Verdicts) -> str:
    if claim.id in known.rejected:
        return "rejected"
    if claim.id in known.corrections:
        return "corrected"
    return "accepted" if claim.id in known.accepted else ""


def who_says(claim: Claim, document: Document) -> str:
    """Who says it, through whom: "Lloyd Austin via Reuters"."""
    said = None if claim.attribution is None else as_record(claim.attribution)
    return voice(said, {"outlet": document.outlet})


def records(desk: Desk, wanted: Filters) -> Iterator[dict[str, Any]]:
    """Every claim that passes the filters, as JSON types with its report's reference, a page at a time."""
    page = desk.view.claims(wanted)
    for at in range(0, len(page.rows), 500):
        some = page.rows[at : at + 500]
        headers = desk.view.headers([claim.document for claim in some])
        yield from (claim_record(claim, headers[claim.document]) for claim in some)


def chosen(desk: Desk, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Claims of some ids, in their order, as JSON types with their reports' references; unknown ids are left out."""
    wanted = list(dict.fromkeys(ids))[:MOST_CHOSEN]
    found = desk.view.claims_of(wanted)
    headers = desk.view.headers([claim.document for claim in found.values()])
    yield from (claim_record(found[key], headers[found[key].document]) for key in wanted if key in found)
