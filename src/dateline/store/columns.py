"""The type of text in the ledger's tables: the same text, in the same order, from either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect
from sqlalchemy import Text as _Text
from sqlalchemy.types import TypeDecorator

MARK = "\ufdd0"
"""A noncharacter, which Unicode sets aside for a program's own use: no text of the world has it."""


class _InPostgres(TypeDecorator[str]):
    """Text by the order of its code points, as SQLite sorts, with NUL, which PostgreSQL cannot hold, written otherwise.

    NUL is kept as the mark and "0", the mark itself as the mark and "1": whatever was given comes back as it was, so
    offsets into a text and ids made of it stay true.
    """

    impl = _Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text as PostgreSQL can hold it."""
        if value is None or not ("\x00" in value or MARK in value):
            return value
        return value.replace(MARK, f"{MARK}1").replace("\x00", f"{MARK}0")

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> str | None:
        """The text as it was given."""
        if value is None or MARK not in value:
            return value
        return str(value).replace(f"{MARK}0", "\x00").replace(f"{MARK}1", MARK)


Text = _Text().with_variant(_InPostgres(collation="C"), "postgresql")
"""What every column of text is."""
