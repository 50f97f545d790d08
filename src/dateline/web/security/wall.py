"""The wall before every route: who may not pass is answered here, and every answer carries the headers of safety."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from secrets import token_hex
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web import errors
from dateline.web.rendering import page
from dateline.web.routes import add_routes
from dateline.web.security import bodies, doors, log, managing
from dateline.web.security.gate import Gate, address_of, cookie_name, csrf_of, door_name
from dateline.web.security.headers import STATIC, put
from dateline.web.security.hosts import SAFE, is_foreign, is_ours, local_path
from dateline.web.settings import Settings

_logger = logging.getLogger("dateline.web")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_DOOR = "/sign-in"


def guard(app: FastAPI, settings: Settings) -> None:
    """Put the wall before an app, with the pages for signing in and for managing people."""
    app.state.gate = Gate(settings)
    app.add_middleware(Wall, gate=app.state.gate)
    add_routes(app, doors.router, managing.router)
    errors.install(app)


class Wall:
    """ASGI middleware: checks host, method, length, person, rate, origin and body, in this order."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        answering = _Answering(scope, send)
        try:
            answer = self._answer(request)
            if answer is not None:
                await answer(scope, receive, answering.send)
                return
            asked = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
            most, seconds = bodies.allowed(request, self._gate.settings.limits)
            bounded = bodies.bounded(receive, most, seconds, self._gate.settings.clock)
            await self._app(asked, bounded, answering.send)
        except HTTPException as error:
            await self._refuse(request, answering, error)
        except Exception:  # noqa: BLE001 - the last handler of a request: told in words, logged in full
            await self._failed(request, answering)
        finally:
            log.write(self._gate, request, answering.status, answering.is_attachment)

    async def _refuse(self, request: Request, answering: _Answering, error: HTTPException) -> None:
        if answering.status is None:
            made = _told(request, error.status_code, error.detail, error.headers)
            await made(request.scope, request.receive, answering.send)

    async def _failed(self, request: Request, answering: _Answering) -> None:
        reference = token_hex(4)
        _logger.exception("%s %r failed (reference %s)", request.method, request.scope["path"], reference)
        if answering.status is not None:
            raise ConnectionError(f"the answer broke off (reference {reference})")
        told = f"The desk made a mistake. Its log tells more under the reference {reference}."
        await _told(request, 500, told, None)(request.scope, request.receive, answering.send)

    def _answer(self, request: Request) -> Response | None:
        """None where the request may pass; HTTPException where it may not."""
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or not is_ours(hosts[0], self._gate.settings):
            return PlainTextResponse("This desk does not answer to this name (dateline serve --name).\n", 400)
        _check_shape(request, self._gate.settings)
        most, _ = bodies.allowed(request, self._gate.settings.limits)
        bodies.check_length(request, most)
        if is_foreign(request) and not _bearer(request):
            raise HTTPException(403, "this was asked by a page of another site")
        if request.scope["path"].startswith(STATIC):
            return None
        arrived = self._arrival(request)
        if arrived is not None:
            return arrived
        self._identify(request)
        self._check_rate(request)
        if request.state.person is None and not (self._gate.team and request.scope["path"] == _DOOR):
            return self._turned_away(request)
        return None

    def _arrival(self, request: Request) -> Response | None:
        """Whoever brings the start-up token is given a session, and an address without the token."""
        given = request.query_params.get("token")
        if given is None or request.method not in SAFE or not self._gate.is_token(given):
            return None
        answer = RedirectResponse(_asked(request), status_code=303)
        self._gate.open(request, answer, self._gate.owner.name)
        return answer

    def _identify(self, request: Request) -> None:
        """Put into `request.state` who asks, and the token his forms must carry."""
        gate, state = self._gate, request.state
        state.person, state.csrf, state.bearer = None, csrf_of(request.cookies.get(door_name(request), "")), False
        given = _bearer(request)
        if given is not None:
            person = gate.bearer(given)
            state.bearer = person is not None
        else:
            secret = request.cookies.get(cookie_name(request), "")
            session = gate.sessions.find(secret) if secret else None
            person = None if session is None else session.person
            state.csrf = state.csrf if session is None else csrf_of(secret)
        state.person = None if person is None else gate.with_role(person)

    def _check_rate(self, request: Request) -> None:
        person = request.state.person
        if person is not None and not self._gate.team:
            return
        wait = self._gate.rates.wait(("address", address_of(request)) if person is None else ("person", person.name))
        if wait > 0:
            raise HTTPException(429, "you ask more often than the desk allows", {"retry-after": str(math.ceil(wait))})

    def _turned_away(self, request: Request) -> Response:
        """The answer to whoever is not signed in: to people the way in, to scripts what they lack."""
        scope, headers = request.scope, request.headers
        reads_pages = request.method in SAFE and "text/html" in headers.get("accept", "")
        if scope["path"].startswith(errors.API) or not reads_pages or _bearer(request) is not None:
            told = "sign in, or send a token: Authorization: Bearer ..."
            raise HTTPException(401, told, {"www-authenticate": "Bearer"})
        if headers.get("sec-fetch-site") not in (None, "none", "same-origin"):
            return page(request, "opening.html")
        if not self._gate.team:
            raise HTTPException(401, "open the address that `dateline serve` printed; it holds the token of this desk")
        return RedirectResponse(f"{_DOOR}?next={quote(_asked(request), safe='')}", status_code=303)


class _Answering:
    """The answer on its way: given its headers, and without a body for HEAD."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.status: int | None = None
        self.is_attachment = False
        self._scope = scope
        self._send = send
        self._headless = scope["method"] == "HEAD"

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = put(message.get("headers", ()), self._scope, message["status"])
            self.is_attachment = any(name == b"content-disposition" for name, _ in message["headers"])
        elif message["type"] == "http.response.body" and self._headless:
            message = {**message, "body": b""}
        await self._send(message)


def _told(request: Request, status: int, detail: str, headers: Mapping[str, str] | None) -> Response:
    """What went wrong, as a page or problem; in bare words where the page cannot be made either."""
    try:
        return errors.answer(request, status, detail, headers)
    except Exception:  # noqa: BLE001 - the ledger may be what fails
        return PlainTextResponse(f"{detail}\n", status, headers=headers)


def _check_shape(request: Request, settings: Settings) -> None:
    """What no browser sends is refused before it is looked at."""
    query = request.scope.get("query_string", b"")
    if request.method not in _METHODS:
        raise HTTPException(405, "this method is not known here", {"allow": ", ".join(_METHODS)})
    if len(query) + len(request.scope["path"]) > settings.limits.address_bytes:
        raise HTTPException(414, f"an address has {settings.limits.address_bytes:,} characters at most")
    if not query.isascii() or "\0" in request.scope["path"]:
        raise HTTPException(400, "this address has characters that must be encoded")


def _asked(request: Request) -> str:
    """The address that was asked for, without a token."""
    kept = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "token"])
    return local_path(quote(request.scope["path"]) + (f"?{kept}" if kept else ""))


def _bearer(request: Request) -> str | None:
    """The token of a script, where the request has one."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else None
