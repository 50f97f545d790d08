"""Records by the id in an address: a shortened one leads to the record, an unknown one to a page that says so."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from dateline.desk import Desk
from dateline.web.linking import address_of_id
from dateline.web.rendering import page

_SHORTEST = 8
"""Characters from which the beginning of an id is looked for."""


def candidates(desk: Desk, typed: str) -> tuple[tuple[str, str], ...]:
    """(kind, id) of records whose id begins with what was typed; none for what is no id."""
    if len(typed) < _SHORTEST or "-" not in typed or not typed.isascii() or not typed.isprintable():
        return ()
    return tuple(desk.view.ids_like(typed))


def missing(request: Request, desk: Desk, identifier: str, kind: str) -> Response:
    """The answer for an id that no record of a kind has: the one it is short for, or a page with what is near."""
    near = candidates(desk, identifier)
    meant = [found for table, found in near if table == kind]
    if len(meant) == 1:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(address_of_id(meant[0]) + query, status_code=307)
    return page(
        request,
        "unknown.html",
        status=404,
        identifier=identifier[:200],
        near=[(found, address_of_id(found)) for _, found in near],
    )
