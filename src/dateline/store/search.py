"""Full-text search over documents and claims: the one place that knows how a database searches text.

SQLite's FTS5, without case and accents ("sevare" finds "Sévaré"). The index of documents reads its text from
the documents table, that of claims keeps none, so every text is stored once. Another database needs the same
four functions.
"""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, Select, column, literal_column, select, table, text

from dateline.model import Claim, Document
from dateline.store.schema import claims, documents

_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"
_WORD = re.compile(r"\w")


def create(connection: Connection) -> None:
    """The empty indexes."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE documents_search USING fts5("
        f"title, text, content = 'documents', content_rowid = 'number', {_TOKENS})"
    )
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE claims_search USING fts5(names, evidence, content = '', {_TOKENS})"
    )


def index_document(connection: Connection, number: int, document: Document) -> None:
    """Make a stored document findable by its title and text."""
    connection.execute(
        text("INSERT INTO documents_search (rowid, title, text) VALUES (:number, :title, :text)"),
        {"number": number, "title": document.title, "text": document.text},
    )


def index_claims(connection: Connection, numbered: list[tuple[int, Claim]]) -> None:
    """Make stored claims findable by their evidence and by the names in their slots."""
    rows = [
        {
            "number": number,
            "names": "\n".join(names(claim)),
            "evidence": "\n".join(part.exact for part in claim.evidence),
        }
        for number, claim in numbered
    ]
    if rows:
        connection.execute(
            text("INSERT INTO claims_search (rowid, names, evidence) VALUES (:number, :names, :evidence)"),
            rows,
        )


def names(claim: Claim) -> list[str]:
    """The names a claim is known by: of actor, recipient, place, source and those who relay it."""
    said = claim.attribution
    found = [slot.name for slot in (claim.actor, claim.recipient, claim.place) if slot is not None]
    if said is not None:
        found += [] if said.source is None else [said.source.name]
        found += said.via
    return found


def claims_with(words: str, number: ColumnElement[int] = claims.c.number) -> ColumnElement[bool]:
    """The condition that the claim of a `number` holds every one of the words."""
    return number.in_(_rows("claims_search", words))


def documents_with(words: str, number: ColumnElement[int] = documents.c.number) -> ColumnElement[bool]:
    """The condition that the document of a `number` holds every one of the words."""
    return number.in_(_rows("documents_search", words))


def match_expression(words: str) -> str:
    """User words as an FTS5 query: each quoted, all wanted; "" when there is no word to look for.

    >>> match_expression('C-130 "foo AND')
    '"C-130" "foo" "AND"'
    """
    tokens = [token.replace('"', "") for token in words.replace("\x00", " ").split()]
    return " ".join(f'"{token}"' for token in tokens if _WORD.search(token))


def _rows(index: str, words: str) -> Select[tuple[int]]:
    expression = match_expression(words)
    rows: Select[tuple[int]] = select(literal_column("rowid")).select_from(table(index))
    if not expression:
        return rows.where(literal_column("0 = 1"))
    return rows.where(column(index).op("MATCH")(expression))
