"""One record by its id, or by as much of it as tells it apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Path, Request
from starlette.responses import RedirectResponse, Response

from dateline.desk import Desk
from dateline.judging.targets import Targets
from dateline.model import Matter
from dateline.store.view import Known
from dateline.web.api.problems import Kind, Trouble

T = TypeVar("T")
K = TypeVar("K", bound=Known)

Id = Annotated[
    str,
    Path(
        min_length=1,
        max_length=200,
        pattern=r"^[^\u0000]+$",
        description="Id of the record. The beginning of one, where only one begins so, redirects to it.",
    ),
]


class Elsewhere(Exception):
    """The record has another address: that of its whole id."""

    def __init__(self, identifier: str) -> None:
        super().__init__(identifier)
        self.identifier = identifier


def known(desk: Desk, identifier: str, matter: Matter, cls: type[K]) -> K:
    """The derived record or judgement of an id; Elsewhere or Trouble where it is not one."""
    return found(desk, identifier, matter, lambda: _of(desk, identifier, cls))


def found(desk: Desk, identifier: str, matter: Matter, look: Callable[[], T | None]) -> T:
    """What `look` finds for an id; Elsewhere for the beginning of one, Trouble where there is none."""
    value = look()
    if value is not None:
        return value
    whole = Targets(desk.store).find(identifier, matter).id
    if whole == identifier:
        raise Trouble(Kind.UNKNOWN_ID, f"{identifier!r} is not known in this ledger")
    raise Elsewhere(whole)


def _of(desk: Desk, identifier: str, cls: type[K]) -> K | None:
    try:
        value: Any = desk.view.derived_record(identifier)
    except LookupError:
        return None
    return value if isinstance(value, cls) else None


def moved(request: Request, error: Exception) -> Response:
    """The way from the beginning of an id to the whole of it; the rest of the address stays."""
    assert isinstance(error, Elsewhere)
    given = request.path_params["identifier"]
    path = request.url.path
    at = path.rindex(f"/{given}")
    address = f"{path[:at]}/{error.identifier}{path[at + 1 + len(given) :]}"
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(address + query, 307)
