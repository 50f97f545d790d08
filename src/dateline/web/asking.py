"""What a route is given: the desk it asks and the person who asks."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from dateline.desk import Desk


async def _desk(request: Request) -> Desk:
    """Asynchronous: a dependency that is not costs each request a turn of a thread."""
    return cast(Desk, request.app.state.desk)


TheDesk = Annotated[Desk, Depends(_desk)]
