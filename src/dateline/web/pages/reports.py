"""Reports: the list of them, and one with the words that claims rest on marked in it."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.reports import report_card, reports
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.paged import paged
from dateline.web.rendering import page
from dateline.web.wanted import wanted

router = APIRouter()


@router.get("/reports")
def listing(request: Request, desk: TheDesk) -> Response:
    """Reports that pass the filters of the address, newest first."""
    asked = wanted(request, ("text", "outlet", "since", "until"), keep=("sort",))
    found, refused = paged(request, partial(reports, desk, asked.filters))
    return page(request, "reports.html", is_kept=True, found=found, asked=asked, refused=(*asked.refused, *refused))


@router.get("/reports/{identifier}")
def report(request: Request, desk: TheDesk, identifier: str) -> Response:
    """One report; `?claim=` points at a claim of it, `?all=1` shows a long text to its end."""
    pointed = request.query_params.get("claim")
    try:
        card = report_card(desk, identifier, whole=request.query_params.get("all") == "1", to=pointed)
    except LookupError:
        return missing(request, desk, identifier, "documents")
    return page(request, "report.html", is_kept=True, card=card, document=card.document, pointed=pointed)
