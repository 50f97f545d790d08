"""A brief on a country or a force as a page to read or print, and as files to download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from dateline.brief import LANGUAGES, Asked, AskedError, brief_of
from dateline.brief.language import language
from dateline.brief.page import html
from dateline.brief.sheet import sheet
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
    """The brief, made anew each time: what was taken back a moment ago is in none. What is wrong is told on a page."""
    try:
        asked = wanted.asked()
    except AskedError as error:
        return page(request, "error.html", status=422, title="No brief", detail=str(error))
    found = brief_of(desk.store, asked, made=datetime.now(UTC).date())
    told = sheet(found, language(wanted.lang if wanted.lang in LANGUAGES else "en"))
    return Response(html(told, stylesheet=static("brief.css")), media_type="text/html")
