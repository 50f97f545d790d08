"""HXL 1.1: presences as CSV with a row of hashtags below the heading, for humanitarian data tools.

https://hxlstandard.org/standard/1-1final/
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import BinaryIO

from dateline.export import csv
from dateline.export.listing import Record, Row, Shape
from dateline.export.selection import Selection
from dateline.lexicon import countries

TAGS: Mapping[str, str] = MappingProxyType(
    {
        "presence": "#meta+id",
        "force": "#group+name+force",
        "force_country": "#country+code+v_iso3+force",
        "sector": "#group+type",
        "host": "#country+name+host",
        "host_code": "#country+code+v_iso3+host",
        "site": "#loc+name",
        "lat": "#geo+lat",
        "lon": "#geo+lon",
        "stance": "#x_stance",
        "status": "#status",
        "start": "#date+start",
        "end": "#date+end",
        "as_of": "#date+reported",
        "low": "#x_strength+num+low",
        "high": "#x_strength+num+high",
        "scope": "#x_strength+scope",
        "origins": "#x_origins+num",
        "reason": "#description",
        "claims": "#meta+source+claims",
    }
)
"""The columns in their order, with their tags; tags that begin with #x_ are ours, as the standard allows."""


def write(selection: Selection, out: BinaryIO) -> None:
    """One row an assessment: an interval of a presence, or what is planned, alleged, denied or conditional (#x_stance).

    Empty is not said; only 0 in both strengths is "gone".
    """
    for piece in csv.stream(selection.assessments(), _SHAPE, tags=tuple(TAGS.values())):
        out.write(piece)


def _flat(record: Record) -> Row:
    row: Row = {name: record[name] for name in TAGS if name in record}
    country = countries.by_code(record["host"])
    row["host"] = record["host"] if country is None else country.name
    row["host_code"] = None if country is None else country.code
    return row | {"claims": "; ".join(record["supports"])}


def _brief(record: Record) -> dict[str, str]:
    return {name: str(record[name] or "") for name in ("host", "force", "start", "end")}


_SHAPE = Shape(_flat, _brief, tuple(TAGS))
