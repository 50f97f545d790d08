"""Disputes: the list of them, and one with its sides facing each other."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk import disputes as desk_disputes
from dateline.model import DisputeStatus
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.paged import paged
from dateline.web.rendering import page
from dateline.web.wanted import wanted

router = APIRouter()
FILTERS = ("text", "type", "host", "actor", "since", "until")
STATES = {"open": "Open", "settled": "Settled", "any": "All"}
"""What the tabs show: open disputes unless one asks for others."""


@router.get("/disputes")
def disputes(request: Request, desk: TheDesk) -> Response:
    """Disputes that pass the filters of the address, open ones unless others are asked for, newest first."""
    asked = wanted(request, FILTERS, keep=("state", "sort"))
    state = request.query_params.get("state", "")
    state = state if state in STATES else "open"
    filters = asked.filters if state == "any" else replace(asked.filters, state=DisputeStatus(state))
    found, refused = paged(request, lambda paging: desk_disputes.disputes(desk, filters, paging))
    return page(
        request,
        "disputes.html",
        is_kept=True,
        found=found,
        asked=asked,
        refused=(*asked.refused, *refused),
        state=state,
        STATES=STATES,
        MEANINGS=desk_disputes.MEANINGS,
    )


@router.get("/disputes/{identifier}")
def dispute(request: Request, desk: TheDesk, identifier: str) -> Response:
    """One dispute."""
    try:
        card = desk_disputes.dispute(desk, identifier)
    except LookupError:
        return missing(request, desk, identifier, "disputes")
    return page(request, "dispute.html", is_kept=True, card=card, history=card.history)
