"""What stands around a claim: what is derived from it, and all that was ever read in its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from dateline.model import Claim, Dispute, Event, Presence
from dateline.store.opening import Store
from dateline.store.records import decoded
from dateline.store.schema import (
    claim_blocks,
    claims,
    disputes,
    events,
    presences,
    reading_claims,
    runs,
    tied_blocks,
)
from dateline.store.shown import shown


@dataclass(frozen=True, slots=True)
class Derivations:
    """The derived records that a claim is in."""

    events: tuple[Event, ...]
    presences: tuple[Presence, ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as one program read it; `current` where the newest reading of its report gives it (or an import)."""

    claim: Claim
    extractor: str
    current: bool


def derived_from(store: Store, claim: str) -> Derivations:
    """The events, presences and disputes that rest on a claim, each in order of id."""
    with store.reading() as connection:
        of_events, of_presences = _blocks(connection, claim)
        stages = [f"event:{block}" for block in of_events] + [f"presence:{block}" for block in of_presences]
        return Derivations(
            tuple(
                decoded(Event, record)
                for record in connection.execute(
                    select(events.c.record)
                    .where(events.c.block.in_(of_events), _names(events.c.record, claim))
                    .order_by(events.c.id)
                ).scalars()
            ),
            tuple(
                decoded(Presence, record)
                for record in connection.execute(
                    select(presences.c.record)
                    .where(presences.c.block.in_(of_presences), _names(presences.c.record, claim))
                    .order_by(presences.c.id)
                ).scalars()
            ),
            tuple(
                decoded(Dispute, record)
                for record in connection.execute(
                    select(disputes.c.record)
                    .where(disputes.c.block.in_(stages), _names(disputes.c.record, claim))
                    .order_by(disputes.c.id)
                ).scalars()
            ),
        )


def _blocks(connection: Connection, claim: str) -> tuple[list[str], list[str]]:
    """The event blocks, with the units they are tied to, and the presence blocks that a claim was compared in."""
    rows = connection.execute(select(claim_blocks.c.stage, claim_blocks.c.block).where(claim_blocks.c.claim == claim))
    found = [(row.stage, row.block) for row in rows]
    of_events = [block for stage, block in found if stage == "event"]
    units = connection.execute(select(tied_blocks.c.unit).where(tied_blocks.c.block.in_(of_events))).scalars()
    return [*of_events, *units], [block for stage, block in found if stage == "presence"]


def _names(record: ColumnElement[str], claim: str) -> ColumnElement[bool]:
    return func.instr(record, f'"{claim}"') > 0


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
