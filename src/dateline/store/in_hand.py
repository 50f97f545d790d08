"""Which claims of the review queue are in somebody's hand, so that two analysts are not given the same one.

A claim is taken for some minutes and falls back into the queue by itself; an analyst has one in hand at a time. Nothing
of this is kept: it is no part of the log, of exports or of a copy of the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, or_, select

from dateline.store.databases import database_of
from dateline.store.errors import LedgerError
from dateline.store.moments import in_utc
from dateline.store.opening import Store
from dateline.store.schema import in_hand

MINUTES = 10
"""How long a claim stays with an analyst who does nothing with it."""

RENEWED = 9
"""Minutes left from which on a claim in the analyst's hand is not taken anew: that would be written."""

MOST = 40
"""Claims of the queue among which one is looked for that is free."""


def take(store: Store, analyst: str, claims: Sequence[str], *, at: str) -> str | None:
    """The first of some claims that no other analyst has in hand at a moment (UTC); None where others have them all.

    It is the analyst's for `MINUTES`, and what he had before is free. Of two who ask at once each gets another one: a
    row that is just being taken is passed over (`FOR UPDATE SKIP LOCKED`; on SQLite one waits for the other). In a
    ledger that may only be read nothing can be taken.
    """
    wanted = list(dict.fromkeys(claims))[:MOST]
    if not wanted or store.read_only:
        return next(iter(wanted), None)
    held = _still_held(store, analyst, wanted, at=at)
    if held is not None:
        return held
    try:
        return _take(store, analyst, wanted, at=at)
    except LedgerError as error:
        if "locked" not in str(error):
            raise
        others = of_others(store, analyst, at=at)
        return next((claim for claim in wanted if claim not in others), None)


def _still_held(store: Store, analyst: str, wanted: Sequence[str], *, at: str) -> str | None:
    """The first free claim where the analyst has it in hand, and for long enough."""
    c = in_hand.c
    query = select(c.claim, c.analyst, c.until).where(c.claim.in_(wanted), c.until > in_utc(at))
    with store.reading() as connection:
        taken = {row.claim: (row.analyst, row.until) for row in connection.execute(query)}
    first = next((claim for claim in wanted if claim not in taken or taken[claim][0] == analyst), None)
    if first is None or first not in taken:
        return None
    return first if taken[first][1] >= _later(at, RENEWED) else None


def _later(at: str, minutes: int) -> str:
    return in_utc((datetime.fromisoformat(in_utc(at)) + timedelta(minutes=minutes)).isoformat())


def _take(store: Store, analyst: str, wanted: Sequence[str], *, at: str) -> str | None:
    c = in_hand.c
    at = in_utc(at)
    until = _later(at, MINUTES)
    order = case({claim: place for place, claim in enumerate(wanted)}, value=c.claim)
    free = select(c.claim).where(c.claim.in_(wanted), or_(c.until <= at, c.analyst == analyst)).order_by(order)
    database = database_of(store.engine)
    with database.handing_out(store.engine, store.name) as connection:
        rows = [{"claim": claim, "analyst": "", "until": ""} for claim in sorted(wanted)]
        database.insert_missing(connection, in_hand, rows)
        found: str | None = connection.execute(free.limit(1).with_for_update(skip_locked=True)).scalar()
        if found is not None:
            before = select(c.claim).where(c.analyst == analyst, c.claim != found).with_for_update(skip_locked=True)
            left = connection.execute(before).scalars().all()
            connection.execute(in_hand.update().where(c.claim.in_(left)).values(analyst="", until=""))
            connection.execute(in_hand.update().where(c.claim == found).values(analyst=analyst, until=until))
    return found


def of_others(store: Store, analyst: str, *, at: str) -> dict[str, tuple[str, str]]:
    """The claims that other analysts have in hand at a moment (UTC): by whom, and until when."""
    c = in_hand.c
    query = select(c.claim, c.analyst, c.until).where(c.until > in_utc(at), c.analyst != analyst)
    with store.reading() as connection:
        return {row.claim: (row.analyst, row.until) for row in connection.execute(query)}
