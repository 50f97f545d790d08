"""Presences and events as things on a map: where they are, from when to when, and what is said of them.

A site is pinned at the point the ledger has for it, a country nowhere. Nothing is moved: no jitter, no capital for a
country, no middle of a region.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dateline.export.acled import country_name, geo_precision
from dateline.export.listing import Record, Scalar
from dateline.export.occurrences import Occurrence, Spot, from_events
from dateline.export.presence_changes import host_spot
from dateline.export.selection import Selection
from dateline.export.words import amount
from dateline.model import content_id

DIGITS: Final = 6
"""Decimals of a degree that are written: a tenth of a metre; more would pretend to a precision nobody has."""

_MOST_NAMED: Final = 20
Value = Scalar | list[str]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing: `point` is (longitude, latitude) in degrees or None; `first`/`last` ISO days, None for an open end.

    `what` is "presence", "site" or "event", `style` the standing or stage that decides how it is drawn.
    """

    id: str
    what: str
    name: str
    style: str
    point: tuple[float, float] | None
    first: str | None
    last: str | None
    summary: str
    properties: dict[str, Value] = field(default_factory=dict)


def presence_features(selection: Selection) -> Iterator[Feature]:
    """Each presence of a country, without a point, then each of its sites."""
    for presence in selection.presences():
        yield _of_presence(presence)
        for site in presence["at_sites"]:
            yield _of_site(presence, site)


def event_features(selection: Selection) -> Iterator[Feature]:
    """Each event of the selection but those of a mere state: the presences tell these."""
    for one in from_events(selection):
        yield _of_event(one)


