"""The columns of the log: what was added when, by whom and why, and what of it still stands."""

from __future__ import annotations

from dateline.export.listing import Record, Row, Shape
from dateline.export.words import short_id

_JUDGEMENT = ("analyst", "verdict", "matter", "reason")
_SECONDS = 19


def _flat(record: Record) -> Row:
    names = ("number", "recorded_at", "what", "item", "told", "run", "extractor", "claims", "outlet", "title")
    row: Row = {name: record[name] for name in names}
    judgement = record["judgement"]
    row |= {name: None if judgement is None else judgement[name] for name in _JUDGEMENT}
    row["targets"] = "" if judgement is None else "; ".join(judgement["targets"])
    row["undone_by"] = record["undone_by"]
    return row


def _brief(record: Record) -> dict[str, str]:
    judgement = record["judgement"] or {}
    at = record["recorded_at"]
    return {
        "when (UTC)": "before the log" if at is None else at[:_SECONDS].replace("T", " "),
        "analyst": judgement.get("analyst", ""),
        "what": judgement.get("verdict", record["what"]),
        "told": record["told"],
        "reason": judgement.get("reason", ""),
        "undone by": short_id(record["undone_by"] or ""),
        "id": short_id(record["item"]),
    }


LOG = Shape(
    _flat,
    _brief,
    (
        *("number", "recorded_at", "what", "item", "analyst", "verdict", "matter", "reason", "told", "targets"),
        *("undone_by", "run", "extractor", "claims", "outlet", "title"),
    ),
    ("told",),
)
