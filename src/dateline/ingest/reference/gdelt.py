"""GDELT's events (61 columns, in 1.0 58; tab-separated, no header): leads, not facts.

A row is what a program took from a page, so its claim is `alleged`, of low confidence, and without any number: counts
of mentions are no counts of anything that happened. Codes of places are FIPS, not ISO: "NG" is Niger, "NI" Nigeria.
The address of the page is kept as that of the row, to be fetched and read.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from dateline.ingest.claims.fields import Unfit
from dateline.ingest.reference.coded import Coded, Point, point, spot
from dateline.ingest.reference.names import actor
from dateline.ingest.reference.table import Row
from dateline.lexicon.countries import by_code
from dateline.lexicon.country_codes import by_fips
from dateline.lexicon.crosswalks import of_cameo
from dateline.model import Actor, Place, Precision, Sector, Stance

NAME: Final = "GDELT"
CONFIDENCE: Final = 0.2
"""About one row in five that is shown on a map was found to be what it says (audits cited in docs/reference.md)."""

_ACTOR: Final = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_ACT: Final = (
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions"),
    *("NumSources", "NumArticles", "AvgTone"),
)


def _columns(place: tuple[str, ...]) -> tuple[str, ...]:
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor1{name}" for name in _ACTOR),
        *(f"Actor2{name}" for name in _ACTOR),
        *_ACT,
        *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in place),
        *("DATEADDED", "SOURCEURL"),
    )


COLUMNS: Final = _columns(("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"))
COLUMNS_1: Final = _columns(("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"))
"""Those of GDELT 1.0."""

_PRECISIONS: Final = {
    "2": Precision.PROVINCE,
    "5": Precision.PROVINCE,
    "3": Precision.SETTLEMENT,
    "4": Precision.SETTLEMENT,
}
_SECTORS: Final = {
    "GOV": Sector.GOV,
    "MIL": Sector.MIL,
    "REB": Sector.REB,
    "SEP": Sector.REB,
    "INS": Sector.REB,
    "UAF": Sector.REB,
    "COP": Sector.POL,
    "OPP": Sector.PTY,
    "IGO": Sector.IGO,
    "NGO": Sector.NGO,
    "MED": Sector.MED,
    "CVL": Sector.CIV,
    "BUS": Sector.BUS,
    "MNC": Sector.BUS,
}


def coded(row: Row) -> Coded | None:
    """What a row says; None where it is of no kind of ours (a bare statement)."""
    kind = of_cameo(row.need("EventCode"))
    if kind is None:
        return None
    name = row.need("GLOBALEVENTID")
    day = _day(row.need("SQLDATE"))
    added = row.get("DATEADDED")
    url = row.get("SOURCEURL")
    address = url if url is not None and url.startswith(("http://", "https://")) else None
    return Coded(
        data_set=NAME,
        name=f"GDELT {name}",
        kind=kind,
        actor=_actor(row, 1),
        recipient=_actor(row, 2),
        place=_place(row),
        first=day,
        last=day,
        when=row.cell("SQLDATE"),
        stance=Stance.ALLEGED,
        citing=url,
        title=f"{NAME} {name}: CAMEO {row.need('EventCode')}",
        published=None if added is None else _day(added[:8]),
        url=address,
        confidence=CONFIDENCE,
        basis={"kind": f"given as cameo {row.need('EventCode')}", "stance": "a machine's reading of a page"},
    )


def is_row(cells: list[str]) -> tuple[str, ...] | None:
    """The columns of a first line that is a row of GDELT, None for any other."""
    columns = {len(COLUMNS): COLUMNS, len(COLUMNS_1): COLUMNS_1}.get(len(cells))
    if columns is None or not cells[0].strip().isdecimal():
        return None
    day, month = cells[1].strip(), cells[2].strip()
    return columns if day.isdecimal() and len(day) == 8 and day.startswith(month) else None


def _day(text: str) -> str:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).isoformat()
    except ValueError:
        raise Unfit(f"{text[:20]!r} is no day") from None


def _actor(row: Row, number: int) -> Actor | None:
    """The actor with the state and the sector that the codes give; a bare code without a name is none."""
    given = row.get(f"Actor{number}CountryCode")
    state = None if given is None else by_code(given)
    sector = _SECTORS.get(row.get(f"Actor{number}Type1Code") or "")
    return actor(row.cell(f"Actor{number}Name"), None if state is None else state.code, sector)


def _place(row: Row) -> Place | None:
    cell = row.cell("ActionGeo_FullName")
    if cell is None:
        return None
    code = by_fips(row.get("ActionGeo_CountryCode") or "")
    precision = _PRECISIONS.get(row.get("ActionGeo_Type") or "")
    if precision is None:
        state = None if code is None else by_code(code)
        name = cell.text if state is None else state.name
        return spot(cell, name, code, Precision.COUNTRY, Point(None, None))
    return spot(cell, cell.text.split(",")[0], code, precision, point(row, "ActionGeo_Lat", "ActionGeo_Long"))
