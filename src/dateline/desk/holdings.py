"""How much a ledger holds, counted in no time however large it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from dateline.desk.desk import Desk
from dateline.store.schema import claims, disputes, documents, events, judgements, origins, presences


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many records of each kind; claims of superseded readings are among them."""

    documents: int
    claims: int
    events: int
    presences: int
    disputes: int
    origins: int
    judgements: int


def holdings(desk: Desk) -> Holdings:
    """The numbers of records. What is only ever added is numbered, so that nothing is counted row by row."""
    added = {"documents": documents, "claims": claims, "judgements": judgements}
    derived = {"events": events, "presences": presences, "disputes": disputes, "origins": origins}
    with desk.store.reading(snapshot=True) as connection:
        last = {name: select(func.max(table.c.number)) for name, table in added.items()}
        counted = {name: select(func.count()).select_from(table) for name, table in derived.items()}
        found = {name: int(connection.execute(query).scalar() or 0) for name, query in (last | counted).items()}
    return Holdings(**found)
