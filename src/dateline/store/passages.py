"""Stretches of report texts, cut by the database so that no whole report is read for a sentence of it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Integer, Text, column, func, select, values

from dateline.store.opening import Store
from dateline.store.schema import documents

Stretch = tuple[str, int, int]
"""A document and the code points from which to which its text is wanted."""

_MANY = 200


def stretches(store: Store, wanted: Iterable[Stretch]) -> dict[Stretch, str]:
    """The texts of stretches; those of unknown documents are left out.

    A text with a NUL in it is cut there: whoever shows a stretch checks that it holds what it must.
    """
    asked = list(dict.fromkeys(wanted))
    found: dict[Stretch, str] = {}
    with store.reading() as connection:
        for at in range(0, len(asked), _MANY):
            some = (
                values(column("document", Text), column("start", Integer), column("end", Integer), name="asked")
                .data(asked[at : at + _MANY])
                .cte()
            )
            cut = func.substr(documents.c.text, some.c.start + 1, some.c.end - some.c.start)
            query = select(some.c.document, some.c.start, some.c.end, cut.label("text")).join(
                documents, documents.c.id == some.c.document
            )
            for row in connection.execute(query):
                found[row.document, row.start, row.end] = row.text
    return found
