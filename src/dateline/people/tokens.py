"""Tokens with which scripts ask in a person's name: shown once, stored hashed."""

from __future__ import annotations

from secrets import token_urlsafe

from dateline.people.file import PeopleError, PeopleFile
from dateline.people.register import key
from dateline.people.roles import Clock, Person, Role
from dateline.people.sessions import digest

PREFIX = "dateline-"
"""How every token begins, so that secret scanners find one that was published."""


class ApiTokens:
    """The tokens of a file of people."""

    def __init__(self, file: PeopleFile, clock: Clock) -> None:
        self._file = file
        self._clock = clock

    def make(self, name: str) -> str:
        """A new token of a person, with the role he has when it is used. It cannot be shown again."""
        secret = f"{PREFIX}{token_urlsafe(32)}"
        with self._file.writing() as connection:
            found = connection.execute("SELECT disabled FROM people WHERE key = ?", (key(name),)).fetchone()
            if found is None or found[0]:
                raise PeopleError(f"there is no person called {name}" if found is None else f"{name} is disabled")
            connection.execute(
                "INSERT INTO tokens (hash, key, made) VALUES (?, ?, ?)", (digest(secret), key(name), self._clock())
            )
        return secret

    def find(self, secret: str) -> Person | None:
        """Whose token this is."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT p.name, p.role FROM tokens t JOIN people p ON p.key = t.key"
                " WHERE t.hash = ? AND NOT p.disabled",
                (digest(secret),),
            ).fetchone()
        return None if row is None else Person(row[0], Role(row[1]))

    def revoke_all(self, name: str) -> int:
        """End the tokens of a person; how many there were."""
        with self._file.writing() as connection:
            return connection.execute("DELETE FROM tokens WHERE key = ?", (key(name),)).rowcount
