"""The state of a ledger in four numbers, for one question: whether anything is new."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from dateline.store.opening import Store
from dateline.store.schema import derived, entries, judgements


@dataclass(frozen=True, slots=True)
class State:
    """What a ledger holds: the number of its last entry and judgement, and what its derivation rests on.

    `rules` derived what is there from everything up to the entry `derived_to`; "" and 0 when nothing is derived.
    """

    entries: int
    judgements: int
    rules: str
    derived_to: int

    @property
    def derivation(self) -> str:
        """Names the derivation: another one after each."""
        return f"{self.rules}.{self.derived_to}"


_STATE = select(
    select(func.max(entries.c.number)).scalar_subquery(),
    select(func.max(judgements.c.number)).scalar_subquery(),
    select(derived.c.rules).limit(1).scalar_subquery(),
    select(derived.c.entries).limit(1).scalar_subquery(),
)


def state_of(store: Store) -> State:
    """The state of a ledger, in one query that looks at the ends of tables."""
    with store.reading() as connection:
        last, judged, rules, derived_to = connection.execute(_STATE).one()
    return State(last or 0, judged or 0, rules or "", derived_to or 0)
