"""Reports and their claims in STIX: a claim is a note on those it is about, a report holds the notes of its claims.

STIX has no object for "somebody says that it is so, or that it is not so". A note says so in words, its authors are
those who say it, in the order of the chain, and our extension has every field of the claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.export.addresses import web_address
from dateline.export.gathered import Gathered
from dateline.export.languages import stix_language
from dateline.export.listing import Record
from dateline.export.moments import moment
from dateline.export.standing import Standing
from dateline.export.stix.parties import Parties
from dateline.export.stix.things import DATELINE, Maker, Thing, stix_id
from dateline.export.told import claim_name, claim_sentence

_PERCENT = 100


def note_id(claim: str) -> str:
    """The id of the note of a claim."""
    return stix_id("note", claim)


def report_id(document: str, *, dated: bool) -> str:
    """The id of the object of a report: STIX cannot hold a report without a date, such a one is a grouping."""
    return stix_id("report" if dated else "grouping", document)


class Reports:
    """Makes the objects of reports and claims; `first` is the moment of what the ledger does not date."""

    def __init__(self, maker: Maker, parties: Parties, standing: Standing, first: str) -> None:
        self._make = maker
        self._parties = parties
        self._standing = standing
        self._first = first

    def of(self, report: Gathered, origin: Record | None) -> Iterator[Thing]:
        """The objects of a report: who and where first, then a note a claim, then the report."""
        created = moment(report.recorded) or self._first
        notes = [self._note(claim, created) for claim in report.claims]
        publisher = report.document["outlet"]
        about = [] if publisher is None else [self._parties.source(publisher, "media")]
        yield from self._parties.fresh()
        yield from notes
        yield self._report(report, created, about + [note["id"] for note in notes], origin)

    def _note(self, claim: Record, created: str) -> Thing:
        about, parties = self._about(claim)
        said = self._standing.of(claim["id"])
        quotes = "\n".join(f"\u201c{part['exact']}\u201d" for part in claim["evidence"] if part["exact"])
        sentence = claim_sentence(claim)
        return self._make.made(
            note_id(claim["id"]),
            (created, moment(self._standing.at.get(claim["id"])) or created),
            abstract=claim_name(claim),
            content=f"{sentence}\n\n{quotes}" if quotes else sentence,
            authors=_authors(claim),
            object_refs=about or [DATELINE],
            revoked=True if self._standing.rejected(claim["id"]) else None,
            labels=[f"kind:{claim['kind']}", f"stance:{claim['stance']}"],
            lang=stix_language(claim["document"]["language"]),
            confidence=round(claim["confidence"] * _PERCENT),
            external_references=[{"source_name": "dateline", "external_id": claim["id"]}],
            extra={"claim": _claim(claim), **parties, "judged": said},
        )

    def _about(self, claim: Record) -> tuple[list[str], dict[str, Any]]:
        """What a claim is about, and who plays which part in it."""
        parts: dict[str, Any] = {}
        for slot in ("actor", "recipient"):
            if claim[slot] is not None:
                parts[f"{slot}_ref"] = self._parties.actor(claim[slot])
        places = [] if claim["place"] is None else self._parties.place(claim["place"])
        if places:
            parts["place_ref"] = places[0]
        about = list(dict.fromkeys([*parts.values(), *places]))
        said = claim["attribution"]
        if said is not None:
            if said["source"] is not None:
                parts["source_ref"] = self._parties.source(said["source"]["name"], said["source_kind"])
            parts["via_refs"] = [self._parties.source(name, "media") for name in said["via"]]
        return about, parts

    def _report(self, report: Gathered, created: str, objects: list[str], origin: Record | None) -> Thing:
        document = report.document
        published = moment(document["published"])
        name = document["title"] or document["url"] or f"Report {document['id']}"
        told = {key: value for key, value in document.items() if key not in ("id", "furniture", "provenance")}
        told |= {"report_id": document["id"], "provenance": _pairs(document.get("provenance") or {})}
        if origin is not None:
            told["origin"] = {
                "origin_id": origin["id"],
                "name": origin["name"],
                "reports": len(origin["documents"]),
            }
        dated = {"published": published} if published is not None else {"context": "unspecified"}
        return self._make.made(
            report_id(document["id"], dated=published is not None),
            (created, created),
            name=name,
            **dated,
            object_refs=objects,
            lang=stix_language(document["language"]),
            external_references=_references(document),
            extra={"report": told},
        )


def _authors(claim: Record) -> list[str]:
    """Those who say it, the first one first: source, then who passes it on outwards, else the outlet."""
    said = claim["attribution"]
    if said is None:
        return [claim["document"]["outlet"] or "the report"]
    kind = str(said["source_kind"]).replace("_", " ")
    source = said["source"]["name"] if said["source"] is not None else f"unnamed source ({kind})"
    return [source, *reversed(said["via"])]


def _references(document: Record) -> list[Thing]:
    """Where the report stands; its hash is that of the bytes we read, which need not be those of the address."""
    known = [{"source_name": "dateline", "external_id": document["id"]}]
    address = web_address(document["url"])
    if address is None:
        return known
    outlet = document["outlet"] or "report"
    named = f"{outlet} (outlet)" if outlet.strip().lower() in ("cve", "capec") else outlet
    return [{"source_name": named, "url": address}, *known]


def _claim(claim: Record) -> dict[str, Any]:
    """Every field of a claim under names that STIX allows: three letters or more, and none that is a free text."""
    found = {name: value for name, value in claim.items() if name not in ("id", "document", "basis")}
    report = {"report_id" if name == "id" else name: value for name, value in claim["document"].items()}
    return {"claim_id": claim["id"], "report": report, **found, "basis": _pairs(claim["basis"])}


def _pairs(values: Record) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in values.items()]
