"""Presences as rows, one an assessment: an interval in which a force stood somewhere, or what is only said apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.listing import Record, Row, Shape

APART = ("planned", "alleged", "denied", "conditional")
"""Stances that never enter an interval."""

_WHOSE = ("force", "force_country", "sector", "deployment", "host")
_CLAIMS = ("supports", "contradicts")


def assessments(presence: Record) -> Iterator[Record]:
    """The rows of a presence: the intervals of the country, those of each site, then what is said apart.

    What is planned, alleged, denied or conditional has rows of its own with that stance, one for each figure and one
    for all claims that give none; they have no interval, and nothing is added up.
    """
    shared = {"presence": presence["id"], "status": presence["status"]} | {name: presence[name] for name in _WHOSE}
    whole: Record = {"site": None, "lat": None, "lon": None, "steps": presence["series"]}
    for place in (whole, *presence["at_sites"]):
        where = {name: place[name] for name in ("site", "lat", "lon")}
        for step in place["steps"]:
            yield {**_NOTHING, **shared, **where, "stance": "asserted", **step}
    for stance in APART:
        for row in _apart(stance, presence[stance], presence["strengths"]):
            yield {**_NOTHING, **shared, "stance": stance, **row}


def _apart(stance: str, claims: Sequence[str], strengths: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """The figures of one stance, then the claims that have none."""
    figures = [one for one in strengths if one["stance"] == stance]
    for one in figures:
        yield {"low": one["low"], "high": one["high"], "scope": one["scope"], "as_of": one["day"]} | {
            "supports": [one["claim"]]
        }
    bare = [claim for claim in claims if claim not in {one["claim"] for one in figures}]
    if bare:
        yield {"supports": bare}


_COLUMNS = (
    *("presence", *_WHOSE, "site", "lat", "lon", "status", "stance"),
    *("start", "start_precise", "start_asserted", "end", "end_precise", "end_asserted"),
    *("low", "high", "scope", "as_of", "carried", "origins", "reason", *_CLAIMS),
)
_NOTHING: Record = dict.fromkeys(_COLUMNS) | {name: () for name in _CLAIMS}


def _flat(record: Record) -> Row:
    return {name: record[name] for name in _COLUMNS} | {name: "; ".join(record[name]) for name in _CLAIMS}


def _brief(record: Record) -> dict[str, str]:
    return {name: str(record[name] or "") for name in ("host", "force", "site", "stance", "start", "end")}


ASSESSMENTS = Shape(_flat, _brief, _COLUMNS)
"""The table of presences."""
