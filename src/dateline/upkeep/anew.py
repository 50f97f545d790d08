"""Whether listings, search and all that is derived are what comes of making them anew, in a copy of the ledger."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, select, text

from dateline.derivation import bring_up_to_date, rebuild
from dateline.model import Claim
from dateline.store import LedgerError, Store, open_store, search
from dateline.store.listing import list_all, newest, places
from dateline.store.records import decoded, document_of
from dateline.store.schema import DERIVED, LISTED, claims, documents, listed_names
from dateline.upkeep.copying import copy_ledger
from dateline.upkeep.faults import MOST, REBUILD, Fault, Tell
from dateline.upkeep.pages import copy_pages, is_file

_MANY: Final = 2000
_WAS: Final = "was_"
_SEARCHED: Final = ("documents_search", "claims_search")


def list_anew(store: Store) -> None:
    """Make the listings and the search index of a ledger anew, in one transaction."""
    with store.writing() as connection:
        list_all(connection)
        if connection.dialect.name == "sqlite":
            for name in _SEARCHED:
                connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
        search.index_all(connection)


def differences(store: Store, tell: Tell) -> Iterator[Fault]:
    """What of a ledger differs from what is made anew; the ledger itself is not touched.

    The copy lies among the temporary files and takes as much room as the ledger. LedgerError where there is none.
    """
    with _copied(store, tell) as copy:
        bring_up_to_date(copy)
        with copy.writing() as connection:
            for table in (*LISTED, *DERIVED):
                connection.exec_driver_sql(f"CREATE TABLE {_WAS}{table.name} AS SELECT * FROM {table.name}")
            tell("listing anew", 0, 0)
            list_all(connection)
        tell("deriving anew", 0, 0)
        rebuild(copy)
        with copy.writing() as connection:
            for table in (*LISTED, *DERIVED):
                yield from _compared(connection, table)
            if is_file(store):
                yield from _searched(connection, tell)


@contextmanager
def _copied(store: Store, tell: Tell) -> Iterator[Store]:
    """A copy of the ledger in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="dateline-check-") as folder:
        path = Path(folder) / "copy.db"
        try:
            if is_file(store):
                copy_pages(store, path, tell)
            copy = open_store(path, create=True, clock=store.clock)
            try:
                if not is_file(store):
                    copy_ledger(store, copy, tell)
                yield copy
            finally:
                copy.close()
        except LedgerError as error:
            if "disk is full" not in str(error):
                raise
            size = "as much as the ledger is needed there, or use --quick"
            raise LedgerError(f"no room for a copy in {folder}: {size}; TMPDIR names another folder") from error


def _compared(connection: Connection, table: Table) -> Iterator[Fault]:
    """The rows of a table that was made anew that are not those that were there, by their first column."""
    was = f"{_WAS}{table.name}"
    ways = [(table.name, was, "is missing, or not what a rebuild gives")]
    if table is not listed_names:
        ways.append((was, table.name, "is not what a rebuild gives"))
    told = set()
    for one, other, wrong in ways:
        rows = connection.exec_driver_sql(f"SELECT * FROM {one} EXCEPT SELECT * FROM {other}")
        for row in rows.fetchmany(MOST):
            if str(row[0]) not in told:
                told.add(str(row[0]))
                yield Fault(table.name, str(row[0]), wrong, REBUILD)


def _searched(connection: Connection, tell: Tell) -> Iterator[Fault]:
    """The search index against one made anew of the same rows."""
    for name in _SEARCHED:
        listed = name.removesuffix("_search")
        query = f"SELECT newest FROM listed_{listed} WHERE newest NOT IN (SELECT id FROM {name}_docsize) LIMIT {MOST}"
        for (place,) in connection.exec_driver_sql(query):
            yield Fault(name, str(place), "a listed row cannot be found by its words", REBUILD)
    tell("search anew", 0, 0)
    for name in _SEARCHED:
        created = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar()
        own = str(created).replace("content = 'searched_documents', content_rowid = 'newest'", "content = ''")
        connection.exec_driver_sql(own.replace(name, f"anew_{name}", 1))
    _fill(connection)
    for name in _SEARCHED:
        for each in (name, f"anew_{name}"):
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE temp.words_{each} USING fts5vocab(main, {each}, instance)"
            )
        yield from _words(connection, name)


def _fill(connection: Connection) -> None:
    """Fill the new indexes with the rows that the old ones have."""
    indexed = set(connection.exec_driver_sql("SELECT id FROM documents_search_docsize").scalars())
    rows = connection.execute(select(documents).execution_options(yield_per=_MANY))
    for row in rows.mappings():
        place = newest(row["published"], row["number"])
        if place in indexed:
            document = document_of(dict(row))
            connection.execute(
                text("INSERT INTO anew_documents_search (rowid, title, text) VALUES (:place, :title, :text)"),
                {"place": place, "title": document.title, "text": document.text},
            )
    placed = places(connection)
    while some := dict(islice(placed, _MANY)):
        found = connection.execute(select(claims.c.number, claims.c.record).where(claims.c.number.in_(list(some))))
        given = [_indexed(some[row.number], decoded(Claim, row.record)) for row in found]
        connection.execute(
            text("INSERT INTO anew_claims_search (rowid, names, evidence) VALUES (:place, :names, :evidence)"), given
        )


def _indexed(place: int, claim: Claim) -> dict[str, Any]:
    evidence = "\n".join(part.exact for part in claim.evidence)
    return {"place": place, "names": "\n".join(search.names(claim)), "evidence": evidence}


def _words(connection: Connection, name: str) -> Iterator[Fault]:
    """Where two indexes part: the first word that one has otherwise than the other."""
    query = "SELECT term, doc, col, offset FROM temp.words_{}"
    ours = connection.exec_driver_sql(query.format(name))
    anew = connection.exec_driver_sql(query.format(f"anew_{name}"))
    while True:
        one, other = ours.fetchmany(_MANY), anew.fetchmany(_MANY)
        if one != other:
            at = next((pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]), None)
            word = "the last word" if at is None else repr(min(at)[0])
            yield Fault(name, "", f"the index is not that of what it lists, from {word} on", REBUILD)
            return
        if not one:
            return
