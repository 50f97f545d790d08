"""Ledgers of the tests: what is in one, as plain rows that two ledgers can be compared by."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

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


def rows(path: Path, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of tables in order of content, without the numbers that count them."""
    found = {}
    with sqlite3.connect(path) as connection:
        for table in tables or (*KEPT, *DERIVED):
            cursor = connection.execute(f"SELECT * FROM {table}")
            kept = [at for at, column in enumerate(cursor.description) if column[0] != "number"]
            found[table] = sorted((tuple(row[at] for at in kept) for row in cursor), key=repr)
    connection.close()
    return found


def whole(path: Path) -> list[str]:
    """What is wrong with a ledger: damage, broken references, readings that lack some of what they gave."""
    connection = sqlite3.connect(path)
    wrong = [str(row) for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)]
    wrong += [f"broken reference {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    counts = """
        SELECT r.document, r.claims, (SELECT count(*) FROM reading_claims c WHERE c.document = r.document),
               r.issues, (SELECT count(*) FROM reading_issues i WHERE i.document = r.document),
               (SELECT count(*) FROM claims k WHERE k.document = r.document)
        FROM readings r
    """
    for document, claims, given, issues, noted, kept in connection.execute(counts):
        if not (claims == given == kept and issues == noted):
            wrong.append(f"half a reading of {document}")
    lone = "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM readings)"
    wrong += [f"document without a reading: {row[0]}" for row in connection.execute(lone)]
    bare = "SELECT id FROM claims WHERE id NOT IN (SELECT claim FROM evidence)"
    wrong += [f"claim without evidence: {row[0]}" for row in connection.execute(bare)]
    for index, table in (("documents_search", "documents"), ("claims_search", "claims")):
        (missing,) = connection.execute(
            f"SELECT count(*) FROM listed_{table} WHERE newest NOT IN (SELECT id FROM {index}_docsize)"
        ).fetchone()
        wrong += [f"{missing} {table} cannot be found"] if missing else []
    connection.close()
    return wrong
