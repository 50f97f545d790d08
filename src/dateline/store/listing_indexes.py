"""The indexes of what is derived that listings walk along; `orders` names the orders."""

from __future__ import annotations

from sqlalchemy import Index

from dateline.store.schema import disputes, events, origins, presences
from dateline.store.sorting import EVENT_DAY, STRENGTH, filled

LISTING_INDEXES = (
    Index("ix_events_listed", EVENT_DAY, events.c.id),
    *(
        Index(f"ix_events_{column.name}_listed", column, EVENT_DAY, events.c.id)
        for column in (
            *(events.c.kind, events.c.origins, events.c.country, events.c.stage),
            *(events.c.actor_key, events.c.actor_country, events.c.recipient_key, events.c.recipient_country),
        )
    ),
    Index("ix_presences_host_listed", presences.c.host, filled(presences.c.force_country), presences.c.force_key),
    Index("ix_presences_force_listed", presences.c.force_key, presences.c.host, presences.c.id),
    Index("ix_presences_country_listed", presences.c.force_country, presences.c.host, presences.c.id),
    Index("ix_presences_as_of_listed", filled(presences.c.as_of), presences.c.id),
    Index("ix_presences_strength_listed", STRENGTH, presences.c.id),
    Index("ix_presences_status_listed", presences.c.status, filled(presences.c.as_of), presences.c.id),
    Index("ix_disputes_listed", filled(disputes.c.last_day), disputes.c.id),
    *(
        Index(f"ix_disputes_{column.name}_listed", column, filled(disputes.c.last_day), disputes.c.id)
        for column in (disputes.c.kind, disputes.c.status, disputes.c.host, disputes.c.force_country)
    ),
    Index("ix_origins_listed", filled(origins.c.last_day), origins.c.id),
    Index("ix_origins_size_listed", origins.c.size, filled(origins.c.last_day), origins.c.id),
    Index("ix_origins_name_listed", origins.c.name_key, filled(origins.c.last_day), origins.c.id),
)
"""What the orders of `orders.py` walk along."""
