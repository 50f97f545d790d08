"""Which events, presences and disputes hold a claim, and which disputes are about an event or a presence.

By the blocks in which claims are compared, never by looking through all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, or_, select

from dateline.model import Dispute, Event, Origin, Presence
from dateline.store.expressions import holds_part
from dateline.store.lookups import among, of_ids
from dateline.store.opening import Store
from dateline.store.records import decoded
from dateline.store.schema import claim_blocks, disputes, events, origins, presences, tied_blocks

T = TypeVar("T")
_MANY = 200
_BY_ID = {
    table.name: among(select(table.c.id, table.c.record), table.c.id)
    for table in (events, presences, disputes, origins)
}
_BLOCKS = among(select(claim_blocks.c.stage, claim_blocks.c.block).distinct(), claim_blocks.c.claim)
_TIED = among(select(tied_blocks.c.block, tied_blocks.c.unit), tied_blocks.c.block)


@dataclass(frozen=True, slots=True)
class Holders:
    """What holds one of some claims, each in the order of its id."""

    events: tuple[Event, ...]
    presences: tuple[Presence, ...]
    disputes: tuple[Dispute, ...]


def holders(store: Store, claims: Iterable[str]) -> Holders:
    """The events, presences and disputes that hold any of the claims."""
    wanted = sorted(set(claims))[:_MANY]
    with store.reading() as connection:
        blocks = _blocks(connection, wanted)
        at = {stage: [name for of, name in blocks if of == stage] for stage in ("event", "presence")}
        named = [f"{stage}:{name}" for stage, name in blocks]
        return Holders(
            _holding(connection, events, Event, at["event"], wanted),
            _holding(connection, presences, Presence, at["presence"], wanted),
            _holding(connection, disputes, Dispute, named, wanted),
        )


def disputes_about(store: Store, known: str) -> tuple[Dispute, ...]:
    """The disputes that arise in an event or a presence, open ones first, newest first."""
    with store.reading() as connection:
        named = [
            f"{stage}:{block}"
            for table, stage in ((events, "event"), (presences, "presence"))
            for block in connection.execute(select(table.c.block).where(table.c.id == known)).scalars()
        ]
        c = disputes.c
        query = select(c.record).where(c.block.in_(named), holds_part(c.record, f'"{known}"'))
        order = (c.status, c.last_day.is_(None), c.last_day.desc(), c.kind, c.id)
        rows = connection.execute(query.order_by(*order)).scalars()
        return tuple(dispute for row in rows if (dispute := decoded(Dispute, row)).about == known)


def events_by_id(store: Store, ids: Sequence[str]) -> dict[str, Event]:
    """Events by their ids; unknown ones are left out."""
    return _by_id(store, events, Event, ids)


def disputes_by_id(store: Store, ids: Sequence[str]) -> dict[str, Dispute]:
    """Disputes by their ids; unknown ones are left out."""
    return _by_id(store, disputes, Dispute, ids)


def presences_by_id(store: Store, ids: Sequence[str]) -> dict[str, Presence]:
    """Presences by their ids; unknown ones are left out."""
    return _by_id(store, presences, Presence, ids)


def _by_id(store: Store, table: Table, cls: type[T], ids: Sequence[str]) -> dict[str, T]:
    wanted = list(dict.fromkeys(ids))
    with store.reading() as connection:
        found: dict[str, T] = {
            row.id: decoded(cls, row.record) for row in of_ids(connection, _BY_ID[table.name], wanted)
        }
    return {key: found[key] for key in wanted if key in found}


def _blocks(connection: Connection, claims: Sequence[str]) -> list[tuple[str, str]]:
    """(stage, block) under which what is derived from the claims is kept: tied blocks under their unit."""
    found = {(row.stage, row.block) for row in of_ids(connection, _BLOCKS, claims)}
    of_events = sorted(block for stage, block in found if stage == "event")
    units = {row.block: row.unit for row in of_ids(connection, _TIED, of_events)}
    return sorted({(stage, units.get(block, block) if stage == "event" else block) for stage, block in found})


def _holding(
    connection: Connection, table: Table, cls: type[T], blocks: Sequence[str], claims: Sequence[str]
) -> tuple[T, ...]:
    """The rows of blocks whose record names one of the claims."""
    if not blocks or not claims:
        return ()
    c: Any = table.c
    named = or_(*(holds_part(c.record, f'"{claim}"') for claim in claims[:_MANY]))
    query = select(c.record).where(c.block.in_(blocks), named).order_by(c.id)
    return tuple(decoded(cls, row) for row in connection.execute(query).scalars())


def origin_of(store: Store, identifier: str) -> Origin:
    """The origin of a full id; LookupError when there is none."""
    found = _by_id(store, origins, Origin, [identifier])
    if not found:
        raise LookupError(identifier)
    return found[identifier]
