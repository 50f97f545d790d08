"""Reading the ledger: every surface sees it through this, with the newest reading of each document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, func, select, union

from dateline.model import (
    Affected,
    Claim,
    Dispute,
    Document,
    Event,
    Issue,
    Judgement,
    Kind,
    Notice,
    Origin,
    Presence,
    Run,
)
from dateline.store import in_order, streams
from dateline.store.carrying import carried
from dateline.store.counting import count
from dateline.store.filters import (
    Filters,
    on_claims,
    on_disputes,
    on_documents,
    on_events,
    on_issues,
    on_origins,
    on_presences,
)
from dateline.store.finding import OnDerived, few_or_many, page_of
from dateline.store.heads import PresenceHead
from dateline.store.in_order import of_newest_readings
from dateline.store.lookups import (
    CLAIMS_AT,
    CLAIMS_OF,
    DOCUMENT,
    DOCUMENTS_AT,
    EXTERNAL_IDS,
    HEADER,
    HEADERS_OF,
    ISSUES_AT,
    LAST_READ,
    LISTED_AMONG,
    ORIGINS_OF,
    RECORD_OF,
    RECORDS_AT,
    TEXTS_OF,
    records,
)
from dateline.store.notices import effects_on, notices_of
from dateline.store.opening import Store
from dateline.store.orders import CLAIMS, DISPUTES, DOCUMENTS, EVENTS, ISSUES, ORIGINS, PRESENCES
from dateline.store.paging import Asked, Found, Listing, Paging, Slice, find
from dateline.store.readings_of import Readings
from dateline.store.records import decoded, document_of, issue_of, run_of
from dateline.store.schema import (
    claims,
    disputes,
    documents,
    events,
    external_ids,
    judgements,
    listed_claims,
    listed_documents,
    notices,
    origins,
    presences,
    runs,
)
from dateline.store.state import read_state
from dateline.store.unchanging import Recent, Unchanging, unchanging

T = TypeVar("T")
_PAGE = 1000
_EVERYTHING = Filters()
_FIRST_PAGE = Paging()
_Row = dict[str, Any]
Known = Presence | Event | Origin | Dispute | Judgement | Notice
_RECORDED: dict[str, type[Any]] = {
    "presence": Presence,
    "event": Event,
    "origin": Origin,
    "dispute": Dispute,
    "judgement": Judgement,
    "notice": Notice,
}
"""What the records are, by how their ids begin."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows that were asked for and how many there are without the limit."""

    rows: tuple[T, ...]
    total: int


