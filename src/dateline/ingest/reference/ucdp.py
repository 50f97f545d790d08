"""UCDP's georeferenced events (GED, CSV): one attack a row, with or without a header.

Deaths are a range: `low` to `high`, with `best` told in the basis; zeros alone are no number. `where_prec` 1 and 2 are
towns, 3 a district, 4 a province; 5 to 7 (a line, a country, a sea) have no point, though UCDP puts one there.
"""

from __future__ import annotations

import re
from typing import Final

from dateline.ingest.claims.fields import Unfit
from dateline.ingest.reference.coded import Coded, Point, counted, number, point, spot
from dateline.ingest.reference.names import actor, country_of
from dateline.ingest.reference.table import Row
from dateline.lexicon.country_codes import by_gw
from dateline.model import Kind, Place, Precision, Quantity, Unit

NAME: Final = "UCDP GED"
NEEDED: Final = ("type_of_violence", "side_a", "side_b", "date_start", "best")
CONFIDENCE: Final = 0.9
"""Coded by people and reviewed; not measured by us."""

COLUMNS: Final = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id"),
    *("conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a"),
    *("side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description"),
    *("adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians"),
    *("deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
"""The 49 columns of a release; some candidate releases come without a header."""

_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T].*)?$")
_PRECISIONS: Final = {
    "1": (Precision.SETTLEMENT, None, "where_coordinates"),
    "2": (Precision.SETTLEMENT, 25_000.0, "where_coordinates"),
    "3": (Precision.DISTRICT, None, "adm_2"),
    "4": (Precision.PROVINCE, None, "adm_1"),
    "5": (Precision.REGION, None, "where_coordinates"),
    "6": (Precision.COUNTRY, None, "country"),
    "7": (Precision.REGION, None, "where_coordinates"),
}


def coded(row: Row) -> Coded | None:
    """What a row says."""
    first, last = _day(row, "date_start"), _day(row, "date_end")
    if first is not None and last is not None and last < first:
        raise Unfit(f"date_end {last} is before date_start {first}")
    best = row.get("best") or "?"
    bounds = f"best {best}, low {row.get('low') or '?'}, high {row.get('high') or '?'}"
    name = row.get("relid", "id")
    return Coded(
        data_set=NAME,
        name=name,
        kind=Kind.ATTACK,
        actor=actor(row.cell("side_a")),
        recipient=actor(row.cell("side_b")),
        place=_place(row),
        quantity=_deaths(row),
        first=first,
        last=last,
        when=row.cell("date_start"),
        citing=row.get("source_article", "source_office"),
        title=f"{NAME} {name or ''}: {row.get('dyad_name') or row.get('conflict_name') or 'attack'}",
        confidence=CONFIDENCE,
        basis={
            "kind": f"given as type of violence {row.get('type_of_violence') or '?'}",
            "quantity": f"{bounds} ({NAME})",
        },
    )


def is_headless(cells: list[str]) -> bool:
    """Whether a first line is a row of the 49 columns already: numbers and days where UCDP has them."""
    if len(cells) != len(COLUMNS):
        return False
    at = {name: cells[place].strip() for place, name in enumerate(COLUMNS)}
    return at["type_of_violence"] in ("1", "2", "3") and _DAY.match(at["date_start"]) is not None


def _deaths(row: Row) -> Quantity | None:
    """Low to high; where one of them is missing, the best number stands for it."""
    best, low, high = (number(row, name) for name in ("best", "low", "high"))
    return counted(row.cell("best"), best if low is None else low, best if high is None else high, Unit.KILLED)


def _day(row: Row, name: str) -> str | None:
    text = row.get(name)
    if text is None:
        return None
    match = _DAY.match(text)
    if match is None:
        raise Unfit(f"{name} {text[:40]!r} is no date")
    return match.group(1)


def _place(row: Row) -> Place | None:
    gw = row.get("country_id")
    code = (by_gw(int(gw)) if gw is not None and gw.isdecimal() else None) or country_of(row.get("country"))
    precision, wide, column = _PRECISIONS.get(row.get("where_prec") or "6", _PRECISIONS["6"])
    cell = row.cell(column, "adm_2", "adm_1", "country")
    if cell is None:
        return None
    where = point(row, "latitude", "longitude")
    return spot(cell, cell.text, code, precision, Point(where.lat, where.lon, wide))
