"""Who says things in a ledger, counted: the voices of claims, the houses that print them, and one of them looked into.

Counts go along the indexes of the listings, so they cost a fraction of reading the claims. A voice is named by its
key (`records.fold` of its name); the key of a claim holds its source and, line by line, those who pass it on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from dateline.store.listing import day_of
from dateline.store.opening import Store
from dateline.store.schema import claims, documents, listed_claims, listed_documents, origins

MOST = 5000
"""Claims of one source that are looked into for what they are about."""

_BEFORE = "\n"
_AFTER = "\x0b"
_MANY = 400


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice by its key: how many claims it makes, how many it passes on, and between which days of publication."""

    key: str
    claims: int = 0
    passed_on: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class House:
    """An outlet or agency by its key: reports under its name, independent reportings it is named for, the days."""

    key: str
    reports: int = 0
    origins: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """Claims of one source counted by what they are; `ids` are those that were looked at, at most `MOST`."""

    ids: tuple[str, ...]
    is_all: bool
    source_kinds: Mapping[str, int]
    kinds: Mapping[str, int]
    stances: Mapping[str, int]
    hosts: Mapping[str, int]


def voices(store: Store) -> dict[str, Voice]:
    """Every voice of the claims that are shown, by key."""
    c = listed_claims.c
    query = select(c.source_key, func.count(), func.max(c.newest), func.min(c.newest)).where(c.source_key > "")
    found: dict[str, Voice] = {}
    with store.reading() as connection:
        for key, number, oldest, newest in connection.execute(query.group_by(c.source_key)):
            source, *relays = key.split("\n")
            days = (_day(oldest), _day(newest))
            _count(found, source, days, claims=number)
            for relay in relays:
                _count(found, relay, days, passed_on=number)
    return found


def houses(store: Store) -> dict[str, House]:
    """Every outlet that reports are printed under and every house that reportings are named for, by key."""
    c, o = listed_documents.c, origins.c
    printed = select(c.outlet_key, func.count(), func.max(c.newest), func.min(c.newest)).where(c.outlet_key > "")
    named = select(o.name_key, func.count(), func.min(o.last_day), func.max(o.last_day)).where(o.name_key > "")
    found: dict[str, House] = {}
    with store.reading() as connection:
        for key, number, oldest, newest in connection.execute(printed.group_by(c.outlet_key)):
            found[key] = House(key, reports=number, first=_day(oldest), last=_day(newest))
        for key, number, first, last in connection.execute(named.group_by(o.name_key)):
            known = found.get(key, House(key, first=first, last=last))
            found[key] = replace(known, origins=number)
    return found


def keys_of_kind(store: Store, kind: str) -> frozenset[str]:
    """The keys of the voices that some claim gives as a source of that kind."""
    c = listed_claims.c
    with store.reading() as connection:
        rows = connection.execute(select(c.source_key).distinct().where(c.source_kind == kind, c.source_key > ""))
        return frozenset(key.partition("\n")[0] for key in rows.scalars())


def named(store: Store, keys: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """The name of each voice as a claim of it writes it, and the kind of source it is there; those that make claims."""
    wanted = sorted(set(keys))
    with store.reading() as connection:
        numbers = {key: _one_of(connection, key) for key in wanted}
        c = claims.c
        rows = {
            row.number: (row.source_name, row.source_kind)
            for some in _chunks([number for number in numbers.values() if number is not None])
            for row in connection.execute(select(c.number, c.source_name, c.source_kind).where(c.number.in_(some)))
        }
    return {key: rows[number] for key, number in numbers.items() if number is not None and rows[number][0]}


def house_names(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """The name of each house as a report or a reporting writes it."""
    o, c = origins.c, listed_documents.c
    found: dict[str, str] = {}
    with store.reading() as connection:
        for key in sorted(set(keys)):
            number = select(c.number).where(c.outlet_key == key).limit(1)
            name = connection.execute(select(documents.c.outlet).where(documents.c.number == number.scalar_subquery()))
            written = name.scalar()
            if written is None:
                record = select(func.json_extract(o.record, "$.name")).where(o.name_key == key).limit(1)
                written = connection.execute(record).scalar()
            if written is not None:
                found[key] = written
    return found


def look_into(store: Store, keys: Sequence[str]) -> Looked:
    """Up to `MOST` claims that the voices of some keys make, counted by what they are."""
    c = listed_claims.c
    columns = (c.id, c.source_kind, c.kind, c.stance, c.host)
    with store.reading() as connection:
        rows = connection.execute(select(*columns).where(said_by(keys)).limit(MOST + 1)).all()
    shown = rows[:MOST]
    return Looked(
        tuple(row.id for row in shown),
        len(rows) <= MOST,
        Counter(row.source_kind for row in shown if row.source_kind is not None),
        Counter(row.kind for row in shown),
        Counter(row.stance for row in shown),
        Counter(row.host for row in shown if row.host is not None),
    )


def newest_of(store: Store, keys: Sequence[str], limit: int) -> tuple[str, ...]:
    """The ids of the newest claims that the voices of some keys make."""
    c = listed_claims.c
    found: list[tuple[int, str]] = []
    with store.reading() as connection:
        for part in _parts(keys):
            query: Select[tuple[int, str]] = select(c.newest, c.id).where(part)
            found += [(row.newest, row.id) for row in connection.execute(query.order_by(c.newest).limit(limit))]
    return tuple(dict.fromkeys(key for _, key in sorted(found)[:limit]))


def said_by(keys: Sequence[str]) -> ColumnElement[bool]:
    """That a claim is made by a voice of one of the keys, whoever passes it on."""
    return or_(*_parts(keys))


def _parts(keys: Sequence[str]) -> list[ColumnElement[bool]]:
    c = listed_claims.c
    alone = [c.source_key == key for key in keys]
    return [*alone, *((c.source_key > key + _BEFORE) & (c.source_key < key + _AFTER) for key in keys)]


def _count(found: dict[str, Voice], key: str, days: tuple[str | None, str | None], **more: int) -> None:
    if not key:
        return
    known = found.get(key)
    if known is None:
        found[key] = Voice(key, first=days[0], last=days[1], **more)
        return
    found[key] = Voice(
        key,
        known.claims + more.get("claims", 0),
        known.passed_on + more.get("passed_on", 0),
        min((day for day in (known.first, days[0]) if day is not None), default=None),
        max((day for day in (known.last, days[1]) if day is not None), default=None),
    )


def _one_of(connection: Connection, key: str) -> int | None:
    """The number of a claim that a voice makes."""
    c = listed_claims.c
    for part in _parts([key]):
        number: int | None = connection.execute(select(c.number).where(part).limit(1)).scalar()
        if number is not None:
            return number
    return None


def _day(newest: int | None) -> str | None:
    """The day of publication that a place in the listing stands for, None for undated ones."""
    return None if newest is None else day_of(newest)


def _chunks(items: Sequence[int]) -> Iterable[Sequence[int]]:
    for at in range(0, len(items), _MANY):
        yield items[at : at + _MANY]
