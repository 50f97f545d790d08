"""Disputes: the list of them, and one with its sides facing each other."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk import disputes as desk_disputes
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.rendering import page

router = APIRouter()


@router.get("/disputes/{identifier}")
def dispute(request: Request, desk: TheDesk, identifier: str) -> Response:
    """One dispute."""
    try:
        card = desk_disputes.dispute(desk, identifier)
    except LookupError:
        return missing(request, desk, identifier, "disputes")
    return page(request, "dispute.html", card=card, history=card.history)
