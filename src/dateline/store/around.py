"""What was ever read in a report: the claims of its newest reading and those of readings it superseded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from dateline.model import Claim
from dateline.store.opening import Store
from dateline.store.records import decoded
from dateline.store.schema import claims, reading_claims, runs
from dateline.store.shown import shown


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as one program read it; `current` where the newest reading of its report gives it (or an import)."""

    claim: Claim
    extractor: str
    current: bool


def read_in(store: Store, document: str) -> tuple[ReadClaim, ...]:
    """Every claim ever read in a report, in the order of its text, superseded readings too."""
    current = select(reading_claims.c.item).where(reading_claims.c.document == document, shown(reading_claims))
    query = (
        select(claims.c.id, claims.c.record, runs.c.extractor)
        .join(runs, runs.c.number == claims.c.run)
        .where(claims.c.document == document)
        .order_by(claims.c.start, claims.c.number)
    )
    with store.reading() as connection:
        now = set(connection.execute(current).scalars())
        rows = connection.execute(query).all()
    return tuple(ReadClaim(decoded(Claim, row.record), row.extractor, row.id in now) for row in rows)


def numbers_of_claims(store: Store, documents: Sequence[str]) -> dict[str, int]:
    """How many claims the newest readings of reports give, by report."""
    query = (
        select(reading_claims.c.document, func.count())
        .where(reading_claims.c.document.in_(documents), shown(reading_claims))
        .group_by(reading_claims.c.document)
    )
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}
