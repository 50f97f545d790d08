"""Who is signed in: random ids given to browsers, kept here as hashes, with two lifetimes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from secrets import token_urlsafe

from dateline.people.file import PeopleFile
from dateline.people.register import key
from dateline.people.roles import Clock, Person, Role

_TOUCHED_EVERY = 60.0
"""Seconds after which use of a session is written down again."""


@dataclass(frozen=True, slots=True)
class Session:
    """A valid session: whose it is, and when it began."""

    person: Person
    opened: float


class Sessions:
    """The open sessions; `idle_s` without a request or `whole_s` after it was opened, a session ends."""

    def __init__(self, file: PeopleFile, clock: Clock, *, idle_s: float, whole_s: float) -> None:
        self._file = file
        self._clock = clock
        self._idle = idle_s
        self._whole = whole_s

    def open(self, name: str) -> str:
        """A new session of a person; its id, which is stored nowhere, for his browser."""
        secret, now = token_urlsafe(32), self._clock()
        with self._file.writing() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE seen < ? OR opened < ?", (now - self._idle, now - self._whole)
            )
            connection.execute(
                "INSERT INTO sessions (hash, key, opened, seen) VALUES (?, ?, ?, ?)",
                (digest(secret), key(name), now, now),
            )
            connection.execute("UPDATE people SET seen = ? WHERE key = ?", (now, key(name)))
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of an id, with the role its person has now; None where it ended or never was."""
        now, hashed = self._clock(), digest(secret)
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT p.name, p.role, s.opened, s.seen FROM sessions s JOIN people p ON p.key = s.key"
                " WHERE s.hash = ? AND NOT p.disabled",
                (hashed,),
            ).fetchone()
        if row is None:
            return None
        name, role, opened, seen = row
        if now - seen >= self._idle or now - opened >= self._whole:
            self.close(secret)
            return None
        if now - seen >= _TOUCHED_EVERY:
            with self._file.writing() as connection:
                connection.execute("UPDATE sessions SET seen = ? WHERE hash = ?", (now, hashed))
        return Session(Person(name, Role(role)), opened)

    def close(self, secret: str) -> None:
        """End a session."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE hash = ?", (digest(secret),))


def digest(secret: str) -> str:
    """What is stored of a random secret: it has 256 bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