def point_of(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    """(longitude, latitude) as GeoJSON and KML have it, None without a point or with one that is on no globe.

    A longitude beyond 180 degrees is the same meridian counted on from the other side.

    >>> point_of(13.4815, 2.1836), point_of(-17.0, 181.5), point_of(None, None), point_of(95.0, 0.0)
    ((2.1836, 13.4815), (-178.5, -17.0), None, None)
    """
    if lat is None or lon is None or not -90 <= lat <= 90 or not -360 <= lon <= 360:
        return None
    turned = lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
    return round(turned, DIGITS) + 0.0, round(lat, DIGITS) + 0.0


def host_name(host: str) -> str:
    """The name of a host: of a country by its code, of a region its own."""
    return country_name(host) or host


def _of_presence(presence: Record) -> Feature:
    spot = host_spot(presence["host"])
    properties = _standing(presence) | _series(presence["series"])
    properties |= {"geo_precision": None, "uncertainty_m": None, "place_precision": spot.precision}
    name = f"{presence['force']} in {host_name(presence['host'])}"
    first, last = _bounds(presence["series"])
    return Feature(
        presence["id"],
        "presence",
        name,
        presence["status"],
        None,
        first,
        last,
        _sentence(presence["series"]),
        properties,
    )


def _of_site(presence: Record, site: Record) -> Feature:
    """One force at one base or town; its steps are never added to the country's."""
    pinned = Spot(site["site"], presence["host"], None, site["lat"], site["lon"])
    point = point_of(site["lat"], site["lon"])
    properties = _standing(presence) | {"presence": presence["id"], "site": site["site"]} | _series(site["steps"])
    properties |= {"geo_precision": geo_precision(pinned) if point is not None else None, "uncertainty_m": None}
    properties["place_precision"] = "site"
    first, last = _bounds(site["steps"])
    gone = bool(site["steps"]) and _is_gone(site["steps"][-1])
    return Feature(
        content_id("site", presence["id"], site["site"]),
        "site",
        f"{presence['force']} at {site['site']}",
        "left" if gone else presence["status"],
        point,
        first,
        last,
        _sentence(site["steps"]),
        properties,
    )


def _standing(presence: Record) -> dict[str, Value]:
    """What is said of a force in a country; plans, denials and allegations are counted, never mixed in."""
    witnesses = [one for one in presence["witnesses"] if not one["background"]]
    names = list(dict.fromkeys(one["name"] for one in witnesses if one["name"]))
    return {
        "force": presence["force"],
        "force_country": presence["force_country"],
        "sector": presence["sector"],
        "host": presence["host"],
        "status": presence["status"],
        "deployment": presence["deployment"],
        "strength_low": presence["low"],
        "strength_high": presence["high"],
        "strength_scope": presence["scope"],
        "as_of": presence["as_of"],
        "origins": len(witnesses),
        "told_by": names[:_MOST_NAMED],
        "claims_for": len(presence["supports"]),
        "claims_denied": len(presence["denied"]),
        "claims_planned": len(presence["planned"]),
        "claims_alleged": len(presence["alleged"]),
        "claims_conditional": len(presence["conditional"]),
        "claims_of_leaving": len(presence["departures"]),
    }


def _series(steps: list[Record]) -> dict[str, Value]:
    first, last = _bounds(steps)
    latest = steps[-1] if steps else None
    return {
        "start": first,
        "start_precise": bool(steps and steps[0]["start_precise"]),
        "start_asserted": bool(steps and steps[0]["start_asserted"]),
        "end": last,
        "latest_low": None if latest is None else latest["low"],
        "latest_high": None if latest is None else latest["high"],
        "latest_as_of": None if latest is None else latest["as_of"],
        "steps": [step["reason"] for step in steps],
    }


def _is_gone(step: Record) -> bool:
    return (step["low"], step["high"]) == (0, 0)


def _bounds(steps: list[Record]) -> tuple[str | None, str | None]:
    """The first day of the first step, and the last day on which the force was still there."""
    if not steps:
        return None, None
    there = [step for step in steps if not _is_gone(step)]
    return steps[0]["start"], there[-1]["end"] if there else None


def _sentence(steps: list[Record]) -> str:
    return " ".join(step["reason"] for step in steps)


def _of_event(one: Occurrence) -> Feature:
    whom = " → ".join(party.name for party in (one.actor, one.recipient) if party is not None)
    act = str(one.kind).replace("_", " ")
    many = one.amount
    properties: dict[str, Value] = {
        "kind": one.kind,
        "stage": one.stage,
        "stances": list(one.stances),
        "actor": None if one.actor is None else one.actor.name,
        "actor_country": None if one.actor is None else one.actor.country,
        "recipient": None if one.recipient is None else one.recipient.name,
        "recipient_country": None if one.recipient is None else one.recipient.country,
        "place": one.spot.name,
        "country": one.spot.country,
        "place_precision": one.spot.precision,
        "geo_precision": geo_precision(one.spot),
        "uncertainty_m": None if one.spot.lat is None else one.spot.uncertainty,
        "earliest": one.first,
        "latest": one.last,
        "low": None if many is None else many.low,
        "high": None if many is None else many.high,
        "unit": None if many is None else many.unit,
        "quantity_words": None if many is None else many.words,
        "killed_low": None if one.killed is None else one.killed.low,
        "killed_high": None if one.killed is None else one.killed.high,
        "origins": one.told.origins,
        "reports": len(one.told.documents),
        "outlets": list(one.told.outlets[:_MOST_NAMED]),
        "said_by": list(one.told.voices[:_MOST_NAMED]),
        "urls": list(one.told.urls[:_MOST_NAMED]),
        "claims": list(one.claims[:_MOST_NAMED]),
        "quote": one.told.quote,
    }
    number = "" if many is None else f" {amount(many.low, many.high)} {many.unit}."
    return Feature(
        one.id,
        "event",
        f"{act}: {whom or 'actor not said'}",
        one.stage,
        point_of(one.spot.lat, one.spot.lon),
        one.first,
        one.last,
        f"{act}, {one.stage}: {whom or 'actor not said'}.{number}",
        properties,
    )
