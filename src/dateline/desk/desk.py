"""A ledger as many readers see it at once, with what was computed for one state of it kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import func, select

from dateline import reconcile
from dateline.desk.keeper import DirectKeeper, Keeper
from dateline.desk.keeping import Answers, Now
from dateline.model import Judgement
from dateline.store import Store, View
from dateline.store.judging import Judgements
from dateline.store.schema import notices
from dateline.store.state import State, Watch

T = TypeVar("T")
LONG = 2_000
"""Entries from which on documents are composed beside the server (see `made_beside`)."""
MOST_BESIDE = 8
"""Answers of `made_beside` that are kept: whole pages."""
LONGEST_BESIDE = 120.0
"""Seconds that one of them stands at most while reports come in: each takes a processor for some ten."""
LARGE = 20_000
"""Entries from which on a ledger is large: what is costly to compute of it may be a while old (see `keeping`)."""


class Desk:
    """An open ledger: its View, its judgements, and answers that are kept while the ledger stays as it is."""

    def __init__(self, store: Store, keeper: Keeper | None = None) -> None:
        self.store = store
        self.keeper: Keeper = DirectKeeper(store) if keeper is None else keeper
        self.view = View(store)
        self.judgements = Judgements(store)
        self._answers = Answers()
        self._beside = Answers(most=MOST_BESIDE, longest=LONGEST_BESIDE)
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

        What is costly is not computed again for a while, whatever is added: see `keeping`. Judgements show at once, and
        again as soon as they are in what is derived.
        """
        found = self._watch.state()
        return self._answers.get(("all", key), _now(found, f"{found.derivation}.{found.entries}"), make)

    def kept_derived(self, key: Hashable, make: Callable[[], T]) -> T:
        """As `kept`, for what rests on derived records alone: it stays good until the next derivation."""
        found = self._watch.state()
        return self._answers.get(("derived", key), _now(found, found.derivation), make)

    def is_long(self) -> bool:
        """Whether a document that is composed of the ledger takes too long for a reader to wait for it."""
        return self._watch.state().entries > LONG

    def made_beside(self, key: Hashable, make: Callable[[], T], *, since: float | None = None) -> T | None:
        """What `make` gives, made in a thread of its own one after the other; None until it is there.

        For what takes seconds. It stands as what is costly does, and not after any judgement or notice but for who
        waits for it `since` before it was begun (`time.monotonic`).
        """
        found = self._watch.state()
        now = _now(found, f"{found.derivation}.{found.entries}")
        with self.store.reading() as connection:
            told = connection.execute(select(func.max(notices.c.number))).scalar()
        return self._beside.soon(key, replace(now, judged=f"{now.judged}.{told}"), make, since=since)

    def judgements_of(self, targets: Iterable[str]) -> tuple[Judgement, ...]:
        """The judgements that name any of the targets; most claims nobody judged, which is known without asking."""
        judged = self.kept_judged("judged", self.judgements.targets)
        named = judged.intersection(targets)
        return self.judgements.of(named) if named else ()

    def last_derived(self, key: Hashable, cls: type[T]) -> T | None:
        """What `kept_derived` gave last, for who makes the next one of it; None where nothing is kept."""
        last = self._answers.last(("derived", key))
        return last if isinstance(last, cls) else None

    def kept_judged(self, key: Hashable, make: Callable[[], T]) -> T:
        """As `kept`, for what rests on judgements alone: it stays good while reports are added."""
        found = self._watch.state()
        return self._answers.get(("judged", key), _now(found, str(found.judgements)), make)


def _now(found: State, state: str) -> Now:
    judged = f"{found.judgements}.{found.judged_to <= found.derived_to}"
    return Now(state, judged, found.entries > LARGE)
