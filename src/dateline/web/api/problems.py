"""What goes wrong, told alike everywhere: RFC 9457 problem details, in words and without what was sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from secrets import token_hex
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.export.safe import visible
from dateline.store import LedgerError, UnknownIdError
from dateline.store.paging import PagingError

MEDIA_TYPE = "application/problem+json"
PAGE = "/api"
"""The page that explains problems, each under an anchor."""

_logger = logging.getLogger("dateline.web")
_LONGEST = 300
_MOST_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Told:
    """A kind of problem: its name in addresses, its status, its title, and what it means."""

    slug: str
    status: int
    title: str
    meaning: str


class Kind(Enum):
    """Every kind of problem there is."""

    CURSOR = Told(
        "cursor", 400, "No such page", "The cursor is none of this listing with these filters and this order."
    )
    UNREADABLE = Told("unreadable", 400, "Unreadable request", "The body is no JSON, or the request is malformed.")
    SIGN_IN = Told("sign-in", 401, "Sign in first", "No session and no token, or they are no longer valid.")
    FORBIDDEN = Told("forbidden", 403, "Not allowed", "The role does not allow it, or the CSRF token is missing.")
    UNKNOWN_ID = Told(
        "unknown-id", 404, "Unknown id", "The ledger has no such record, or several begin so; `detail` names them."
    )
    NOT_FOUND = Told("not-found", 404, "No such address", "There is nothing at this address.")
    METHOD = Told("method", 405, "Method not allowed", "`Allow` names the methods of this address.")
    SLOW = Told("too-slow", 408, "Too slow", "The body took too long to arrive.")
    REFUSED = Told(
        "refused", 409, "Refused", "The request is well formed, but this ledger does not allow it; see detail."
    )
    TOO_LARGE = Told("too-large", 413, "Too large", "The body is larger than this address takes.")
    LONG = Told("address", 414, "Address too long", "The address is longer than this desk takes.")
    MEDIA = Told("media-type", 415, "Unsupported media type", "The body must be application/json.")
    INVALID = Told("invalid", 422, "Invalid request", "A part does not fit what is documented; `errors` names it.")
    TOO_MANY = Told("too-many", 429, "Too many requests", "Wait as long as `Retry-After` says.")
    BROKEN = Told("internal", 500, "Internal error", "The fault is ours; the log of the server has it.")
    BUSY = Told("unavailable", 503, "Unavailable", "The ledger cannot be read now; try again.")


_BY_STATUS: Mapping[int, Kind] = {kind.value.status: kind for kind in reversed(Kind)}


class Trouble(Exception):
    """A problem to be answered."""

    def __init__(self, kind: Kind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


def problem(kind: Kind | int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer for a problem of a kind or status; `more` are further members (`errors`)."""
    status = kind if isinstance(kind, int) else kind.value.status
    found = _BY_STATUS.get(kind) if isinstance(kind, int) else kind
    body: dict[str, Any] = {
        "type": "about:blank" if found is None else f"{PAGE}#problem-{found.value.slug}",
        "title": "Problem" if found is None else found.value.title,
        "status": status,
        "detail": _words(detail),
    }
    content = json.dumps(body | {name: value for name, value in more.items() if value}, ensure_ascii=True)
    kept = {"cache-control": "no-store"} | dict(headers or {})
    return Response(content, status, kept, MEDIA_TYPE)


def register(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Answer every error of an app, whose routes these are, as a problem."""

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(sorted(_methods(request, routes)))
        if error.status_code == 404:
            return problem(Kind.NOT_FOUND, f"there is nothing at {request.url.path}", headers=headers)
        return problem(error.status_code, str(error.detail), headers=headers)

    app.add_exception_handler(Trouble, _trouble)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(PagingError, _no_page)
    app.add_exception_handler(UnknownIdError, _unknown)
    app.add_exception_handler(LedgerError, _ledger)


def _trouble(_: Request, error: Exception) -> Response:
    assert isinstance(error, Trouble)
    return problem(error.kind, error.detail)


def _methods(request: Request, routes: Sequence[BaseRoute]) -> set[str]:
    """The methods of all routes of an address; the framework names those of the first only."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    fits = [route for route in routes if isinstance(route, Route) and route.path_regex.match(path)]
    return {method for route in fits for method in route.methods or ()}


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    kind = Kind.UNREADABLE if any(one["type"] == "json_invalid" for one in found) else Kind.INVALID
    told = [{"where": _where(one["loc"]), "what": _words(str(one["msg"]))} for one in found[:_MOST_ERRORS]]
    more = "" if len(found) <= _MOST_ERRORS else f", and {len(found) - _MOST_ERRORS} more"
    detail = "; ".join(f"{one['where']}: {one['what']}" for one in told[:3])
    return problem(kind, f"{detail}{more}", errors=told)


def _no_page(_: Request, error: Exception) -> Response:
    return problem(Kind.CURSOR, str(error))


def _unknown(_: Request, error: Exception) -> Response:
    return problem(Kind.UNKNOWN_ID, str(error))


def _ledger(_: Request, error: Exception) -> Response:
    return problem(Kind.BUSY, str(error), headers={"retry-after": "5"})


class Caught:
    """ASGI middleware that answers what nobody foresaw, and tells the log of it under a reference."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its errors end here unless the answer has begun."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            if begun:
                raise
            reference = token_hex(4)
            _logger.exception("%s %r failed (reference %s)", scope.get("method"), scope.get("path"), reference)
            detail = f"the request could not be answered; the log of the server tells more under {reference}"
            await problem(Kind.BROKEN, detail)(scope, receive, send)


def _where(parts: Iterable[object]) -> str:
    return _words(".".join(map(str, parts)))


def _words(text: str) -> str:
    """Words for a person, cut where they are long; controls and halves of characters as escapes."""
    return visible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …")
