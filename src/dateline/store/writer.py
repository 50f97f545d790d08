"""Writing to the ledger: one transaction a report, so that no kill and no power cut leaves half of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from sqlalchemy import Connection, Table, select

from dateline.model import Claim, Document, Issue, KeptCapture, Notice, Run
from dateline.store import search
from dateline.store.captures import is_linked, link
from dateline.store.errors import LostConnectionError
from dateline.store.listing import list_claims, list_document, list_documents, list_new_claims
from dateline.store.moments import now
from dateline.store.notices import add_notices, settle_document
from dateline.store.opening import Store
from dateline.store.records import claim_row, document_row, issue_row, run_row
from dateline.store.schema import (
    claims,
    documents,
    entries,
    evidence,
    issues,
    reading_claims,
    reading_issues,
    readings,
    runs,
)

P = ParamSpec("P")
T = TypeVar("T")


def _twice(write: Callable[Concatenate[Writer, P], T]) -> Callable[Concatenate[Writer, P], T]:
    """Once more where the server went away: whether or not the first try was kept, what is known is added once."""

    @wraps(write)
    def again(writer: Writer, /, *given: P.args, **named: P.kwargs) -> T:
        kept: Any = [list(one) if isinstance(one, Iterator) else one for one in given]
        try:
            return write(writer, *kept, **named)
        except LostConnectionError:
            return write(writer, *kept, **named)

    return again


@dataclass(frozen=True, slots=True)
class Read:
    """A report with all that a run read in it, and what it was read from, kept already."""

    document: Document
    claims: tuple[Claim, ...] = ()
    issues: tuple[Issue, ...] = ()
    capture: KeptCapture | None = None


class Writer:
    """Adds to a ledger. What is known already, by the hash of its content, is left as it is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def was_read(self, document: str, run: Run) -> bool:
        """Whether the run has read the document."""
        with self._store.reading() as connection:
            return _was_read(connection, document, _run_number(connection, run))

    @_twice
    def add(
        self,
        document: Document,
        found: Iterable[Claim],
        noted: Iterable[Issue],
        *,
        run: Run,
        at: str | None = None,
        capture: KeptCapture | None = None,
    ) -> Literal["new", "reread", "known"]:
        """One report with all that a run read in it, whole, unless that run had read it before.

        `at` is the moment it is recorded (ISO 8601, UTC), for the log and for embargoes that notices of it tell of.
        `capture` is what it was read from, kept already.
        """
        with self._store.writing() as connection:
            return add_report(connection, Read(document, tuple(found), tuple(noted), capture), run, at)

    @_twice
    def link(self, document: str, capture: KeptCapture) -> bool:
        """Note that a document was read from a capture, kept already; whether that was new.

        A document that the ledger does not have is left: `add` notes it.
        """
        with self._store.reading() as connection:
            if not _known(connection, documents, [document]) or is_linked(connection, document, capture):
                return False
        with self._store.writing() as connection:
            return link(connection, document, capture)

    @_twice
    def notice(self, notices: Iterable[Notice], *, at: str | None = None) -> int:
        """Notices of what a feed or wire sent, each once; they set aside what they say at once.

        Gives how many are new and withhold, embargo or cancel something.
        """
        with self._store.writing() as connection:
            return add_notices(connection, notices, at or now())

    @_twice
    def add_new(
        self, given: Sequence[tuple[Document, Sequence[Claim]]], *, run: Run, at: str | None = None
    ) -> set[str]:
        """Many documents that the ledger does not have, in one transaction; the ids of those that were added.

        Known ones are passed over: `add` is for them. For rows of data sets: a row costs a tenth of what it does alone.
        """
        with self._store.writing() as connection:
            known = _known(connection, documents, [document.id for document, _ in given])
            fresh = {document.id: (document, found) for document, found in given if document.id not in known}
            if not fresh:
                return set()
            number = _run_number(connection, run)
            if number is None:
                (number,) = _numbers(connection, runs, [run_row(run)])
            _put_documents(connection, [document for document, _ in fresh.values()])
            new = [(document, claim) for document, found in fresh.values() for claim in found]
            _insert_all(connection, claims, [claim_row(claim, document, number) for document, claim in new])
            _insert_all(connection, evidence, [span for _, claim in new for span in _spans(claim)])
            read: list[dict[str, object]] = [
                {"document": key, "run": number, "claims": len(found), "issues": 0} for key, (_, found) in fresh.items()
            ]
            _insert_all(connection, readings, read)
            order: list[dict[str, object]] = [
                {"document": key, "run": number, "position": place, "item": claim.id}
                for key, (_, found) in fresh.items()
                for place, claim in enumerate(found)
            ]
            _insert_all(connection, reading_claims, order)
            places = list_new_claims(connection, list(fresh))
            search.index_claims(connection, [(places[claim.id], claim) for _, claim in new])
            logged: list[dict[str, object]] = [
                {"recorded_at": at, "what": "reading", "item": key, "run": number} for key in fresh
            ]
            _insert_all(connection, entries, logged)
        return set(fresh)

    @_twice
    def note(self, noted: Iterable[Issue], *, at: str | None = None) -> None:
        """Issues that belong to no reading: reports that were refused, at the moment `at`."""
        with self._store.writing() as connection:
            note_issues(connection, noted, at)


