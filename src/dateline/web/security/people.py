"""The person behind a request, and what a role may do."""

from __future__ import annotations

import hmac
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import UploadFile

from dateline.people import Person, Role


def reads(request: Request) -> Person:
    """The person signed in; the wall lets nobody else through."""
    person = getattr(request.state, "person", None)
    if person is None:
        raise HTTPException(401, "sign in first")
    return cast(Person, person)


async def _reads(request: Request) -> Person:
    return reads(request)


async def writes_own(request: Request) -> Person:
    """Anybody signed in, in a request that carries the session's CSRF token: for what concerns only himself."""
    person = reads(request)
    await check_csrf(request)
    return person


async def judges(request: Request) -> Person:
    """An analyst, in a request that carries the session's CSRF token (form field `csrf` or header X-CSRF-Token)."""
    person = reads(request)
    if person.role is Role.READER:
        raise HTTPException(403, "readers cannot judge or add: ask an admin for the role of an analyst")
    await check_csrf(request)
    return person


async def administers(request: Request) -> Person:
    """An admin, in a request that carries the session's CSRF token."""
    person = reads(request)
    if person.role is not Role.ADMIN:
        raise HTTPException(403, "only an admin can do this")
    await check_csrf(request)
    return person


async def check_csrf(request: Request) -> None:
    """403 where a writing request lacks the token of its session; scripts with a bearer token need none.

    413 where a form has more files than the limits allow.
    """
    if request.method in ("GET", "HEAD"):
        return
    given = request.headers.get("x-csrf-token")
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/", "application/x-www-form-urlencoded")):
        form = await request.form()
        _count_files(request, sum(isinstance(value, UploadFile) for _, value in form.multi_items()))
        given = given if given is not None else str(form.get("csrf", ""))
    if getattr(request.state, "bearer", False):
        return
    ours = csrf_token(request)
    if not ours or not hmac.compare_digest((given or "").encode(errors="replace"), ours.encode()):
        raise HTTPException(403, "this form is out of date: load the page again and repeat")


def csrf_token(request: Request) -> str:
    """The token that writing requests of this session must carry; empty where nobody is signed in."""
    return cast(str, getattr(request.state, "csrf", ""))


def _count_files(request: Request, files: int) -> None:
    most = request.app.state.settings.limits.upload_files
    if files > most:
        raise HTTPException(413, f"these are {files:,} files; {most:,} are taken at a time")


Reads = Annotated[Person, Depends(_reads)]
Judges = Annotated[Person, Depends(judges)]
Administers = Annotated[Person, Depends(administers)]
WritesOwn = Annotated[Person, Depends(writes_own)]
