"""The formats a ledger is exported to, by name: each writes a selection to a binary stream.

A format is a module with `write(selection, out)` and a line in `FORMATS`. `selection` is all that it reads
(`dateline.export.selection`); what it says of itself it has from `dateline.export.statement`, and what cannot be
written it refuses with an `ExportError`. The stream need not be seekable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from dateline.export import hxl, package, parquet, text_tables, xlsx
from dateline.export.errors import ExportError
from dateline.export.selection import Selection

Write = Callable[[Selection, BinaryIO], None]
WriteTable = Callable[[Selection, str, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it holds in a few words, the usual suffix of its files, its media type.

    `write` writes what the format is for. A format of tables also has `table`, which writes one of them, and may have
    `package`, which writes all of them into one ZIP file. `extra` names the optional dependencies of dateline that it
    needs.
    """

    what: str
    suffix: str
    media_type: str
    write: Write
    extra: str | None = None
    table: WriteTable | None = None
    package: Write | None = None

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self.media_type.startswith("text/") or any(part in self.media_type for part in ("json", "xml"))

    def written(self, selection: Selection, out: BinaryIO, *, table: str | None = None, package: bool = False) -> None:
        """Write one `table`, a `package` of all tables, or what the format is for.

        ExportError where the format does not have what is asked for.
        """
        if table is not None and package:
            raise ExportError("a .zip file is for all tables: leave --table out, or write to another file")
        if table is not None:
            if self.table is None:
                raise ExportError(f"this format has no single tables ({self.what}): leave --table out")
            self.table(selection, table, out)
        elif package and self.package is not None:
            self.package(selection, out)
        elif package and self.suffix != ".zip":
            raise ExportError(f"this format is not packed: write it to a {self.suffix} file")
        else:
            self.write(selection, out)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format(
            "a table, claims unless --table names another; to a .zip file, all tables as a data package",
            ".csv",
            "text/csv",
            text_tables.write_csv,
            table=text_tables.write_csv_table,
            package=package.write_csv,
        ),
        "xlsx": Format(
            "all tables as a workbook, or the one that --table names",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx.write,
            table=xlsx.write_table,
        ),
        "jsonl": Format(
            "whole records, one a line: claims unless --table names another",
            ".jsonl",
            "application/x-ndjson",
            text_tables.write_jsonl,
            table=text_tables.write_jsonl_table,
        ),
        "parquet": Format(
            "a table with typed columns, claims unless --table names another; to a .zip file, all of them",
            ".parquet",
            "application/vnd.apache.parquet",
            parquet.write,
            extra="parquet",
            table=parquet.write_table,
            package=package.write_parquet,
        ),
        "hxl": Format("presences, a row an assessment, with HXL hashtags", ".csv", "text/csv", hxl.write),
    }
)
