"""Model values to rows and JSON text, and back to the same values."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from dateline.model import Actor, Attribution, Claim, Document, Furniture, Issue, Run, as_record, content_id

FIRST_DAY = "0000-01-01"
LAST_DAY = "9999-12-31"
T = TypeVar("T")
_DECODERS: dict[type[Any], msgspec.json.Decoder[Any]] = {}
"""One decoder a type, made when it is first needed."""


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


def coded(value: Any) -> str:
    """A model value as canonical JSON: sorted keys, no spaces, characters as they are."""
    return msgspec.json.encode(value, order="sorted").decode()


def decoded(cls: type[T], text: str) -> T:
    """The model value of its JSON; fields that an older ledger lacks have their defaults."""
    decoder = _DECODERS.get(cls)
    if decoder is None:
        decoder = _DECODERS.setdefault(cls, msgspec.json.Decoder(cls))
    found: T = decoder.decode(text)
    return found


def claim_of(record: Mapping[str, Any]) -> Claim:
    """The claim of a record of JSON types whose `document` is an id."""
    return msgspec.convert(record, Claim)


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
        "record": coded(claim),
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


def run_of(row: Mapping[str, Any]) -> Run:
    """The run of a row."""
    fields = {name: row[name] for name in Run.__dataclass_fields__ if name != "settings"}
    return Run(**fields, settings=json.loads(row["settings"]))
