"""The first page: the map, what changed lately, what is disputed, how the ledger stands."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from dateline.desk.health import health
from dateline.desk.overview import origins_of, overview
from dateline.desk.presences import PresencesWanted, presences
from dateline.desk.stays import all_stays
from dateline.desk.world_map import map_json
from dateline.store.filters import country_code
from dateline.web.asking import TheDesk
from dateline.web.pages.presence import address, presences_wanted
from dateline.web.rendering import page

router = APIRouter()


@router.get("/")
def first_page(request: Request, desk: TheDesk, disputes: str = "newest") -> HTMLResponse:
    """Who has forces where on a day; the map is drawn by the browser from /map.json, the table stands here."""
    wanted, refused = presences_wanted(request, sort="strength")
    newest = all_stays(desk).newest_day
    on = wanted.on or newest
    found = presences(desk, PresencesWanted(wanted.host, wanted.actor, None, on, "strength"))
    beside = overview(desk)
    return page(
        request,
        "overview.html",
        is_kept=True,
        found=found,
        wanted=wanted,
        on=on,
        newest=newest,
        refused=refused,
        beside=beside,
        by_size=disputes == "largest",
        disputes=beside.largest_disputes if disputes == "largest" else beside.newest_disputes,
        origins_of=origins_of,
        address=address,
        codes=_codes(wanted),
        health=health(desk),
    )


def _codes(wanted: PresencesWanted) -> dict[str, str]:
    """Host and force as the map filters by them: codes of countries, else words."""
    host, actor = wanted.host or "", wanted.actor or ""
    code = country_code(actor) or ""
    return {"host": country_code(host) or host, "actor": code, "text": "" if code else actor}


@router.get("/map.json")
def the_map(request: Request, desk: TheDesk) -> Response:
    """All that the map shows, whole; the browser filters it by day, host and force."""
    found = map_json(desk)
    headers = {"etag": found.etag, "cache-control": "private, no-cache"}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type="application/json", headers=headers)
