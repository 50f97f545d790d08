"""The log of people, written as requests end: who judged, added, exported, and who was refused."""

from __future__ import annotations

from starlette.requests import Request

from dateline.people import Deed
from dateline.web.security.gate import Gate, address_of
from dateline.web.security.hosts import SAFE

_DEEDS = (
    ("/add", Deed.ADDED),
    ("/api/v1/documents", Deed.ADDED),
    ("/judge", Deed.JUDGED),
    ("/review", Deed.JUDGED),
    ("/api/v1/judgements", Deed.JUDGED),
)
"""What writing below an address is called; elsewhere it is "wrote"."""


def tell(request: Request, who: str, what: Deed, detail: str = "") -> None:
    """Write a line that the route words itself; the wall then adds none."""
    request.state.told = True
    gate: Gate = request.app.state.gate
    gate.deeds.write(who, what, detail=detail, address=address_of(request))


def write(gate: Gate, request: Request, status: int | None, is_attachment: bool) -> None:
    """A line for a finished request that wrote, exported or was refused as somebody signed in; never its query."""
    person = getattr(request.state, "person", None)
    if person is None or status is None or getattr(request.state, "told", False):
        return
    path, writing = request.scope["path"], request.method not in SAFE
    if writing and status in (401, 403):
        what = Deed.REFUSED
    elif status >= 400 or not (writing or is_attachment):
        return
    elif writing:
        what = next((deed for below, deed in _DEEDS if path.startswith(below)), Deed.WROTE)
    else:
        what = Deed.EXPORTED
    gate.deeds.write(person.name, what, detail=f"{request.method} {path}", address=address_of(request))
