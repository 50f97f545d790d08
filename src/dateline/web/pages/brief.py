"""A brief on a country or a force as a page to read or print, and as files to download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from dateline.brief import LANGUAGES, Asked, AskedError, Brief, brief_of
from dateline.brief.language import language
from dateline.brief.page import html
from dateline.brief.sheet import sheet
from dateline.desk.desk import Desk
from dateline.web.asking import TheDesk
from dateline.web.rendering import page, static

router = APIRouter()
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """The address: a country, a force, the days of changes, and the language; what is no language is English."""

    host: str = ""
    force: str = ""
    since: str = ""
    until: str = ""
    lang: str = "en"

    def asked(self) -> Asked:
        """What the brief is about; AskedError where that is nothing."""
        host, force, since, until = (
            one[:_LONGEST].strip() or None for one in (self.host, self.force, self.since, self.until)
        )
        return Asked.of(host, force, since=since, until=until)


@router.get("/brief")
def brief(request: Request, desk: TheDesk, wanted: Annotated[Wanted, Depends()]) -> Response:
    """The brief of what the desk shows now; what cannot be asked is told on a page."""
    try:
        found = _brief(desk, wanted.asked())
    except AskedError as error:
        return page(request, "error.html", status=422, title="No brief", detail=str(error))
    told = sheet(found, language(wanted.lang if wanted.lang in LANGUAGES else "en"))
    return Response(html(told, stylesheet=static("brief.css")), media_type="text/html")


def _brief(desk: Desk, asked: Asked) -> Brief:
    """Made once for a state of the ledger and a day."""
    today = datetime.now(UTC).date()
    return desk.kept(("brief", asked, today), lambda: brief_of(desk.store, asked, made=today))
