"""Claims: the list of them, and one in its sentence."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from dateline.store import Filters
from dateline.web.asking import TheDesk
from dateline.web.rendering import page

router = APIRouter()


@router.get("/claims")
def claims(request: Request, desk: TheDesk, actor: str | None = None) -> HTMLResponse:
    """Claims, newest report first."""
    found = desk.view.claims(Filters(actor=actor or None, limit=50))
    headers = desk.view.headers([claim.document for claim in found.rows])
    return page(request, "claims.html", claims=found.rows, headers=headers)
