"""Records of the ledger in the shapes that `dateline.web.api.types` documents, for msgspec to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.desk import Desk
from dateline.judging.log import LogLine
from dateline.model import Claim, Dispute, Document, Event, Origin, Presence, Witness
from dateline.store.heads import PresenceHead

Shape = dict[str, Any]
_CLAIM = tuple(Claim.__dataclass_fields__)
_REFERENCE = ("id", "url", "outlet", "published", "language", "title")
_HEADER = (*_REFERENCE, "sha256", "byline", "agency", "dateline_place", "dateline_date", "provenance")
_EVENT = (
    *("id", "kind", "stage", "actor", "actor_country", "recipient", "recipient_country", "country", "place"),
    *("earliest", "latest", "low", "high", "unit", "stances", "origins"),
)
_PRESENCE = (
    *("id", "force", "force_country", "sector", "host", "site", "status", "low", "high", "scope", "as_of"),
    *("strength_from", "deployment", "sites"),
)
_DISPUTE = (
    *("id", "kind", "status", "about", "topic", "sentence", "force_country", "host", "first_day", "last_day"),
    *("settled_by", "favours"),
)


def _some(value: object, names: Sequence[str]) -> Shape:
    return {name: getattr(value, name) for name in names}


def reference(document: Document) -> Shape:
    """A report as it is cited."""
    return _some(document, _REFERENCE)


def header(document: Document) -> Shape:
    """A report without its text."""
    return _some(document, _HEADER)


def claim(found: Claim, document: Document) -> Shape:
    """A claim with the reference of its report."""
    return _some(found, _CLAIM) | {"document": reference(document)}


def claims(desk: Desk, found: Sequence[Claim]) -> list[Shape]:
    """Claims with the references of their reports, all fetched in one go."""
    headers = desk.view.headers([one.document for one in found])
    return [claim(one, headers[one.document]) for one in found]


def event_header(event: Event) -> Shape:
    """An event in short."""
    return _some(event, _EVENT) | {"claim_count": len(event.claims)}


def event(found: Event) -> Shape:
    """An event in full."""
    return event_header(found) | _some(found, ("claims", "variants", "witnesses", "links"))


def presence_head(presence: PresenceHead) -> Shape:
    """A presence in short, from a list."""
    return _some(presence, (*_PRESENCE, "supporting", "origins"))


def presence_header(presence: Presence) -> Shape:
    """A presence in short."""
    told = {"supporting": len(presence.supports), "origins": _independent(presence.witnesses)}
    return _some(presence, _PRESENCE) | told


def presence(found: Presence) -> Shape:
    """A presence in full."""
    apart = ("supports", "departures", "planned", "denied", "alleged", "conditional")
    return presence_header(found) | _some(found, (*apart, "strengths", "series", "at_sites", "witnesses"))


def dispute_header(dispute: Dispute) -> Shape:
    """A dispute in short."""
    sides = [
        {"holds": side.holds, "claim_count": len(side.claims), "origins": _independent(side.witnesses)}
        for side in dispute.sides
    ]
    return _some(dispute, _DISPUTE) | {"sides": sides}


def dispute(found: Dispute) -> Shape:
    """A dispute in full."""
    short = dispute_header(found)
    pairs = zip(short["sides"], found.sides, strict=True)
    return short | {"sides": [told | _some(side, ("claims", "witnesses")) for told, side in pairs]}


def origin_header(origin: Origin) -> Shape:
    """An origin in short."""
    counts = {"reports": len(origin.documents), "partly_used": len(origin.partial)}
    return _some(origin, ("id", "name", "earliest")) | counts


def origin(found: Origin) -> Shape:
    """An origin in full."""
    return origin_header(found) | _some(found, ("documents", "links", "partial"))


def log_line(line: LogLine) -> Shape:
    """A line of the log."""
    return _some(line.entry, tuple(line.entry.__dataclass_fields__)) | _some(line, ("told", "undone_by"))


def kept_judgement(line: LogLine) -> Shape:
    """A judgement with what became of it."""
    made = line.entry.judgement
    assert made is not None
    return _some(made, tuple(made.__dataclass_fields__)) | _some(line, ("told", "undone_by"))


def _independent(witnesses: Sequence[Witness]) -> int:
    return sum(not witness.background for witness in witnesses)
