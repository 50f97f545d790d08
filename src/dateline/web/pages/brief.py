"""A brief on a country or a force as a page to read or print, and as files to download."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from dateline.brief import LANGUAGES, Asked, AskedError
from dateline.web.asking import TheDesk
from dateline.web.composing import Question, composed, composed_elsewhere
from dateline.web.rendering import page, static
from dateline.web.wanted import with_query

router = APIRouter()
_LONGEST = 200
_LONGEST_MOMENT = 18


@dataclass(frozen=True, slots=True)
class Wanted:
    """The address: a country, a force, the days of changes, and the language; what is no language is English."""

    host: str = ""
    force: str = ""
    since: str = ""
    until: str = ""
    lang: str = "en"
    waited: str = ""

    @property
    def waits_since(self) -> float | None:
        """The moment (`time.monotonic`) from which on the reader waits, None for one who has just come."""
        known = self.waited.isascii() and self.waited.isdecimal() and len(self.waited) < _LONGEST_MOMENT
        return int(self.waited) / 1000 if known else None

    def asked(self) -> Asked:
        """What the brief is about; AskedError where that is nothing."""
        host, force, since, until = (
            one[:_LONGEST].strip() or None for one in (self.host, self.force, self.since, self.until)
        )
        return Asked.of(host, force, since=since, until=until)


_NAMES = tuple(Wanted.__dataclass_fields__)


async def _wanted(request: Request) -> Wanted:
    """Asynchronous: a dependency that is not costs each request a turn of a thread."""
    return Wanted(**{name: given for name in _NAMES if (given := request.query_params.get(name)) is not None})


@router.get("/brief")
def brief(request: Request, desk: TheDesk, wanted: Annotated[Wanted, Depends(_wanted)]) -> Response:
    """The brief, made anew each time: what was taken back a moment ago is in none. What is wrong is told on a page.

    Of a long ledger it is put together beside the server, and what was made stands for two minutes at most unless
    somebody judged or took anything back; until it is there the answer is 202 and a page that waits for it.
    """
    try:
        asked = wanted.asked()
    except AskedError as error:
        return page(request, "error.html", status=422, title="No brief", detail=str(error))
    lang = wanted.lang if wanted.lang in LANGUAGES else "en"
    question = Question(asked.host, asked.force, asked.since, asked.until, lang, static("brief.css"))
    if not desk.is_long():
        return Response(composed(desk.store, question), media_type="text/html")
    found = desk.made_beside(
        ("brief", question, datetime.now(UTC).date()),
        lambda: composed_elsewhere(desk.store, question),
        since=wanted.waits_since,
    )
    if found is None:
        moment = wanted.waited if wanted.waits_since is not None else str(int(time.monotonic() * 1000))
        again = with_query("/brief", dict(request.query_params) | {"waited": moment})
        waiting = page(request, "brief_coming.html", status=202, again=again)
        waiting.headers["retry-after"] = "1"
        return waiting
    if found.problem is not None:
        return page(request, "error.html", status=503, title="No brief", detail=found.problem)
    return Response(found.page, media_type="text/html")
