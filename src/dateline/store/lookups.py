"""Questions that are asked all the time, put together once: rows by their ids, so many at a time.

To put a statement together and to name it in SQLAlchemy's cache costs more than SQLite takes to answer it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select

from dateline.store.orders import DISPUTES, EVENTS, ORIGINS, PRESENCES
from dateline.store.schema import (
    claims,
    disputes,
    documents,
    entries,
    events,
    external_ids,
    issues,
    judgements,
    listed_claims,
    notices,
    origin_documents,
    origins,
    presences,
)

S = TypeVar("S", bound=Select[Any])
MANY = 500
"""Ids that are asked for at a time."""
_IDS = "dateline_ids"


def among(query: S, column: ColumnElement[Any]) -> S:
    """The query for rows whose column is one of some ids, which `of_ids` or `records` gives it."""
    return query.where(column.in_(bindparam(_IDS, expanding=True)))


def of_ids(connection: Connection, query: Select[Any], ids: Sequence[Any]) -> Iterator[Any]:
    """The rows that a query of `among` finds for some ids."""
    for at in range(0, len(ids), MANY):
        yield from connection.execute(query, {_IDS: ids[at : at + MANY]}).all()


def records(connection: Connection, query: Select[Any], ids: Sequence[Any] | None = None) -> Iterator[dict[str, Any]]:
    """The rows as dictionaries: of a query of `among` for some ids, or without ids of any other."""
    parts: Sequence[dict[str, Any]] = ({},)
    if ids is not None:
        parts = [{_IDS: ids[at : at + MANY]} for at in range(0, len(ids), MANY)]
    for part in parts:
        found = connection.execute(query, part)
        names = tuple(found.keys())
        for row in found.all():
            yield dict(zip(names, row, strict=True))


HEADER = tuple(column for column in documents.c if column.name != "text")
"""The columns of documents without their text."""
HEADERS_OF = among(select(*HEADER), documents.c.id)
"""Documents by id without their text."""
DOCUMENT = among(select(documents), documents.c.id)
"""Documents by id."""
TEXTS_OF = among(select(documents.c.id, documents.c.text), documents.c.id)
"""The texts of documents by id."""
DOCUMENTS_AT = among(select(*HEADER), documents.c.number)
"""Documents by number without their text."""
CLAIMS_OF = among(select(claims.c.record), claims.c.id)
"""Claims by id."""
CLAIMS_AT = among(select(claims.c.number, claims.c.record), claims.c.number)
"""Claims by number."""
LISTED_AMONG = among(select(listed_claims.c.id), listed_claims.c.id)
"""Which of some claims are listed."""
ISSUES_AT = among(select(issues), issues.c.number)
"""Issues by number."""
ORIGINS_OF = among(
    select(origin_documents.c.document, origins.c.record).join(origins, origins.c.id == origin_documents.c.origin),
    origin_documents.c.document,
)
"""The origin of documents, by their ids."""
EXTERNAL_IDS = among(select(external_ids).order_by(external_ids.c.item, external_ids.c.external), external_ids.c.item)
"""The ids that documents and claims had where they came from."""
LAST_READ = among(
    select(entries.c.item, func.max(entries.c.recorded_at).label("at"))
    .where(entries.c.what == "reading", entries.c.recorded_at.is_not(None))
    .group_by(entries.c.item),
    entries.c.item,
)
"""When documents were read last, by their ids."""
RECORD_OF = {
    prefix: among(select(table.c.record), table.c.id)
    for prefix, table in (
        ("presence", presences),
        ("event", events),
        ("origin", origins),
        ("dispute", disputes),
        ("judgement", judgements),
        ("notice", notices),
    )
}
"""Records by id, by how the id begins."""
RECORDS_AT = {
    listing.name: among(select(listing.ident, listing.ident.table.c.record), listing.ident)
    for listing in (EVENTS, PRESENCES, DISPUTES, ORIGINS)
}
"""Records of what is derived by the ident of their listing."""
