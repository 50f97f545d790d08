"""Judgements of claims that a newer reading of the same report gave again, under another id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, exists, func, select

from dateline.model import Actor, Claim
from dateline.store.records import decoded
from dateline.store.schema import claims, judgement_targets, reading_claims, readings

_MANY = 500


def carried(connection: Connection) -> dict[str, str]:
    """From judged claims that no newest reading gives to the claims that say the same in their place.

    The same: the same words of the same report, kind, stance, parties, place, quantity, time and who says it.
    A claim that a newer extractor reads otherwise is another claim, to be judged anew; so is one of two that say
    the same. As a rule there are none, and this costs a look at the judged claims.
    """
    newest = (
        select(func.max(readings.c.run)).where(readings.c.document == claims.c.document).correlate(claims)
    ).scalar_subquery()
    shown = exists().where(
        and_(reading_claims.c.document == claims.c.document, reading_claims.c.run == newest),
        reading_claims.c.item == claims.c.id,
    )
    judged = claims.c.id.in_(select(judgement_targets.c.target))
    query = select(claims.c.record).where(judged, ~shown).order_by(claims.c.id)
    old = [decoded(Claim, row.record) for row in connection.execute(query)]
    if not old:
        return {}
    fresh: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for claim in _newest(connection, sorted({claim.document for claim in old})):
        fresh[_said(claim)].append(claim.id)
    found = {claim.id: fresh.get(_said(claim), []) for claim in old}
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _newest(connection: Connection, documents: Sequence[str]) -> Iterator[Claim]:
    """The claims of the newest readings of documents."""
    newest = select(func.max(readings.c.run)).where(readings.c.document == reading_claims.c.document)
    run = newest.correlate(reading_claims).scalar_subquery()
    query = select(claims.c.record).join(reading_claims, reading_claims.c.item == claims.c.id)
    for at in range(0, len(documents), _MANY):
        some = reading_claims.c.document.in_(documents[at : at + _MANY])
        for row in connection.execute(query.where(some, reading_claims.c.run == run)):
            yield decoded(Claim, row.record)


def _said(claim: Claim) -> tuple[Any, ...]:
    """What a claim says and where, without how sure and by which rule it was read."""
    place, quantity, time, said = claim.place, claim.quantity, claim.time, claim.attribution
    source = None if said is None or said.source is None else said.source.name
    return (
        claim.document,
        tuple((part.start, part.end) for part in claim.evidence),
        (claim.kind, claim.stance),
        (_party(claim.actor), _party(claim.recipient)),
        None if place is None else (place.name, place.country, place.precision),
        None if quantity is None else (quantity.low, quantity.high, quantity.unit, quantity.scope),
        None if time is None else (time.earliest, time.latest),
        None if said is None else (source, said.source_kind, said.anonymous, said.via),
    )


def _party(actor: Actor | None) -> tuple[str, str | None, str] | None:
    return None if actor is None else (actor.name, actor.country, actor.sector)
