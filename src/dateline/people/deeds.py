"""Who did what when: sign-ins and failures, writing and exports, changes to people. Only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dateline.people.file import PeopleFile
from dateline.people.roles import Clock

_LONGEST = 300


class Deed(StrEnum):
    """What a line of the log tells."""

    SIGNED_IN = "signed in"
    FAILED = "failed to sign in"
    SIGNED_OUT = "signed out"
    CHANGED_PASSWORD = "changed the password"
    CHANGED_PEOPLE = "changed people"
    JUDGED = "judged"
    ADDED = "added"
    EXPORTED = "exported"
    WROTE = "wrote"
    REFUSED = "was refused"


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One line: `at` in seconds since 1970, `address` of the client."""

    number: int
    at: float
    name: str
    what: Deed
    detail: str
    address: str


class Deeds:
    """The log of a file of people."""

    def __init__(self, file: PeopleFile, clock: Clock) -> None:
        self._file = file
        self._clock = clock

    def write(self, name: str, what: Deed, *, detail: str = "", address: str = "") -> None:
        """Add a line; long values are cut."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO deeds (at, name, what, detail, address) VALUES (?, ?, ?, ?, ?)",
                (self._clock(), *(_text(value) for value in (name, what, detail, address))),
            )

    def lines(self, *, name: str | None = None, before: int | None = None, limit: int = 50) -> tuple[DeedLine, ...]:
        """Lines, newest first: those of a name, before a number."""
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT number, at, name, what, detail, address FROM deeds"
                " WHERE (:name IS NULL OR name = :name) AND (:before IS NULL OR number < :before)"
                " ORDER BY number DESC LIMIT :limit",
                {"name": name, "before": before, "limit": limit},
            ).fetchall()
        return tuple(DeedLine(number, at, who, Deed(what), *rest) for number, at, who, what, *rest in rows)


def _text(value: str) -> str:
    return value[:_LONGEST].encode(errors="replace").decode()
