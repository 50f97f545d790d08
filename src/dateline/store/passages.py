"""Stretches of report texts, cut by the database so that no whole report is read for a sentence of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.store.databases import database_of
from dateline.store.opening import Store
from dateline.store.unchanging import unchanging

Stretch = tuple[str, int, int]
"""A document and the code points from which to which its text is wanted."""


def stretches(store: Store, wanted: Iterable[Stretch]) -> dict[Stretch, str]:
    """The texts of stretches; those of unknown documents are left out.

    In SQLite a text with a NUL in it is cut there: whoever shows a stretch checks that it holds what it must.
    """

    def read(some: Sequence[Stretch]) -> dict[Stretch, str]:
        asked = [(document, start + 1, max(0, end - start)) for document, start, end in some]
        with store.reading() as connection:
            return {some[number]: cut for number, cut in database_of(connection).cut_out(connection, asked)}

    return unchanging(store.engine).cuts.of(list(dict.fromkeys(wanted)), read)
