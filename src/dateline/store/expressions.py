"""Expressions that the databases spell differently, compiled for the one that is asked.

Queries are built before it is known which database they go to; what differs is decided when they are compiled.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Float, literal, literal_column
from sqlalchemy import Text as _Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Spelt(FunctionElement[Any]):
    """An expression of its parts, of a type."""

    inherit_cache = True

    def __init__(self, type_: TypeEngine[Any], *parts: ColumnElement[Any]) -> None:
        super().__init__(*parts)
        self.type = type_

    def self_group(self, against: Any = None) -> Any:
        """Itself: SQLite's MATCH must stand alone, and is no value that could be compared with 1."""
        return self


class _Unindexed(_Spelt):
    inherit_cache = True
    name = "unindexed"


class _Holds(_Spelt):
    inherit_cache = True
    name = "holds"


class _Number(_Spelt):
    inherit_cache = True
    name = "number"


class _Word(_Spelt):
    inherit_cache = True
    name = "word"


class _Matches(_Spelt):
    inherit_cache = True
    name = "matches"


class _Fit(_Spelt):
    inherit_cache = True
    name = "fit"


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as one that SQLite looks for no index of; PostgreSQL chooses by what it knows of the rows."""
    return _Unindexed(column.type, column)


def holds_part(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """The condition that a text has a part in it, letter for letter."""
    return _Holds(Boolean(), column, literal(part))


def number_in(column: ColumnElement[Any], name: str) -> ColumnElement[float]:
    """A number of a JSON object that is kept as text; `name` is one of ours, never a user's."""
    return _Number(Float(), column, literal_column(f"'{name}'"))


def word_in(column: ColumnElement[Any], name: str) -> ColumnElement[str]:
    """A text of a JSON object that is kept as text; `name` is one of ours, never a user's."""
    return _Word(_Text(), column, literal_column(f"'{name}'"))


def matches(index: str, for_sqlite: str, for_postgres: str) -> ColumnElement[bool]:
    """The condition that a row of an index of words fits a question, asked in the language of either database."""
    return _Matches(Boolean(), literal_column(index), literal(for_sqlite), literal(for_postgres))


def fit(index: str, for_postgres: str) -> ColumnElement[float]:
    """How well a row of an index of words that `matches` fits it: the less, the better."""
    return _Fit(Float(), literal_column(index), literal(for_postgres))


def _parts(element: _Spelt, compiler: Any, more: dict[str, Any], *wanted: int) -> list[str]:
    """The parts of an expression as SQL, only those that are wanted."""
    parts = list(element.clauses)
    return [compiler.process(parts[number], **more) for number in wanted]


@compiles(_Unindexed, "sqlite")
def _(element: _Unindexed, compiler: Any, **more: Any) -> str:
    return "+({})".format(*_parts(element, compiler, more, 0))


@compiles(_Unindexed, "postgresql")
def _(element: _Unindexed, compiler: Any, **more: Any) -> str:
    return "({})".format(*_parts(element, compiler, more, 0))


@compiles(_Holds, "sqlite")
def _(element: _Holds, compiler: Any, **more: Any) -> str:
    return "(instr({}, {}) > 0)".format(*_parts(element, compiler, more, 0, 1))


@compiles(_Holds, "postgresql")
def _(element: _Holds, compiler: Any, **more: Any) -> str:
    return "(strpos({}, {}) > 0)".format(*_parts(element, compiler, more, 0, 1))


@compiles(_Number, "sqlite")
@compiles(_Word, "sqlite")
def _(element: _Spelt, compiler: Any, **more: Any) -> str:
    record, name = _parts(element, compiler, more, 0, 1)
    return f"json_extract({record}, '$.{name[1:-1]}')"


@compiles(_Number, "postgresql")
def _(element: _Number, compiler: Any, **more: Any) -> str:
    return "CAST(CAST({} AS jsonb) ->> {} AS double precision)".format(*_parts(element, compiler, more, 0, 1))


@compiles(_Word, "postgresql")
def _(element: _Word, compiler: Any, **more: Any) -> str:
    return "(CAST({} AS jsonb) ->> {})".format(*_parts(element, compiler, more, 0, 1))


@compiles(_Matches, "sqlite")
def _(element: _Matches, compiler: Any, **more: Any) -> str:
    return "{} MATCH {}".format(*_parts(element, compiler, more, 0, 1))


@compiles(_Matches, "postgresql")
def _(element: _Matches, compiler: Any, **more: Any) -> str:
    return "{}.words @@ to_tsquery('dateline', {})".format(*_parts(element, compiler, more, 0, 2))


@compiles(_Fit, "sqlite")
def _(element: _Fit, compiler: Any, **more: Any) -> str:
    return "bm25({})".format(*_parts(element, compiler, more, 0))


@compiles(_Fit, "postgresql")
def _(element: _Fit, compiler: Any, **more: Any) -> str:
    return "(-ts_rank({}.words, to_tsquery('dateline', {}), 1))".format(*_parts(element, compiler, more, 0, 1))
