"""A ledger as many readers see it at once, with what was computed for one state of it kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from dateline import reconcile
from dateline.desk.keeper import DirectKeeper, Keeper
from dateline.desk.keeping import Answers
from dateline.store import Store, View
from dateline.store.judging import Judgements
from dateline.store.state import Watch

T = TypeVar("T")


class Desk:
    """An open ledger: its View, its judgements, and answers that are kept while the ledger stays as it is."""

    def __init__(self, store: Store, keeper: Keeper | None = None) -> None:
        self.store = store
        self.keeper: Keeper = DirectKeeper(store) if keeper is None else keeper
        self.view = View(store)
        self.judgements = Judgements(store)
        self._answers = Answers()
        self._watch = Watch(store)

    @property
    def name(self) -> str:
        """The path of the ledger."""
        return self.store.name

    def state(self) -> str:
        """The state of the ledger as a short word: another one after every addition, judgement or derivation."""
        found = self._watch.state()
        return f"{found.derivation}.{found.entries}"

    def is_current(self) -> bool:
        """Whether what is derived rests on everything that was added."""
        return self._watch.state().is_current(reconcile.VERSION, self.store.clock())

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, computed once for a state of the ledger. For what is costly and the same for everybody.

        One that takes more than 0.2 s is not computed again for a while, whatever is added: see `keeping`.
        """
        return self._answers.get(("all", key), self.state(), make)

    def kept_derived(self, key: Hashable, make: Callable[[], T]) -> T:
        """As `kept`, for what rests on derived records alone: it stays good until the next derivation."""
        return self._answers.get(("derived", key), self._watch.state().derivation, make)

    def kept_judged(self, key: Hashable, make: Callable[[], T]) -> T:
        """As `kept`, for what rests on judgements alone: it stays good while reports are added."""
        return self._answers.get(("judged", key), str(self._watch.state().judgements), make)
