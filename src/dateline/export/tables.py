"""The tables of a ledger: which there are, where their records come from, and how a record becomes a row.

Columns, their order and their meaning are those of `codebook.csv`; a test holds it against the rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dateline.export.assessments import ASSESSMENTS
from dateline.export.errors import ExportError
from dateline.export.listing import Record, Row, Shape
from dateline.export.selection import Selection
from dateline.export.shapes import SHAPES


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, the records of a selection that are its rows, and their shape."""

    name: str
    records: Callable[[Selection], Iterator[Record]]
    shape: Shape

    def rows(self, selection: Selection) -> Iterator[Row]:
        """The rows, one level, every column in each."""
        return map(self.shape.flat, self.records(selection))


def _flat_judgement(record: Record) -> Row:
    row: Row = {name: record[name] for name in ("id", "at", "analyst", "verdict", "matter", "reason")}
    row["targets"] = "; ".join(record["targets"])
    return row | {"value": json.dumps(record["value"], ensure_ascii=False, sort_keys=True)}


def _brief_judgement(record: Record) -> dict[str, str]:
    return {name: record[name] for name in ("at", "analyst", "verdict", "matter", "reason")}


_JUDGEMENTS = Shape(
    _flat_judgement,
    _brief_judgement,
    ("id", "at", "analyst", "verdict", "matter", "targets", "value", "reason"),
)
_DOCUMENTS = replace(
    SHAPES["documents"], columns=tuple(name for name in SHAPES["documents"].columns if name != "characters")
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table("documents", Selection.documents, _DOCUMENTS),
            Table("claims", Selection.claims, SHAPES["claims"]),
            Table("events", Selection.events, SHAPES["events"]),
            Table("presences", Selection.assessments, ASSESSMENTS),
            Table("disputes", Selection.disputes, SHAPES["disputes"]),
            Table("origins", Selection.origins, SHAPES["origins"]),
            Table("judgements", Selection.judgements, _JUDGEMENTS),
        )
    }
)
"""The tables in the order in which a package has them."""


def table_called(name: str) -> Table:
    """A table by its name; ExportError names those there are."""
    if name not in TABLES:
        raise ExportError(f"there is no table {name!r}: write --table {', '.join(TABLES)}")
    return TABLES[name]
