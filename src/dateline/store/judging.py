"""Judgements of analysts as rows that are only added, and the log of all that was ever added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, func, or_, select

from dateline.model import Judgement, Matter, Notice, Verdict, content_id
from dateline.store.counting import count
from dateline.store.errors import LedgerError, UnknownIdError
from dateline.store.lookups import among, of_ids
from dateline.store.moments import after, in_utc
from dateline.store.notices import settle_judged
from dateline.store.opening import Store
from dateline.store.orders import LOG
from dateline.store.paging import Asked, Paging, Slice, find
from dateline.store.records import coded, decoded, fold
from dateline.store.schema import (
    JUDGEMENT,
    claims,
    documents,
    entries,
    issues,
    judgement_targets,
    judgements,
    notices,
    readings,
    runs,
)
from dateline.store.view import Page

"""What an entry of the log is called whose item is a judgement."""

_ABOUT: dict[Matter, Table | None] = {
    Matter.CLAIM: claims,
    Matter.EVENT: claims,
    Matter.PRESENCE: claims,
    Matter.DISPUTE: claims,
    Matter.ORIGIN: documents,
    Matter.DOCUMENT: documents,
    Matter.JUDGEMENT: judgements,
    Matter.NOTICE: notices,
    Matter.SOURCE: None,
}
"""In which table the targets of a judgement must be; a source is a name and needs no row."""

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class LogFilters:
    """Which entries of the log: all that is given must hold.

    `analyst` is part of a name, without regard to case and accents, and leaves only judgements; `since` and `until`
    are days or moments when it was recorded, inclusive; `what` is `reading`, `refused`, `judgement`, a verdict,
    `notice` or what notices come to (`superseded`, `retracted`, `withheld`, `embargoed`, `current`);
    `targets` are ids of claims, documents, judgements and notices, or names of sources: judgements of any of them,
    their reversals, the readings that added them, and the notices of their items. `offset` entries are passed over,
    from the newest.
    """

    analyst: str | None = None
    since: str | None = None
    until: str | None = None
    what: str | None = None
    targets: tuple[str, ...] | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that was added: when, what it is, and the row it added.

    `recorded_at` is a moment in UTC, None for what an older ledger held already. Of a reading `item` is the document,
    `run` and `extractor` are what read (or imported) it, `claims` how many it gave. Of a refused report `item` is an
    issue, `message` its words. `judgement` is that of a judgement, `notice` that of a notice. Where notices set a
    report aside or restored it, `what` is the effect and `item` the document.
    """

    number: int
    recorded_at: str | None
    what: str
    item: str
    run: str | None = None
    extractor: str | None = None
    claims: int | None = None
    outlet: str | None = None
    title: str | None = None
    message: str | None = None
    judgement: Judgement | None = None
    notice: Notice | None = None


def identified(judgement: Judgement) -> Judgement:
    """The judgement under the id of its content, its moment in UTC and its value as JSON keeps it."""
    given = decoded(Judgement, coded(replace(judgement, at=in_utc(judgement.at))))
    parts = (str(given.verdict), str(given.matter), given.targets, given.value, given.analyst, given.reason, given.at)
    return replace(given, id=content_id("judgement", *parts))


_EVERYTHING = LogFilters()
_FIRST_PAGE = Paging()


