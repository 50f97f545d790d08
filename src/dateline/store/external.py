"""What came from elsewhere: the ids it had there, and what of it the ledger has already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Table, func, or_, select

from dateline.model import Claim
from dateline.store.opening import Store
from dateline.store.schema import claims, external_ids, readings, runs

IMPORT = "import"
"""The `extractor` of the runs that took claims over from elsewhere."""

_MANY = 400


def name_elsewhere(store: Store, pairs: Iterable[tuple[str, str]]) -> None:
    """Keep, for ids of ours, the ids that these had where they come from; known pairs are left as they are."""
    wanted = list(dict.fromkeys(pairs))
    with store.writing() as connection:
        for at in range(0, len(wanted), _MANY):
            some = wanted[at : at + _MANY]
            rows = select(external_ids).where(external_ids.c.item.in_([item for item, _ in some]))
            known = {(row.item, row.external) for row in connection.execute(rows)}
            fresh = [{"item": item, "external": name} for item, name in some if (item, name) not in known]
            if fresh:
                connection.execute(external_ids.insert(), fresh)


def unknown(store: Store, found: Sequence[Claim]) -> list[Claim]:
    """The claims that the ledger does not have."""
    known: set[str] = set()
    with store.reading() as connection:
        for at in range(0, len(found), _MANY):
            ids = [claim.id for claim in found[at : at + _MANY]]
            known.update(connection.execute(select(claims.c.id).where(claims.c.id.in_(ids))).scalars())
    return [claim for claim in found if claim.id not in known]


def shown(given: Table) -> ColumnElement[bool]:
    """That a row of `given` (with `document` and `run`) is of a reading that is shown.

    Of the programs that read a report the newest is; what was imported comes to it and is never in its place.
    """
    taken = select(runs.c.number).where(runs.c.extractor == IMPORT).scalar_subquery()
    newest = select(func.max(readings.c.run)).where(
        readings.c.document == given.c.document, readings.c.run.not_in(taken)
    )
    return or_(given.c.run == newest.correlate(given).scalar_subquery(), given.c.run.in_(taken))
