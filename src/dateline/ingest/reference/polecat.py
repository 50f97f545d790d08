"""POLECAT's events (TSV with a header): one claim a row. Also reads our own export in POLECAT's columns back.

Some of its files have a `Headline` more in the header, empty columns at the end of rows, `Event Intensity` for
`Intensity`, or Latin-1 bytes: all are read. Rows are coded by machine: their confidence is low, they are never counted
as origins, and they tell no numbers.
"""

from __future__ import annotations

from typing import Final

from dateline.ingest.reference.acled import OWN, day_of
from dateline.ingest.reference.coded import Coded, Point, around, counted, month_of, point, spot, stance_in
from dateline.ingest.reference.names import actor, country_of
from dateline.ingest.reference.table import Cell, Row
from dateline.lexicon.countries import by_code
from dateline.lexicon.country_codes import by_cow
from dateline.lexicon.crosswalks import of_plover
from dateline.model import Actor, Kind, Place, Precision, Quantity, Sector, Unit

NAME: Final = "POLECAT"
NEEDED: Final = ("Event ID", "Event Date", "Event Type", "Event Mode", "Actor Name", "Recipient Name")
CONFIDENCE: Final = 0.5
"""Coded by machine; not measured by us."""

HEADLINE: Final = "Headline"
"""A column that some headers have and their rows have not."""

SECTORS: Final = {"COP": Sector.POL, "PRM": Sector.PMC, "CVL": Sector.CIV, "OPP": Sector.PTY, "UAF": Sector.REB}
"""Sectors of PLOVER that we have under another name."""

_EXTENSION: Final = "dateline:"
_FEATURES: Final = {"ADM1": Precision.PROVINCE, "ADM2": Precision.DISTRICT, "PCLI": Precision.COUNTRY}
_OWN_FEATURES: Final = {"INSM": Precision.SITE, "PPL": Precision.SETTLEMENT, "RGN": Precision.REGION, **_FEATURES}


def coded(row: Row) -> Coded | None:
    """What a row says; None where it is of no kind of ours."""
    told = _extension(row.get("Contexts"))
    own = (row.get("Version") or "").startswith(OWN)
    told = told if own else {}
    kind = _kind(row, told)
    if kind is None:
        return None
    first, last = _days(row, told)
    type_, mode = row.get("Event Type") or "", row.get("Event Mode")
    published = row.get("Publication Date")
    name = row.need("Event ID")
    return Coded(
        data_set=OWN if own else NAME,
        name=name,
        kind=kind,
        actor=_actor(row, "Actor", own=own),
        recipient=_actor(row, "Recipient", own=own),
        place=_place(row, told),
        quantity=_quantity(told),
        first=first,
        last=last,
        when=row.cell("Event Date"),
        stance=stance_in(told),
        citing=row.get("Source"),
        title=row.get(HEADLINE) or f"{OWN if own else NAME} {name}",
        published=None if published is None else day_of(published),
        confidence=1.0 if own else CONFIDENCE,
        basis={"kind": f"given as plover {type_}{'' if mode is None else f' {mode}'}"},
    )


def _extension(contexts: str | None) -> dict[str, str]:
    """What our own rows have among their contexts."""
    parts = (part.strip() for part in (contexts or "").split(";"))
    pairs = (part.removeprefix(_EXTENSION).partition("=") for part in parts if part.startswith(_EXTENSION))
    return {key: value for key, _, value in pairs}


def _kind(row: Row, told: dict[str, str]) -> Kind | None:
    given = told.get("kind")
    if given is not None and given in list(Kind):
        return Kind.PRESENCE if told.get("change") in ("start", "change") else Kind(given)
    return of_plover((row.get("Event Type") or "").upper(), (row.get("Event Mode") or "").lower() or None)


def _days(row: Row, told: dict[str, str]) -> tuple[str | None, str | None]:
    if "earliest" in told or "latest" in told:
        return told.get("earliest"), told.get("latest")
    text = row.get("Event Date")
    if text is None or told.get("date") == "report":
        return None, None
    day = day_of(text)
    precision = told.get("time_precision", "1")
    return around(day, 3) if precision == "2" else month_of(day) if precision == "3" else (day, day)


def _actor(row: Row, role: str, *, own: bool) -> Actor | None:
    cell = row.cell(f"{role} Name")
    if cell is None or cell.text.lower() == "none":
        return None
    code = row.get(f"{role} Country")
    cow = row.get(f"{role} COW")
    country = country_of(code) or (by_cow(int(cow)) if cow is not None and cow.isdecimal() else None)
    given = row.get(f"Primary {role} Sector")
    sector = None if given is None else SECTORS.get(given) or (Sector(given) if given in list(Sector) else None)
    if own:
        return Actor(cell.text, cell.start, cell.end, cell.text, country, sector or Sector.UNK)
    return actor(cell, country, sector)


def _place(row: Row, told: dict[str, str]) -> Place | None:
    code = country_of(row.get("Country"))
    feature = row.get("Feature Type") or ""
    if told:
        precision = _OWN_FEATURES.get(feature)
        cell = row.cell("Placename")
    else:
        cell, precision = _smallest(row, feature)
    if cell is None:
        cell = row.cell("Country")
        state = None if code is None else by_code(code)
        name = cell.text if state is None and cell is not None else "" if state is None else state.name
        return None if cell is None else spot(cell, name, code, Precision.COUNTRY, Point(None, None))
    where = point(row, "Latitude", "Longitude")
    near = told.get("uncertainty_m")
    wide = None if near is None else float(near)
    return spot(cell, cell.text, code, precision or Precision.REGION, Point(where.lat, where.lon, wide))


def _smallest(row: Row, feature: str) -> tuple[Cell | None, Precision]:
    """The smallest place that a row names, and how exact that is."""
    if feature in _FEATURES and row.cell("Placename") is not None:
        return row.cell("Placename"), _FEATURES[feature]
    columns = (("City", Precision.SETTLEMENT), ("District", Precision.DISTRICT), ("Province", Precision.PROVINCE))
    for name, precision in columns:
        cell = row.cell(name)
        if cell is not None:
            return cell, precision
    return None, Precision.COUNTRY


def _quantity(told: dict[str, str]) -> Quantity | None:
    """The number of a row of ours: the dead, else what the act was told by."""
    for name in ("fatalities", "count"):
        unit = told.get(f"{name}_unit")
        low, high = _number(told.get(f"{name}_low")), _number(told.get(f"{name}_high"))
        if unit in list(Unit) and (low is not None or high is not None):
            return counted(None, low, high, Unit(unit))
    return None


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
