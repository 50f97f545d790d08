"""What is asked for all rows of a listing at once: which of them, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, exists, func, or_, select

from dateline.model import Kind
from dateline.store.filters import (
    Filters,
    on_claims,
    on_disputes,
    on_documents,
    on_events,
    on_issues,
    on_origins,
    on_presences,
)
from dateline.store.schema import (
    claims,
    disputes,
    documents,
    events,
    issues,
    listed_claims,
    origins,
    presences,
    reading_claims,
    reading_issues,
)
from dateline.store.shown import counts, shown
from dateline.store.sorting import EVENT_DAY

_NEWEST_REPORT = (documents.c.published.is_(None), documents.c.published.desc(), documents.c.id)


def claims_of_reports(wanted: Filters) -> Select[Any]:
    """The records of claims, newest report first; of one report also where it is set aside."""
    listed: FromClause
    if wanted.document is None:
        listed = listed_claims.join(claims, claims.c.number == listed_claims.c.number)
        conditions = on_claims(wanted, listed_claims)
    else:
        listed = claims
        given = select(reading_claims.c.item).where(reading_claims.c.document == wanted.document, shown(reading_claims))
        conditions = [claims.c.id.in_(given), *on_claims(wanted)]
    rows = listed.join(documents, documents.c.id == claims.c.document)
    query = select(claims.c.record).select_from(rows).where(*conditions)
    return query.order_by(*_NEWEST_REPORT, claims.c.start, claims.c.id)


def claims_that_count(kinds: Iterable[Kind] | None, published_until: str | None) -> Select[Any]:
    """The numbers and records of claims of the newest readings that count, in no order."""
    conditions = [shown(reading_claims), counts(claims.c.document)]
    if kinds is not None:
        conditions.append(claims.c.kind.in_(sorted(str(kind) for kind in kinds)))
    rows = claims.join(reading_claims, reading_claims.c.item == claims.c.id)
    if published_until is not None:
        rows = rows.join(documents, documents.c.id == claims.c.document)
        conditions.append(documents.c.published < f"{published_until}~")
    return select(claims.c.number, claims.c.record).select_from(rows).where(*conditions)


def reports(wanted: Filters) -> Select[Any]:
    """Documents with their text, newest first."""
    return select(documents).where(*on_documents(wanted)).order_by(*_NEWEST_REPORT)


def issues_as_they_came(wanted: Filters) -> Select[Any]:
    """Issues of refused reports and of the newest readings, in the order they came."""
    return select(issues).where(of_newest_readings(), *on_issues(wanted)).order_by(issues.c.number)


def of_newest_readings() -> ColumnElement[bool]:
    """That an issue is of no reading, or of the newest reading of its document."""
    given = exists().where(reading_issues.c.item == issues.c.id)
    return or_(~given, given.where(shown(reading_issues)))


def presences_by_host(wanted: Filters) -> Select[Any]:
    """The records of presences, by host and force."""
    c = presences.c
    order = (c.host, func.coalesce(c.force_country, ""), c.force_key, c.id)
    return select(c.record).where(*on_presences(wanted)).order_by(*order)


def open_disputes_first(wanted: Filters) -> Select[Any]:
    """The records of disputes, open ones before settled ones, then the newest first."""
    c = disputes.c
    order = (c.status, c.last_day.is_(None), c.last_day.desc(), c.kind, c.id)
    return select(c.record).where(*on_disputes(wanted)).order_by(*order)


def largest_origins_first(wanted: Filters) -> Select[Any]:
    """The records of origins, those with most reports first."""
    c = origins.c
    order = (c.size.desc(), c.last_day.is_(None), c.last_day.desc(), c.id)
    return select(c.record).where(*on_origins(wanted)).order_by(*order)


def newest_events_first(wanted: Filters) -> Select[Any]:
    """The records of events, newest first."""
    last = func.coalesce(events.c.last_day, events.c.first_day)
    order = (last.is_(None), last.desc(), events.c.kind, events.c.id)
    return select(events.c.record).where(*on_events(wanted)).order_by(*order)


def events_near(kind: Kind, country: str, days: tuple[str, str], limit: int) -> Select[Any]:
    """The records of events of a kind in a country that ended from one day to another, the newest first."""
    c = events.c
    query = select(c.record).with_hint(events, "INDEXED BY ix_events_country_listed", "sqlite")
    query = query.where(c.country == country, EVENT_DAY.between(*days), c.kind == str(kind))
    return query.order_by(EVENT_DAY.desc(), c.id.desc()).limit(limit)
