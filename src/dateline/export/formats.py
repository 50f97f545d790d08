"""The formats a ledger is exported to, by name: each writes a selection to a binary stream.

A format is a module with `write(selection, out)` and a line in `FORMATS`. `selection` is all that it reads
(`dateline.export.selection`); what it says of itself it has from `dateline.export.statement`, and what cannot be
written it refuses with an `ExportError`. The stream need not be seekable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from dateline.export import (
    acled,
    annotation,
    bibtex,
    csl,
    ftm,
    geojson,
    hxl,
    ical,
    kml,
    package,
    parquet,
    polecat,
    prov,
    stix,
    text_tables,
    xlsx,
)
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
        kind, _, name = self.media_type.partition("/")
        return kind == "text" or any(part in ("json", "xml", "ndjson") for part in re.split(r"[+-]", name))

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
        "acled": Format("events in ACLED's 31 columns", ".csv", "text/csv", acled.write),
        "polecat": Format("events in POLECAT's 40 columns", ".tsv", "text/tab-separated-values", polecat.write),
        "geojson": Format("presences and events as features", ".geojson", "application/geo+json", geojson.write),
        "kml": Format(
            "presences and events with time spans", ".kml", "application/vnd.google-earth.kml+xml", kml.write
        ),
        "annotation": Format(
            "W3C Web Annotations of the evidence of claims", ".jsonld", "application/ld+json", annotation.write
        ),
        "ftm": Format("FollowTheMoney entities of all of it", ".ftm.json", "application/json+ftm", ftm.write),
        "ftm-statements": Format("the same as FollowTheMoney statements", ".csv", "text/csv", ftm.write_statements),
        "stix": Format("a STIX 2.1 bundle of all of it", ".json", "application/stix+json", stix.write),
        "prov": Format("what came from what, by whose doing (W3C PROV)", ".json", "application/json", prov.write),
        "ical": Format("dated events, and when forces come and go, as a calendar", ".ics", "text/calendar", ical.write),
        "bibtex": Format("the reports cited, for LaTeX", ".bib", "application/x-bibtex", bibtex.write),
        "csl": Format(
            "the reports cited, for Zotero and Pandoc", ".json", "application/vnd.citationstyles.csl+json", csl.write
        ),
    }
)
