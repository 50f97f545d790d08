"""Derived values to rows: the columns that they are found by, and the whole of each as JSON."""

from __future__ import annotations

from typing import Any

from dateline.model import Dispute, Event, Origin, Presence
from dateline.store.records import coded, fold


def origin_row(origin: Origin, days: tuple[str | None, str | None]) -> dict[str, Any]:
    """The columns of an origin; `days` are the first and last publication of its reports."""
    return {
        "id": origin.id,
        "name_key": None if origin.name is None else fold(origin.name),
        "size": len(origin.documents),
        "first_day": days[0],
        "last_day": days[1],
        "record": coded(origin),
    }


def event_row(event: Event, block: str) -> dict[str, Any]:
    """The columns of an event."""
    return {
        "id": event.id,
        "block": block,
        "kind": str(event.kind),
        "actor_key": None if event.actor is None else fold(event.actor),
        "actor_country": event.actor_country,
        "recipient_country": event.recipient_country,
        "recipient_key": None if event.recipient is None else fold(event.recipient),
        "country": event.country,
        "place_key": None if event.place is None else fold(event.place),
        "stage": str(event.stage),
        "origins": event.origins,
        "first_day": event.earliest,
        "last_day": event.latest,
        "record": coded(event),
    }


def presence_row(presence: Presence, block: str) -> dict[str, Any]:
    """The columns of a presence."""
    return {
        "id": presence.id,
        "block": block,
        "force_country": presence.force_country,
        "force_key": fold(presence.force),
        "host": presence.host,
        "sites_key": fold("\n".join(presence.sites)),
        "status": str(presence.status),
        "as_of": presence.as_of,
        "record": coded(presence),
    }


def dispute_row(dispute: Dispute, block: str) -> dict[str, Any]:
    """The columns of a dispute."""
    return {
        "id": dispute.id,
        "block": block,
        "kind": str(dispute.kind),
        "status": str(dispute.status),
        "topic_key": fold(f"{dispute.topic}\n{dispute.sentence}"),
        "force_country": dispute.force_country,
        "host": dispute.host,
        "first_day": dispute.first_day,
        "last_day": dispute.last_day,
        "record": coded(dispute),
    }
