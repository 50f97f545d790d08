"""Tables as Apache Parquet with typed columns, for data frames and databases; needs pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.export.codebook import Column, columns
from dateline.export.errors import ExportError
from dateline.export.jsonl import utf8
from dateline.export.listing import Row
from dateline.export.selection import Selection
from dateline.export.statement import statement
from dateline.export.tables import table_called
from dateline.export.text_tables import USUAL

if TYPE_CHECKING:
    import pyarrow

ROW_GROUP = 5000
"""Rows that are in memory at the same time and make one row group of the file."""

METADATA = "dateline"
"""The key of the file's metadata that has the export statement."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {"number": "float64", "integer": "int64", "boolean": "bool_", "day": "date32"}
)
"""The types of Arrow that are no strings."""


def write(selection: Selection, out: BinaryIO) -> None:
    """Claims, one row a claim."""
    write_table(selection, USUAL, out)


def write_table(selection: Selection, name: str, out: BinaryIO) -> None:
    """A table; empty is null. The file's metadata has the export statement, each field what it means."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table, known = table_called(name), columns(name)
    told = {METADATA: json.dumps(statement(selection.about), ensure_ascii=True)}
    schema = pa.schema([_field(column) for column in known], metadata=told)
    with pq.ParquetWriter(pa.PythonFile(out, mode="w"), schema) as writer:
        for batch in _batches(table.rows(selection), known, schema):
            writer.write_batch(batch)


def _field(column: Column) -> pyarrow.Field:
    import pyarrow as pa

    kind = getattr(pa, _TYPES.get(column.type, "string"))()
    told = {"meaning": column.meaning, "type": column.type, "unit": column.unit, "values": "; ".join(column.values)}
    return pa.field(column.name, kind, metadata={name: text for name, text in told.items() if text})


def _batches(rows: Iterator[Row], known: tuple[Column, ...], schema: pyarrow.Schema) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow as pa

    while some := list(islice(rows, ROW_GROUP)):
        arrays = [
            pa.array([_value(row[column.name], column) for row in some], field.type)
            for column, field in zip(known, schema, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _value(value: Any, column: Column) -> Any:
    if value is None or (value == "" and column.type != "text"):
        return None
    if column.type == "day":
        return _day(value, column)
    return utf8(value) if isinstance(value, str) else value


def _day(value: str, column: Column) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ExportError(f"{column.table}.{column.name} is no day of the calendar: {value!r}") from error
