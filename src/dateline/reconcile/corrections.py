"""Slots of a claim as an analyst corrected them: which there are, what they may hold, and the claim with them in place.

A correction is of a whole slot (`place`) or of one field of it (`place.country`). Values are plain JSON types, whole
records of the model, so that they mean the same whatever the lexicon says later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import msgspec

from dateline.lexicon.countries import by_code
from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Kind,
    Place,
    Precision,
    Quantity,
    Quote,
    Scope,
    Sector,
    Source,
    SourceKind,
    Stance,
    TimeRange,
    Unit,
)

POINTLESS = frozenset({Precision.COUNTRY, Precision.REGION})


@dataclass(frozen=True, slots=True)
class Correction:
    """What one judgement makes of a slot: `to` is a record of JSON types, or None for "not said"."""

    judgement: str
    slot: str
    to: Any
    analyst: str


class Voice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The value of the slot `source`: who says it, what kind of voice that is, and whether the person is withheld."""

    source: Source | None
    source_kind: SourceKind
    anonymous: bool


_TYPES: Mapping[str, Any] = MappingProxyType(
    {
        "kind": Kind,
        "stance": Stance,
        "actor": Actor | None,
        "recipient": Actor | None,
        "place": Place | None,
        "quantity": Quantity | None,
        "time": TimeRange | None,
        "source": Voice | None,
        "via": tuple[str, ...],
        **{
            f"{party}.{field}": kind
            for party in ("actor", "recipient")
            for field, kind in (("name", str), ("country", str | None), ("sector", Sector))
        },
        "place.name": str,
        "place.country": str | None,
        "place.precision": Precision,
        "place.point": tuple[float, float] | None,
        "quantity.unit": Unit,
        "quantity.scope": Scope,
        "source.kind": SourceKind,
        "source.anonymous": bool,
    }
)
SLOTS = tuple(_TYPES)
"""What can be corrected: the slots of a claim, and fields of them after a point."""


def checked(slot: str, to: Any) -> Any:
    """The model value of a correction; ValueError says what is wrong with the slot or the value."""
    if slot not in _TYPES:
        raise ValueError(f"{slot!r} is no slot; there are {', '.join(SLOTS)}")
    try:
        value = msgspec.convert(to, _TYPES[slot])
    except msgspec.ValidationError as error:
        raise ValueError(f"{slot}: {error}") from error
    check = _CHECKS.get(slot.partition(".")[0] if isinstance(value, (Actor, Place)) else slot)
    objection = None if check is None or value is None else check(value)
    if objection is not None:
        raise ValueError(f"{slot}: {objection}")
    return value


def _check_actor(actor: Actor) -> str | None:
    return _check_name(actor.name) or _check_country(actor.country)


def _check_name(name: str) -> str | None:
    return None if name.strip() else "the name is empty"


def _check_country(code: str | None) -> str | None:
    known = None if code is None else by_code(code)
    return None if code is None or (known and known.code == code) else f"{code!r} is no alpha-3 code such as NER"


def _check_place(place: Place) -> str | None:
    objection = _check_name(place.name) or _check_country(place.country)
    if objection is not None:
        return objection
    if (place.lat is None) != (place.lon is None):
        return "a point needs latitude and longitude"
    if place.lat is None or place.lon is None:
        return None
    return "a country or region has no point" if place.precision in POINTLESS else _check_point((place.lat, place.lon))


def _check_point(point: tuple[float, float]) -> str | None:
    inside = abs(point[0]) <= 90 and abs(point[1]) <= 180
    return None if inside else "the point is not on the globe: write LAT,LON in degrees"


def _check_quantity(quantity: Quantity) -> str | None:
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return "a quantity needs a bound"
    if (low or 0) < 0 or (high or 0) < 0:
        return "a quantity is not below zero"
    return f"{low:g} is more than {high:g}" if low is not None and high is not None and low > high else None


