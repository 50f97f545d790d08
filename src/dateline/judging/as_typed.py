"""A slot of a claim as an analyst would type it (`docs/judgements.md`), to begin a correction from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from dateline.judging.brackets import NOT_KNOWN
from dateline.model import Actor, Claim, Place, Quantity, TimeRange

NOTHING = "none"
"""What is typed where the report does not say it."""


def as_typed(claim: Claim, slot: str) -> str:
    """What a slot holds, so that typing it again changes nothing; fields of slots (`actor.country`) have none.

    A voice without a name and a quantity or time without any bound cannot be typed: they are "".
    """
    return _SLOTS[slot](claim)


def _party(actor: Actor | None) -> str:
    if actor is None:
        return NOTHING
    return f"{_plain(actor.name)} [{actor.country or NOT_KNOWN} {actor.sector}]"


def _place(place: Place | None) -> str:
    if place is None:
        return NOTHING
    point = "" if place.lat is None or place.lon is None else f" {_number(place.lat)},{_number(place.lon)}"
    return f"{_plain(place.name)} [{place.country or NOT_KNOWN} {place.precision}]{point}"


def _quantity(quantity: Quantity | None) -> str:
    if quantity is None:
        return NOTHING
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return ""
    bounds = _number(low) if low == high else f"{_number(low)}..{_number(high)}"
    return f"{bounds} {quantity.unit} {quantity.scope}"


def _time(time: TimeRange | None) -> str:
    if time is None:
        return NOTHING
    first, last = time.earliest, time.latest
    if first is None and last is None:
        return ""
    return str(first) if first == last else f"{first or ''}..{last or ''}"


def _source(claim: Claim) -> str:
    said = claim.attribution
    if said is None:
        return NOTHING
    if said.source is None:
        return ""
    return f"{_plain(said.source.name)} [{said.source_kind}{' anonymous' if said.anonymous else ''}]"


def _via(claim: Claim) -> str:
    said = claim.attribution
    return NOTHING if said is None or not said.via else "; ".join(said.via)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else format(Decimal(repr(value)), "f")


def _plain(name: str) -> str:
    """A name without the brackets that would be taken for those after it."""
    return name.replace("[", "(").replace("]", ")")


_SLOTS: Mapping[str, Callable[[Claim], str]] = MappingProxyType(
    {
        "kind": lambda claim: str(claim.kind),
        "stance": lambda claim: str(claim.stance),
        "actor": lambda claim: _party(claim.actor),
        "recipient": lambda claim: _party(claim.recipient),
        "place": lambda claim: _place(claim.place),
        "quantity": lambda claim: _quantity(claim.quantity),
        "time": lambda claim: _time(claim.time),
        "source": _source,
        "via": _via,
    }
)
TYPED_SLOTS = tuple(_SLOTS)
"""The whole slots, in the order in which a form asks for them."""
