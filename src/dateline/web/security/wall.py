"""The wall before every route: nobody without the token passes, and every answer carries the headers of safety."""

from __future__ import annotations

import hashlib
import hmac
from getpass import getuser

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web.security.people import Person, Role
from dateline.web.settings import Settings

COOKIE = "dateline"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def guard(app: FastAPI, settings: Settings) -> None:
    """Put the wall before an app."""
    app.add_middleware(Wall, settings=settings)


class Wall:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
                ]
            await send(message)

        request = Request(scope)
        answer = self._answer(request)
        await (self._app if answer is None else answer)(scope, receive, sending)

    def _answer(self, request: Request) -> Response | None:
        """None where the request may pass."""
        given = request.query_params.get("token")
        if given is not None and self._is_token(given):
            answer = RedirectResponse(str(request.url.remove_query_params("token").path), status_code=303)
            answer.set_cookie(COOKIE, self._session(), httponly=True, samesite="strict", path="/")
            return answer
        cookie = request.cookies.get(COOKIE, "")
        if not hmac.compare_digest(cookie.encode(), self._session().encode()):
            return PlainTextResponse("Open the address that `dateline serve` printed.", status_code=401)
        request.state.person = Person(getuser(), Role.ADMIN)
        request.state.csrf = hashlib.sha256(f"csrf {cookie}".encode()).hexdigest()
        return None

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._settings.token.encode())

    def _session(self) -> str:
        return hashlib.sha256(f"session {self._settings.token}".encode()).hexdigest()
