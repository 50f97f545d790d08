"""Stretches of report texts, cut by the database so that no whole report is read for a sentence of it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select

from dateline.store.opening import Store
from dateline.store.schema import documents

Stretch = tuple[str, int, int]
"""A document and the code points from which to which its text is wanted."""

_CUT = select(func.substr(documents.c.text, bindparam("first"), bindparam("count"))).where(
    documents.c.id == bindparam("document")
)


def stretches(store: Store, wanted: Iterable[Stretch]) -> dict[Stretch, str]:
    """The texts of stretches; those of unknown documents are left out.

    A text with a NUL in it is cut there: whoever shows a stretch checks that it holds what it must.
    """
    found: dict[Stretch, str] = {}
    with store.reading() as connection:
        for stretch in dict.fromkeys(wanted):
            document, start, end = stretch
            asked = {"document": document, "first": start + 1, "count": max(0, end - start)}
            text = connection.execute(_CUT, asked).scalar()
            if text is not None:
                found[stretch] = text
    return found
