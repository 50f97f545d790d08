"""What the wall knows: who belongs to the desk, who is signed in, who asked how often."""

from __future__ import annotations

import hashlib
import hmac
from getpass import getuser

from fastapi import Request
from starlette.responses import Response

from dateline.people import ApiTokens, Deeds, PeopleFile, Person, Register, Role, Sessions
from dateline.people.passwords import prepare
from dateline.web.security.rates import Rates, Throttle
from dateline.web.settings import Settings

COOKIE = "dateline"


class Gate:
    """The people of a desk and their sessions: of a file, or in memory the one analyst who holds the token."""

    def __init__(self, settings: Settings) -> None:
        limits, clock = settings.limits, settings.clock
        self.settings = settings
        self.file = PeopleFile(settings.people)
        self.register = Register(self.file, clock)
        self.sessions = Sessions(self.file, clock, idle_s=limits.idle_s, whole_s=limits.session_s)
        self.tokens = ApiTokens(self.file, clock)
        self.deeds = Deeds(self.file, clock)
        self.rates = Rates(limits.requests, clock)
        self.throttle = Throttle(clock)
        self.owner = Person(_login(), Role.ADMIN)
        if self.team:
            prepare()
        else:
            self.register.vouch(self.owner.name, self.owner.role)

    @property
    def team(self) -> bool:
        """Whether people sign in with their names."""
        return self.settings.people is not None

    def is_token(self, given: str) -> bool:
        """Whether this is the start-up token, where one opens the desk."""
        ours = self.settings.token.encode()
        return not self.team and len(ours) > 0 and hmac.compare_digest(given.encode(errors="replace"), ours)

    def bearer(self, given: str) -> Person | None:
        """Whose token a script carries."""
        if self.team:
            return self.tokens.find(given)
        return self.owner if self.is_token(given) else None

    def with_role(self, person: Person) -> Person:
        """The person with the role he has on this desk: a reader where it is only read."""
        return Person(person.name, Role.READER) if self.settings.read_only else person

    def open(self, request: Request, response: Response, name: str) -> None:
        """Begin a session under a new id, whatever id the browser came with (no session fixation)."""
        old = request.cookies.get(cookie_name(request))
        if old is not None:
            self.sessions.close(old)
        _set(request, response, cookie_name(request), self.sessions.open(name))

    def close(self, request: Request, response: Response) -> None:
        """End the session of a request."""
        self.sessions.close(request.cookies.get(cookie_name(request), ""))
        forget(request, response, cookie_name(request))


def cookie_name(request: Request) -> str:
    """The cookie of the session. Ports share cookies: each desk of a machine has a name of its own.

    `__Host-` has browsers refuse it without TLS, from other hosts and for other paths.
    """
    if request.scope.get("scheme") == "https":
        return f"__Host-{COOKIE}"
    server = request.scope.get("server")
    return COOKIE if server is None else f"{COOKIE}-{server[1]}"


def door_name(request: Request) -> str:
    """The cookie that binds a sign-in form to the browser it was shown in."""
    return f"{cookie_name(request)}-door"


def set_door(request: Request, response: Response, secret: str) -> None:
    """Give the browser the cookie of the sign-in form."""
    _set(request, response, door_name(request), secret)


def forget(request: Request, response: Response, name: str) -> None:
    """Have the browser drop a cookie."""
    response.delete_cookie(name, path="/", secure=_secure(request), httponly=True, samesite="strict")


def csrf_of(secret: str) -> str:
    """The token that forms carry, made from the cookie; the cookie cannot be made from it."""
    return hashlib.sha256(f"csrf {secret}".encode(errors="replace")).hexdigest() if secret else ""


def address_of(request: Request) -> str:
    """The address of the client, as the server or a trusted proxy tells it."""
    return request.client.host if request.client is not None else "?"


def _set(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="strict", path="/", secure=_secure(request))


def _secure(request: Request) -> bool:
    return request.scope.get("scheme") == "https"


def _login() -> str:
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return "analyst"
