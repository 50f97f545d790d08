"""Ledgers of the tests: what is in one, as plain rows that two ledgers can be compared by."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from dateline.store import open_store
from dateline.store.schema import metadata

KEPT = (
    *("documents", "claims", "evidence", "issues", "runs", "readings", "reading_claims", "reading_issues"),
    *("judgements", "judgement_targets", "external_ids", "notices"),
)
CAPTURED = ("captures", "document_captures")
"""What tells of the raw bytes: two ledgers of the same reports differ in the moments they were kept at."""
LISTED = ("listed_documents", "listed_claims", "listed_names", "set_aside")
LOGGED = "entries"
"""The one table that says when: two ledgers of the same reports differ in it."""
DERIVED = (
    *("sketches", "sketch_keys", "origin_links", "origins", "origin_documents", "claim_blocks", "tied_blocks"),
    *("presences", "events", "disputes"),
)


def rows(place: str | Path, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of tables in order of content, without the numbers that count them; the same from either database."""
    found = {}
    with closing(open_store(place, create=False)) as store, store.reading(snapshot=True) as connection:
        for name in tables or (*KEPT, *DERIVED):
            columns = [column for column in metadata.tables[name].c if column.name != "number"]
            found[name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    return found


def rows_as_they_lie(path: Path, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """The same of a SQLite file of any schema, which is not opened as a ledger and so not brought to the newest."""
    found = {}
    with closing(sqlite3.connect(path)) as raw:
        for name in tables:
            columns = ", ".join(f'"{column.name}"' for column in metadata.tables[name].c if column.name != "number")
            found[name] = sorted(raw.execute(f"SELECT {columns} FROM {name}"), key=repr)
    return found


def whole(place: str | Path) -> list[str]:
    """What is wrong with a ledger: damage, broken references, readings that lack some of what they gave."""
    with closing(open_store(place, create=False)) as store, store.reading(snapshot=True) as connection:
        return [*_damage(connection), *_halves(connection)]


def _damage(connection: Connection) -> list[str]:
    """What SQLite says of the file, and which rows of a list cannot be found by words."""
    wrong, kept = [], "rowid"
    if connection.dialect.name == "sqlite":
        wrong += [str(row) for row in connection.exec_driver_sql("PRAGMA integrity_check") if tuple(row) != ("ok",)]
        wrong += [f"broken reference {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
        kept = "id"
    for index, table in (("documents_search", "documents"), ("claims_search", "claims")):
        shadow = f"{index}_docsize" if kept == "id" else index
        query = f"SELECT count(*) FROM listed_{table} WHERE newest NOT IN (SELECT {kept} FROM {shadow})"
        missing = connection.execute(text(query)).scalar()
        wrong += [f"{missing} {table} cannot be found"] if missing else []
    return wrong


def _halves(connection: Connection) -> list[str]:
    wrong = []
    counts = """
        SELECT r.document, r.claims, (SELECT count(*) FROM reading_claims c WHERE c.document = r.document),
               r.issues, (SELECT count(*) FROM reading_issues i WHERE i.document = r.document),
               (SELECT count(*) FROM claims k WHERE k.document = r.document)
        FROM readings r
    """
    for document, claims, given, issues, noted, kept in connection.execute(text(counts)):
        if not (claims == given == kept and issues == noted):
            wrong.append(f"half a reading of {document}")
    lone = "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM readings)"
    wrong += [f"document without a reading: {row[0]}" for row in connection.execute(text(lone))]
    bare = "SELECT id FROM claims WHERE id NOT IN (SELECT claim FROM evidence)"
    wrong += [f"claim without evidence: {row[0]}" for row in connection.execute(text(bare))]
    return wrong
