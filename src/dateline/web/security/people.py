"""The person behind a request, and what a role may do."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request


class Role(StrEnum):
    """What a person may do: read; judge and add; manage people."""

    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in; `name` is the analyst of his judgements."""

    name: str
    role: Role


def reads(request: Request) -> Person:
    """The person signed in; the wall lets nobody else through."""
    person = getattr(request.state, "person", None)
    if person is None:
        raise HTTPException(401, "sign in first")
    return cast(Person, person)


async def judges(request: Request) -> Person:
    """An analyst, in a request that carries the session's CSRF token (form field `csrf` or header X-CSRF-Token)."""
    person = reads(request)
    if person.role is Role.READER:
        raise HTTPException(403, "readers cannot judge or add; ask for the role of an analyst")
    await check_csrf(request)
    return person


async def administers(request: Request) -> Person:
    """An admin, in a request that carries the session's CSRF token."""
    person = await judges(request)
    if person.role is not Role.ADMIN:
        raise HTTPException(403, "only an admin can do this")
    return person


async def check_csrf(request: Request) -> None:
    """403 where a writing request lacks the token of its session."""
    if request.method in ("GET", "HEAD"):
        return
    given = request.headers.get("x-csrf-token")
    if given is None:
        given = str((await request.form()).get("csrf", ""))
    if not hmac.compare_digest(given.encode(), csrf_token(request).encode()):
        raise HTTPException(403, "this form is out of date: load the page again and repeat")


def csrf_token(request: Request) -> str:
    """The token that writing requests of this session must carry."""
    return cast(str, getattr(request.state, "csrf", ""))


Reads = Annotated[Person, Depends(reads)]
Judges = Annotated[Person, Depends(judges)]
Administers = Annotated[Person, Depends(administers)]
