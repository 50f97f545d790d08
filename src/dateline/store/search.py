"""Full-text search over documents and claims: the one place that knows how a database searches text.

SQLite's FTS5, without case and accents ("sevare" finds "Sévaré"). A row of an index has the number that its claim or
document has in its listing (`newest`), so that what holds a word is found from the newest report to the oldest however
many there are. The index of documents reads its text from the documents table, that of claims keeps none, so every text
is stored once. Another database needs the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    UnaryExpression,
    and_,
    column,
    func,
    literal_column,
    select,
    text,
    true,
)
from sqlalchemy import table as named
from sqlalchemy.sql.operators import custom_op

from dateline.model import Claim, Document
from dateline.store.listing import places
from dateline.store.records import decoded
from dateline.store.schema import claims, documents, listed_claims, listed_documents

FEW = 2000
"""Rows up to which words are found all at once; words in more of them are looked through from the newest."""
LOOKED_THROUGH = 20_000
"""Rows with very common words that one question looks through."""
BEST = 1000
"""The newest rows with the words among which the best are told."""

_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"
_INDEXES = {"listed_claims": "claims_search", "listed_documents": "documents_search"}
_PART = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w")
_MOST_WORDS = 16
_SHORTEST_PREFIX = 3
_MANY = 2000


def create(connection: Connection) -> None:
    """The empty indexes."""
    connection.exec_driver_sql(
        "CREATE VIEW IF NOT EXISTS searched_documents AS SELECT listed.newest, documents.title, documents.text "
        "FROM listed_documents AS listed JOIN documents ON documents.number = listed.number"
    )
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE documents_search USING fts5("
        f"title, text, content = 'searched_documents', content_rowid = 'newest', {_TOKENS})"
    )
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE claims_search USING fts5(names, evidence, content = '', {_TOKENS})"
    )


def index_document(connection: Connection, place: int, document: Document) -> None:
    """Make a listed document findable by its title and text."""
    connection.execute(
        text("INSERT INTO documents_search (rowid, title, text) VALUES (:place, :title, :text)"),
        {"place": place, "title": document.title, "text": document.text},
    )


def has_document(connection: Connection, place: int) -> bool:
    """Whether the document at a place in the list can be found."""
    found = text("SELECT 1 FROM documents_search_docsize WHERE id = :place")
    return connection.execute(found, {"place": place}).first() is not None


def index_claims(connection: Connection, placed: Iterable[tuple[int, Claim]]) -> None:
    """Make claims findable, at their places in the list, by their evidence and by the names in their slots."""
    rows = [
        {
            "place": place,
            "names": "\n".join(names(claim)),
            "evidence": "\n".join(part.exact for part in claim.evidence),
        }
        for place, claim in placed
    ]
    if rows:
        connection.execute(
            text("INSERT INTO claims_search (rowid, names, evidence) VALUES (:place, :names, :evidence)"),
            rows,
        )


def index_all(connection: Connection) -> None:
    """Fill the empty indexes with all that was ever added."""
    connection.exec_driver_sql("INSERT INTO documents_search (documents_search) VALUES ('rebuild')")
    placed = places(connection)
    while some := dict(islice(placed, _MANY)):
        rows = connection.execute(select(claims.c.number, claims.c.record).where(claims.c.number.in_(list(some))))
        index_claims(connection, [(some[row.number], decoded(Claim, row.record)) for row in rows])


def names(claim: Claim) -> list[str]:
    """The names a claim is known by: of actor, recipient, place, source and those who relay it."""
    said = claim.attribution
    found = [slot.name for slot in (claim.actor, claim.recipient, claim.place) if slot is not None]
    if said is not None:
        found += [] if said.source is None else [said.source.name]
        found += said.via
    return found


def claims_with(words: str) -> ColumnElement[bool]:
    """The condition that a claim holds every one of the words."""
    listed = select(listed_claims.c.number).where(holds(listed_claims, words))
    return claims.c.number.in_(listed)


def documents_with(words: str) -> ColumnElement[bool]:
    """The condition that a document holds every one of the words."""
    listed = select(listed_documents.c.number).where(holds(listed_documents, words))
    return documents.c.number.in_(listed)


def holds(listed: Table, words: str, *, most: int | None = None) -> ColumnElement[bool]:
    """The condition that a listed row holds every one of the words; with `most`, that it is of the newest that do."""
    found: ColumnElement[bool] = listed.c.newest.in_(_rows(listed, words, most))
    return found


def are_common(connection: Connection, listed: Table, words: str) -> bool:
    """Whether more rows hold the words than are found at once."""
    some = _rows(listed, words, FEW + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar() or 0) > FEW


def walked(listed: Table, words: str) -> tuple[FromClause, ColumnElement[int]]:
    """Listed rows that hold the words, to be walked through in the order of their places and looked up one by one.

    Gives what to select from, and the column to sort by in place of `newest`.
    """
    index = named(_INDEXES[listed.name])
    place: ColumnElement[int] = literal_column(f"{index.name}.rowid")
    unindexed: ColumnElement[int] = UnaryExpression(place, operator=custom_op("+"))
    matching = column(index.name).op("MATCH")(match_expression(words))
    return index.join(listed, and_(matching, listed.c.newest == unindexed)), place


def reach(
    connection: Connection, listed: Table, words: str, *, after: int | None = None, before: int | None = None
) -> ColumnElement[bool]:
    """The condition that a row is among the next 20,000 that hold the words `after` a place, or `before` one.

    So that words in most claims, together with filters that few pass, are still answered in time.
    """
    place: ColumnElement[int] = literal_column("rowid")
    query = _rows(listed, words, None)
    if before is not None:
        query = query.where(place < before).order_by(place.desc())
    else:
        query = query.order_by(place)
        query = query if after is None else query.where(place > after)
    last = connection.execute(query.limit(1).offset(LOOKED_THROUGH)).scalar()
    if last is None:
        return true()
    found: ColumnElement[bool] = listed.c.newest > last if before is not None else listed.c.newest < last
    return found


def best(connection: Connection, listed: Table, words: str) -> list[tuple[float, int]]:
    """(score, place) of the newest rows that hold the words, the best first: the less the score, the better."""
    expression = match_expression(words)
    if not expression:
        return []
    index = _INDEXES[listed.name]
    rows = connection.execute(
        text(f"SELECT bm25({index}), rowid FROM {index} WHERE {index} MATCH :words ORDER BY rowid LIMIT {BEST}"),
        {"words": expression},
    )
    return sorted((round(score, 6), place) for score, place in rows)


def match_expression(words: str) -> str:
    """User words as an FTS5 query: each quoted, all wanted; "" when there is no word to look for.

    Words in quotes stand together, a word that ends in * may go on. At most 16 are looked for.

    >>> match_expression('C-130 "foo AND'), match_expression('"armed forces" niger*')
    ('"C-130" "foo" "AND"', '"armed forces" "niger"*')
    """
    return " ".join(islice(_terms(words.replace("\x00", " ")), _MOST_WORDS))


def _terms(words: str) -> Iterator[str]:
    for phrase, word in _PART.findall(words):
        token = phrase or word.replace('"', "")
        if _WORD.search(token):
            longer = not phrase and token.endswith("*") and len(token) > _SHORTEST_PREFIX
            yield f'"{token.rstrip("*")}"*' if longer else f'"{token}"'


def _rows(listed: Table, words: str, most: int | None) -> Select[Any]:
    """The places of rows that hold the words, from the newest on where they are bounded."""
    index, expression = _INDEXES[listed.name], match_expression(words)
    rows: Select[Any] = select(literal_column("rowid").label("place")).select_from(named(index))
    if not expression:
        return rows.where(literal_column("0 = 1"))
    rows = rows.where(column(index).op("MATCH")(expression))
    return rows if most is None else rows.order_by(literal_column("rowid")).limit(most)
