"""Review: one claim after the other, those first that need a look most."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk import review as desk_review
from dateline.model import Kind
from dateline.people import Role
from dateline.web.asking import TheDesk
from dateline.web.rendering import page
from dateline.web.security import Reads
from dateline.web.wanted import with_query

router = APIRouter()
_LONGEST = 100
_LONGEST_SCORE = 10


@router.get("/review")
def review(request: Request, desk: TheDesk, person: Reads) -> Response:
    """The claim that this person should look at next, or the one that the address names."""
    given = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in ("host", "kind", "claim", "after")}
    kind = Kind(given["kind"]) if given["kind"] in set(Kind) else None
    score = _score(request.query_params.get("score", ""))
    asked = desk_review.Asked(
        given["host"] or None,
        kind,
        given["claim"] or None,
        given["after"] or None,
        score,
        person.role is not Role.READER,
    )
    found = desk_review.review(desk, person.name, asked)
    narrowed = {"host": given["host"], "kind": str(kind or "")}

    def address(**more: str) -> str:
        return with_query("/review", narrowed | more)

    shown = "" if found.current is None else found.current.statement.claim.id
    return page(
        request,
        "review.html",
        found=found,
        narrowed=narrowed,
        refused=given["kind"] if given["kind"] and kind is None else "",
        address=address,
        judging=found.form,
        back=address() if found.current is None else address(after=shown, score=f"{found.current.score:g}"),
        flash_back=address(claim=given["after"]) if given["after"] else address(claim=shown),
        kinds=tuple(Kind),
    )


def _score(text: str) -> float | None:
    """The score that an address gives, None where it is none."""
    if len(text) > _LONGEST_SCORE or not text.replace(".", "", 1).isdecimal():
        return None
    return min(float(text), 2.0)