def _check_time(time: TimeRange) -> str | None:
    bounds = [day for day in (time.earliest, time.latest) if day is not None]
    if not bounds:
        return "a time needs a day on one side"
    for day in bounds:
        try:
            real = date.fromisoformat(day).isoformat() == day
        except ValueError:
            real = False
        if not real:
            return f"{day!r} is no day such as 2024-05-04"
    return f"{bounds[0]} is after {bounds[1]}" if bounds != sorted(bounds) else None


def _check_voice(voice: Voice) -> str | None:
    return None if voice.source is None else _check_name(voice.source.name)


def _check_relays(names: tuple[str, ...]) -> str | None:
    return None if all(name.strip() for name in names) else "the name of a relay is empty"


_CHECKS: Mapping[str, Callable[[Any], str | None]] = MappingProxyType(
    {
        "actor": _check_actor,
        "recipient": _check_actor,
        "place": _check_place,
        "quantity": _check_quantity,
        "time": _check_time,
        "source": _check_voice,
        "via": _check_relays,
        "actor.name": _check_name,
        "recipient.name": _check_name,
        "place.name": _check_name,
        "actor.country": _check_country,
        "recipient.country": _check_country,
        "place.country": _check_country,
        "place.point": _check_point,
    }
)


def standing(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those that still tell, in their order: the last of a field, and of a slot with the fields corrected after it."""
    last: dict[str, Correction] = {}
    for correction in corrections:
        if "." not in correction.slot:
            for slot in [slot for slot in last if slot.startswith(f"{correction.slot}.")]:
                del last[slot]
        last.pop(correction.slot, None)
        last[correction.slot] = correction
    return tuple(last.values())


def corrected(claim: Claim, corrections: Sequence[Correction]) -> Claim:
    """The claim with corrections applied in order; its id, evidence, words and confidence stay.

    The basis of a slot says who corrected it. A field of a slot that the claim does not have is left alone.
    """
    by: dict[str, list[str]] = {}
    for correction in corrections:
        value = checked(correction.slot, correction.to)
        root = correction.slot.partition(".")[0]
        changed = _applied(claim, correction.slot, value)
        if changed is None:
            continue
        claim = changed
        names = by.setdefault("attribution" if root in ("source", "via") else root, [])
        if correction.analyst not in names:
            names.append(correction.analyst)
    told = {slot: f"corrected by {' and '.join(names)}" for slot, names in by.items()}
    return replace(claim, basis={**claim.basis, **told}) if told else claim


def _applied(claim: Claim, slot: str, value: Any) -> Claim | None:
    """The claim with one value in place, None where there is nothing to put it into."""
    root, _, field = slot.partition(".")
    if root in ("source", "via"):
        return _attributed(claim, slot, value)
    if not field:
        return replace(claim, **{root: value})
    part = getattr(claim, root)
    if part is None:
        return None
    if root == "place":
        return replace(claim, place=_placed(part, field, value))
    return replace(claim, **{root: replace(part, **{field: value})})


def _placed(place: Place, field: str, value: Any) -> Place:
    """The place with one field changed; a point that does not go with it is dropped."""
    if field == "point":
        lat, lon = (None, None) if value is None or place.precision in POINTLESS else value
        return replace(place, lat=lat, lon=lon, uncertainty=None, alternatives=())
    changed = replace(place, **{field: value})
    if changed.precision in POINTLESS:
        return replace(changed, lat=None, lon=None, uncertainty=None)
    return changed


def _attributed(claim: Claim, slot: str, value: Any) -> Claim | None:
    said = claim.attribution
    if slot == "source":
        if value is None:
            return replace(claim, attribution=None)
        if said is None:
            said = Attribution(None, SourceKind.UNKNOWN, False, None, Quote.INDIRECT)
        return replace(
            claim,
            attribution=replace(said, source=value.source, source_kind=value.source_kind, anonymous=value.anonymous),
        )
    if said is None:
        return None
    field = {"via": "via", "source.kind": "source_kind", "source.anonymous": "anonymous"}[slot]
    return replace(claim, attribution=replace(said, **{field: value}))
