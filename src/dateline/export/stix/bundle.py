"""The bundle: its order, so that what an object refers to stands before it and nothing has to be kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, TypeVar

from dateline.export.exchange_json import json_line
from dateline.export.gathered import gathered
from dateline.export.listing import Record
from dateline.export.moments import moment
from dateline.export.selection import Selection
from dateline.export.standing import standing
from dateline.export.statement import sentence, statement
from dateline.export.stix.claims import Reports
from dateline.export.stix.known import Derived
from dateline.export.stix.parties import Parties
from dateline.export.stix.things import DATELINE, EXTENSION, Maker, Thing, Tlp, marking, stix_id

T = TypeVar("T")
_TOGETHER = 100
_MEANING = (
    "Fields of the dateline ledger that STIX has no place for, under the name of what they describe: claim (on notes: "
    "kind, stance, actor, recipient, place, quantity with words, low, high, unit and scope, time, attribution with "
    "source, cue and via, evidence with offsets in code points), report, presence and step (on relationships: low and "
    "high of the strength, whether its days are precise and asserted, the claims for and against), dispute (on "
    "opinions: the side taken), event (on groupings), judged (what analysts decided), export. A property that is "
    "absent is not known; it is never zero."
)


def write(selection: Selection, out: BinaryIO, tlp: Tlp = Tlp.CLEAR) -> None:
    """A STIX 2.1 bundle of claims, reports, presences, disputes and events, marked TLP:CLEAR.

    Ids are those of the same things in every export, so that a later one updates an earlier one. A claim is a note, so
    that a denial is never read as a deed; a rejected one is revoked. Presences that are only planned, alleged, denied
    or conditional are notes too, and no relationship.
    """
    name = statement(selection.about)
    key = stix_id("bundle", name["ledger"], name["state"], name["exported_at"], *sorted(name["filters"].items()), tlp)
    out.write(f'{{"type":"bundle","id":"{key}","objects":[\n'.encode())
    between = ""
    for thing in _things(selection, tlp):
        out.write(f"{between}{json_line(thing)}".encode())
        between = ",\n"
    out.write(b"\n]}\n")


def _things(selection: Selection, tlp: Tlp) -> Iterator[Thing]:
    maker = Maker(tlp)
    parties = Parties(maker)
    begun, changed = (moment(value) for value in selection.recorded_between())
    exported = moment(selection.about.exported_at) or ""
    span = (begun or exported, changed or exported)
    yield from _head(selection, maker, tlp, exported)
    decided = standing(selection)
    reports = Reports(maker, parties, decided, span[0])
    for some in _batches(gathered(selection)):
        origins = selection.origins_of([one.document["id"] for one in some])
        for one in some:
            yield from reports.of(one, origins.get(one.document["id"]))
    derived = Derived(maker, parties, span)
    for presence in selection.presences():
        yield from derived.presence(presence)
    yield from _on_notes(selection, selection.disputes(), derived.dispute)
    yield from _on_notes(selection, selection.events(), derived.event)


def _on_notes(
    selection: Selection, records: Iterator[Record], made: Callable[[Record, Collection[str]], Iterator[Thing]]
) -> Iterator[Thing]:
    """Objects that refer to notes of claims, only to those that are in the bundle."""
    for some in _batches(records):
        noted = selection.passing(_claims(some))
        for one in some:
            yield from made(one, noted)


def _claims(records: Iterable[Record]) -> list[str]:
    return list(
        dict.fromkeys(
            claim
            for record in records
            for holder in record.get("sides", (record,))
            for claim in holder.get("claims", ())
        )
    )


def _head(selection: Selection, maker: Maker, tlp: Tlp, exported: str) -> Iterator[Thing]:
    """Who made the bundle, what our extension means, the marking, and what the export says of itself."""
    yield marking(tlp)
    yield maker.lasting("identity", ("dateline",), name="dateline", identity_class="system")
    yield maker.lasting(
        "extension-definition",
        ("dateline claim",),
        name="dateline claim",
        description="What a ledger of sourced claims knows of them.",
        schema=_MEANING,
        version="1.0.0",
        extension_types=["property-extension"],
    )
    about = statement(selection.about)
    about["filters"] = [{"name": name, "value": value} for name, value in about["filters"].items()]
    about["redaction"] = [{"name": name, "value": value} for name, value in about["redaction"].items()]
    about["runs"] = [f"{run['extractor']} {run['id']}" for run in about["runs"]]
    yield maker.made(
        stix_id("note", "export", about["ledger"], about["state"], exported),
        (exported, exported),
        abstract="What this bundle is",
        content=sentence(selection.about),
        authors=["dateline"],
        object_refs=[DATELINE],
        extra={"export": about},
    )


def _batches(values: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(values, _TOGETHER)):
        yield some


__all__ = ["DATELINE", "EXTENSION", "write"]
