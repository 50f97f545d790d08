"""How much a request may send."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web.api.problems import Kind, problem

MOST_BYTES = 256 * 1024
"""Bytes of a body: far more than the longest judgement that is taken."""

_SAYS = f"a body of this interface has at most {MOST_BYTES:,} bytes"


class Bounded:
    """ASGI middleware that stops reading where a body is too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with its body counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stated = dict(scope["headers"]).get(b"content-length", b"0")
        if not stated.isdigit() or int(stated) > MOST_BYTES:
            await problem(Kind.TOO_LARGE, _SAYS)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST_BYTES:
                raise HTTPException(413, _SAYS)
            return message

        await self._app(scope, counted, send)
