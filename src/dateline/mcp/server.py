"""The MCP server over one ledger: read-only tools, resources and prompts, all of them answering with evidence."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult
from pydantic import ValidationError

import dateline
from dateline.desk import Desk
from dateline.mcp import claims, known, ledger, presence, reports
from dateline.mcp.guiding import INSTRUCTIONS
from dateline.mcp.offers import offer_prompts, offer_resources
from dateline.mcp.tool import Tool, offer

TOOLS: tuple[Tool, ...] = (*presence.TOOLS, *claims.TOOLS, *reports.TOOLS, *known.TOOLS, *ledger.TOOLS)


class LedgerServer(MCPServer[Any]):
    """The SDK's server, with errors in words and arguments that it does not know refused instead of dropped."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; every error is a ToolError that says what to do instead."""
        known = {tool.name: tool.input_schema["properties"] for tool in await self.list_tools()}
        if name not in known:
            raise ToolError(f"there is no tool {name!r}; there are {', '.join(known)}")
        strange = sorted(set(arguments) - set(known[name]))
        if strange:
            raise ToolError(f"{name} takes no argument {strange[0]!r}; it takes {', '.join(known[name])}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            words = _in_words(cause) if isinstance(cause, ValidationError) else str(error)
            error.args = (words.removeprefix(f"Error executing tool {name}: "),)
            raise


def _in_words(error: ValidationError) -> str:
    """What is wrong with the arguments, one line each."""
    lines = []
    for one in error.errors(include_url=False, include_context=False):
        where = str(one["loc"][0]) if one["loc"] else "arguments"
        lines.append(f"{where}: {one['msg'].removeprefix('Value error, ')}")
    return "\n".join(dict.fromkeys(lines))


def create_server(desk: Desk) -> LedgerServer:
    """The server of a ledger; it writes nothing, the ledger stays the caller's to close."""
    server = LedgerServer(
        "dateline",
        title="dateline: a sourced ledger of who has forces where",
        instructions=INSTRUCTIONS,
        version=dateline.__version__,
        log_level="WARNING",
    )
    for tool in TOOLS:
        offer(server, desk, tool)
    offer_resources(server, desk)
    offer_prompts(server)
    return server
