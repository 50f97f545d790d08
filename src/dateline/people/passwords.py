"""Passwords: which are taken, how they are stored (argon2id with the defaults of argon2-cffi, RFC 9106)."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from dateline.people.file import PeopleError

SHORTEST = 12
"""Characters a password has at least (OWASP: 8 with a second factor, more without)."""

_LONGEST = 256
_FEWEST_DIFFERENT = 5
_AT_ONCE = BoundedSemaphore(2)
"""Each check takes 64 MiB and some 50 ms: two at once, however many sign in."""


def hashed(password: str, *, name: str) -> str:
    """What is stored of a password; PeopleError where it is too short, too long or too plain."""
    _check(password, name)
    from argon2 import PasswordHasher

    with _AT_ONCE:
        return PasswordHasher().hash(password)


def is_password(stored: str | None, given: str) -> bool:
    """Whether a password is the stored one. Takes as long where nothing is stored, so that names do not show."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(given) > _LONGEST:
        given = ""
    with _AT_ONCE:
        try:
            right = PasswordHasher().verify(stored or _nobody(), given)
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def prepare() -> None:
    """Do ahead what the first check of an unknown name would wait for, and tell by."""
    _nobody()


@cache
def _nobody() -> str:
    """The stored password of nobody."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash("nobody has this password")


def _check(password: str, name: str) -> None:
    if len(password) < SHORTEST:
        raise PeopleError(f"a password has at least {SHORTEST} characters; a few words are easy to remember")
    if len(password) > _LONGEST:
        raise PeopleError(f"a password has at most {_LONGEST} characters")
    if len(set(password)) < _FEWEST_DIFFERENT or password.casefold().strip("0123456789") == name.casefold():
        raise PeopleError("this password is too easy to guess")