class Judgements:
    """The judgements of a ledger, oldest first, and its log. `pinned` reads within another's snapshot."""

    def __init__(self, store: Store, *, pinned: Connection | None = None) -> None:
        self._store = store
        self._pinned = pinned

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        if self._pinned is not None:
            yield self._pinned
        else:
            with self._store.reading() as connection:
                yield connection

    def add(self, *made: Judgement) -> tuple[Judgement, ...]:
        """Judgements in one transaction, each under the id of its content; they come back as they are kept.

        UnknownIdError for a target that the ledger does not have: then none is kept. One that is kept already, to
        the microsecond, adds nothing while it stands; undone since, it is added as of the next free microsecond.
        """
        found = []
        with self._store.writing() as connection:
            for judgement in made:
                _check_targets(connection, judgement, self._store.name)
                found.append(_insert(connection, identified(judgement)))
        return tuple(found)

    def all(self, *, recorded_until: str | None = None) -> tuple[Judgement, ...]:
        """Every judgement in the order it was made; with `recorded_until`, those of the ledger as it stood then.

        A day means the end of that day in UTC.
        """
        query = select(judgements.c.record).order_by(judgements.c.number)
        if recorded_until is not None:
            query = query.join(entries, _is_entry_of()).where(entries.c.recorded_at < after(recorded_until))
        return self._judgements(query)

    def of(self, targets: Iterable[str]) -> tuple[Judgement, ...]:
        """The judgements that name any of the targets, and the reversals of those, in the order they were made."""
        with self._connection() as connection:
            rows = list(of_ids(connection, _BY_ID, sorted(_about(connection, targets))))
        return tuple(decoded(Judgement, row.record) for row in sorted(rows, key=lambda row: row.number))

    def targets(self) -> frozenset[str]:
        """All that judgements name."""
        with self._connection() as connection:
            return frozenset(connection.execute(select(judgement_targets.c.target).distinct()).scalars())

    def reversals(self) -> tuple[Judgement, ...]:
        """The judgements that reverse others, in the order they were made."""
        reverse = judgements.c.verdict == str(Verdict.REVERSE)
        return self._judgements(select(judgements.c.record).where(reverse).order_by(judgements.c.number))

    def sources(self) -> tuple[str, ...]:
        """The names under which sources were rated, in the order of the alphabet."""
        rated = select(judgement_targets.c.target).distinct()
        query = rated.join(judgements, judgements.c.id == judgement_targets.c.judgement)
        with self._connection() as connection:
            found = connection.execute(query.where(judgements.c.matter == str(Matter.SOURCE))).scalars()
            return tuple(sorted(found))

    def count(self) -> int:
        """How many judgements there are: grows with each."""
        with self._connection() as connection:
            return int(connection.execute(select(func.count()).select_from(judgements)).scalar() or 0)

    def log(self, wanted: LogFilters | None = None) -> Page[LogEntry]:
        """The entries of the log, newest first."""
        wanted = wanted or LogFilters()
        with self._connection() as connection:
            kept = _logged().where(*_conditions(connection, wanted))
            rows = connection.execute(
                kept.order_by(entries.c.number.desc()).limit(wanted.limit).offset(wanted.offset)
            ).all()
            total = connection.execute(select(func.count()).select_from(kept.subquery())).scalar()
        return Page(tuple(_entry(row._asdict()) for row in rows), int(total or 0))

    def log_page(self, wanted: LogFilters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[LogEntry]:
        """A page of the log, newest first, or oldest first by "added"; `limit` and `offset` of the filters do not
        count."""
        filters = replace(wanted, limit=None, offset=0)
        with self._connection() as connection:
            joined = entries.outerjoin(judgements, _is_entry_of())
            asked = Asked(LOG, _conditions(connection, filters), filters, joined)
            found = find(connection, asked, paging)
            total, is_least = count(connection, asked)
            rows = connection.execute(_logged().where(entries.c.number.in_(found.idents)))
            by_number = {row.number: _entry(row._asdict()) for row in rows}
        kept = tuple(by_number[number] for number in found.idents)
        return Slice(kept, max(total, len(kept)), is_least, found.next, found.previous, found.sort)

    def _judgements(self, query: Select[Any]) -> tuple[Judgement, ...]:
        with self._connection() as connection:
            return tuple(decoded(Judgement, row.record) for row in connection.execute(query))


def _logged() -> Select[Any]:
    """The entries of the log with what they tell."""
    joined = (
        entries.outerjoin(judgements, _is_entry_of())
        .outerjoin(readings, and_(readings.c.document == entries.c.item, readings.c.run == entries.c.run))
        .outerjoin(runs, runs.c.number == entries.c.run)
        .outerjoin(documents, documents.c.id == entries.c.item)
        .outerjoin(issues, issues.c.id == entries.c.item)
        .outerjoin(notices, notices.c.id == entries.c.item)
    )
    columns = (
        *(entries.c.number, entries.c.recorded_at, entries.c.what, entries.c.item),
        *(runs.c.id.label("run"), runs.c.extractor, readings.c.claims),
        *(documents.c.outlet, documents.c.title, issues.c.message, judgements.c.record),
        notices.c.record.label("sent"),
    )
    return select(*columns).select_from(joined)


def _check_targets(connection: Connection, judgement: Judgement, name: str) -> None:
    table = _ABOUT[judgement.matter]
    if not judgement.targets:
        raise LedgerError(f"a judgement needs something it is about ({judgement.verdict} {judgement.matter})")
    if len(set(judgement.targets)) != len(judgement.targets):
        raise LedgerError(f"a judgement names one target twice ({judgement.verdict} {judgement.matter})")
    if table is None:
        return
    known = {
        row.id
        for some in _chunks(judgement.targets)
        for row in connection.execute(select(table.c.id).where(table.c.id.in_(some)))
    }
    unknown = [target for target in judgement.targets if target not in known]
    if unknown:
        raise UnknownIdError(f"{unknown[0]!r} is none of the {table.name} of {name}")


def _insert(connection: Connection, judgement: Judgement) -> Judgement:
    """Add a judgement that does not stand yet, and its entry in the log."""
    while connection.execute(select(judgements.c.id).where(judgements.c.id == judgement.id)).first() is not None:
        reversed_by = select(judgement_targets.c.judgement).where(judgement_targets.c.target == judgement.id)
        about = reversed_by.join(judgements, judgements.c.id == judgement_targets.c.judgement)
        if connection.execute(about.where(judgements.c.verdict == str(Verdict.REVERSE))).first() is None:
            return judgement
        judgement = identified(replace(judgement, at=after(judgement.at)))
    columns = {name: str(getattr(judgement, name)) for name in ("id", "verdict", "matter", "analyst", "at")}
    connection.execute(judgements.insert().values(**columns, record=coded(judgement)))
    connection.execute(
        judgement_targets.insert(),
        [
            {"judgement": judgement.id, "position": position, "target": target}
            for position, target in enumerate(judgement.targets)
        ],
    )
    connection.execute(entries.insert().values(recorded_at=judgement.at, what=JUDGEMENT, item=judgement.id))
    if judgement.matter in (Matter.NOTICE, Matter.JUDGEMENT):
        settle_judged(connection, judgement.at)
    return judgement


def _is_entry_of() -> ColumnElement[bool]:
    return and_(entries.c.what == JUDGEMENT, entries.c.item == judgements.c.id)


_BY_ID = among(select(judgements.c.number, judgements.c.record), judgements.c.id)
_NAMING = among(select(judgement_targets.c.judgement).distinct(), judgement_targets.c.target)


def _about(connection: Connection, targets: Iterable[str]) -> set[str]:
    """The ids of judgements that name a target, or a judgement found so."""
    found: set[str] = set()
    wanted = sorted(set(targets))
    while wanted:
        new = {row.judgement for row in of_ids(connection, _NAMING, wanted)}
        wanted = sorted(new - found)
        found |= new
    return found


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), _CHUNK):
        yield ids[at : at + _CHUNK]


