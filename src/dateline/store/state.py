"""The state of a ledger in four numbers, for one question: whether anything is new."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import Connection, func, select

from dateline.store.databases import database_of
from dateline.store.opening import Store
from dateline.store.schema import JUDGEMENT, derived, entries, judgements, set_aside


@dataclass(frozen=True, slots=True)
class State:
    """What a ledger holds: the number of its last entry and judgement, and what its derivation rests on.

    `rules` derived what is there from everything up to the entry `derived_to`; "" and 0 when nothing is derived.
    `judged_to` is the entry of the last judgement, 0 without any.
    `due` is the moment at which the next embargo ends.
    """

    entries: int
    judgements: int
    rules: str
    derived_to: int
    judged_to: int = 0
    due: str | None = None

    @property
    def derivation(self) -> str:
        """Names the derivation: another one after each."""
        return f"{self.rules}.{self.derived_to}"

    def is_current(self, rules: str, at: str) -> bool:
        """Whether what is derived rests on everything that was added, by these rules, and no embargo is over since."""
        return (self.rules, self.derived_to) == (rules, self.entries) and (self.due is None or self.due > at)

    @property
    def name(self) -> str:
        """Names the state: another one after every addition, judgement or derivation."""
        return f"{self.derivation}.{self.entries}"


_STATE = select(
    select(func.max(entries.c.number)).scalar_subquery(),
    select(func.max(judgements.c.number)).scalar_subquery(),
    select(derived.c.rules).limit(1).scalar_subquery(),
    select(derived.c.entries).limit(1).scalar_subquery(),
    select(func.max(entries.c.number)).where(entries.c.what == JUDGEMENT).scalar_subquery(),
    select(func.min(set_aside.c.until)).scalar_subquery(),
)


def state_of(store: Store) -> State:
    """The state of a ledger, in one query that looks at the ends of tables."""
    with store.reading() as connection:
        return read_state(connection)


def read_state(connection: Connection) -> State:
    """The state that a connection sees."""
    last, judged, rules, derived_to, judged_to, due = connection.execute(_STATE).one()
    return State(last or 0, judged or 0, rules or "", derived_to or 0, judged_to or 0, due)


class Watch:
    """The state of a ledger, asked for often: the database is asked only when somebody has written to the file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._connection: Any = None
        self._version: int | None = None
        self._state: State | None = None

    def state(self) -> State:
        """The state as it is now."""
        with self._lock:
            version = self._data_version()
            if self._state is None or version is None or version != self._version:
                self._state, self._version = state_of(self._store), version
            return self._state

    def _data_version(self) -> int | None:
        """The database's count of the changes that others made; None where it keeps none, and in memory.

        None too where the ledger may only be read: such a connection sees nothing of it.
        """
        database = database_of(self._store.engine)
        if self._store.name == ":memory:" or self._store.read_only or not database.COUNTS_CHANGES:
            return None
        with database.explained(self._store.name):
            if self._connection is None:
                self._connection = self._store.engine.raw_connection()
            (version,) = self._connection.cursor().execute("PRAGMA data_version").fetchone()
        return int(version)
