"""troopdata's table of United States forces abroad (CSV with a header): one presence a country and period.

The number is that of active duty (`troops_ad`), else of all (`troops_all`, `troops`). Its users and maintainers say
that 0 may be missing, so a row of 0 gives no claim: nothing here says that no soldier was there.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from dateline.ingest.claims.fields import Unfit
from dateline.ingest.claims.parties import party
from dateline.ingest.reference.coded import Coded, Point, counted, month_of, number, spot
from dateline.ingest.reference.names import country_of
from dateline.ingest.reference.table import Row
from dateline.lexicon.countries import by_code
from dateline.lexicon.country_codes import by_cow
from dateline.model import Actor, Kind, Precision, Sector, Unit

NAME: Final = "troopdata"
NEEDED: Final = ("ccode", "iso3c", "countryname", "year")
STRENGTHS: Final = ("troops_ad", "troops_all", "troops")
CONFIDENCE: Final = 0.8
"""Counts of the sender's own ministry, gathered by researchers; some years are copied forward."""

_FIRST_YEAR: Final = 1900


def coded(row: Row) -> Coded | None:
    """What a row says; None for a row without a number, or of 0."""
    column = next((name for name in STRENGTHS if row.get(name) not in (None, "NA")), None)
    strength = None if column is None else number(row, column)
    if column is None or not strength:
        return None
    code = _host(row)
    state = None if code is None else by_code(code)
    if state is None or code == "USA":
        return None
    first, last = _period(row)
    cell = row.cell("countryname", "iso3c")
    period = first[:7] if first[:7] == last[:7] else f"{first[:7]} to {last[:7]}"
    return Coded(
        data_set=NAME,
        name=f"troopdata {code} {period}",
        kind=Kind.PRESENCE,
        actor=Actor(None, None, None, "United States, armed forces", "USA", Sector.MIL),
        recipient=party(f"{state.name}, government", code),
        place=spot(cell, state.name, code, Precision.COUNTRY, Point(None, None)),
        quantity=counted(row.cell(column), strength, strength, Unit.PERSONNEL),
        first=first,
        last=last,
        when=row.cell("year"),
        citing=row.get("source"),
        title=f"{NAME}: United States forces in {state.name}, {period}",
        confidence=CONFIDENCE,
        basis={"quantity": f"column {column}", "actor": "the data set is of United States forces"},
    )


def _host(row: Row) -> str | None:
    """By the code of ISO; where that is missing by the number of the Correlates of War."""
    found = country_of(row.get("iso3c"))
    cow = row.get("ccode")
    return found or (by_cow(int(cow)) if cow is not None and cow.isdecimal() else None)


def _period(row: Row) -> tuple[str, str]:
    """The month, the quarter or the year of a row."""
    try:
        year = int(float(row.need("year")))
        month, quarter = (row.get(name) for name in ("month", "quarter"))
        if year < _FIRST_YEAR:
            raise ValueError
        if month not in (None, "NA"):
            return month_of(date(year, int(float(month or 0)), 1).isoformat())
        if quarter not in (None, "NA"):
            last = 3 * int(float((quarter or "").upper().lstrip("Q")))
            return date(year, last - 2, 1).isoformat(), month_of(date(year, last, 1).isoformat())[1]
        return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
    except ValueError:
        raise Unfit(f"year {row.get('year')!r}, month {row.get('month')!r} are no time") from None
