"""What a release holds: seven kinds of records, each in a file of JSON Lines in order of id."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dateline.export.listing import Record
from dateline.export.selection import Selection

KINDS = ("documents", "claims", "events", "presences", "disputes", "origins", "judgements")
DERIVED = frozenset({"events", "presences", "disputes", "origins"})
"""Kinds that come of rules and are compared only where the rules are the same."""

_AT_ONCE = 200


def file_of(kind: str) -> str:
    """The name of the file of a kind."""
    return f"{kind}.jsonl"


def records(selection: Selection, kind: str, *, texts: bool) -> Iterator[Record]:
    """The records of a kind; documents with their text where `texts` and the redaction allow it.

    Judgements bear the number of their place in the order they were made: of two that decide one thing the last stands.
    """
    if kind == "documents":
        return _documents(selection) if texts else selection.documents()
    if kind == "judgements":
        return ({"number": at, **one} for at, one in enumerate(selection.judgements(), 1))
    found: Iterator[Record] = getattr(selection, kind)()
    return found


def _documents(selection: Selection) -> Iterator[Record]:
    rest = selection.documents()
    while some := list(islice(rest, _AT_ONCE)):
        known = selection.texts([one["id"] for one in some])
        for one in some:
            yield {**one, "text": known[one["id"]]} if one["id"] in known else one


def members(kind: str, record: Record) -> list[str]:
    """What a derived record is made of: ids of claims, of documents for an origin."""
    if kind == "origins":
        return list(record["documents"])
    if kind == "disputes":
        return [claim for side in record["sides"] for claim in side["claims"]]
    if kind == "presences":
        names = ("supports", "departures", "planned", "alleged", "conditional", "denied")
        return [claim for name in names for claim in record[name]]
    return list(record["claims"])
