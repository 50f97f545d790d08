"""From `slot=value` as an analyst types it to the record that is kept: resolved when it is judged, never again."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.judging.actors import actor_typed, voice_typed
from dateline.judging.amounts import quantity_typed, time_typed
from dateline.judging.brackets import country, is_nothing, one_of, point
from dateline.judging.places import place_typed
from dateline.model import Claim, Kind, Precision, Scope, Sector, SourceKind, Stance, Unit
from dateline.reconcile.corrections import SLOTS, checked

_YES = {"yes": True, "true": True, "no": False, "false": False}
_FIELDS: dict[str, tuple[type[Any], str]] = {
    "sector": (Sector, "sector"),
    "precision": (Precision, "precision"),
    "unit": (Unit, "unit"),
    "scope": (Scope, "scope"),
}


def assignment(text: str) -> tuple[str, str]:
    """Slot and value of `slot=value`; ValueError where there is no "=" or no such slot.

    >>> assignment("place = Airbase 101, Niamey")
    ('place', 'Airbase 101, Niamey')
    """
    slot, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"{text!r}: write slot=value, as in place=Agadez; slots are {', '.join(SLOTS)}")
    return slot.strip(), value.strip()


def value_typed(slot: str, text: str, claim: Claim) -> Any:
    """The JSON value of what was typed for a slot of a claim, checked; ValueError says what is wrong with it.

    A field (`actor.country`) can only be corrected where the claim, as it is judged now, has the slot.
    """
    if slot not in SLOTS:
        raise ValueError(f"{slot!r} is no slot; there are {', '.join(SLOTS)}")
    if not text.strip():
        raise ValueError(f"{slot}: nothing was given; write {slot}=none where the report does not say it")
    try:
        value = msgspec.to_builtins(_value(slot, text, claim))
    except ValueError as error:
        raise ValueError(f"{slot}: {error}") from None
    checked(slot, value)
    _check_present(slot, claim)
    return value


def _check_present(slot: str, claim: Claim) -> None:
    root, _, field = slot.partition(".")
    if root == "via" or (root == "source" and field):
        if claim.attribution is None:
            raise ValueError(f"{slot}: the claim names no source; correct source first")
    elif field and getattr(claim, root) is None:
        raise ValueError(f"{slot}: the claim has no {root}; correct {root} first")


def _value(slot: str, text: str, claim: Claim) -> Any:
    root, _, field = slot.partition(".")
    if field:
        return _field(slot, field, text)
    whole: dict[str, Any] = {
        "kind": lambda: one_of(Kind, text, what="kind"),
        "stance": lambda: one_of(Stance, text, what="stance"),
        "actor": lambda: actor_typed(text),
        "recipient": lambda: actor_typed(text),
        "place": lambda: place_typed(text, near=_countries(claim)),
        "quantity": lambda: quantity_typed(text, claim.quantity),
        "time": lambda: time_typed(text),
        "source": lambda: voice_typed(text),
        "via": lambda: [] if is_nothing(text) else [part.strip() for part in text.split(";")],
    }
    return whole[root]()


def _field(slot: str, field: str, text: str) -> Any:
    if slot == "source.kind":
        return one_of(SourceKind, text, what="kind of source")
    if slot == "source.anonymous":
        answer = _YES.get(text.strip().casefold())
        if answer is None:
            raise ValueError(f"{text.strip()!r} is neither yes nor no")
        return answer
    if field == "country":
        return country(text)
    if field == "point":
        return None if is_nothing(text) else point(text)
    if field in _FIELDS:
        kind, what = _FIELDS[field]
        return one_of(kind, text, what=what)
    return " ".join(text.split())


def _countries(claim: Claim) -> tuple[str | None, ...]:
    """Countries that a claim speaks of, to tell namesakes by."""
    return (
        None if claim.place is None else claim.place.country,
        None if claim.recipient is None else claim.recipient.country,
    )
