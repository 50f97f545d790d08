"""ACLED's events (CSV with a header): one claim a row. Also reads our own export in ACLED's columns back.

`time_precision` 1 is the day, 2 three days to either side, 3 the month. `geo_precision` 3 is a province. Fatalities of
0 mean that no report told of any: no number. Rows of `Other` have no kind of ours.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from dateline.ingest.claims.fields import Unfit
from dateline.ingest.reference.coded import Coded, Point, around, counted, month_of, number, point, spot, stance_in
from dateline.ingest.reference.names import actor, country_of
from dateline.ingest.reference.table import Cell, Row
from dateline.lexicon.country_codes import by_numeric
from dateline.lexicon.crosswalks import of_acled
from dateline.model import Actor, Kind, Place, Precision, Quantity, Sector, Stance, Unit

NAME: Final = "ACLED"
NEEDED: Final = ("event_id_cnty", "event_date", "event_type", "country")
CONFIDENCE: Final = 0.9
"""Coded by people and reviewed; not measured by us."""

OWN: Final = "dateline"
TOWN: Final = 25_000.0
"""Metres that ACLED's precision 2 ("near a town, a small part of a region") is taken for."""

_FORMATS: Final = ("%d %B %Y", "%d-%B-%Y", "%d-%b-%y", "%d-%b-%Y", "%d/%m/%Y")
_APOSTROPHE: Final = re.compile(r"^'(?=\s*[=+\-@])")
_SECTORS: Final = {
    **dict.fromkeys(("rebel group", "rebel groups", "2"), Sector.REB),
    **dict.fromkeys(("political militia", "political militias", "3", "identity militia", "4"), Sector.REB),
    **dict.fromkeys(("rioters", "5", "protesters", "6", "civilians", "7"), Sector.CIV),
}


def coded(row: Row) -> Coded | None:
    """What a row says; None where it is of no kind of ours."""
    tags = _tags(row.get("tags"))
    own = tags.get("generator", "").startswith(OWN)
    kind = _kind(row, tags if own else {})
    if kind is None:
        return None
    first, last = days(row, tags if own else {})
    code = _country(row)
    return Coded(
        data_set=OWN if own else NAME,
        name=row.need("event_id_cnty"),
        kind=kind,
        actor=_actor(row, 1, tags if own else {}),
        recipient=_actor(row, 2, tags if own else {}),
        place=_place(row, code, tags if own else {}),
        quantity=_quantity(row, tags if own else {}),
        first=first,
        last=last,
        when=row.cell("event_date"),
        stance=stance_in(tags) if own else Stance.ASSERTED,
        citing=row.get("source"),
        title=f"{OWN if own else NAME} {row.need('event_id_cnty')}: {row.get('sub_event_type', 'event_type') or kind}",
        published=_published(row),
        confidence=1.0 if own else CONFIDENCE,
        basis={"kind": f"given as acled {row.get('sub_event_type') or row.get('event_type') or 'nothing'}"},
    )


def _kind(row: Row, tags: dict[str, str]) -> Kind | None:
    given = tags.get("kind")
    if given is not None and given in list(Kind):
        return Kind.PRESENCE if tags.get("change") in ("start", "change") else Kind(given)
    return of_acled(row.get("event_type") or "", row.get("sub_event_type") or "")


def _tags(text: str | None) -> dict[str, str]:
    """ "key=value; key=value" of a cell; other tags are left out."""
    pairs = (part.strip().partition("=") for part in (text or "").split(";"))
    return {key: value for key, equals, value in pairs if equals}


def days(row: Row, tags: dict[str, str]) -> tuple[str | None, str | None]:
    """The first and last day: by our own tags where there are some, else by the date and its precision."""
    if "earliest" in tags or "latest" in tags:
        return tags.get("earliest"), tags.get("latest")
    if tags.get("date") == "report":
        return None, None
    text = row.get("event_date")
    if text is None:
        if tags:
            return None, None
        raise Unfit("event_date is missing")
    day = day_of(text)
    precision = row.get("time_precision") or "1"
    if precision == "1":
        return day, day
    if precision not in ("2", "3"):
        raise Unfit(f"time_precision {precision[:20]!r} is none of 1, 2, 3")
    return around(day, 3) if precision == "2" else month_of(day)


def day_of(text: str) -> str:
    """An ISO day, or one as ACLED has written it over the years ("16 May 2025")."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        pass
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            continue
    raise Unfit(f"event_date {text[:40]!r} is no date")


def _country(row: Row) -> str | None:
    iso = row.get("iso")
    found = by_numeric(int(iso)) if iso is not None and iso.isdecimal() else None
    return found or country_of(row.get("country"))


def _actor(row: Row, number_: int, tags: dict[str, str]) -> Actor | None:
    cell = row.cell(f"actor{number_}")
    if cell is None:
        return None
    given = tags.get(f"actor{number_}_sector")
    sector = Sector(given) if given in list(Sector) else None
    sector = sector or _SECTORS.get((row.get(f"inter{number_}") or "").lower())
    text = _APOSTROPHE.sub("", cell.text)
    if tags:
        state = tags.get(f"actor{number_}_country")
        return Actor(cell.text, cell.start, cell.end, text, state, sector or Sector.UNK)
    return actor(Cell(text, cell.start, cell.end), None, sector)


def _place(row: Row, code: str | None, tags: dict[str, str]) -> Place | None:
    cell = row.cell("location", "admin2", "admin1")
    where = point(row, "latitude", "longitude")
    given = tags.get("place")
    if given in list(Precision):
        precision = Precision(given)
    elif where.lat is None:
        precision = Precision.COUNTRY if cell is None else Precision.REGION
    else:
        precision = Precision.PROVINCE if row.get("geo_precision") == "3" else Precision.SETTLEMENT
    if cell is None or precision is Precision.COUNTRY:
        cell = row.cell("country")
        return None if cell is None else spot(cell, cell.text, code, Precision.COUNTRY, Point(None, None))
    near = tags.get("uncertainty_m")
    wide = float(near) if near is not None else TOWN if row.get("geo_precision") == "2" and not tags else None
    return spot(cell, _APOSTROPHE.sub("", cell.text), code, precision, Point(where.lat, where.lon, wide))


def _quantity(row: Row, tags: dict[str, str]) -> Quantity | None:
    """The dead; of our own rows without any, the number that the act was told by."""
    low, high = (_number(tags, f"fatalities_{name}") for name in ("low", "high"))
    if low is not None or high is not None:
        return counted(row.cell("fatalities"), low, high, Unit.KILLED)
    dead = number(row, "fatalities")
    if dead:
        return counted(row.cell("fatalities"), dead, dead, Unit.KILLED)
    low, high = (_number(tags, f"count_{name}") for name in ("low", "high"))
    unit = tags.get("unit")
    return counted(None, low, high, Unit(unit)) if unit in list(Unit) else None


def _number(tags: dict[str, str], name: str) -> float | None:
    try:
        return float(tags[name])
    except (KeyError, ValueError):
        return None


def _published(row: Row) -> str | None:
    """The day ACLED last changed the row."""
    seconds = number(row, "timestamp")
    return None if not seconds or seconds > 4e9 else datetime.fromtimestamp(seconds, UTC).date().isoformat()
