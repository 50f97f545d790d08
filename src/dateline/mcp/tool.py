"""A tool as the server offers it: typed arguments in, a typed answer and the same in readable lines out."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations

from dateline.desk import Desk
from dateline.mcp.answers import Answer
from dateline.mcp.asking import Asked
from dateline.mcp.citing import behind
from dateline.store import LedgerError

LONGEST = 200_000
"""Characters of the readable text of an answer; no answer within the limits of its rows comes near."""


@dataclass(frozen=True, slots=True)
class Tool:
    """What a tool takes and gives; the docstring of `answer` is what clients are told of it."""

    name: str
    title: str
    asked: type[Asked]
    answered: type[Answer]
    answer: Callable[[Desk, Any], Answer]
    told: Callable[[Any], str]


def offer(server: MCPServer[Any], desk: Desk, tool: Tool) -> None:
    """Put a tool into the server."""

    def run(**given: Any) -> CallToolResult:
        try:
            answer = tool.answer(desk, tool.asked(**given))
        except (LedgerError, LookupError, ValueError) as error:
            raise ToolError(str(error)) from error
        answer.behind = behind(desk)
        text = "\n".join(part for part in (answer.notice, answer.behind, tool.told(answer)) if part)
        return CallToolResult(
            content=[TextContent(type="text", text=text[:LONGEST])], structured_content=answer.model_dump(mode="json")
        )

    run.__signature__ = _signature(tool)  # type: ignore[attr-defined]
    run.__name__ = tool.name
    server.add_tool(
        run,
        name=tool.name,
        title=tool.title,
        description=inspect.getdoc(tool.answer),
        annotations=ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
        structured_output=True,
    )


def _signature(tool: Tool) -> inspect.Signature:
    """The fields of the arguments as parameters, as the SDK reads them; those of paging last."""
    fields = sorted(tool.asked.model_fields.items(), key=lambda pair: pair[0] in ("limit", "cursor"))
    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.is_required() else field.default,
            annotation=Annotated[(field.annotation, field)],
        )
        for name, field in fields
    ]
    return inspect.Signature(parameters, return_annotation=Annotated[CallToolResult, tool.answered])
