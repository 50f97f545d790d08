"""What is derived from claims for FollowTheMoney: events and presences as events, disputes as notes, with links."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from dateline.export.ftm.entities import Entity, actor, entity, kept, link, place
from dateline.export.listing import Record
from dateline.export.words import amount
from dateline.lexicon import countries

_APART = ("planned", "alleged", "conditional", "denied")
_HELD = ("supports", "departures", *_APART)


def event(record: Record, noted: Collection[str]) -> Iterator[Entity]:
    """An event, its stage in its name, and its claims that are `noted`, linked to it."""
    what = record["kind"].replace("_", " ")
    parts = [f"by {record['actor']}" if record["actor"] else "", f"in {record['place'] or record['country'] or ''}"]
    given = {
        "name": f"[{record['stage']}] {' '.join([what, *(part for part in parts if part not in ('', 'in '))])}",
        "country": record["country"],
        "location": record["place"],
        "recordId": record["id"],
        "keywords": [
            *(f"kind:{record['kind']}", f"stage:{record['stage']}", f"origins:{_independent(record)}"),
            *(f"stance:{stance}" for stance in record["stances"]),
        ],
        **_days(record["earliest"], record["latest"]),
        "indexText": kept("event", record),
    }
    yield entity(record["id"], "Event", given)
    for claim in record["claims"]:
        if claim in noted:
            yield link(claim, record["id"], "tells of it")
    for other in record["links"]:
        yield link(record["id"], other["event"], other["tie"])


def presence(record: Record, noted: Collection[str]) -> Iterator[Entity]:
    """A presence as an event, its standing in its name; each step of it another one, with the claims for and against.

    An open end has no end date. A step in which the force was gone is said to be so.
    """
    force = actor({"name": record["force"], "country": record["force_country"], "sector": record["sector"]})
    yield force
    told = f"{record['force']} in {countries.country_name(record['host'])}"
    many = amount(record["low"], record["high"])
    given = {
        "name": f"[{record['status']}] {told}{f': {many}' if many else ''}",
        "country": record["host"],
        "involved": force.id,
        "recordId": record["id"],
        "summary": "Nobody asserts that it is or was there." if record["status"] in _APART else None,
        "keywords": [f"status:{record['status']}", *([f"as of:{record['as_of']}"] if record["as_of"] else [])],
        "indexText": kept("presence", record),
    }
    yield entity(record["id"], "Event", given)
    for role in _HELD:
        yield from (link(claim, record["id"], role) for claim in record[role] if claim in noted)
    for number, step in enumerate(record["series"]):
        yield from _step((record, told, force.id), (f"{record['id']}-{number}", step, None), noted)
    for at, site in enumerate(record["at_sites"]):
        code = record["host"] if countries.by_code(record["host"]) else None
        point = {"lat": site["lat"], "lon": site["lon"], "precision": "site"}
        where = place({"name": site["site"], "country": code, **point})
        yield where
        for number, step in enumerate(site["steps"]):
            yield from _step((record, told, force.id), (f"{record['id']}-{at}-{number}", step, where), noted)


def dispute(record: Record, noted: Collection[str]) -> Iterator[Entity]:
    """A dispute as a note on the notes of its claims, each of these linked with the side it takes."""
    sides = record["sides"]
    claims = [claim for side in sides for claim in side["claims"] if claim in noted]
    given = {
        "name": f"Dispute: {record['topic']}",
        "description": record["sentence"],
        "summary": " / ".join(f"{side['holds']} ({_independent(side)} origins)" for side in sides),
        "entity": [*claims, record["about"]],
        "country": record["host"],
        "keywords": [f"dispute:{record['kind']}", f"dispute:{record['status']}"],
        "indexText": kept("dispute", record),
    }
    yield entity(record["id"], "Note", given)
    for number, side in enumerate(sides, start=1):
        role = f"side {number}: {side['holds']}"
        yield from (link(claim, record["id"], role) for claim in side["claims"] if claim in noted)


def _step(
    whole: tuple[Record, str, str], part: tuple[str, Record, Entity | None], noted: Collection[str]
) -> Iterator[Entity]:
    (record, told, force), (key, step, where) = whole, part
    gone = (step["low"], step["high"]) == (0, 0)
    many = "gone" if gone else amount(step["low"], step["high"]) or "number not said"
    at = "" if where is None else f", at {where.properties['name'][0]}"
    given = {
        "name": f"{told}{at}: {many}",
        "summary": step["reason"],
        "country": record["host"],
        "involved": force,
        "location": None if where is None else where.properties["full"][0],
        "addressEntity": None if where is None else where.id,
        "recordId": record["id"],
        **_days(step["start"], step["end"], precise=False),
        "keywords": [
            *(f"{name}:{step[name]:.15g}" for name in ("low", "high") if step[name] is not None),
            *(f"{name}" for name in ("start_precise", "start_asserted", "end_precise", "end_asserted") if step[name]),
            *(["carried"] if step["carried"] else []),
            *([f"as of:{step['as_of']}"] if step["as_of"] else []),
            *(f"status:{'gone' if gone else 'present'}", f"origins:{step['origins']}"),
        ],
        "indexText": kept("step", {**step, "presence": record["id"], "site": at.removeprefix(", at ") or None}),
    }
    yield entity(key, "Event", given)
    for role in ("supports", "contradicts"):
        yield from (link(claim, key, role) for claim in step[role] if claim in noted)


def _days(first: str | None, last: str | None, *, precise: bool = True) -> dict[str, Any]:
    if precise and first is not None and first == last:
        return {"date": first}
    return {"startDate": first, "endDate": last}


def _independent(told: Record) -> int:
    return sum(not one["background"] for one in told["witnesses"])
