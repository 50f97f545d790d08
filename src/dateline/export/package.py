"""A data package: every table as a file, with the codebook and a Frictionless description, in one ZIP file.

The description (`datapackage.json`) has the path, size, SHA-256 and columns of each file, and the export statement.
https://specs.frictionlessdata.io/
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, BinaryIO, Protocol

from dateline.export import csv, parquet, text_tables
from dateline.export.codebook import CODEBOOK, Column, columns, records
from dateline.export.selection import Selection
from dateline.export.statement import statement
from dateline.export.tables import TABLES

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644 << 16
_PIECE = 1 << 16
_FIELDS: Mapping[str, str] = MappingProxyType(
    {"number": "number", "integer": "integer", "boolean": "boolean", "day": "date"}
)
"""The types of Frictionless that are no strings."""
_KEYS = MappingProxyType({"documents": "id", "claims": "id", "events": "id", "disputes": "id", "origins": "id"})


class WriteTable(Protocol):
    """Writes a table of a selection to a stream."""

    def __call__(self, selection: Selection, name: str, out: BinaryIO, /) -> None:
        """Write it."""


class Package:
    """Writes a ZIP file whose entries are described as they are written."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed

    def add(self, path: str, content: bytes) -> dict[str, Any]:
        """Put a file in; its path, bytes and hash."""
        with self.opened(path) as (stream, told):
            stream.write(content)
        return told

    @contextmanager
    def opened(self, path: str) -> Iterator[tuple[BinaryIO, dict[str, Any]]]:
        """A stream into a file, and what is told of it, complete when the stream is closed.

        The same content has the same bytes whenever it is written.
        """
        entry = zipfile.ZipInfo(path, _EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = _FILE_MODE
        told: dict[str, Any] = {"path": path}
        with self._packed.open(entry, "w", force_zip64=True) as into:
            stream = Counting(into)
            yield stream, told  # type: ignore[misc]
            told |= {"bytes": stream.count, "hash": f"sha256:{stream.digest.hexdigest()}"}


class Counting:
    """A stream to write to that counts and hashes what goes through it."""

    def __init__(self, into: Any) -> None:
        self._into = into
        self.count = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Hand the bytes on."""
        self._into.write(data)
        self.count += len(data)
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""

    @property
    def closed(self) -> bool:
        """Whether it can be written to no more."""
        return bool(self._into.closed)


def write_csv(selection: Selection, out: BinaryIO) -> None:
    """All tables as CSV files; `frictionless validate` accepts them."""
    _write(selection, text_tables.write_csv_table, ".csv", _CSV, out)


def write_parquet(selection: Selection, out: BinaryIO) -> None:
    """All tables as Parquet files, which have their columns described in themselves too."""
    _write(selection, parquet.write_table, ".parquet", _PARQUET, out)


def _write(selection: Selection, write_table: WriteTable, suffix: str, kind: Mapping[str, Any], out: BinaryIO) -> None:
    """Every table by `write_table`, then the codebook, then the description."""
    with zipfile.ZipFile(out, "w") as packed:
        package = Package(packed)
        resources = []
        for name in TABLES:
            with package.opened(f"{name}{suffix}") as (stream, told):
                write_table(selection, name, stream)
            resources.append({"name": name, **told, **kind, "schema": _schema(name)})
        with package.opened("codebook.csv") as (stream, told):
            for piece in csv.stream(records(), CODEBOOK):
                stream.write(piece)
        fields = [{"name": name, "type": "string"} for name in CODEBOOK.columns]
        resources.append({"name": "codebook", **told, **_CSV, "schema": {"fields": fields}})
        package.add("datapackage.json", _description(selection, resources))


_CSV: Mapping[str, Any] = MappingProxyType(
    {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
)

_PARQUET: Mapping[str, Any] = MappingProxyType({"format": "parquet", "mediatype": "application/vnd.apache.parquet"})


def _schema(name: str) -> dict[str, Any]:
    """The columns of a table as Frictionless has them."""
    found: dict[str, Any] = {"fields": [_field(column) for column in columns(name)], "missingValues": [""]}
    if name in _KEYS:
        found["primaryKey"] = _KEYS[name]
    refers = [(column.name, *column.refers.split(".")) for column in columns(name) if column.refers is not None]
    if refers:
        found["foreignKeys"] = [
            {"fields": here, "reference": {"resource": table, "fields": there}} for here, table, there in refers
        ]
    return found


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _FIELDS.get(column.type, "string")}
    field["description"] = column.meaning if not column.unit else f"{column.meaning} Unit: {column.unit}."
    if column.type == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if column.values and column.type == "text":
        field["constraints"] = {"enum": list(column.values)}
    return field


def _description(selection: Selection, resources: list[dict[str, Any]]) -> bytes:
    about = statement(selection.about)
    record = {
        "profile": "data-package",
        "name": "dateline-export",
        "title": f"Claims, events and presences of {selection.about.ledger}",
        "created": selection.about.exported_at,
        "resources": resources,
        "dateline": about | {"records": dict(selection.given)},
    }
    return json.dumps(record, ensure_ascii=True, indent=2).encode("ascii") + b"\n"
