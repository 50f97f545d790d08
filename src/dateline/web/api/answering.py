"""Answers as bytes: JSON straight from the ledger's records, ETags from its state, links to further pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import msgspec
from fastapi import Depends, Request
from starlette.responses import Response

import dateline
from dateline.desk import Desk
from dateline.store.paging import Slice
from dateline.web.asking import TheDesk

_encoder = msgspec.json.Encoder()
_KEPT = {"cache-control": "private, no-cache", "vary": "Accept-Encoding, Authorization, Cookie"}


class Answer:
    """Answers one request from a desk."""

    def __init__(self, request: Request, desk: Desk) -> None:
        self._request = request
        self._desk = desk

    def record(self, make: Callable[[], Any]) -> Response:
        """What `make` gives, as JSON; 304 without making it where the client has it from this state of the ledger."""
        return self._unless_known(lambda: (make(), {}))

    def listing(self, make: Callable[[], Slice[Any]]) -> Response:
        """A page of a listing, with links to the pages around it."""

        def page() -> tuple[dict[str, Any], dict[str, str]]:
            found = make()
            near = {"next": self._address(found.next), "previous": self._address(found.previous)}
            total = {"count": found.total, "exact": not found.total_is_least}
            body = {"items": found.rows, **near, "total": total}
            links = [("next", near["next"]), ("prev", near["previous"]), ("first", self._address(""))]
            told = ", ".join(f'<{address}>; rel="{name}"' for name, address in links if address is not None)
            return body, {"link": told}

        return self._unless_known(page)

    def created(self, body: Any, *, status: int, headers: Mapping[str, str]) -> Response:
        """What a request that writes came to."""
        return _response(body, status, {"cache-control": "no-store", **headers})

    def tag(self) -> str:
        """The ETag of every answer from this state of the ledger by this program."""
        state = f"{dateline.__version__} {self._desk.state()}"
        return f'W/"{sha256(state.encode()).hexdigest()[:20]}"'

    def _unless_known(self, make: Callable[[], tuple[Any, dict[str, str]]]) -> Response:
        tag = self.tag()
        headers = {"etag": tag, **_KEPT}
        if _has(self._request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        body, more = make()
        return _response(body, 200, headers | more)

    def _address(self, cursor: str | None) -> str | None:
        """The address of this listing from a cursor on, its first page for ""; without the server."""
        if cursor is None:
            return None
        asked = [(name, value) for name, value in self._request.query_params.multi_items() if name != "cursor"]
        query = urlencode([*asked, ("cursor", cursor)] if cursor else asked)
        return quote(self._request.scope["path"], safe="/%:@!$&'()*+,;=~") + (f"?{query}" if query else "")


def _response(body: Any, status: int, headers: Mapping[str, str]) -> Response:
    return Response(_encoder.encode(body), status, dict(headers), "application/json")


def _has(given: str | None, tag: str) -> bool:
    """Whether an If-None-Match names a tag (weak comparison)."""
    if given is None:
        return False
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return "*" in names or tag.removeprefix("W/") in names


async def _answer(request: Request, desk: TheDesk) -> Answer:
    return Answer(request, desk)


Answers = Annotated[Answer, Depends(_answer)]
