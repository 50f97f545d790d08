"""Signing in and out, and the change of one's own password."""

from __future__ import annotations

import math
from secrets import token_urlsafe
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from dateline.people import SHORTEST, Deed, PeopleError
from dateline.people.register import key
from dateline.web.rendering import page
from dateline.web.security.gate import Gate, address_of, csrf_of, door_name, forget, set_door
from dateline.web.security.hosts import local_path
from dateline.web.security.log import tell
from dateline.web.security.people import Reads, WritesOwn, check_csrf

router = APIRouter(include_in_schema=False)


async def the_gate(request: Request) -> Gate:
    """The gate of the desk."""
    gate: Gate = request.app.state.gate
    return gate


TheGate = Annotated[Gate, Depends(the_gate)]
Checked = Depends(check_csrf)


@router.get("/sign-in")
def sign_in_page(request: Request, gate: TheGate, next: str = "/") -> Response:
    """The form; its token is bound to a cookie of the browser it is shown in."""
    if request.state.person is not None or not gate.team:
        return RedirectResponse(local_path(next), status_code=303)
    return _form(request, next=next)


@router.post("/sign-in", dependencies=[Checked])
def sign_in(
    request: Request,
    gate: TheGate,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Check a name and its password, in the same time and words whatever of them is wrong."""
    address = address_of(request)
    _check_pace(gate, name, address)
    account = gate.register.checked(name, password)
    if account is None:
        known = gate.register.account(name)
        tell(request, "(unknown)" if known is None else known.name, Deed.FAILED)
        return _form(request, next=next, name=name, wrong=True)
    gate.throttle.succeeded(key(name), address)
    answer = RedirectResponse(local_path(next), status_code=303)
    gate.open(request, answer, account.name)
    forget(request, answer, door_name(request))
    tell(request, account.name, Deed.SIGNED_IN)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, gate: TheGate, person: WritesOwn) -> Response:
    """End the session on the server and in the browser."""
    if gate.team:
        answer: Response = RedirectResponse("/sign-in", status_code=303)
    else:
        request.state.person = None
        answer = page(request, "signed_out.html")
    gate.close(request, answer)
    tell(request, person.name, Deed.SIGNED_OUT)
    return answer


@router.get("/password")
def password_page(request: Request, person: Reads, changed: str = "") -> Response:
    """The form for another password."""
    return page(request, "password.html", shortest=SHORTEST, error=None, changed=changed == "1")


@router.post("/password")
def change_password(
    request: Request,
    gate: TheGate,
    person: WritesOwn,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Change one's own password: all sessions of it end, but this browser is given a new one."""
    error = _changed(request, gate, person.name, (old, new, again))
    if error is not None:
        return page(request, "password.html", status=422, shortest=SHORTEST, error=error, changed=False)
    answer = RedirectResponse("/password?changed=1", status_code=303)
    gate.open(request, answer, person.name)
    tell(request, person.name, Deed.CHANGED_PASSWORD)
    return answer


def _changed(request: Request, gate: Gate, name: str, given: tuple[str, str, str]) -> str | None:
    """What stands in the way of a new password; None where it was set."""
    old, new, again = given
    if not gate.team:
        return "This desk has no passwords: it is opened with its token."
    if new != again:
        return "The new password is not the same in both fields."
    _check_pace(gate, name, address_of(request))
    if gate.register.checked(name, old) is None:
        return "The present password is wrong."
    gate.throttle.succeeded(key(name), address_of(request))
    try:
        gate.register.set_password(name, new)
    except PeopleError as error:
        return str(error)
    return None


def _form(request: Request, *, next: str, name: str = "", wrong: bool = False) -> Response:
    secret = request.cookies.get(door_name(request)) or token_urlsafe(32)
    request.state.csrf = csrf_of(secret)
    status = 401 if wrong else 200
    answer = page(request, "sign_in.html", status=status, next=local_path(next), name=name[:200], wrong=wrong)
    set_door(request, answer, secret)
    return answer


def _check_pace(gate: Gate, name: str, address: str) -> None:
    wait = gate.throttle.attempt(key(name), address)
    if wait > 0:
        minutes = math.ceil(wait / 60)
        told = f"too many sign-ins failed: try again in {minutes} minute{'s' * (minutes != 1)}"
        raise HTTPException(429, told, {"retry-after": str(math.ceil(wait))})
