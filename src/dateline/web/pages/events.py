"""Events: the list of them, and one with every reading of every slot."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk import events as desk_events
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.rendering import page

router = APIRouter()


@router.get("/events/{identifier}")
def event(request: Request, desk: TheDesk, identifier: str) -> Response:
    """One event."""
    try:
        card = desk_events.event(desk, identifier)
    except LookupError:
        return missing(request, desk, identifier, "events")
    return page(request, "event.html", card=card, event=card.event, nearby=card.nearby, history=card.history)
