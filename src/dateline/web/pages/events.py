"""Events: the list of them, and one with every reading of every slot."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk import events as desk_events
from dateline.model import Kind, Stage
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.paged import paged
from dateline.web.rendering import page
from dateline.web.wanted import wanted

router = APIRouter()
FILTERS = ("kind", "actor", "recipient", "host", "place", "stage", "origins", "since", "until")


@router.get("/events")
def events(request: Request, desk: TheDesk) -> Response:
    """Events that pass the filters of the address, newest first."""
    asked = wanted(request, FILTERS, keep=("sort",))
    found, refused = paged(request, lambda paging: desk_events.events(desk, asked.filters, paging))
    return page(
        request,
        "events.html",
        is_kept=True,
        found=found,
        asked=asked,
        refused=(*asked.refused, *refused),
        kinds=tuple(Kind),
        stages=tuple(Stage),
    )


@router.get("/events/{identifier}")
def event(request: Request, desk: TheDesk, identifier: str) -> Response:
    """One event."""
    try:
        card = desk_events.event(desk, identifier)
    except LookupError:
        return missing(request, desk, identifier, "events")
    return page(
        request, "event.html", is_kept=True, card=card, event=card.event, nearby=card.nearby, history=card.history
    )
