"""Who says things in a ledger, counted: the voices of claims, the houses that print them, and one of them looked into.

Counts go along the indexes of the listings, so they cost a fraction of reading the claims. A voice is named by its
key (`records.fold` of its name); the key of a claim holds its source and, line by line, those who pass it on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, func, or_, select

from dateline.store.expressions import word_in
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
    """A voice by its key: how many claims it makes, how many it passes on, and between which days of publication.

    `at` is the place in the listing of the newest claim that it makes, None where it makes none.
    """

    key: str
    claims: int = 0
    passed_on: int = 0
    first: str | None = None
    last: str | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class House:
    """An outlet or agency by its key: reports under its name, independent reportings it is named for, the days.

    `at` is the place in the listing of the newest report under its name, None where there is none.
    """

    key: str
    reports: int = 0
    origins: int = 0
    first: str | None = None
    last: str | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """Claims of one source counted by what they are; `ids` are those that were looked at, at most `MOST`.

    `reports` is in how many reports they are.
    """

    ids: tuple[str, ...]
    is_all: bool
    reports: int
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
            _count(found, Voice(source, number, 0, *days, newest))
            for relay in relays:
                _count(found, Voice(relay, 0, number, *days))
    return found


def houses(store: Store) -> dict[str, House]:
    """Every outlet that reports are printed under and every house that reportings are named for, by key."""
    c, o = listed_documents.c, origins.c
    printed = select(c.outlet_key, func.count(), func.max(c.newest), func.min(c.newest)).where(c.outlet_key > "")
    named = select(o.name_key, func.count(), func.min(o.last_day), func.max(o.last_day)).where(o.name_key > "")
    found: dict[str, House] = {}
    with store.reading() as connection:
        for key, number, oldest, newest in connection.execute(printed.group_by(c.outlet_key)):
            found[key] = House(key, number, 0, _day(oldest), _day(newest), newest)
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


def named(store: Store, some: Iterable[Voice]) -> dict[str, tuple[str, str | None]]:
    """The name of each voice as its newest claim writes it, and the kind of source it is there; those that make any."""
    places = sorted({voice.at for voice in some if voice.at is not None})
    c = listed_claims.c
    query = select(c.source_key, claims.c.source_name, claims.c.source_kind).join(claims, claims.c.number == c.number)
    found: dict[str, tuple[str, str | None]] = {}
    with store.reading() as connection:
        for at in _chunks(places):
            for row in connection.execute(query.where(c.newest.in_(at), claims.c.source_name.is_not(None))):
                found[row.source_key.partition(_BEFORE)[0]] = (row.source_name, row.source_kind)
    return found


def house_names(store: Store, some: Iterable[House]) -> dict[str, str]:
    """The name of each house as its newest report, or a reporting that is named for it, writes it."""
    houses = {house.key: house for house in some}
    o, c = origins.c, listed_documents.c
    query = select(c.outlet_key, documents.c.outlet).join(documents, documents.c.number == c.number)
    found: dict[str, str] = {}
    with store.reading() as connection:
        for at in _chunks(sorted({house.at for house in houses.values() if house.at is not None})):
            found |= {row.outlet_key: row.outlet for row in connection.execute(query.where(c.newest.in_(at)))}
        for key in sorted(set(houses) - set(found)):
            record = select(word_in(o.record, "name")).where(o.name_key == key).limit(1)
            written = connection.execute(record).scalar()
            if written is not None:
                found[key] = written
    return {key: name for key, name in found.items() if key in houses}


def look_into(store: Store, keys: Sequence[str]) -> Looked:
    """Up to `MOST` claims that the voices of some keys make, counted by what they are."""
    c = listed_claims.c
    columns = (c.id, c.document, c.source_kind, c.kind, c.stance, c.host)
    with store.reading() as connection:
        rows = connection.execute(select(*columns).where(said_by(keys)).limit(MOST + 1)).all()
    shown = rows[:MOST]
    return Looked(
        tuple(row.id for row in shown),
        len(rows) <= MOST,
        len({row.document for row in shown}),
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


def _count(found: dict[str, Voice], more: Voice) -> None:
    """Add what is counted of a voice to what is known of it."""
    known = found.get(more.key)
    if not more.key:
        return
    found[more.key] = more if known is None else together(more.key, (known, more))


def together(key: str, some: Sequence[Voice]) -> Voice:
    """Voices as one, of a key."""
    return Voice(
        key,
        sum(voice.claims for voice in some),
        sum(voice.passed_on for voice in some),
        min((voice.first for voice in some if voice.first is not None), default=None),
        max((voice.last for voice in some if voice.last is not None), default=None),
        min((voice.at for voice in some if voice.at is not None), default=None),
    )


def housed_together(key: str, some: Sequence[House]) -> House:
    """Houses as one, of a key."""
    return House(
        key,
        sum(house.reports for house in some),
        sum(house.origins for house in some),
        min((house.first for house in some if house.first is not None), default=None),
        max((house.last for house in some if house.last is not None), default=None),
        min((house.at for house in some if house.at is not None), default=None),
    )


def _day(newest: int | None) -> str | None:
    """The day of publication that a place in the listing stands for, None for undated ones."""
    return None if newest is None else day_of(newest)


def _chunks(items: Sequence[int]) -> Iterable[Sequence[int]]:
    for at in range(0, len(items), _MANY):
        yield items[at : at + _MANY]
