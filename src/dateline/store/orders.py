"""The orders that each listing can be in; every one is served by an index of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, literal_column

from dateline.store.listing import UNDATED
from dateline.store.paging import Listing, Order
from dateline.store.schema import (
    disputes,
    entries,
    events,
    issues,
    listed_claims,
    listed_documents,
    origins,
    presences,
)
from dateline.store.sorting import EVENT_DAY, STRENGTH, filled


def _by(key: ColumnElement[Any], *ties: ColumnElement[Any], falling: bool = False, always: bool = False) -> Order:
    """An order by a column; NULLs last, unless it is `always` there."""
    return Order(key, ties, falling, None if always else key.is_(None), null=not always)


def _by_day(day: ColumnElement[Any], ident: ColumnElement[Any]) -> Order:
    """By a day that is "" where there is none."""
    return Order(day, (ident,), missing=day <= literal_column("''"))


def _claims() -> Mapping[str, Order]:
    c = listed_claims.c
    ties = (c.newest,)
    return {
        "published": Order(c.newest, (), falling=True, missing=c.newest >= UNDATED),
        "kind": _by(c.kind, *ties, always=True),
        "stance": _by(c.stance, *ties, always=True),
        "actor": _by(c.actor_key, *ties),
        "recipient": _by(c.recipient_key, *ties),
        "place": _by(c.place_key, *ties),
        "quantity": _by(c.fewer, *ties, falling=True),
        "time": _by(c.earlier, *ties, falling=True),
        "source": _by(c.source_key, *ties),
        "confidence": _by(c.confidence, *ties, always=True),
    }


def _documents() -> Mapping[str, Order]:
    c = listed_documents.c
    ties = (c.newest,)
    return {
        "published": Order(c.newest, (), falling=True, missing=c.newest >= UNDATED),
        "outlet": _by(c.outlet_key, *ties),
        "title": _by(c.title_key, *ties),
    }


def _events() -> Mapping[str, Order]:
    c = events.c
    ties = (EVENT_DAY, c.id)
    return {
        "day": _by_day(*ties),
        "kind": _by(c.kind, *ties, always=True),
        "origins": _by(c.origins, *ties, always=True),
        "actor": _by(c.actor_key, *ties),
        "country": _by(c.country, *ties),
    }


def _presences() -> Mapping[str, Order]:
    c = presences.c
    return {
        "host": _by(c.host, filled(c.force_country), c.force_key, c.id, always=True),
        "force": _by(c.force_key, c.host, c.id, always=True),
        "as_of": _by_day(filled(c.as_of), c.id),
        "strength": _by(STRENGTH, c.id),
        "status": _by(c.status, filled(c.as_of), c.id, always=True),
    }


def _disputes() -> Mapping[str, Order]:
    c = disputes.c
    ties = (filled(c.last_day), c.id)
    return {
        "day": _by_day(*ties),
        "kind": _by(c.kind, *ties, always=True),
        "status": _by(c.status, *ties, always=True),
        "host": _by(c.host, *ties),
    }


def _origins() -> Mapping[str, Order]:
    c = origins.c
    ties = (filled(c.last_day), c.id)
    return {
        "size": _by(c.size, *ties, always=True),
        "day": _by_day(*ties),
        "name": _by(c.name_key, *ties),
    }


CLAIMS = Listing("claims", listed_claims, listed_claims.c.number, _claims(), "-published")
DOCUMENTS = Listing("documents", listed_documents, listed_documents.c.number, _documents(), "-published")
EVENTS = Listing("events", events, events.c.id, _events(), "-day")
PRESENCES = Listing("presences", presences, presences.c.id, _presences(), "host")
DISPUTES = Listing("disputes", disputes, disputes.c.id, _disputes(), "-day")
ORIGINS = Listing("origins", origins, origins.c.id, _origins(), "-size")
ISSUES = Listing("issues", issues, issues.c.number, {"added": _by(issues.c.number, always=True)}, "added")
LOG = Listing("log", entries, entries.c.number, {"added": _by(entries.c.number, always=True)}, "-added")
