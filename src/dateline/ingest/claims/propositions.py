"""One claim of a fact sheet as a claim of ours: its kind, stance, parties, place, number, time and source."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from dateline.ingest.claims.counts import quantity
from dateline.ingest.claims.fields import Record, Unfit, country, days, name_at, needed, record_at
from dateline.ingest.claims.imported import VERSION, Log
from dateline.ingest.claims.parties import party
from dateline.ingest.claims.spots import Scene, is_region, spot
from dateline.ingest.claims.voices import Carrier, attribution
from dateline.lexicon.countries import by_code
from dateline.lexicon.given_claims import given_words
from dateline.model import (
    Actor,
    Claim,
    Document,
    Evidence,
    Kind,
    Place,
    Precision,
    Quantity,
    Sector,
    Stance,
    TimeBasis,
    TimeRange,
    content_id,
)

T = TypeVar("T")

_HOSTED: Final = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL})
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_STATED = re.compile(rf"(?i)\b\d{{1,2}}\s+(?:{_MONTHS})|\b(?:{_MONTHS})[a-z]*\s+\d|\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Given:
    """A claim as it was given, the report it stands in and where its issues go."""

    record: Record
    text: str
    document: Document
    carrier: Carrier
    log: Log

    @property
    def name(self) -> str | None:
        """The id it has elsewhere."""
        value = self.record.get("claim_id")
        return value if isinstance(value, str) and 0 < len(value) <= 200 else None

    def tried(self, read: Callable[[Given], T]) -> T | None:
        """What `read` makes of it, or None and an issue where a value is unfit."""
        return self.log.tried(partial(read, self), self.name)


def proposition(given: Given, evidence: Evidence) -> Claim | None:
    """The claim, or None and an issue where it is of no kind or stance of ours.

    A slot whose value is unfit stays empty, with an issue.
    """
    kind, stance = given.tried(_kind), given.tried(_stance)
    if kind is None or stance is None:
        return None
    actor = given.tried(partial(_party, key="actor"))
    place = given.tried(partial(_place, kind=kind))
    recipient = given.tried(partial(_recipient, kind=kind, actor=actor, place=place))
    many = given.tried(partial(_quantity, kind=kind))
    time = given.tried(_time)
    said = given.tried(lambda one: attribution(one.record, one.carrier))
    slots = {"actor": actor, "recipient": recipient, "place": place, "quantity": many, "time": time}
    basis = {name: "given" for name, slot in slots.items() if slot is not None}
    basis["kind"] = f"given as {given.record.get('event_type')}"
    basis["stance"] = f"given as {given.record.get('status')}"
    parts = (VERSION, kind, evidence.start, evidence.end, [repr(slot) for slot in slots.values()], stance, repr(said))
    return Claim(
        id=content_id("claim", given.document.id, *parts),
        document=given.document.id,
        kind=kind,
        actor=actor,
        recipient=recipient,
        place=place,
        quantity=many,
        time=time,
        stance=stance,
        attribution=said,
        evidence=(evidence,),
        confidence=1.0,
        basis=basis,
    )


def kind_of(event_type: str, text: str) -> Kind | None:
    """The kind of a given type of event and the words of the claim; None where neither shows one of ours.

    A given kind is refined where the words show another ("agreement" that is renounced is a termination); a type that
    is open ("statement") is read from the words, except where these say only that nothing was said or known.
    """
    table = given_words()
    kind = table.types.get(event_type) or table.types.get(event_type.replace("_", " "))
    if kind is not None:
        return next((other for other, found in table.instead.get(kind, ()) if found.search(text)), kind)
    if event_type not in table.open_types:
        raise Unfit(f"event_type {event_type[:40]!r} is no kind")
    if table.silent.search(text) is not None:
        return None
    return next((other for other, found in table.told if found.search(text)), None)


def _kind(given: Given) -> Kind | None:
    event_type = needed(given.record, "event_type").lower()
    kind = kind_of(event_type, given.text)
    if kind is None:
        given.log.note("no_kind", f"{event_type}: \u201c{given.text[:100]}\u201d", given.name)
    return kind


def _stance(given: Given) -> Stance:
    status = needed(given.record, "status").lower()
    found = given_words().stances.get(status)
    if found is None:
        raise Unfit(f"status {status[:40]!r} is no stance")
    return found


def _party(given: Given, *, key: str) -> Actor | None:
    name = name_at(given.record, key)
    code = given.log.tried(partial(country, given.record, f"{key}_country"), given.name)
    return None if name is None else party(name, code)


def _recipient(given: Given, *, kind: Kind, actor: Actor | None, place: Place | None) -> Actor | None:
    """To or against whom; a region acts in nothing. Without one, the state that hosts the forces at the place."""
    name = name_at(given.record, "target")
    if name is not None:
        found = _party(given, key="target")
        unknown = found is not None and found.sector is Sector.UNK and found.country is None
        return None if unknown and is_region(name) else found
    if kind not in _HOSTED or place is None or place.country is None:
        return None
    if actor is not None and actor.country == place.country:
        return None
    state = by_code(place.country)
    return None if state is None else party(state.name, state.code)


def _place(given: Given, *, kind: Kind) -> Place | None:
    name = name_at(given.record, "place")
    codes = (given.log.tried(partial(country, given.record, key)) for key in ("target_country", "actor_country"))
    expected = tuple(dict.fromkeys(code for code in codes if code is not None))
    target = name_at(given.record, "target")
    if name is None:
        return spot(target, Scene(kind, expected)) if target is not None and is_region(target) else None
    found = spot(name, Scene(kind, expected))
    if found is None:
        given.log.note("unknown_place", f"\u201c{name[:80]}\u201d is in no table of places", given.name)
        return Place(name, None, None, name, None, None, None, Precision.REGION)
    return found


def _quantity(given: Given, *, kind: Kind) -> Quantity | None:
    record = record_at(given.record, "quantity")
    return None if record is None else quantity(record, kind, given.text)


def _time(given: Given) -> TimeRange | None:
    """When it was, as resolved by who wrote the claim; the day of publication alone says only "by then"."""
    record = record_at(given.record, "event_time")
    if record is None:
        return None
    first, last = days(record, "start", "end")
    if first is None and last is None:
        return None
    published = (given.document.published or "")[:10]
    basis = TimeBasis.STATED if _STATED.search(given.text) is not None else TimeBasis.RELATIVE
    if first == last == published:
        basis = TimeBasis.PUBLISHED
    return TimeRange(None, None, None, first, last, basis)
