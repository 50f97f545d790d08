"""Full-text search over documents and claims, without case and accents ("sevare" finds "Sévaré").

SQLite's FTS5, or PostgreSQL's tsvector (`databases`). A row of an index has as its `rowid` the number that its claim or
document has in its listing (`newest`), so that what holds a word is found from the newest report to the oldest however
many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy import table as named

from dateline.model import Claim, Document
from dateline.store.databases import database_of
from dateline.store.expressions import fit, matches, unindexed
from dateline.store.listing import places
from dateline.store.records import decoded
from dateline.store.schema import claims, documents, listed_claims, listed_documents
from dateline.store.words import words_of

FEW = 2000
"""Rows up to which words are found all at once; words in more of them are looked through from the newest."""
LOOKED_THROUGH = 20_000
"""Rows with very common words that one question looks through."""
BEST = 500
"""The newest rows with the words among which the best are told."""

_INDEXES = {"listed_claims": "claims_search", "listed_documents": "documents_search"}
_PART = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w")
_MOST_WORDS = 16
_SHORTEST_PREFIX = 3
_MANY = 2000


def create(connection: Connection) -> None:
    """The empty indexes."""
    database_of(connection).create_search(connection)


def index_document(connection: Connection, place: int, document: Document) -> None:
    """Make a listed document findable by its title and text."""
    index_documents(connection, [(place, document)])


def index_documents(connection: Connection, placed: Sequence[tuple[int, Document]]) -> None:
    """Make listed documents findable by their titles and texts."""
    rows = [(place, document.title, document.text) for place, document in placed]
    database_of(connection).index_documents(connection, rows)


def has_document(connection: Connection, place: int) -> bool:
    """Whether the document at a place in the list can be found."""
    return database_of(connection).has_document(connection, place)


def index_claims(connection: Connection, placed: Iterable[tuple[int, Claim]]) -> None:
    """Make claims findable, at their places in the list, by their evidence and by the names in their slots."""
    rows = [
        (place, "\n".join(names(claim)), "\n".join(part.exact for part in claim.evidence)) for place, claim in placed
    ]
    if rows:
        database_of(connection).index_claims(connection, rows)


def index_all(connection: Connection) -> None:
    """Fill the empty indexes with all that was ever added."""
    database_of(connection).index_every_document(connection)
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
    return index.join(listed, and_(_matching(index.name, words), listed.c.newest == unindexed(place))), place


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


@dataclass(frozen=True, slots=True)
class Ranked:
    """(score, number) of rows, the best first: the less the score, the better. `more`: others were not looked at."""

    rows: list[tuple[float, int]]
    more: bool


def best(connection: Connection, listed: Table, words: str, conditions: Iterable[ColumnElement[bool]] = ()) -> Ranked:
    """Of the newest rows that hold the words, those that also meet the conditions, by how well the words fit.

    Words that many rows hold tell none of these from another: then the newest is the best. (To weigh a word, FTS5 goes
    through all rows that have it.)
    """
    expression = match_expression(words)
    if not expression:
        return Ranked([], False)
    index = _INDEXES[listed.name]
    place: ColumnElement[int] = literal_column("rowid")
    weighed: ColumnElement[float] = literal_column("0.0")
    score = weighed if are_common(connection, listed, words) else fit(index, ts_expression(words))
    matching = _matching(index, words)
    some = select(score.label("score"), place.label("place")).select_from(named(index)).where(matching)
    newest = some.order_by(place).limit(BEST).subquery()
    rows = select(newest.c.score, listed.c.newest, listed.c.number).select_from(
        newest.outerjoin(listed, and_(listed.c.newest == newest.c.place, *conditions))
    )
    found = connection.execute(rows).all()
    kept = sorted((round(float(row[0]), 6), row[1], row[2]) for row in found if row[2] is not None)
    return Ranked([(score, number) for score, _, number in kept], len(found) == BEST)


def match_expression(words: str) -> str:
    """User words as an FTS5 query: each quoted, all wanted; "" when there is no word to look for.

    Words in quotes stand together, a word that ends in * may go on. At most 16 are looked for.

    >>> match_expression('C-130 "foo AND'), match_expression('"armed forces" niger*')
    ('"C-130" "foo" "AND"', '"armed forces" "niger"*')
    """
    return " ".join(f'"{term}"{"*" if longer else ""}' for term, longer in _terms(words))


def ts_expression(words: str) -> str:
    """The same words as a query of PostgreSQL.

    >>> ts_expression('C-130 "foo AND'), ts_expression('"armed forces" niger*')
    ("('c' <-> '130') & ('foo') & ('and')", "('armed' <-> 'forces') & ('niger':*)")
    """
    found = []
    for term, longer in _terms(words):
        parts = [f"'{word}'" for word in words_of(term)]
        if parts:
            found.append(f"({' <-> '.join(parts)}{':*' if longer else ''})")
    return " & ".join(found)


def _terms(words: str) -> Iterator[tuple[str, bool]]:
    """What is looked for, each with whether it may go on."""
    return islice(_all_terms(words.replace("\x00", " ")), _MOST_WORDS)


def _all_terms(words: str) -> Iterator[tuple[str, bool]]:
    for phrase, word in _PART.findall(words):
        token = phrase or word.replace('"', "")
        if _WORD.search(token):
            longer = not phrase and token.endswith("*") and len(token) > _SHORTEST_PREFIX
            yield (token.rstrip("*") if longer else token), longer


def _matching(index: str, words: str) -> ColumnElement[bool]:
    return matches(index, match_expression(words), ts_expression(words))


def _rows(listed: Table, words: str, most: int | None) -> Select[Any]:
    """The places of rows that hold the words, from the newest on where they are bounded."""
    index, expression = _INDEXES[listed.name], match_expression(words)
    rows: Select[Any] = select(literal_column("rowid").label("place")).select_from(named(index))
    if not expression:
        return rows.where(literal_column("0 = 1"))
    rows = rows.where(_matching(index, words))
    return rows if most is None else rows.order_by(literal_column("rowid")).limit(most)
