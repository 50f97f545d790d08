"""Where a claim leads: the events, presences and disputes that rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from dateline.desk.desk import Desk
from dateline.store.schema import claim_blocks, disputes, events, presences, tied_blocks

_MANY = 400


@dataclass(frozen=True, slots=True)
class Leads:
    """Ids of what a claim is part of."""

    events: tuple[str, ...] = ()
    presences: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()


def leads(desk: Desk, claim: str) -> Leads:
    """What rests on the claim of an id, by the blocks it was compared in, so that no table is searched through."""
    with desk.store.reading() as connection:
        rows = connection.execute(
            select(claim_blocks.c.stage, claim_blocks.c.block).where(claim_blocks.c.claim == claim)
        )
        blocks: dict[str, set[str]] = {"event": set(), "presence": set()}
        for row in rows:
            blocks.setdefault(row.stage, set()).add(row.block)
        tied = select(tied_blocks.c.unit).where(tied_blocks.c.block.in_(sorted(blocks["event"])))
        blocks["event"] |= set(connection.execute(tied).scalars())
        both = [f"{stage}:{block}" for stage in ("event", "presence") for block in sorted(blocks[stage])]
        return Leads(
            _naming(connection, events, sorted(blocks["event"]), claim),
            _naming(connection, presences, sorted(blocks["presence"]), claim),
            _naming(connection, disputes, both, claim),
        )


def disputes_about(desk: Desk, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The disputes that arise in events or presences, by the ids of these."""
    found: dict[str, tuple[str, ...]] = {}
    with desk.store.reading() as connection:
        blocks = [
            f"{stage}:{block}"
            for table, stage in ((events, "event"), (presences, "presence"))
            for block in connection.execute(select(table.c.block).where(table.c.id.in_(list(ids)[:_MANY]))).scalars()
        ]
        about: Any = disputes.c.record.op("->>")("$.about")
        query = select(disputes.c.id, about.label("about")).where(disputes.c.block.in_(sorted(set(blocks))))
        for row in connection.execute(query.order_by(disputes.c.status, disputes.c.id)):
            if row.about in ids:
                found[row.about] = (*found.get(row.about, ()), row.id)
    return found


def _naming(connection: Connection, table: Table, blocks: Sequence[str], claim: str) -> tuple[str, ...]:
    """The records of blocks that name a claim."""
    query = select(table.c.id).where(table.c.block.in_(blocks[:_MANY]), table.c.record.contains(f'"{claim}"'))
    return tuple(connection.execute(query.order_by(table.c.id)).scalars())