def _conditions(connection: Connection, wanted: LogFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.analyst is not None:
        named = [
            name
            for name in connection.execute(select(judgements.c.analyst).distinct()).scalars()
            if fold(wanted.analyst.strip()) in fold(name)
        ]
        found.append(judgements.c.analyst.in_(named))
    if wanted.since is not None:
        found.append(entries.c.recorded_at >= in_utc(wanted.since))
    if wanted.until is not None:
        found.append(entries.c.recorded_at < after(wanted.until))
    if wanted.what is not None:
        made = and_(entries.c.what == JUDGEMENT, judgements.c.verdict == wanted.what)
        found.append(made if wanted.what in frozenset(Verdict) else entries.c.what == wanted.what)
    if wanted.targets is not None:
        found.append(_on_targets(connection, wanted.targets))
    return found


def _on_targets(connection: Connection, targets: Sequence[str]) -> ColumnElement[bool]:
    about = sorted(_about(connection, targets))
    reports = select(claims.c.document).where(claims.c.id.in_(targets))
    items = (entries.c.item.in_(some) for some in _chunks([*targets, *about]))
    carried = select(notices.c.item).where(or_(notices.c.document.in_(targets), notices.c.id.in_(targets)))
    sent = select(notices.c.id).where(notices.c.item.in_(carried))
    return or_(false(), *items, entries.c.item.in_(reports), entries.c.item.in_(sent))


def _entry(row: dict[str, Any]) -> LogEntry:
    record, sent = row.pop("record"), row.pop("sent")
    return LogEntry(
        **row,
        judgement=None if record is None else decoded(Judgement, record),
        notice=None if sent is None else decoded(Notice, sent),
    )
