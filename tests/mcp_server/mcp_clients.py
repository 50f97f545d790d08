"""What tests ask of a server in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcp import Client
from mcp_types import CallToolResult

from dateline.desk import Desk
from dateline.mcp.server import create_server
from loops import run_apart

Call = Callable[..., CallToolResult]


def asked(desk: Desk, ask: Callable[[Client], Any]) -> Any:
    """What a client gets of a server in this process."""

    async def talk() -> Any:
        async with Client(create_server(desk)) as client:
            return await ask(client)

    return run_apart(talk)
