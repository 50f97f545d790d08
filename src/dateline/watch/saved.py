"""Saved searches: what an alert looks for, by the filters that the listing of its matter has."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from dateline.model import DisputeKind, DisputeStatus, Kind, Sector, Stage, Stance, Standing
from dateline.store import Filters, country_code
from dateline.watch.checking import Table


class About(StrEnum):
    """What an alert is about."""

    CLAIMS = "claims"
    PRESENCES = "presences"
    EVENTS = "events"
    DISPUTES = "disputes"


_WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "kind": Kind,
    "stance": Stance,
    "status": Standing,
    "stage": Stage,
    "type": DisputeKind,
    "state": DisputeStatus,
    "sector": Sector,
}
_DAYS: Final = ("since", "until")
FIELDS: Final[Mapping[About, tuple[str, ...]]] = {
    About.CLAIMS: (
        *("kind", "kinds", "actor", "recipient", "host", "place", "stance", "stances", "source", "sector"),
        *("since", "until", "text", "confidence_from"),
    ),
    About.PRESENCES: ("host", "actor", "place", "status", "since"),
    About.EVENTS: ("kind", "actor", "recipient", "host", "place", "stage", "origins", "since", "until"),
    About.DISPUTES: ("type", "state", "host", "actor", "text", "since", "until"),
}
"""The filters of `dateline.store.Filters` that apply to each matter."""


def filters(table: Table, about: About) -> Filters:
    """The filters in an alert's `where`; what is none, or not of that matter, is told."""
    found: dict[str, Any] = {}
    for key in FIELDS[about]:
        value = _value(table, key)
        if value is not None:
            found[key] = value
    table.end()
    return Filters(**found)


def _value(table: Table, key: str) -> Any:
    if key in _WORDS:
        return table.word(key, _WORDS[key])
    if key == "kinds":
        return table.words(key, Kind) or None
    if key == "stances":
        return table.words(key, Stance) or None
    if key == "confidence_from":
        return table.fraction(key)
    if key == "origins":
        return table.number(key, 1, 1, 1000) if table.has(key) else None
    value = table.text(key)
    if value is None:
        return None
    return _day(table, key, value) if key in _DAYS else _country(table, value) if key == "host" else value


def _day(table: Table, key: str, value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        table.wrong(key, f"{value!r} must be a day, as 2024-05-04")
        return None


def _country(table: Table, value: str) -> str | None:
    from dateline.lexicon.countries import countries

    code = country_code(value)
    if code is None:
        near = difflib.get_close_matches(value.title(), [country.name for country in countries()], n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        table.wrong("host", f"{value!r} must be a country, by name or alpha-3 code such as NER{hint}")
    return code
