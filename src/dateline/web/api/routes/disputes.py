"""Disputes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.model import Dispute, Matter
from dateline.store.paging import Slice
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.routes.ids import Id, known
from dateline.web.api.shapes import Shape
from dateline.web.api.types import known as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Disputes"])


@router.get("/disputes", response_model=Listing[types.DisputeHeader], operation_id="listDisputes")
def disputes(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Disputes, Query()]) -> Response:
    """Claims that cannot all be so: open disputes first, newest first."""

    def page() -> Slice[Shape]:
        got = desk.view.disputes_page(wanted.filters, wanted.paging)
        return shown(got, [shapes.dispute_header(one) for one in got.rows])

    return answer.listing(page)


@router.get("/disputes/{identifier}", response_model=types.Dispute, operation_id="getDispute")
def dispute(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """One dispute with the claims and witnesses of each side."""
    return answer.record(lambda: shapes.dispute(known(desk, identifier, Matter.DISPUTE, Dispute)))
