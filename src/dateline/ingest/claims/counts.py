"""Quantities given as bounds and a unit, with the part of the whole that the words of the claim speak of."""

from __future__ import annotations

from dateline.ingest.claims.fields import Record, Unfit, number, words
from dateline.lexicon.given_claims import given_words
from dateline.model import Kind, Quantity, Scope, Unit

_MOVING = frozenset({Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.REDEPLOYMENT})
_PEOPLE = frozenset({Unit.PERSONNEL, Unit.PEOPLE})


def quantity(record: Record, kind: Kind, paraphrase: str) -> Quantity | None:
    """The bounds in `low` and `high` of what `unit` counts; a unit of no list of ours is `other`, its words kept."""
    low, high = number(record, "low"), number(record, "high")
    if low is None and high is None:
        return None
    if low is not None and high is not None and high < low:
        raise Unfit(f"high {high:g} is below low {low:g}")
    given = words(record, "unit") or ""
    unit = given_words().units.get(given.lower(), Unit.OTHER)
    written = "-".join(f"{bound:g}" for bound in dict.fromkeys((low, high)) if bound is not None)
    return Quantity(f"{written} {given}".strip(), None, None, low, high, unit, scope(kind, paraphrase, low, unit))


def scope(kind: Kind, paraphrase: str, low: float | None, unit: Unit) -> Scope:
    """What a number is of: a stay is a total, a coming or going a part, unless the words say otherwise."""
    given = given_words()
    if unit in _PEOPLE and given.cumulative.search(paraphrase) is not None:
        return Scope.PART
    if low is None and given.ceiling.search(paraphrase) is not None:
        return Scope.CEILING
    if kind in (Kind.PRESENCE, Kind.WITHDRAWAL) and given.remaining.search(paraphrase) is not None:
        return Scope.REMAINING
    return Scope.PART if kind in _MOVING else Scope.TOTAL
