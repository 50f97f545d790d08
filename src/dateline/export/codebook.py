"""The codebook: what every column of every table means, from the one file that says so (`codebook.csv`).

Types: `text`; `id` (names one record); `country` (ISO 3166-1 alpha-3); `day` (ISO 8601); `moment` (a day, or a moment
with its zone); `number`; `integer`; `boolean`; `json`; `list` (parts with "; " between them); `list of sides` (parts
with " | " between them, each maybe a list). Empty is always "not said" or "not known", never zero.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline import model
from dateline.export.listing import Record, Row, Shape

COLUMNS = ("table", "column", "type", "unit", "values", "meaning")
"""The columns of the codebook itself."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its table, name, type, unit and meaning; `values` are those it can have, empty where they are open.

    `refers` is the column of another table that has the same ids ("documents.id").
    """

    table: str
    name: str
    type: str
    unit: str
    meaning: str
    values: tuple[str, ...] = ()
    refers: str | None = None


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in their order."""
    return tuple(column for column in _all() if column.table == table)


def records() -> list[Record]:
    """The codebook as rows."""
    return [
        {"table": one.table, "column": one.name, "type": one.type, "unit": one.unit, "meaning": one.meaning}
        | {"values": "; ".join(one.values) or one.refers or ""}
        for one in _all()
    ]


def _flat(record: Record) -> Row:
    return dict(record)


def _brief(record: Record) -> dict[str, str]:
    return {name: str(record[name]) for name in COLUMNS}


CODEBOOK = Shape(_flat, _brief, COLUMNS)
"""The codebook as a table."""


@cache
def _all() -> tuple[Column, ...]:
    text = files("dateline.export").joinpath("codebook.csv").read_text(encoding="utf-8")
    return tuple(map(_column, csv.DictReader(io.StringIO(text, newline=""))))


def _column(row: dict[str, str]) -> Column:
    """A column whose values are those of an enum of the model, or the ids of another table."""
    told = row["values"]
    kind = getattr(model, told, None) if told.isidentifier() else None
    values = () if kind is None else tuple(str(value) for value in kind)
    refers = told if "." in told else None
    return Column(row["table"], row["column"], row["type"], row["unit"], row["meaning"], values, refers)
