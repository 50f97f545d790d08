"""The people of a desk, for its admins: who there is, in which role, what each did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from dateline.people import SHORTEST, Deed, PeopleError, Role
from dateline.web.rendering import page
from dateline.web.security.doors import TheGate
from dateline.web.security.gate import Gate
from dateline.web.security.log import tell
from dateline.web.security.people import Administers

router = APIRouter(include_in_schema=False)
_LINES = 50


@router.get("/people")
def people(request: Request, gate: TheGate, person: Administers, changed: str = "") -> Response:
    """Everybody with role, last sign-in, and what can be changed."""
    return _page(request, gate, changed=changed)


@router.post("/people")
def add_person(
    request: Request,
    gate: TheGate,
    person: Administers,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
) -> Response:
    """A new person with a first password."""
    return _change(request, f"added {name} as {role}", lambda: gate.register.add(name, _role(role), password))


@router.post("/people/{name}/role")
def change_role(
    request: Request, gate: TheGate, person: Administers, name: str, role: Annotated[str, Form()] = ""
) -> Response:
    """Another role; the person's sessions end."""
    return _change(request, f"made {name} {role}", lambda: gate.register.set_role(name, _role(role)))


@router.post("/people/{name}/password")
def give_password(
    request: Request, gate: TheGate, person: Administers, name: str, password: Annotated[str, Form()] = ""
) -> Response:
    """Another password for who forgot it; the person's sessions end."""
    return _change(request, f"gave {name} another password", lambda: gate.register.set_password(name, password))


@router.post("/people/{name}/disabled")
def disable(
    request: Request, gate: TheGate, person: Administers, name: str, disabled: Annotated[str, Form()] = "yes"
) -> Response:
    """Keep a person out, or let him in again."""
    out = disabled != "no"
    told = f"disabled {name}" if out else f"enabled {name}"
    return _change(request, told, lambda: gate.register.set_disabled(name, out))


@router.get("/people/log")
def people_log(request: Request, gate: TheGate, person: Administers, name: str = "", before: str = "") -> Response:
    """Who did what, newest first."""
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    lines = gate.deeds.lines(name=name or None, before=start, limit=_LINES + 1)
    shown = lines[:_LINES]
    return page(
        request,
        "people_log.html",
        lines=[(line, moment(line.at)) for line in shown],
        name=name[:100],
        names=[account.name for account in gate.register.accounts()],
        older=shown[-1].number if len(lines) > _LINES else None,
    )


def moment(at: float) -> str:
    """Seconds since 1970 as 2024-05-03 12:30 UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _role(given: str) -> Role:
    try:
        return Role(given)
    except ValueError as error:
        raise PeopleError("choose a role: reader, analyst or admin") from error


def _change(request: Request, told: str, change: Callable[[], object]) -> Response:
    """Carry out a change and return to the list, or show on it what stands in the way."""
    gate: Gate = request.app.state.gate
    try:
        if not gate.team:
            raise PeopleError("this desk has no people yet: start it after dateline users add NAME --role admin")
        change()
    except PeopleError as error:
        return _page(request, gate, status=422, error=str(error))
    tell(request, request.state.person.name, Deed.CHANGED_PEOPLE, told)
    return RedirectResponse("/people?changed=1", status_code=303)


def _page(request: Request, gate: Gate, *, status: int = 200, error: str = "", changed: str = "") -> Response:
    accounts = gate.register.accounts() if gate.team else ()
    rows = [(account, moment(account.seen) if account.seen is not None else "never") for account in accounts]
    return page(
        request,
        "people.html",
        status=status,
        rows=rows,
        roles=list(Role),
        shortest=SHORTEST,
        error=error,
        changed=changed == "1",
    )
