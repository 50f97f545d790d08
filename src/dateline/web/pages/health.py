"""Ledger health: what is there, what is behind, and what could not be read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.health import ADVICE, health, issues
from dateline.store.paging import PagingError
from dateline.web.asking import TheDesk
from dateline.web.rendering import page
from dateline.web.wanted import with_query

router = APIRouter()
_LONGEST = 200


@router.get("/health")
def ledger_health(request: Request, desk: TheDesk, code: str = "", q: str = "", cursor: str = "") -> Response:
    """How the ledger is, and its issues by code."""
    refused = []
    if len(q) > _LONGEST:
        refused.append(f"words of more than {_LONGEST} characters were left out")
        q = ""
    code, text = code.strip()[:_LONGEST], q.strip().replace("\x00", "")
    try:
        found = issues(desk, code=code or None, text=text or None, cursor=cursor or None)
    except PagingError as error:
        refused.append(str(error))
        found = issues(desk, code=code or None, text=text or None)
    given = {"code": code, "q": text}
    return page(
        request,
        "health.html",
        is_kept=True,
        health=health(desk),
        found=found,
        code=code,
        text=text,
        refused=refused,
        meant=ADVICE.get(code),
        known=ADVICE,
        further=with_query("/health", {**given, "cursor": found.next}) if found.next else None,
        back=with_query("/health", {**given, "cursor": found.previous}) if found.previous else None,
    )
