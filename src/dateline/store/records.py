"""Model values to rows and JSON text, and back to the same values."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from dateline.model import (
    Actor,
    Attribution,
    Claim,
    Commitment,
    Document,
    Event,
    Evidence,
    Furniture,
    Issue,
    Kind,
    Mention,
    Place,
    Precision,
    Presence,
    Quantity,
    Quote,
    Run,
    Scope,
    Sector,
    Source,
    SourceKind,
    Stance,
    Standing,
    Strength,
    TimeBasis,
    TimeRange,
    Unit,
    as_record,
    content_id,
)

FIRST_DAY = "0000-01-01"
LAST_DAY = "9999-12-31"


def json_text(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def storable(text: str) -> str:
    """`text` with lone surrogates (undecodable bytes of a path) as escapes, so that UTF-8 can hold it."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def fold(text: str) -> str:
    """A key to compare names by: no case, no accents ("Sévaré" is "sevare")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def claim_of(record: Mapping[str, Any]) -> Claim:
    """The claim of a record whose `document` is an id."""
    return Claim(
        id=record["id"],
        document=record["document"],
        kind=Kind(record["kind"]),
        actor=_actor(record["actor"]),
        recipient=_actor(record["recipient"]),
        place=_place(record["place"]),
        quantity=_quantity(record["quantity"]),
        time=_time(record["time"]),
        stance=Stance(record["stance"]),
        attribution=attribution_of(record["attribution"]),
        evidence=tuple(Evidence(**evidence) for evidence in record["evidence"]),
        confidence=record["confidence"],
        basis=dict(record["basis"]),
    )


def _actor(record: Mapping[str, Any] | None) -> Actor | None:
    return None if record is None else Actor(**{**record, "sector": Sector(record["sector"])})


def _place(record: Mapping[str, Any] | None) -> Place | None:
    if record is None:
        return None
    several = tuple(record.get("alternatives", ()))
    return Place(**{**record, "precision": Precision(record["precision"]), "alternatives": several})


def _quantity(record: Mapping[str, Any] | None) -> Quantity | None:
    if record is None:
        return None
    return Quantity(**{**record, "unit": Unit(record["unit"]), "scope": Scope(record["scope"])})


def _time(record: Mapping[str, Any] | None) -> TimeRange | None:
    return None if record is None else TimeRange(**{**record, "basis": TimeBasis(record["basis"])})


def attribution_of(record: Mapping[str, Any] | None) -> Attribution | None:
    """The attribution of a record; fields that older ledgers lack are None."""
    if record is None:
        return None
    return Attribution(
        source=None if record["source"] is None else Source(**record["source"]),
        source_kind=SourceKind(record["source_kind"]),
        anonymous=record["anonymous"],
        cue=None if record["cue"] is None else Mention(**record["cue"]),
        quote=Quote(record["quote"]),
        via=tuple(record["via"]),
        commitment=None if record.get("commitment") is None else Commitment(record["commitment"]),
    )


def claim_row(claim: Claim, document: Document, run: int) -> dict[str, Any]:
    """The columns of a claim; `first_day`/`last_day` are its time, else the day of publication."""
    actor, recipient, place = claim.actor, claim.recipient, claim.place
    quantity, time, said = claim.quantity, claim.time, claim.attribution
    days = _days(claim, document)
    return {
        "id": claim.id,
        "document": claim.document,
        "run": run,
        "kind": str(claim.kind),
        "stance": str(claim.stance),
        **_actor_columns("actor", actor),
        **_actor_columns("recipient", recipient),
        "place_name": None if place is None else place.name,
        "place_key": None if place is None else fold(place.name),
        "place_country": None if place is None else place.country,
        "place_lat": None if place is None else place.lat,
        "place_lon": None if place is None else place.lon,
        "place_precision": None if place is None else str(place.precision),
        "quantity_low": None if quantity is None else quantity.low,
        "quantity_high": None if quantity is None else quantity.high,
        "quantity_unit": None if quantity is None else str(quantity.unit),
        "quantity_scope": None if quantity is None else str(quantity.scope),
        "time_earliest": None if time is None else time.earliest,
        "time_latest": None if time is None else time.latest,
        "time_basis": None if time is None else str(time.basis),
        "first_day": days[0],
        "last_day": days[1],
        "source_name": None if said is None or said.source is None else said.source.name,
        "source_kind": None if said is None else str(said.source_kind),
        "source_key": _voices(said),
        "anonymous": None if said is None else said.anonymous,
        "confidence": claim.confidence,
        "start": min(evidence.start for evidence in claim.evidence),
        "record": json_text(as_record(claim)),
    }


def _actor_columns(slot: str, actor: Actor | None) -> dict[str, Any]:
    return {
        f"{slot}_name": None if actor is None else actor.name,
        f"{slot}_key": None if actor is None else fold(actor.name),
        f"{slot}_country": None if actor is None else actor.country,
        f"{slot}_sector": None if actor is None else str(actor.sector),
    }


def _days(claim: Claim, document: Document) -> tuple[str | None, str | None]:
    time = claim.time
    if time is None or (time.earliest is None and time.latest is None):
        day = None if document.published is None else document.published[:10]
        return day, day
    return time.earliest or FIRST_DAY, time.latest or LAST_DAY


def _voices(said: Attribution | None) -> str | None:
    if said is None:
        return None
    names = [] if said.source is None else [said.source.name]
    return fold("\n".join([*names, *said.via]))


def document_row(document: Document) -> dict[str, Any]:
    """The columns of a document."""
    record = as_record(document)
    return record | {
        "furniture": json_text(record["furniture"]),
        "provenance": json_text(record["provenance"]),
        "outlet_key": None if document.outlet is None else fold(document.outlet),
    }


def document_of(row: Mapping[str, Any]) -> Document:
    """The document of a row; columns that are no fields are left out, a missing text is empty."""
    fields: dict[str, Any] = {name: row.get(name) for name in Document.__dataclass_fields__}
    fields["text"] = row.get("text", "")
    fields["furniture"] = tuple(Furniture(**item) for item in json.loads(row["furniture"]))
    fields["provenance"] = json.loads(row["provenance"])
    return Document(**fields)


def issue_row(issue: Issue) -> dict[str, Any]:
    """The columns of an issue under the id of its content."""
    record = as_record(issue) | {"message": storable(issue.message)}
    record["path"] = None if issue.path is None else storable(issue.path)
    return {"id": content_id("issue", *record.values()), **record}


def issue_of(row: Mapping[str, Any]) -> Issue:
    """The issue of a row."""
    return Issue(**{name: row[name] for name in Issue.__dataclass_fields__})


def run_row(run: Run) -> dict[str, Any]:
    """The columns of a run, without its number."""
    record = as_record(run)
    return record | {"settings": json_text(record["settings"])}


def presence_row(presence: Presence, position: int) -> dict[str, Any]:
    """The columns of a derived presence."""
    return {
        "id": presence.id,
        "position": position,
        "force_country": presence.force_country,
        "host": presence.host,
        "status": str(presence.status),
        "as_of": presence.as_of,
        "record": json_text(as_record(presence)),
    }


def presence_of(record: Mapping[str, Any]) -> Presence:
    """The presence of a record."""
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    fields["sector"] = Sector(record["sector"])
    fields["status"] = Standing(record["status"])
    fields["scope"] = _scope(record)
    fields["strengths"] = tuple(
        Strength(**{**item, "stance": Stance(item["stance"]), "scope": _scope(item)}) for item in record["strengths"]
    )
    return Presence(**fields)


def _scope(record: Mapping[str, Any]) -> Scope | None:
    return None if record["scope"] is None else Scope(record["scope"])


def event_row(event: Event) -> dict[str, Any]:
    """The columns of a derived event."""
    return {
        "id": event.id,
        "kind": str(event.kind),
        "actor_key": None if event.actor is None else fold(event.actor),
        "actor_country": event.actor_country,
        "recipient_country": event.recipient_country,
        "recipient_key": None if event.recipient is None else fold(event.recipient),
        "country": event.country,
        "first_day": event.earliest,
        "last_day": event.latest,
        "record": json_text(as_record(event)),
    }


def event_of(record: Mapping[str, Any]) -> Event:
    """The event of a record."""
    stances = tuple(Stance(stance) for stance in record["stances"])
    fields = {**record, "kind": Kind(record["kind"]), "claims": tuple(record["claims"]), "stances": stances}
    return Event(**fields)
