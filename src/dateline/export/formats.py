"""The formats a ledger is exported to, by name: each writes a selection to a binary stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from dateline.export import bibtex, csl, ical, records
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
        "ical": Format("dated events, and when forces come and go, as a calendar", ".ics", "text/calendar", ical.write),
        "bibtex": Format("the reports cited, for LaTeX", ".bib", "application/x-bibtex", bibtex.write),
        "csl": Format(
            "the reports cited, for Zotero and Pandoc", ".json", "application/vnd.citationstyles.csl+json", csl.write
        ),
    }
)