class View:
    """Reads a ledger: listings by filters, single records by id, and streams for what is derived."""

    def __init__(self, store: Store, *, pinned: Connection | None = None) -> None:
        self._store = store
        self._pinned = pinned
        self._unchanging = Unchanging() if pinned is not None else unchanging(store.engine)

    @contextmanager
    def snapshot(self) -> Iterator[View]:
        """A view of one state of the ledger, whatever others write meanwhile."""
        with self._store.reading(snapshot=True) as connection:
            yield View(self._store, pinned=connection)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        if self._pinned is not None:
            yield self._pinned
        else:
            with self._store.reading() as connection:
                yield connection

    def claims(self, wanted: Filters = _EVERYTHING) -> Page[Claim]:
        """Claims, newest report first, in the order of their report; of one report, also where it is set aside."""
        return self._decoded(Claim, in_order.claims_of_reports(wanted), wanted.limit)

    def documents(self, wanted: Filters = _EVERYTHING) -> Page[Document]:
        """Documents with their text, newest first."""
        page = self._page(in_order.reports(wanted), wanted.limit)
        return Page(tuple(document_of(row) for row in page.rows), page.total)

    def issues(self, wanted: Filters = _EVERYTHING) -> Page[Issue]:
        """Issues of refused reports and of the newest readings, in the order they came."""
        page = self._page(in_order.issues_as_they_came(wanted), wanted.limit)
        return Page(tuple(issue_of(row) for row in page.rows), page.total)

    def presences(self, wanted: Filters = _EVERYTHING) -> Page[Presence]:
        """The derived presences, by host and force."""
        return self._decoded(Presence, in_order.presences_by_host(wanted), wanted.limit)

    def disputes(self, wanted: Filters = _EVERYTHING) -> Page[Dispute]:
        """The derived disputes, newest first, open ones before settled ones."""
        return self._decoded(Dispute, in_order.open_disputes_first(wanted), wanted.limit)

    def origins(self, wanted: Filters = _EVERYTHING) -> Page[Origin]:
        """The derived origins, those with most reports first."""
        return self._decoded(Origin, in_order.largest_origins_first(wanted), wanted.limit)

    def origins_of(self, ids: Sequence[str]) -> dict[str, Origin]:
        """The origin of each document that has one."""
        rows = self._in(ORIGINS_OF, sorted(set(ids)))
        return {row["document"]: self._unchanging.derived(Origin, row["record"]) for row in rows}

    def external_ids(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The ids that imported documents or claims had where they came from."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self._in(EXTERNAL_IDS, sorted(set(ids))):
            found[row["item"]] = (*found.get(row["item"], ()), row["external"])
        return found

    def knows(self, external: str) -> list[str]:
        """The documents and claims that had this id where they came from, as one that was imported or as an item."""
        imported = select(external_ids.c.item).where(external_ids.c.external == external)
        sent = select(documents.c.id.label("item")).join(notices, notices.c.document == documents.c.id)
        both = union(imported, sent.where(notices.c.item == external)).subquery()
        return [row["item"] for row in self._rows(select(both.c.item).order_by(both.c.item))]

    def effects_on(self, ids: Sequence[str]) -> dict[str, Affected]:
        """What set reports aside, by document; those that count are left out."""
        with self._connection() as connection:
            return effects_on(connection, ids)

    def notices_of(self, document: str) -> tuple[Notice, ...]:
        """The notices of every item of which a report is a version, in the order of their versions."""
        with self._connection() as connection:
            return notices_of(connection, document)

    def events(self, wanted: Filters = _EVERYTHING) -> Page[Event]:
        """The derived events, newest first."""
        return self._decoded(Event, in_order.newest_events_first(wanted), wanted.limit)

    def events_near(self, kind: Kind, country: str, days: tuple[str, str], limit: int) -> tuple[Event, ...]:
        """Events of a kind in a country that ended on one of the days from one to another, the newest first."""
        rows = self._rows(in_order.events_near(kind, country, days, limit))
        return tuple(decoded(Event, row["record"]) for row in rows)

    def claims_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[Claim]:
        """A page of the claims of the newest readings.

        By published, kind, stance, actor, recipient, place, quantity, time, source or confidence; with words to look
        for also by "best". Words in more than 2,000 claims are looked for in the newest ones only, unless the order is
        that of publication.
        """
        with self._connection() as connection:
            found, total, is_least = page_of(connection, CLAIMS, listed_claims, on_claims, wanted, paging)
            rows = self._made(connection, found, CLAIMS_AT, _claim, self._unchanging.claims_at)
        return Slice(rows, max(total, len(rows)), is_least, found.next, found.previous, found.sort)

    def documents_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[Document]:
        """A page of the documents without their text; by published, outlet or title, a search also by "best"."""
        with self._connection() as connection:
            found, total, is_least = page_of(connection, DOCUMENTS, listed_documents, on_documents, wanted, paging)
            rows = self._made(connection, found, DOCUMENTS_AT, document_of, self._unchanging.headers_at)
        return Slice(rows, max(total, len(rows)), is_least, found.next, found.previous, found.sort)

    def events_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[Event]:
        """A page of the events; by day, kind, origins, actor or country."""
        return self._known(EVENTS, Event, on_events, wanted, paging)

    def presences_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[Presence]:
        """A page of the presences; by host, force, as_of, strength or status."""
        return self._known(PRESENCES, Presence, on_presences, wanted, paging)

    def presence_heads_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[PresenceHead]:
        """The same page of presences in short, for a list."""
        return self._known(PRESENCES, PresenceHead, on_presences, wanted, paging)

    def disputes_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[Dispute]:
        """A page of the disputes; by day, kind, status or host."""
        return self._known(DISPUTES, Dispute, on_disputes, wanted, paging)

    def origins_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[Origin]:
        """A page of the origins; by size, day or name."""
        return self._known(ORIGINS, Origin, on_origins, wanted, paging)

    def issues_page(self, wanted: Filters = _EVERYTHING, paging: Paging = _FIRST_PAGE) -> Slice[Issue]:
        """A page of the issues; in the order they were added."""
        asked = Asked(ISSUES, (of_newest_readings(), *on_issues(wanted)), wanted)
        return self._slice(asked, paging, ISSUES_AT, issue_of)

    def _known(self, listing: Listing, cls: type[T], on: OnDerived, wanted: Filters, paging: Paging) -> Slice[T]:
        """A page of what is derived."""
        with self._connection() as connection:
            found, total, is_least = few_or_many(connection, listing, on, wanted, paging)
            made = self._unchanging.derived
            rows = self._made(connection, found, RECORDS_AT[listing.name], lambda row: made(cls, row["record"]))
        return Slice(rows, max(total, len(rows)), is_least, found.next, found.previous, found.sort)

    def _slice(self, asked: Asked, paging: Paging, query: Select[Any], made: Callable[[_Row], T]) -> Slice[T]:
        """A page of a listing, each row made of the record that `query` finds for it."""
        with self._connection() as connection:
            found = find(connection, asked, paging)
            total, is_least = count(connection, asked)
            rows = self._made(connection, found, query, made)
        return Slice(rows, max(total, len(rows)), is_least, found.next, found.previous, found.sort)

    def _made(
        self,
        connection: Connection,
        found: Found,
        query: Select[Any],
        made: Callable[[_Row], T],
        kept: Recent[Any, T] | None = None,
    ) -> tuple[T, ...]:
        """The records that were found, in their order; the first column of `query` names each."""

        def read(idents: Sequence[Any]) -> dict[Any, T]:
            return {next(iter(row.values())): made(row) for row in records(connection, query, idents)}

        by_ident = read(found.idents) if kept is None else kept.of(found.idents, read)
        return tuple(by_ident[ident] for ident in found.idents if ident in by_ident)

    def every_claim(self, wanted: Filters = _EVERYTHING) -> Iterator[tuple[Claim, ...]]:
        """All claims that pass, newest report first, in batches of one state of the ledger."""
        return self._every(streams.all_claims, wanted)

    def every_document(self, wanted: Filters = _EVERYTHING) -> Iterator[tuple[Document, ...]]:
        """All documents that pass, without their texts, newest first, in batches of one state of the ledger."""
        return self._every(streams.all_documents, wanted)

    def every_event(self, wanted: Filters = _EVERYTHING) -> Iterator[tuple[Event, ...]]:
        """All events that pass, newest first, in batches of one state of the ledger."""
        return self._every(streams.all_events, wanted)

    def every_presence(self, wanted: Filters = _EVERYTHING) -> Iterator[tuple[Presence, ...]]:
        """All presences that pass, by host and force, in batches of one state of the ledger."""
        return self._every(streams.all_presences, wanted)

    def every_dispute(self, wanted: Filters = _EVERYTHING) -> Iterator[tuple[Dispute, ...]]:
        """All disputes that pass, newest first, in batches of one state of the ledger."""
        return self._every(streams.all_disputes, wanted)

    def every_origin(self, wanted: Filters = _EVERYTHING) -> Iterator[tuple[Origin, ...]]:
        """All origins that pass, those with most reports first, in batches of one state of the ledger."""
        return self._every(streams.all_origins, wanted)

    def every_judgement(self) -> Iterator[tuple[Judgement, ...]]:
        """All judgements in the order they were made, in batches of one state of the ledger."""
        with self._connection() as connection:
            yield from streams.all_judgements(connection)

    def carried(self) -> dict[str, str]:
        """From judged claims that are read no more to those that say the same in their place."""
        with self._connection() as connection:
            return carried(connection)

    def documents_with(self, wanted: Filters, among: Sequence[str]) -> set[str]:
        """Which of some documents have a claim that passes the filters."""
        with self._connection() as connection:
            return streams.documents_with(connection, wanted, among)

    def claims_with(self, wanted: Filters, among: Sequence[str]) -> set[str]:
        """Which of some claims are of the newest readings and pass the filters."""
        with self._connection() as connection:
            return streams.claims_with(connection, wanted, among)

    def recorded(self, ids: Sequence[str]) -> dict[str, str]:
        """The moment in UTC at which documents came into the ledger, where that is known."""
        with self._connection() as connection:
            return streams.recorded(connection, ids)

    def recorded_between(self) -> tuple[str | None, str | None]:
        """The first and the last moment in UTC at which anything came into the ledger, as far as is known."""
        with self._connection() as connection:
            return streams.recorded_between(connection)

    def first_moments(self) -> tuple[str, ...]:
        """When the first things were recorded, with what they were; none where the ledger is older than its log."""
        with self._connection() as connection:
            return streams.first_moments(connection)

    def _every(
        self, stream: Callable[[Connection, Filters], Iterator[tuple[T, ...]]], wanted: Filters
    ) -> Iterator[tuple[T, ...]]:
        with self._connection() as connection:
            yield from stream(connection, wanted)

    def state(self) -> str:
        """The state of the ledger: another one after every addition, judgement or derivation."""
        with self._connection() as connection:
            return read_state(connection).name

    def document(self, document: str) -> Document:
        """The document of an id; LookupError when there is none."""
        for row in self._in(DOCUMENT, (document,)):
            return document_of(row)
        raise LookupError(document)

    def claims_of(self, ids: Sequence[str]) -> dict[str, Claim]:
        """Claims by their ids, superseded ones too."""

        def read(some: Sequence[str]) -> dict[str, Claim]:
            return {claim.id: claim for claim in map(_claim, self._in(CLAIMS_OF, some))}

        return self._unchanging.claims.of(ids, read)

    def newest_among(self, ids: Sequence[str]) -> set[str]:
        """Which of some claims are of the newest reading of their report."""
        rows = self._in(LISTED_AMONG, ids)
        return {row["id"] for row in rows}

    def headers(self, ids: Sequence[str] | None = None) -> dict[str, Document]:
        """Documents by id with everything but their text, all of them or those asked for."""

        def read(some: Sequence[str]) -> dict[str, Document]:
            return {row["id"]: document_of(row) for row in self._in(HEADERS_OF, some)}

        if ids is None:
            return {row["id"]: document_of(row) for row in self._rows(select(*HEADER))}
        return self._unchanging.headers.of(sorted(set(ids)), read)

    def last_read(self, ids: Sequence[str]) -> dict[str, str]:
        """When each document was last read or imported (ISO 8601, UTC); without those recorded without a moment."""
        rows = self._in(LAST_READ, sorted(set(ids)))
        return {row["item"]: row["at"] for row in rows}

    def texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of documents by id."""
        rows = self._in(TEXTS_OF, sorted(set(ids)))
        return {row["id"]: row["text"] for row in rows}

    def newest_claims(
        self, kinds: Iterable[Kind] | None = None, *, published_until: str | None = None
    ) -> Iterator[Claim]:
        """A stream of the claims of the newest readings that count, of some kinds, of reports up to a day."""
        query = in_order.claims_that_count(kinds, published_until)
        last = 0
        while True:
            some = self._rows(query.where(claims.c.number > last).order_by(claims.c.number).limit(_PAGE))
            for row in some:
                yield decoded(Claim, row["record"])
            if len(some) < _PAGE:
                return
            last = some[-1]["number"]

    def runs(self) -> tuple[Run, ...]:
        """The runs that read into this ledger, oldest first."""
        return tuple(map(run_of, self._rows(select(runs).order_by(runs.c.number))))

    def readings(self) -> Readings:
        """Which run read each claim, and when; for a view of one state of the ledger."""
        with self._connection() as connection:
            return Readings(connection)

    def ids_like(self, prefix: str, *, limit: int = 6) -> list[tuple[str, str]]:
        """(what it is, id) of records whose id begins with `prefix`."""
        found: list[tuple[str, str]] = []
        for table in (claims, documents, presences, events, origins, disputes, judgements, notices):
            query = select(table.c.id).where(table.c.id >= prefix, table.c.id < f"{prefix}\U0010ffff")
            found += [(table.name, row["id"]) for row in self._rows(query.order_by(table.c.id).limit(limit))]
        return found[:limit]

    def derived_record(self, key: str) -> Known:
        """The derived record or judgement of an id; LookupError when there is none."""
        for prefix, cls in sorted(_RECORDED.items(), key=lambda one: not key.startswith(one[0])):
            for row in self._in(RECORD_OF[prefix], (key,)):
                found: Known = self._unchanging.derived(cls, row["record"])
                return found
        raise LookupError(key)

    def _rows(self, query: Select[Any]) -> Sequence[_Row]:
        with self._connection() as connection:
            return list(records(connection, query))

    def _scalar(self, query: Select[Any]) -> Any:
        with self._connection() as connection:
            return connection.execute(query).scalar()

    def _in(self, query: Select[Any], ids: Sequence[str]) -> Iterator[_Row]:
        if ids:
            with self._connection() as connection:
                rows = list(records(connection, query, ids))
            yield from rows

    def _decoded(self, cls: type[T], query: Select[Any], limit: int | None) -> Page[T]:
        page = self._page(query, limit)
        return Page(tuple(decoded(cls, row["record"]) for row in page.rows), page.total)

    def _page(self, query: Select[Any], limit: int | None) -> Page[_Row]:
        rows = self._rows(query if limit is None else query.limit(limit))
        if limit is None or len(rows) < limit:
            return Page(tuple(rows), len(rows))
        everything = query.order_by(None).subquery()
        return Page(tuple(rows), int(self._scalar(select(func.count()).select_from(everything))))


def _claim(row: _Row) -> Claim:
    return decoded(Claim, row["record"])
