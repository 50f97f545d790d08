"""Search: claims and reports by words, any record by its id."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dateline.desk.search import search
from dateline.model import Kind, Stance
from dateline.web.asking import TheDesk
from dateline.web.finding import candidates
from dateline.web.linking import address_of_id
from dateline.web.rendering import page
from dateline.web.wanted import wanted, with_query

router = APIRouter()
_FILTERS = ("text", "kind", "stance", "host", "since", "until")
_OF_REPORTS = ("q", "since", "until")


@router.get("/search")
def searching(request: Request, desk: TheDesk) -> Response:
    """What holds the words of `?q=`; an id, or its beginning, leads to its record."""
    asked = wanted(request, _FILTERS, keep=())
    near = candidates(desk, asked.given["q"])
    if len(near) == 1:
        return RedirectResponse(address_of_id(near[0][1]), status_code=303)
    found = search(desk, asked.filters) if asked.filters.text is not None else None
    return page(
        request,
        "search.html",
        is_kept=True,
        asked=asked,
        found=found,
        near=[(key, address_of_id(key)) for _, key in near],
        known=[] if found is None else [(key, address_of_id(key)) for key in found.known],
        all_claims=with_query("/claims", asked.given),
        all_reports=with_query("/reports", {name: asked.given[name] for name in _OF_REPORTS}),
        kinds=tuple(Kind),
        stances=tuple(Stance),
    )
