"""How the server is reached: over standard input and output, or over HTTP on this machine with a token."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from secrets import token_urlsafe

from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dateline.desk import Desk
from dateline.mcp.server import create_server

HOST = "127.0.0.1"
PATH = "/mcp"
_LARGEST = 1_000_000
"""Bytes of a request: arguments are short."""

_MOST_SESSIONS = 64


@dataclass(frozen=True, slots=True)
class Http:
    """Where and for whom HTTP is served. `token` must be sent as `Authorization: Bearer ...` with every request."""

    port: int
    token: str = field(default_factory=lambda: token_urlsafe(32), repr=False)

    @property
    def address(self) -> str:
        """What a client is given."""
        return f"http://{HOST}:{self.port}{PATH}"


def serve_stdio(desk: Desk) -> None:
    """Serve over standard input and output until the client closes them; nothing else may write to the output."""
    create_server(desk).run("stdio")


def http_app(desk: Desk, http: Http) -> ASGIApp:
    """The ASGI app: streamable HTTP at /mcp, behind a token, for requests to this machine's own names only."""
    hosts = [f"{name}:{http.port}" for name in (HOST, "localhost")]
    app = create_server(desk).streamable_http_app(
        streamable_http_path=PATH,
        max_request_body_size=_LARGEST,
        max_sessions=_MOST_SESSIONS,
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=hosts,
            allowed_origins=[f"http://{host}" for host in hosts],
        ),
    )
    return Guard(app, token=http.token, hosts=hosts)


class Guard:
    """ASGI middleware: a request without the token, or to another host or from another origin, ends here."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: list[str]) -> None:
        self._app = app
        self._token = token
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope))
        await (self._app if refusal is None else refusal)(scope, receive, send)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        if headers.get("host") not in self._hosts:
            return PlainTextResponse("This server answers to its own address only.", status_code=421)
        origin = headers.get("origin")
        if origin is not None and origin not in [f"http://{host}" for host in self._hosts]:
            return PlainTextResponse("Requests of other sites are refused.", status_code=403)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), self._token.encode()):
            return PlainTextResponse(
                "Send the token that `dateline mcp --http` printed: Authorization: Bearer TOKEN",
                status_code=401,
                headers={"www-authenticate": "Bearer"},
            )
        return None


def serve_http(desk: Desk, http: Http) -> None:
    """Serve over HTTP on this machine until interrupted."""
    import uvicorn

    uvicorn.run(http_app(desk, http), host=HOST, port=http.port, log_level="warning")
