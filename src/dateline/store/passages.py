"""Stretches of report texts, cut by the database so that no whole report is read for a sentence of it."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.store.databases import database_of
from dateline.store.opening import Store

Stretch = tuple[str, int, int]
"""A document and the code points from which to which its text is wanted."""


def stretches(store: Store, wanted: Iterable[Stretch]) -> dict[Stretch, str]:
    """The texts of stretches; those of unknown documents are left out.

    In SQLite a text with a NUL in it is cut there: whoever shows a stretch checks that it holds what it must.
    """
    some = list(dict.fromkeys(wanted))
    if not some:
        return {}
    asked = [(document, start + 1, max(0, end - start)) for document, start, end in some]
    with store.reading() as connection:
        return {some[number]: cut for number, cut in database_of(connection).cut_out(connection, asked)}
