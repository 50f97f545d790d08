"""What goes wrong, told in words: a page, or problem+json (RFC 9457) below /api. Never a stack trace."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.store import LedgerError, UnknownIdError
from dateline.store.paging import PagingError
from dateline.web.api.problems import problem
from dateline.web.rendering import page

API = "/api/"
TITLES = {
    400: "This request cannot be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not possible here",
    408: "Too slow",
    413: "Too large",
    414: "Address too long",
    422: "Something is missing or cannot be read",
    429: "Too many requests",
    500: "Something went wrong",
    503: "The ledger cannot be read now",
}
_DETAILS = {
    404: "There is no page at this address.",
    405: "This address cannot be asked in this way.",
}
_SHOWN = 5
"""Fields named in an answer to what cannot be read."""


def install(app: FastAPI) -> None:
    """Answer errors of routes in words; what is not foreseen is answered by the wall."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(UnknownIdError, _unknown)
    app.add_exception_handler(PagingError, _no_page)
    app.add_exception_handler(LedgerError, _ledger)


def answer(
    request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """The answer to a request that fails: problem+json below /api, with the members `more`; else a page."""
    if request.scope["path"].startswith(API):
        return problem(status, detail, headers=headers, **more)
    title = TITLES.get(status, HTTPStatus(status).phrase)
    made = page(request, "error.html", status=status, title=title, detail=_cut(detail))
    made.headers.update(headers or {})
    return made


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    plain = error.detail == HTTPStatus(status).phrase
    return answer(request, status, _DETAILS.get(status, error.detail) if plain else str(error.detail), error.headers)


def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [(".".join(str(part) for part in one["loc"][1:]), str(one["msg"])) for one in error.errors()]
    told = "; ".join(f"{_cut(where)}: {_cut(why)}" if where else _cut(why) for where, why in found[:_SHOWN])
    return answer(request, 422, told)


def _unknown(request: Request, error: Exception) -> Response:
    return answer(request, 404, _cut(str(error)))


def _no_page(request: Request, error: Exception) -> Response:
    return answer(request, 400, _cut(str(error)))


def _ledger(request: Request, error: Exception) -> Response:
    return answer(request, 503, _cut(str(error)))


def _cut(words: str) -> str:
    return words if len(words) <= 300 else f"{words[:300]}…"
