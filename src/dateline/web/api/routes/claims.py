"""Claims: the list of them, and one with its words and its judgements."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.desk import Desk
from dateline.desk.standing import reviewed
from dateline.export.sentences import sentence_around
from dateline.model import Claim, Matter
from dateline.store.holders import holders
from dateline.store.paging import Slice
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.routes.ids import Id, found
from dateline.web.api.shapes import Shape
from dateline.web.api.types import claims as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Claims"])


@router.get("/claims", response_model=Listing[types.Claim], operation_id="listClaims")
def claims(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Claims, Query()]) -> Response:
    """Claims as they were read, newest report first; every filter that is given must hold."""

    def page() -> Slice[Shape]:
        got = desk.view.claims_page(wanted.filters, wanted.paging)
        return shown(got, shapes.claims(desk, got.rows))

    return answer.listing(page)


@router.get("/claims/{identifier}", response_model=types.ClaimInFull, operation_id="getClaim")
def claim(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """One claim as it was read, superseded ones too."""

    def record() -> Shape:
        one = _claim(desk, identifier)
        rests = holders(desk.store, [one.id])
        return shapes.claims(desk, [one])[0] | {
            "external_ids": desk.view.external_ids([one.id]).get(one.id, ()),
            "events": [event.id for event in rests.events],
            "presences": [presence.id for presence in rests.presences],
            "disputes": [dispute.id for dispute in rests.disputes],
        }

    return answer.record(record)


@router.get("/claims/{identifier}/evidence", response_model=types.ClaimEvidence, operation_id="getClaimEvidence")
def evidence(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """The words that show a claim, each piece in its sentence (at most 400 characters to either side)."""

    def record() -> Shape:
        one = _claim(desk, identifier)
        document = desk.view.document(one.document)
        passages = [sentence_around(document.text, part.start, part.end) for part in one.evidence]
        return {"claim": one.id, "document": shapes.reference(document), "passages": passages}

    return answer.record(record)


@router.get("/claims/{identifier}/review", response_model=types.ReviewedClaim, operation_id="getClaimReview")
def review(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """A claim as analysts left it: with the corrections that stand, the rating of its chain, every judgement of it."""

    def record() -> Shape:
        one = _claim(desk, identifier)
        document = desk.view.headers([one.document])[one.document]
        got = reviewed(desk, one, document)
        return {
            "claim": None if got.claim is None else shapes.claim(got.claim, document),
            "accepted": got.accepted,
            "rejected": got.claim is None,
            "corrected": got.claim is not None and got.claim != one,
            "rating": got.rating,
            "history": [shapes.log_line(line) for line in got.history],
        }

    return answer.record(record)


def _claim(desk: Desk, identifier: str) -> Claim:
    return found(desk, identifier, Matter.CLAIM, lambda: desk.view.claims_of([identifier]).get(identifier))
