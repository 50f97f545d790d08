"""Presences: who has forces where, now, on a day, or as it was told by a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.desk.forces import TooManyError, on_day, there_on, told_until
from dateline.model import Matter, Presence
from dateline.steps import covers
from dateline.store.paging import Slice
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import of_rows, shown
from dateline.web.api.problems import Kind, Trouble
from dateline.web.api.routes.ids import Id, known
from dateline.web.api.shapes import Shape
from dateline.web.api.types import known as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Presences"])


@router.get("/presences", response_model=Listing[types.PresenceHeader], operation_id="listPresences")
def presences(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Presences, Query()]) -> Response:
    """Who has forces where, by host and force: one row a force and host, the newest asserted strength standing.

    `on` asks for a day in the past (valid time): forces that were there then, in the strength of that day. `until`
    asks how it stood by the reports published up to that day, and needs `host`.
    """

    def page() -> Slice[Shape]:
        filters, paging = wanted.filters, wanted.paging
        if wanted.until is not None:
            if wanted.sort is not None:
                raise Trouble(Kind.REFUSED, "on and until have an order of their own: leave out sort")
            if wanted.host is None:
                raise Trouble(Kind.REFUSED, "until derives anew from the reports of its day: name a host as well")
            try:
                rows = told_until(desk, filters, wanted.until, on=wanted.on)
            except TooManyError as error:
                raise Trouble(Kind.REFUSED, str(error)) from None
            return _headers(of_rows(rows, (filters, wanted.until, wanted.on), paging))
        if wanted.on is not None:
            ids = of_rows(there_on(desk, filters, wanted.on), (filters, wanted.on), paging)
            return shown(ids, [shapes.presence_header(one) for one in on_day(desk, ids.rows, wanted.on)])
        heads = desk.view.presence_heads_page(filters, paging)
        return shown(heads, [shapes.presence_head(one) for one in heads.rows])

    return answer.listing(page)


@router.get("/presences/{identifier}", response_model=types.Presence, operation_id="getPresence")
def presence(answer: Answers, desk: TheDesk, identifier: Id, wanted: Annotated[asked.OnDay, Query()]) -> Response:
    """One presence with its steps in time, at each base too, and its claims by what they say."""

    def record() -> Shape:
        one = known(desk, identifier, Matter.PRESENCE, Presence)
        shape = shapes.presence(one)
        if wanted.on is None:
            return shape
        day = wanted.on
        sites = [
            {"site": at.site, "lat": at.lat, "lon": at.lon, "steps": [step for step in at.steps if covers(step, day)]}
            for at in one.at_sites
        ]
        series = [step for step in one.series if covers(step, day)]
        return shape | {"series": series, "at_sites": [site for site in sites if site["steps"]]}

    return answer.record(record)


def _headers(page: Slice[Presence]) -> Slice[Shape]:
    return shown(page, [shapes.presence_header(one) for one in page.rows])
