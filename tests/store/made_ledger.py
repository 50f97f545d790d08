"""A ledger of made-up reports with few days and names, so that much of it is the same and some of it missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import made_claims as made
from dateline.derivation import bring_up_to_date
from dateline.model import Claim, Document, Kind, Quantity, Run, Scope, Stance, Unit
from dateline.store import Writer, open_store

RUN = Run("run-1", "made", "no model", "3.11", "none")
AMOUNT = Quantity(None, None, None, 1.0, 1.0, Unit.PERSONNEL, Scope.TOTAL)


def reports() -> Iterator[tuple[Document, list[Claim]]]:
    """Thirty-six reports of three claims each."""
    base = made.draft()
    for number in range(36):
        actor, place = made.ACTORS[number % 5], made.PLACES[number % 6 if number < 24 else number % 3]
        drafts = [
            replace(
                base,
                kind=Kind.PRESENCE if number % 3 else made.KINDS[(number + at) % len(made.KINDS)],
                quantity=None if at == 2 else replace(AMOUNT, low=100.0 * number, high=100.0 * number),
                actor=actor,
                place=place,
                stance=list(Stance)[at % 5],
                confidence=[0.2, 0.6, 0.9][(number + at) % 3],
                time=None if at == 1 else base.time,
                attribution=made.SOURCES[at % 3],
            )
            for at in range(3)
        ]
        published = None if number % 5 == 0 else made.day(number % 4 * 9)
        yield made.report(drafts, published, made.OUTLETS[number % 4], made.AGENCIES[number % 4])


def write(path: str) -> str:
    """The ledger at a path, with all that is derived of it."""
    store = open_store(path, create=True)
    for document, claims in reports():
        Writer(store).add(document, claims, (), run=RUN)
    bring_up_to_date(store)
    store.close()
    return path
