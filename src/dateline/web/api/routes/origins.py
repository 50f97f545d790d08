"""Origins: who copied whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.model import Matter, Origin
from dateline.store.paging import Slice
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.routes.ids import Id, known
from dateline.web.api.shapes import Shape
from dateline.web.api.types import known as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Origins"])


@router.get("/origins", response_model=Listing[types.OriginHeader], operation_id="listOrigins")
def origins(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Origins, Query()]) -> Response:
    """Independent reportings, those that most reports carry first."""

    def page() -> Slice[Shape]:
        got = desk.view.origins_page(wanted.filters, wanted.paging)
        return shown(got, [shapes.origin_header(one) for one in got.rows])

    return answer.listing(page)


@router.get("/origins/{identifier}", response_model=types.Origin, operation_id="getOrigin")
def origin(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """One origin with its reports, why they are one, and what copies changed."""
    return answer.record(lambda: shapes.origin(known(desk, identifier, Matter.ORIGIN, Origin)))
