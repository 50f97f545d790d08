"""What came from elsewhere: the ids it had there, and what of it the ledger has already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from dateline.model import Claim
from dateline.store.opening import Store
from dateline.store.schema import claims, external_ids

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