def note_issues(connection: Connection, noted: Iterable[Issue], at: str | None) -> None:
    """Issues that belong to no reading, within a transaction."""
    _, new = _add_issues(connection, noted)
    logged: list[dict[str, object]] = [
        {"recorded_at": at, "what": "refused", "item": issue, "run": None} for issue in new
    ]
    _insert_all(connection, entries, logged)


def add_report(connection: Connection, read: Read, run: Run, at: str | None) -> Literal["new", "reread", "known"]:
    """What `Writer.add` does, within a transaction that may hold more reports."""
    document, capture = read.document, read.capture
    found = list({claim.id: claim for claim in read.claims}.values())
    number = _run_number(connection, run)
    if _was_read(connection, document.id, number):
        if capture is not None:
            link(connection, document.id, capture)
        return "known"
    if number is None:
        (number,) = _numbers(connection, runs, [run_row(run)])
    added = _add_document(connection, document)
    if capture is not None:
        link(connection, document.id, capture)
    new = _add_claims(connection, document, found, number)
    noted_ids, _ = _add_issues(connection, read.issues)
    connection.execute(
        readings.insert().values(document=document.id, run=number, claims=len(found), issues=len(noted_ids))
    )
    _add_given(connection, reading_claims, document.id, number, [claim.id for claim in found])
    _add_given(connection, reading_issues, document.id, number, noted_ids)
    places = list_claims(connection, document.id)
    search.index_claims(connection, [(places[claim.id], claim) for claim in new])
    connection.execute(entries.insert().values(recorded_at=at, what="reading", item=document.id, run=number))
    if added:
        settle_document(connection, document.id, at or now())
    return "new" if added else "reread"


def _numbers(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> Sequence[int]:
    """The numbers that new rows were given, in their order."""
    if not rows:
        return ()
    insert = table.insert().returning(table.c.number, sort_by_parameter_order=True)
    numbers: Sequence[int] = connection.execute(insert, rows).scalars().all()
    return numbers


def _insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _known(connection: Connection, table: Table, ids: Sequence[str]) -> set[str]:
    """Which of the ids the table has."""
    found: set[str] = set()
    for at in range(0, len(ids), 500):
        some = select(table.c.id).where(table.c.id.in_(ids[at : at + 500]))
        found.update(connection.execute(some).scalars())
    return found


def _run_number(connection: Connection, run: Run) -> int | None:
    number: int | None = connection.execute(select(runs.c.number).where(runs.c.id == run.id)).scalar()
    return number


def _was_read(connection: Connection, document: str, run: int | None) -> bool:
    row = select(readings.c.run).where(readings.c.document == document, readings.c.run == run)
    return connection.execute(row).first() is not None


def _add_document(connection: Connection, document: Document) -> bool:
    if _known(connection, documents, [document.id]):
        return False
    row = document_row(document)
    (number,) = _numbers(connection, documents, [row])
    search.index_document(connection, list_document(connection, number, row), document)
    return True


def _add_claims(connection: Connection, document: Document, found: Sequence[Claim], run: int) -> list[Claim]:
    """Add the claims that are new, in the order of the text; which these are."""
    known = _known(connection, claims, [claim.id for claim in found])
    new = sorted((claim for claim in found if claim.id not in known), key=_where)
    _insert_all(connection, claims, [claim_row(claim, document, run) for claim in new])
    _insert_all(connection, evidence, [span for claim in new for span in _spans(claim)])
    return new


def _spans(claim: Claim) -> list[dict[str, object]]:
    return [
        {"claim": claim.id, "position": at, "start": part.start, "end": part.end}
        for at, part in enumerate(claim.evidence)
    ]


def _put_documents(connection: Connection, fresh: Sequence[Document]) -> None:
    """Add documents that are new, and make them findable."""
    rows = [document_row(document) for document in fresh]
    numbers = _numbers(connection, documents, rows)
    places = list_documents(connection, list(zip(numbers, rows, strict=True)))
    search.index_documents(connection, list(zip(places, fresh, strict=True)))


def _where(claim: Claim) -> int:
    return min(part.start for part in claim.evidence)


def _add_issues(connection: Connection, noted: Iterable[Issue]) -> tuple[list[str], list[str]]:
    """The ids of the issues, each once, and of those that were new and are inserted."""
    rows = {row["id"]: row for row in map(issue_row, noted)}
    known = _known(connection, issues, list(rows))
    new = [row for key, row in rows.items() if key not in known]
    _insert_all(connection, issues, new)
    return list(rows), [row["id"] for row in new]


def _add_given(connection: Connection, table: Table, document: str, run: int, items: Sequence[str]) -> None:
    rows: list[dict[str, object]] = [
        {"document": document, "run": run, "position": at, "item": item} for at, item in enumerate(items)
    ]
    _insert_all(connection, table, rows)
