"""Codes of countries in other schemes: ISO numbers, FIPS 10-4, Correlates of War, Gleditsch and Ward, ACLED's regions.

The table (`country_codes.tsv`) is written for this project from general knowledge; no other data set is copied. It has
a row for every state of `countries.tsv`. A territory without a code of a scheme has none there.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Codes:
    """One country under its alpha-3 `code`.

    `numeric` is ISO 3166-1; `fips` the codes of FIPS 10-4 (two for Palestine and Serbia), which GDELT has; `cow` that
    of the Correlates of War, `gw` that of Gleditsch and Ward, which UCDP has; `region` ACLED's name of the region.
    """

    code: str
    numeric: int | None
    fips: tuple[str, ...]
    cow: int | None
    gw: int | None
    region: str


def codes_of(code: str) -> Codes | None:
    """The codes of a country by its alpha-3 code."""
    return _table().get(code)


def by_numeric(number: int) -> str | None:
    """The alpha-3 code of an ISO 3166-1 number."""
    return _numeric().get(number)


def by_fips(code: str) -> str | None:
    """The alpha-3 code of a FIPS 10-4 code: "NG" is Niger, "NI" Nigeria."""
    return _fips().get(code)


def by_cow(number: int) -> str | None:
    """The alpha-3 code of a number of the Correlates of War."""
    return _cow().get(number)


def by_gw(number: int) -> str | None:
    """The alpha-3 code of a number of Gleditsch and Ward."""
    return _gw().get(number)


@cache
def _table() -> dict[str, Codes]:
    source = files("dateline.lexicon").joinpath("country_codes.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["code"]: _codes(row) for row in rows}


def _codes(row: dict[str, str]) -> Codes:
    numeric, cow, gw = (int(row[name]) if row[name] else None for name in ("numeric", "cow", "gw"))
    return Codes(row["code"], numeric, tuple(filter(None, row["fips"].split("|"))), cow, gw, row["region"])


@cache
def _numeric() -> dict[int, str]:
    return {one.numeric: one.code for one in _table().values() if one.numeric is not None}


@cache
def _fips() -> dict[str, str]:
    return {fips: one.code for one in _table().values() for fips in one.fips}


@cache
def _cow() -> dict[int, str]:
    return {one.cow: one.code for one in _table().values() if one.cow is not None}


@cache
def _gw() -> dict[int, str]:
    return {one.gw: one.code for one in _table().values() if one.gw is not None}
