"""Who belongs to a desk: accounts, added and changed by admins or on the command line."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass

from dateline.people.file import PeopleError, PeopleFile
from dateline.people.passwords import hashed, is_password
from dateline.people.roles import Clock, Person, Role

_NAME = re.compile(r"[\w.@-]+(?: [\w.@-]+)*")
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Account:
    """One person of the desk. `added` and `seen` (the last sign-in) are seconds since 1970."""

    name: str
    role: Role
    disabled: bool
    added: float
    seen: float | None

    @property
    def person(self) -> Person:
        """The person of the account."""
        return Person(self.name, self.role)


class Register:
    """The accounts of a file of people. What cannot be done is a PeopleError in words."""

    def __init__(self, file: PeopleFile, clock: Clock) -> None:
        self._file = file
        self._clock = clock

    def accounts(self) -> tuple[Account, ...]:
        """All accounts by name."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT name, role, disabled, added, seen FROM people ORDER BY key").fetchall()
        return tuple(_account(row) for row in rows)

    def account(self, name: str) -> Account | None:
        """The account of a name, however its case is written."""
        with self._file.reading() as connection:
            return _found(connection, key(name))

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new person."""
        name = _checked(name)
        stored = hashed(password, name=name)
        with self._file.writing() as connection:
            if _found(connection, key(name)) is not None:
                raise PeopleError(f"there is a person called {name} already")
            connection.execute(
                "INSERT INTO people (key, name, role, password, added) VALUES (?, ?, ?, ?, ?)",
                (key(name), name, role, stored, self._clock()),
            )
        return Account(name, role, False, self._clock(), None)

    def vouch(self, name: str, role: Role) -> None:
        """A person without a password: whoever holds the start-up token, on his own machine."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO people (key, name, role, added) VALUES (?, ?, ?, ?)",
                (key(name), name, role, self._clock()),
            )

    def checked(self, name: str, password: str) -> Account | None:
        """The account whose name and password these are. Unknown and disabled names cost as much time as known ones."""
        with self._file.reading() as connection:
            row = connection.execute("SELECT password, disabled FROM people WHERE key = ?", (key(name),)).fetchone()
        right = is_password(None if row is None else row[0], password)
        return self.account(name) if right and not row[1] else None

    def set_role(self, name: str, role: Role) -> None:
        """Give a person another role; his sessions end."""
        with self._file.writing() as connection:
            connection.execute("UPDATE people SET role = ? WHERE key = ?", (role, _needed(connection, name)))
            _end_sessions(connection, name)
            _check_admins(connection)

    def set_password(self, name: str, password: str) -> None:
        """Give a person another password; his sessions end."""
        stored = hashed(password, name=name)
        with self._file.writing() as connection:
            connection.execute("UPDATE people SET password = ? WHERE key = ?", (stored, _needed(connection, name)))
            _end_sessions(connection, name)

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Keep a person out, or let him in again; his sessions and tokens end."""
        with self._file.writing() as connection:
            connection.execute("UPDATE people SET disabled = ? WHERE key = ?", (disabled, _needed(connection, name)))
            _end_sessions(connection, name)
            connection.execute("DELETE FROM tokens WHERE key = ?", (key(name),))
            _check_admins(connection)

    def remove(self, name: str) -> None:
        """Forget a person with his sessions and tokens; what he did stays in the log and in the ledger."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM people WHERE key = ?", (_needed(connection, name),))
            _end_sessions(connection, name)
            connection.execute("DELETE FROM tokens WHERE key = ?", (key(name),))
            _check_admins(connection)


def key(name: str) -> str:
    """By what a person is found: the name without regard to case and width."""
    return unicodedata.normalize("NFKC", name[:_LONGEST_NAME]).casefold().strip()


def _checked(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).strip()
    if not name or len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise PeopleError(f"a name has up to {_LONGEST_NAME} letters, digits, single spaces and . _ - @")
    return name


def _found(connection: sqlite3.Connection, key: str) -> Account | None:
    row = connection.execute("SELECT name, role, disabled, added, seen FROM people WHERE key = ?", (key,)).fetchone()
    return None if row is None else _account(row)


def _account(row: tuple[str, str, int, float, float | None]) -> Account:
    return Account(row[0], Role(row[1]), bool(row[2]), row[3], row[4])


def _needed(connection: sqlite3.Connection, name: str) -> str:
    if _found(connection, key(name)) is None:
        raise PeopleError(f"there is no person called {name}")
    return key(name)


def _end_sessions(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("DELETE FROM sessions WHERE key = ?", (key(name),))


def _check_admins(connection: sqlite3.Connection) -> None:
    """PeopleError, which undoes the change, where people would be left without an admin."""
    total, admins = connection.execute(
        "SELECT count(*), coalesce(sum(role = 'admin' AND NOT disabled), 0) FROM people"
    ).fetchone()
    if total and not admins:
        raise PeopleError("there would be no admin left: make somebody else an admin first")
