"""Presences: the list of who has forces where, and one of them through time."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from dateline.desk.presence_card import presence_card
from dateline.desk.presences import SORTS, PresencesWanted, presences
from dateline.model import Standing
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.rendering import page

router = APIRouter()

HEADINGS = (
    ("host", "Host"),
    ("force", "Force"),
    ("status", "Standing"),
    ("strength", "Strength"),
    ("as_of", "As of"),
)
"""The columns that the list is sorted by: key of the order and heading."""


def presences_wanted(request: Request, *, sort: str) -> tuple[PresencesWanted, tuple[str, ...]]:
    """The filters of an address, and in words what of it cannot be read (and is left out)."""
    given = {
        name: request.query_params.get(name, "").strip()[:200] for name in ("host", "actor", "on", "status", "sort")
    }
    refused = []
    status = None
    if given["status"]:
        try:
            status = Standing(given["status"])
        except ValueError:
            refused.append(f"“{given['status']}” is no standing; there are {', '.join(Standing)}")
    number = request.query_params.get("page", "1")
    page_number = int(number) if number.isascii() and number.isdecimal() and len(number) < 7 else 1
    base = PresencesWanted(given["host"] or None, given["actor"] or None, status, None, sort, page_number)
    order = given["sort"] if given["sort"].removeprefix("-") in SORTS else sort
    try:
        return PresencesWanted(base.host, base.actor, status, given["on"] or None, order, page_number), tuple(refused)
    except ValueError:
        refused.append(f"“{given['on']}” is no day: write it as 2024-05-03")
        return base, tuple(refused)


def address(path: str, wanted: PresencesWanted, **changed: str | None) -> str:
    """A path with the filters of a list and what is `changed` of them; None leaves one out."""
    given = {"host": wanted.host, "actor": wanted.actor, "status": wanted.status, "on": wanted.on, "sort": wanted.sort}
    query = urlencode({name: value for name, value in (given | changed).items() if value})
    return f"{path}?{query}" if query else path


@router.get("/presence")
def presence_list(request: Request, desk: TheDesk) -> Response:
    """Who has forces where, a page at a time."""
    wanted, refused = presences_wanted(request, sort="host")
    return page(
        request,
        "presence_list.html",
        is_kept=True,
        found=presences(desk, wanted),
        wanted=wanted,
        refused=refused,
        headings=HEADINGS,
        standings=tuple(Standing),
        address=address,
    )


@router.get("/presence/{key}")
def presence(request: Request, desk: TheDesk, key: str, step: str = "", whole: str = "") -> Response:
    """One force in one host, with all that it rests on; `step` and `whole` say of what all claims are shown."""
    number = int(step) if step.isascii() and step.isdecimal() and len(step) < 7 else None
    try:
        card = presence_card(desk, key, step=number, whole=whole)
    except LookupError:
        return missing(request, desk, key, "presences")
    figure = None if card.figure is None else Markup(card.figure)
    return page(request, "presence.html", is_kept=True, card=card, figure=figure)
