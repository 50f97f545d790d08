"""Entities and statements of a selection, one after the other: only the ids of actors, sources and places are kept."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any, BinaryIO, TypeVar

from dateline.export.exchange_json import json_line
from dateline.export.ftm.claims import report_entities
from dateline.export.ftm.entities import Entity, entity
from dateline.export.ftm.known import dispute, event, presence
from dateline.export.gathered import gathered
from dateline.export.listing import Record
from dateline.export.safe import cell
from dateline.export.selection import Selection
from dateline.export.standing import standing
from dateline.export.statement import sentence, statement
from dateline.model import content_id

T = TypeVar("T")
_TOGETHER = 100
_SHARED = ("actor-", "source-", "place-")
"""Ids of what many claims have: few, however many claims there are."""
DATASET = "dateline"
COLUMNS = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang"),
    *("original_value", "external", "first_seen", "last_seen", "id"),
)
"""The columns of followthemoney's own statement files (4.11), in its order."""
_TYPES = {
    **dict.fromkeys(("name",), "name"),
    **dict.fromkeys(("summary", "description", "notes", "indexText"), "text"),
    **dict.fromkeys(("location", "full"), "address"),
    **dict.fromkeys(("date", "startDate", "endDate", "publishedAt"), "date"),
    **dict.fromkeys(("latitude", "longitude"), "number"),
    **dict.fromkeys(("country", "contextCountry"), "country"),
    **dict.fromkeys(("entity", "subject", "object", "proof", "involved", "addressEntity", "document"), "entity"),
    **dict.fromkeys(("resolved",), "entity"),
    **{"sourceUrl": "url", "topics": "topic", "language": "language"},
}
_QUOTED = ("title", "description")
"""Properties in the language of the report; the others are in English, or names."""


def write(selection: Selection, out: BinaryIO) -> None:
    """Entities of FollowTheMoney, one a line, as `ftm` and OpenAleph read them.

    A report is an Article, a claim a Note with its report as proof, an actor a PublicBody or Organization, an event
    and each step of a presence an Event, a dispute a Note; links say who says it and which claims are for what.
    """
    for one in _entities(selection):
        out.write(f"{json_line(one.record())}\n".encode())


def write_statements(selection: Selection, out: BinaryIO) -> None:
    """The same entities as statements: a row a value, in the columns of `ftm` (CSV).

    A value that a spreadsheet would take for a formula has an apostrophe before it.
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text, dialect=csv.unix_dialect)
    rows.writerow(COLUMNS)
    for one in _entities(selection):
        rows.writerows(_statements(one))
        out.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    out.write(text.getvalue().encode())


def _statements(one: Entity) -> Iterator[list[Any]]:
    """The rows of an entity; the first one says that there is such an entity."""
    values = [("id", "id", one.id)]
    values += [
        (name, _TYPES.get(name, "string"), cell(value)) for name, found in one.properties.items() for value in found
    ]
    for name, kind, value in values:
        language = one.language if name in _QUOTED else None
        head = [one.id, one.id, name, kind, one.schema, value, DATASET, "", language or "", "", "f"]
        yield [*head, one.recorded or "", one.recorded or "", _key(one.id, name, value, language)]


def _key(entity: str, name: str, value: str, language: str | None) -> str:
    """The id of a statement, by followthemoney's own rule."""
    told = f"{DATASET}.{entity}.{name}.{value}{'' if language is None else f'@{language}'}"
    return hashlib.sha1(told.encode(), usedforsecurity=False).hexdigest()


def _entities(selection: Selection) -> Iterator[Entity]:
    """Every entity once."""
    known: set[str] = set()
    for one in _all(selection):
        if one.id.startswith(_SHARED):
            if one.id in known:
                continue
            known.add(one.id)
        yield one


def _all(selection: Selection) -> Iterator[Entity]:
    told = {"name": "What this export is", "summary": sentence(selection.about), "keywords": ["dateline export"]}
    yield entity(content_id("export", statement(selection.about)), "Note", told, selection.about.exported_at)
    decided = standing(selection)
    for some in _batches(gathered(selection)):
        origins = selection.origins_of([one.document["id"] for one in some])
        for one in some:
            yield from report_entities(one, origins.get(one.document["id"]), decided)
    for records, made in (
        (selection.events(), event),
        (selection.presences(), presence),
        (selection.disputes(), dispute),
    ):
        yield from _known(selection, records, made)


def _known(
    selection: Selection, records: Iterator[Record], made: Callable[[Record, Collection[str]], Iterator[Entity]]
) -> Iterator[Entity]:
    for some in _batches(records):
        noted = selection.passing(dict.fromkeys(claim for record in some for claim in _claims(record)))
        for one in some:
            yield from made(one, noted)


def _claims(record: Record) -> Iterator[str]:
    """The claims that anything in a record of what is derived names."""
    for name in ("claims", "supports", "departures", "planned", "denied", "alleged", "conditional", "contradicts"):
        yield from record.get(name, ())
    steps = [*record.get("series", ()), *(step for site in record.get("at_sites", ()) for step in site["steps"])]
    for part in (*record.get("sides", ()), *steps):
        yield from _claims(part)


def _batches(values: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(values, _TOGETHER)):
        yield some
