"""ICEWS events (TSV with a header): one claim a row, coded by machine. An id is one only together with its day."""

from __future__ import annotations

from typing import Final

from dateline.ingest.reference.acled import day_of
from dateline.ingest.reference.coded import Coded, Point, point, spot
from dateline.ingest.reference.names import actor, country_of
from dateline.ingest.reference.table import Row
from dateline.lexicon.crosswalks import of_cameo
from dateline.model import Place, Precision

NAME: Final = "ICEWS"
NEEDED: Final = ("Event ID", "Event Date", "Source Name", "Target Name", "CAMEO Code")
CONFIDENCE: Final = 0.5
"""Coded by machine; not measured by us."""


def coded(row: Row) -> Coded | None:
    """What a row says; None where it is of no kind of ours."""
    code = row.need("CAMEO Code")
    kind = of_cameo(code if code.startswith(("0", "1", "2")) and len(code) > 1 else f"0{code}")
    if kind is None:
        return None
    day = day_of(row.need("Event Date"))
    name = f"{row.need('Event ID')} {day}"
    return Coded(
        data_set=NAME,
        name=f"ICEWS {name}",
        kind=kind,
        actor=actor(row.cell("Source Name"), country_of(row.get("Source Country"))),
        recipient=actor(row.cell("Target Name"), country_of(row.get("Target Country"))),
        place=_place(row),
        first=day,
        last=day,
        when=row.cell("Event Date"),
        citing=row.get("Publisher"),
        title=f"{NAME} {name}: {row.get('Event Text') or code}",
        confidence=CONFIDENCE,
        basis={"kind": f"given as cameo {code}"},
    )


def _place(row: Row) -> Place | None:
    code = country_of(row.get("Country"))
    columns = (("City", Precision.SETTLEMENT), ("District", Precision.DISTRICT), ("Province", Precision.PROVINCE))
    for name, precision in columns:
        cell = row.cell(name)
        if cell is not None:
            return spot(cell, cell.text, code, precision, point(row, "Latitude", "Longitude"))
    cell = row.cell("Country")
    return None if cell is None else spot(cell, cell.text, code, Precision.COUNTRY, Point(None, None))
