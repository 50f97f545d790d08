"""The page of one record: a shortened id leads to the whole one, an unknown one to a page that says so."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from dateline.desk import Desk
from dateline.desk.finding import full_id
from dateline.model import Matter
from dateline.web.rendering import page


def elsewhere(request: Request, desk: Desk, identifier: str, matter: Matter, section: str) -> Response:
    """Where an id leads that is no whole id: to the one record that begins with it, else a page in words (404)."""
    try:
        found = full_id(desk, identifier, matter)
    except LookupError:
        found = identifier
    if found != identifier:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{section}/{found}{query}", status_code=307)
    return page(request, "missing.html", status=404, matter=str(matter), section=section, identifier=identifier[:100])
