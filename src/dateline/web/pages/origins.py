"""Origins: who copied whom, and two reports of one origin side by side."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dateline.desk.origins import comparison, first_to_compare, origin_card, origins
from dateline.desk.terms import SIGNS
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.paged import paged
from dateline.web.rendering import page
from dateline.web.wanted import wanted, with_query

router = APIRouter()
_DIFFERENCES = {"number": "figure", "date": "date", "place": "place", "name": "name", "words": "words"}


@router.get("/origins")
def listing(request: Request, desk: TheDesk) -> Response:
    """Origins that pass the filters of the address, those with most reports first."""
    asked = wanted(request, ("source", "origins", "since", "until"))
    found, refused = paged(request, partial(origins, desk, asked.filters))
    return page(request, "origins.html", is_kept=True, found=found, asked=asked, refused=(*asked.refused, *refused))


@router.get("/origins/{identifier}")
def origin(request: Request, desk: TheDesk, identifier: str) -> Response:
    """One origin with its reports in time; `?all=1` shows every one of many."""
    try:
        card = origin_card(desk, identifier, whole=request.query_params.get("all") == "1")
    except LookupError:
        return missing(request, desk, identifier, "origins")
    return page(
        request,
        "origin.html",
        is_kept=True,
        card=card,
        origin=card.origin,
        reports=[one.document for one in card.members],
        history=card.history,
        SIGNS=SIGNS,
        DIFFERENCES=_DIFFERENCES,
    )


@router.get("/origins/{identifier}/compare")
def compare(request: Request, desk: TheDesk, identifier: str, a: str = "", b: str = "") -> Response:
    """Two reports of an origin side by side, what differs between them marked; without `a` and `b` the likeliest."""
    try:
        if not (a and b):
            return _begin(request, desk, identifier, a or b)
        found = comparison(desk, identifier, a, b)
    except LookupError as error:
        kind = "origins" if str(error).strip("'") == identifier else "documents"
        return missing(request, desk, identifier if kind == "origins" else str(error).strip("'"), kind)
    return page(request, "comparison.html", found=found, texts=found.texts, SIGNS=SIGNS, DIFFERENCES=_DIFFERENCES)


def _begin(request: Request, desk: TheDesk, identifier: str, one: str) -> Response:
    pair = first_to_compare(desk, identifier, one)
    if pair is None:
        return page(request, "comparison_none.html", identifier=identifier)
    pairs = dict(zip(("a", "b"), pair, strict=True))
    return RedirectResponse(with_query(f"/origins/{quote(identifier, safe='')}/compare", pairs), status_code=303)
