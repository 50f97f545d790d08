"""What was ever read in a report: the claims of its newest reading and those of readings it superseded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from dateline.model import Claim
from dateline.store.lookups import among, of_ids
from dateline.store.opening import Store
from dateline.store.records import decoded
from dateline.store.schema import claims, origin_documents, reading_claims, runs
from dateline.store.shown import shown


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as one program read it; `current` where the newest reading of its report gives it (or an import)."""

    claim: Claim
    extractor: str
    current: bool


_CURRENT = among(select(reading_claims.c.item).where(shown(reading_claims)), reading_claims.c.document)
_EVER = among(
    select(claims.c.id, claims.c.record, runs.c.extractor)
    .join(runs, runs.c.number == claims.c.run)
    .order_by(claims.c.start, claims.c.number),
    claims.c.document,
)


def read_in(store: Store, document: str) -> tuple[ReadClaim, ...]:
    """Every claim ever read in a report, in the order of its text, superseded readings too."""
    with store.reading() as connection:
        now = {row.item for row in of_ids(connection, _CURRENT, [document])}
        rows = list(of_ids(connection, _EVER, [document]))
    return tuple(ReadClaim(decoded(Claim, row.record), row.extractor, row.id in now) for row in rows)


_NUMBERS = among(
    select(reading_claims.c.document.label("document"), func.count().label("claims"))
    .where(shown(reading_claims))
    .group_by(reading_claims.c.document),
    reading_claims.c.document,
)
_ORIGINS = among(select(origin_documents.c.document, origin_documents.c.origin), origin_documents.c.document)


def numbers_of_claims(store: Store, documents: Sequence[str]) -> dict[str, int]:
    """How many claims the newest readings of reports give, by report."""
    with store.reading() as connection:
        return {row.document: row.claims for row in of_ids(connection, _NUMBERS, documents)}


def ids_of_origins(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """The id of the origin of each report that has one."""
    with store.reading() as connection:
        return {row.document: row.origin for row in of_ids(connection, _ORIGINS, sorted(set(documents)))}
