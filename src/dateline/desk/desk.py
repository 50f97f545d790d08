"""A ledger as many readers see it at once, with what was computed for one state of it kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Any, TypeVar, cast

from dateline import reconcile
from dateline.store import Store, View
from dateline.store.derived import Derived
from dateline.store.judging import Judgements

T = TypeVar("T")
_KEPT = 64


class Desk:
    """An open ledger: its View, its judgements, and answers that are kept while the ledger stays as it is."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.view = View(store)
        self.judgements = Judgements(store)
        self._kept: dict[Hashable, Any] = {}
        self._state: str | None = None
        self._lock = Lock()
        self._derived: dict[Hashable, Any] = {}
        self._derived_mark: tuple[str, int] | None = None
        self._derived_lock = RLock()

    @property
    def name(self) -> str:
        """The path of the ledger."""
        return self.store.name

    def state(self) -> str:
        """The state of the ledger as a short word: another one after every addition, judgement or derivation."""
        with self.store.reading() as connection:
            tables = Derived(connection)
            marked = tables.marked() or ("", 0)
            return f"{marked[0]}.{marked[1]}.{tables.last_entry()}"

    def is_current(self) -> bool:
        """Whether what is derived rests on everything that was added."""
        with self.store.reading() as connection:
            tables = Derived(connection)
            return tables.marked() == (reconcile.VERSION, tables.last_entry())

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, computed once for a state of the ledger. For what is costly and the same for everybody."""
        state = self.state()
        with self._lock:
            if state != self._state:
                self._kept.clear()
                self._state = state
            if key in self._kept:
                return cast(T, self._kept[key])
        made = make()
        with self._lock:
            if state == self._state and len(self._kept) < _KEPT:
                self._kept[key] = made
        return made

    def kept_derived(self, key: Hashable, make: Callable[[], T]) -> T:
        """As `kept`, for what rests on derived records alone: it stays good while reports are added, until the next
        derivation, and is computed by one thread only while the others wait for it."""
        with self.store.reading() as connection:
            mark = Derived(connection).marked()
        with self._derived_lock:
            if mark != self._derived_mark:
                self._derived.clear()
                self._derived_mark = mark
            if key not in self._derived:
                self._derived[key] = make()
            return cast(T, self._derived[key])
