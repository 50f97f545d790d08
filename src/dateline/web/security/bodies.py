"""Bodies of requests: bounded in bytes and time while they come, never read whole first."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from dateline.people import Clock
from dateline.web.settings import Limits

_CLOSE = {"connection": "close"}


def allowed(request: Request, limits: Limits) -> tuple[int, float]:
    """How many bytes the body of a request may have, and in how many seconds it must be here."""
    path = request.scope["path"]
    if any(path == upload or path.startswith(f"{upload}/") for upload in limits.uploads):
        return limits.upload_bytes, limits.upload_s
    return limits.body_bytes, limits.body_s


def check_length(request: Request, most: int) -> None:
    """413 where the request announces more; 400 where what it announces is no number."""
    given = request.headers.get("content-length")
    if given is None:
        return
    if not (given.isascii() and given.isdigit()):
        raise HTTPException(400, "the length of this request is no number", _CLOSE)
    if len(given) > 18 or int(given) > most:
        raise _too_large(most)


def bounded(receive: Receive, most: int, seconds: float, clock: Clock) -> Receive:
    """`receive` that ends a body beyond `most` bytes (413) or one that takes longer than `seconds` (408).

    The second is held against a drip of bytes by `clock` and against silence by a timer.
    """
    until = clock() + seconds
    got = 0
    whole = False

    async def receiving() -> Message:
        nonlocal got, whole
        if whole:
            return await receive()
        left = until - clock()
        if left <= 0:
            raise _too_slow()
        try:
            message = await asyncio.wait_for(receive(), left)
        except TimeoutError as error:
            raise _too_slow() from error
        got += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if got > most:
            raise _too_large(most)
        return message

    return receiving


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"this is more than the {most / 1e6:,.0f} MB that are taken here", _CLOSE)


def _too_slow() -> HTTPException:
    return HTTPException(408, "sending this took too long: try again, with less at a time", _CLOSE)
