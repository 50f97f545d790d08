"""Claims as a list: a page of them with the reports they stand in, and all of them as a stream to be exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.desk.desk import Desk
from dateline.desk.standing import standing_on, state_of
from dateline.export.voices import voice_of
from dateline.export.words import amount, days
from dateline.model import Claim, Document, claim_record
from dateline.store import Filters
from dateline.store.paging import MOST_ROWS, Paging, Slice

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


def claims(desk: Desk, wanted: Filters, paging: Paging) -> Slice[ListedClaim]:
    """A page of the claims that pass the filters; PagingError for a cursor or an order that is none."""
    page = desk.view.claims_page(wanted, paging)
    rows = listed(desk, page.rows)
    return Slice(rows, page.total, page.total_is_least, page.next, page.previous, page.sort)


def listed(desk: Desk, found: Sequence[Claim]) -> tuple[ListedClaim, ...]:
    """Claims with the reports they stand in, in the order given."""
    headers = desk.view.headers([claim.document for claim in found])
    known = standing_on(desk, [claim.id for claim in found])
    return tuple(in_list(claim, headers[claim.document], state_of(claim.id, known)) for claim in found)


def in_list(claim: Claim, document: Document, state: str) -> ListedClaim:
    """A claim as a row of a list."""
    quantity, time = claim.quantity, claim.time
    return ListedClaim(
        claim,
        document,
        "" if quantity is None else f"{amount(quantity.low, quantity.high)} {quantity.unit}",
        "" if time is None else days(time.earliest, time.latest),
        voice_of(claim, document),
        state,
    )


def records(desk: Desk, wanted: Filters) -> Iterator[dict[str, Any]]:
    """Every claim that passes the filters, as JSON types with its report's reference, newest report first.

    A page at a time, so that it holds little of a large ledger at once; what is added meanwhile moves nothing.
    """
    cursor: str | None = None
    while True:
        page = desk.view.claims_page(wanted, Paging(MOST_ROWS, cursor))
        headers = desk.view.headers([claim.document for claim in page.rows])
        yield from (claim_record(claim, headers[claim.document]) for claim in page.rows)
        if page.next is None:
            return
        cursor = page.next


def chosen(desk: Desk, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Claims of some ids, in their order, as JSON types with their reports' references; unknown ids are left out."""
    wanted = list(dict.fromkeys(ids))[:MOST_CHOSEN]
    found = desk.view.claims_of(wanted)
    headers = desk.view.headers([claim.document for claim in found.values()])
    yield from (claim_record(found[key], headers[found[key].document]) for key in wanted if key in found)
