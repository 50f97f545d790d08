"""The formats a ledger is exported to, by name: each writes a selection to a binary stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from dateline.export import acled, geojson, kml, polecat, records
from dateline.export.selection import Selection

Write = Callable[[Selection, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it holds in a few words, the usual suffix of its files, its media type.

    `extra` names the optional dependencies of dateline that it needs.
    """

    what: str
    suffix: str
    media_type: str
    write: Write
    extra: str | None = None


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "jsonl": Format("claims, one whole record a line", ".jsonl", "application/x-ndjson", records.write),
        "acled": Format("events in ACLED's 31 columns", ".csv", "text/csv", acled.write),
        "polecat": Format("events in POLECAT's 40 columns", ".tsv", "text/tab-separated-values", polecat.write),
        "geojson": Format("presences and events as features", ".geojson", "application/geo+json", geojson.write),
        "kml": Format(
            "presences and events with time spans", ".kml", "application/vnd.google-earth.kml+xml", kml.write
        ),
    }
)
