"""Events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.model import Event, Matter
from dateline.store.paging import Slice
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.routes.ids import Id, known
from dateline.web.api.shapes import Shape
from dateline.web.api.types import known as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Events"])


@router.get("/events", response_model=Listing[types.EventHeader], operation_id="listEvents")
def events(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Events, Query()]) -> Response:
    """Events, newest first: claims of the same act by the same actor at compatible place and time."""

    def page() -> Slice[Shape]:
        got = desk.view.events_page(wanted.filters, wanted.paging)
        return shown(got, [shapes.event_header(one) for one in got.rows])

    return answer.listing(page)


@router.get("/events/{identifier}", response_model=types.Event, operation_id="getEvent")
def event(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """One event with its claims, every reading of every slot, and its independent tellings."""
    return answer.record(lambda: shapes.event(known(desk, identifier, Matter.EVENT, Event)))
