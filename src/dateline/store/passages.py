"""Stretches of report texts, cut by the database so that no whole report is read for a sentence of it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import text

from dateline.store.opening import Store

Stretch = tuple[str, int, int]
"""A document and the code points from which to which its text is wanted."""

_CUT = text(
    "SELECT wanted.key, substr(documents.text, wanted.value ->> 1, wanted.value ->> 2) AS cut "
    "FROM json_each(:wanted) AS wanted JOIN documents ON documents.id = wanted.value ->> 0"
)


def stretches(store: Store, wanted: Iterable[Stretch]) -> dict[Stretch, str]:
    """The texts of stretches; those of unknown documents are left out.

    A text with a NUL in it is cut there: whoever shows a stretch checks that it holds what it must.
    """
    some = list(dict.fromkeys(wanted))
    if not some:
        return {}
    asked = json.dumps([(document, start + 1, max(0, end - start)) for document, start, end in some])
    with store.reading() as connection:
        return {some[int(row.key)]: row.cut for row in connection.execute(_CUT, {"wanted": asked})}
