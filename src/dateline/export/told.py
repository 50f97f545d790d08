"""A claim, a presence and a place in a plain sentence, for formats whose readers see text first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dateline.export.listing import Record
from dateline.export.safe import visible
from dateline.export.shapes import voice
from dateline.export.words import amount, days

_STANCE: Mapping[str, str] = MappingProxyType(
    {
        "asserted": "According to",
        "alleged": "Alleged by",
        "denied": "Denied by",
        "planned": "Planned, according to",
        "conditional": "On a condition, according to",
    }
)


def claim_sentence(record: Record) -> str:
    """Who says what, with the stance first: nobody can read a denial as the deed.

    "Denied by Lloyd Austin via Reuters: deployment by Russia, armed forces at Airbase 101 (NER), 60 personnel (part)".
    """
    return visible(f"{_STANCE[record['stance']]} {voice(record['attribution'], record['document'])}: {matter(record)}")


def claim_name(record: Record) -> str:
    """What is claimed, with its stance before it unless it is plainly asserted, for a heading."""
    stance = "" if record["stance"] == "asserted" else f"[{record['stance']}] "
    return visible(f"{stance}{matter(record)}")


def matter(record: Record) -> str:
    """What a claim is about, without who says it."""
    parts = [record["kind"].replace("_", " ")]
    if record["actor"] is not None:
        parts.append(f"by {record['actor']['name']}")
    if record["recipient"] is not None:
        parts.append(f"towards {record['recipient']['name']}")
    if record["place"] is not None:
        parts.append(f"at {place_name(record['place'])}")
    tail = [part for part in (how_many(record["quantity"]), when(record["time"])) if part]
    return ", ".join([" ".join(parts), *tail])


def place_name(place: Record) -> str:
    """A place with its country where that is known: "Gao (MLI)"."""
    name, country = str(place["name"]), place["country"]
    return name if country is None or place["precision"] == "country" else f"{name} ({country})"


def how_many(quantity: Record | None) -> str:
    """A quantity with what it counts and of what it is a part; the words of the report where it has no bounds."""
    if quantity is None:
        return ""
    bounds = amount(quantity["low"], quantity["high"])
    said = bounds or f"\u201c{quantity['text'] or '?'}\u201d"
    scope = "" if quantity["scope"] == "total" else f" ({quantity['scope']})"
    return f"{said} {quantity['unit']}{scope}"


def when(time: Record | None) -> str:
    """A time as days."""
    return "" if time is None else days(time["earliest"], time["latest"])
