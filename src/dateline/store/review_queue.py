"""Claims that an analyst should look at, found by indexes and in bounded numbers, however large the ledger.

Three ways lead into the queue: a reading that is not sure, an open dispute, the strength of a presence. Claims that
analysts decided on (accepted, rejected or corrected, and not undone) are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import ColumnElement, Connection, Exists, FromClause, exists, func, select

from dateline.model import DisputeStatus, Kind, Matter, Verdict
from dateline.store.opening import Store
from dateline.store.schema import disputes, judgement_targets, judgements, listed_claims, presences
from dateline.store.sorting import filled

UNSURE = 0.7
"""Confidence below which a claim is to be checked whatever rests on it."""

MOST_UNSURE = 250
"""Unsure claims that are ranked, the least sure."""

MOST_HELD = 60
"""Claims in open disputes that are ranked, of the newest disputes; and so many that give presences their strength."""

LOOKED_AT = 4000
"""Claims among which the unsure ones of one country or kind are looked for, twice."""

_MANY = 100
_DISPUTES = 90
_PRESENCES = 200
_DECISIONS = (str(Verdict.ACCEPT), str(Verdict.REJECT), str(Verdict.CORRECT))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which claims of the queue: of a country (alpha-3) they happen in, and of a kind; None for all."""

    host: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that waits: how sure its reading is, and what rests on it (ids), None for nothing.

    `decided`: analysts decided on it already; such a claim is only ever in the queue to find one's place again.
    """

    claim: str
    confidence: float
    dispute: str | None = None
    presence: str | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """Claims that wait; `more`: there are others."""

    waiting: tuple[Waiting, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """Claims with the dispute or presence that holds each, the newest first; `more`: others were not looked at."""

    holders: Mapping[str, str]
    more: bool


@dataclass(frozen=True, slots=True)
class Held:
    """The claims that take a side in an open dispute, and those that a presence has its strength from."""

    disputed: Holding
    carrying: Holding


class _Side(msgspec.Struct):
    claims: tuple[str, ...]


class _Disputed(msgspec.Struct):
    sides: tuple[_Side, ...]


class _Strength(msgspec.Struct):
    strength_from: str | None


_DISPUTED = msgspec.json.Decoder(_Disputed)
_STRENGTH = msgspec.json.Decoder(_Strength)


class ReviewQueue:
    """The claims that wait, as the ledger stands; `undone` are the judgements that count no more."""

    def __init__(self, store: Store, undone: Collection[str]) -> None:
        self._store = store
        self._undone = sorted(undone)

    def waiting(self, wanted: Narrowed, held: Held | None = None) -> Queue:
        """The claims that should be looked at first, in no order.

        Unsure ones are the least sure of all; `held` says which a dispute or a presence holds.
        """
        held = self.held(wanted.host) if held is None else held
        with self._store.reading() as connection:
            unsure = self._unsure(connection, wanted)
            disputed, more_disputed = self._waiting_of(connection, held.disputed, wanted.kind)
            carrying, more_carrying = self._waiting_of(connection, held.carrying, wanted.kind)
        found = [
            Waiting(
                key,
                confidence,
                held.disputed.holders[key] if key in disputed else None,
                held.carrying.holders[key] if key in carrying else None,
            )
            for key, confidence in (unsure | disputed | carrying).items()
        ]
        return Queue(tuple(found), len(unsure) >= MOST_UNSURE or more_disputed or more_carrying)

    def beside(self, ids: Sequence[str]) -> tuple[Waiting, ...]:
        """Claims that were asked for, decided on or not, where they are of the ledger."""
        with self._store.reading() as connection:
            found = self._looked_up(connection, ids)
        return tuple(Waiting(key, confidence, decided=decided) for key, (confidence, decided) in found.items())

    def decided(self, analyst: str, since: str) -> int:
        """On how many claims an analyst has decided since a moment (UTC)."""
        c = judgements.c
        targets = select(judgement_targets.c.target).join(judgements, c.id == judgement_targets.c.judgement)
        mine = targets.where(c.at >= since, c.analyst == analyst, *self._decisions()).distinct().subquery()
        with self._store.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(mine)).scalar() or 0)

    def _unsure(self, connection: Connection, wanted: Narrowed) -> dict[str, float]:
        """The least sure claims with their confidence; of a country or kind, those among `LOOKED_AT` at most.

        These are the least sure claims of all and the newest ones of the country or kind.
        """
        c = listed_claims.c
        rows = select(c.id, c.confidence, c.host, c.kind)
        if wanted == Narrowed():
            least = rows.where(c.confidence < UNSURE, ~self._is_decided(listed_claims)).order_by(c.confidence)
            return {row.id: row.confidence for row in connection.execute(least.limit(MOST_UNSURE))}
        found: dict[str, float] = {}
        for some in (
            rows.where(c.confidence < UNSURE).order_by(c.confidence).limit(LOOKED_AT).subquery(),
            rows.where(*_narrowing(wanted, listed_claims)).order_by(c.newest).limit(LOOKED_AT).subquery(),
        ):
            of = (*_narrowing(wanted, some), some.c.confidence < UNSURE, ~self._is_decided(some))
            query = select(some.c.id, some.c.confidence).where(*of).order_by(some.c.confidence).limit(MOST_UNSURE)
            found |= {row.id: row.confidence for row in connection.execute(query)}
        return found

    def held(self, host: str | None = None) -> Held:
        """What the newest open disputes and the newest presences, all or of a country, hold: it rests on what is
        derived alone."""
        d, p = disputes.c, presences.c
        disputed = select(d.id, d.record).where(d.status == str(DisputeStatus.OPEN))
        carrying = select(p.id, p.record)
        if host is not None:
            disputed, carrying = disputed.where(d.host == host), carrying.where(p.host == host)
        disputed = disputed.order_by(filled(d.last_day).desc(), d.id.desc()).limit(_DISPUTES)
        carrying = carrying.order_by(filled(p.as_of).desc(), p.id.desc()).limit(_PRESENCES)
        with self._store.reading() as connection:
            sides = connection.execute(disputed).all()
            strengths = connection.execute(carrying).all()
        in_dispute = {
            claim: row.id for row in sides for side in _DISPUTED.decode(row.record).sides for claim in side.claims
        }
        given = ((row.id, _STRENGTH.decode(row.record).strength_from) for row in strengths)
        of_presence = {claim: presence for presence, claim in given if claim is not None}
        more = len(sides) == _DISPUTES, len(strengths) == _PRESENCES
        return Held(Holding(in_dispute, more[0]), Holding(of_presence, more[1]))

    def _waiting_of(self, connection: Connection, held: Holding, kind: Kind | None) -> tuple[dict[str, float], bool]:
        """The claims held that wait, with their confidence, the first 60; whether there may be more."""
        found: dict[str, float] = {}
        names = list(held.holders)
        for at in range(0, len(names), _MANY):
            found |= dict(self._that_wait(connection, names[at : at + _MANY], kind))
            if len(found) >= MOST_HELD:
                return found, True
        return found, held.more

    def _that_wait(self, connection: Connection, ids: Sequence[str], kind: Kind | None) -> Iterator[tuple[str, float]]:
        """Those of the claims that wait, with their confidence."""
        c = listed_claims.c
        columns = select(c.id, c.confidence, c.kind).where(~self._is_decided(listed_claims))
        for row in connection.execute(columns.where(c.id.in_(ids))):
            if kind is None or row.kind == str(kind):
                yield row.id, row.confidence

    def _looked_up(self, connection: Connection, ids: Sequence[str]) -> dict[str, tuple[float, bool]]:
        """The confidence of claims, and whether analysts decided on them."""
        if not ids:
            return {}
        c = listed_claims.c
        query = select(c.id, c.confidence, self._is_decided(listed_claims).label("decided")).where(c.id.in_(ids))
        return {row.id: (row.confidence, bool(row.decided)) for row in connection.execute(query)}

    def _is_decided(self, table: FromClause) -> Exists:
        """That a decision on the claim of a row stands."""
        joined = judgement_targets.join(judgements, judgements.c.id == judgement_targets.c.judgement)
        named = judgement_targets.c.target == table.c.id
        return exists().select_from(joined).where(named, *self._decisions())

    def _decisions(self) -> Iterable[ColumnElement[bool]]:
        c = judgements.c
        yield c.matter == str(Matter.CLAIM)
        yield c.verdict.in_(_DECISIONS)
        if self._undone:
            yield c.id.not_in(self._undone)


def _narrowing(wanted: Narrowed, table: FromClause) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.host is not None:
        found.append(table.c.host == wanted.host)
    if wanted.kind is not None:
        found.append(table.c.kind == str(wanted.kind))
    return found
