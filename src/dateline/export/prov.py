"""PROV-JSON (W3C PROV): what every claim and every derived row came from, by whose doing, for archives and audits.

Entities are the raw bytes of a report, its text, claims, what is derived from claims, corrected claims and the export
itself. Activities are the reading of a report, the derivation, judgements and the export. Agents are the programs with
their versions, analysts, publishers, and those who say a claim or pass it on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from dateline import reconcile
from dateline.export.listing import Record
from dateline.export.prov_parts import Parts, address, day, many, name, number
from dateline.export.selection import About, Selection
from dateline.model import Judgement, content_id
from dateline.reconcile.verdicts import undone

_AT_ONCE = 500
_PERSONS = frozenset({"official", "witness", "expert", "unknown", "military", "government"})
_PRESENCE_ROLES = ("supports", "departures", "planned", "alleged", "conditional", "denied")


def write(selection: Selection, out: BinaryIO) -> None:
    """One document; its statements are spooled on disk while it is made, so memory stays flat."""
    with Parts() as parts:
        about = selection.about
        program = _program(parts, about)
        export = _export(parts, about, program)
        for run in about.runs:
            _run(parts, run)
        for report in selection.documents():
            _report(parts, report)
        for some in _chunks(selection.claims()):
            _claims(parts, selection, some, export)
        _derived(parts, selection, program)
        _judgements(parts, selection)
        parts.write(out)


def _chunks(records: Iterator[Record]) -> Iterator[list[Record]]:
    while some := list(islice(records, _AT_ONCE)):
        yield some


def _program(parts: Parts, about: About) -> str:
    identifier = f"program-{content_id('dateline', about.dateline)}"
    label = f"dateline {about.dateline}"
    attributes = {"prov:type": name("prov:SoftwareAgent"), "prov:label": label, "dateline:version": about.dateline}
    parts.tell("agent", identifier, attributes)
    return identifier


def _export(parts: Parts, about: About, program: str) -> str:
    """The export as an activity and as the collection of its claims; their id is of what was asked, and of when."""
    asked = {"ledger": about.ledger, "as_of": about.as_of, "filters": dict(about.filters), "at": about.exported_at}
    identifier = content_id("export", asked)
    parts.tell(
        "entity",
        identifier,
        {
            "prov:type": name("prov:Collection"),
            "dateline:kind": "export",
            "dateline:ledger": about.ledger,
            "dateline:as_of": about.as_of,
            "dateline:filter": many(f"{key}={value}" for key, value in about.filters.items()),
        },
    )
    activity = f"exporting-{identifier}"
    parts.tell("activity", activity, {"prov:endTime": about.exported_at, "dateline:kind": "export"})
    parts.relate("wasAssociatedWith", {"activity": activity, "agent": program})
    parts.relate("wasGeneratedBy", {"entity": identifier, "activity": activity}, {"prov:time": about.exported_at})
    return identifier


def _run(parts: Parts, run: Record) -> None:
    names = ("extractor", "model", "python", "spacy")
    attributes: dict[str, Any] = {f"dateline:{key}": run[key] for key in names}
    attributes["dateline:setting"] = many(f"{key}={value}" for key, value in run["settings"].items())
    label = f"{run['extractor']} ({run['model']})"
    parts.tell_once("agent", run["id"], {"prov:type": name("prov:SoftwareAgent"), "prov:label": label} | attributes)


def _report(parts: Parts, report: Record) -> None:
    raw = f"raw-{report['sha256']}"
    parts.tell_once("entity", raw, {"prov:type": name("dateline:RawCapture"), "dateline:sha256": report["sha256"]})
    attributes = {
        "prov:type": name("dateline:Text"),
        "prov:label": report["title"],
        "prov:location": address(report["url"]),
        "dateline:published": report["published"],
        "dateline:outlet": report["outlet"],
        "dateline:agency": report["agency"],
        "dateline:byline": report["byline"],
        "dateline:language": report["language"],
        "dateline:provenance": many(f"{key}: {value}" for key, value in report["provenance"].items()),
    }
    parts.tell("entity", report["id"], attributes)
    parts.relate("wasDerivedFrom", {"generatedEntity": report["id"], "usedEntity": raw})
    for role, told in (("publisher", report["outlet"]), ("agency", report["agency"])):
        if told is not None:
            agent = _agent(parts, told, "prov:Organization")
            attributed = {"entity": report["id"], "agent": agent}
            parts.relate("wasAttributedTo", attributed, {"prov:type": name(f"dateline:{role}")})


def _agent(parts: Parts, told: str, kind: str) -> str:
    """The agent of a name; of one name told as person and as organisation there are two."""
    identifier = content_id("agent", kind, told)
    parts.tell_once("agent", identifier, {"prov:type": name(kind), "prov:label": told})
    return identifier


def _claims(parts: Parts, selection: Selection, some: Sequence[Record], export: str) -> None:
    readings = selection.readings_of([claim["id"] for claim in some])
    for claim in some:
        identifier, report = claim["id"], claim["document"]["id"]
        parts.tell("entity", identifier, _said(claim))
        quoted = {"generatedEntity": identifier, "usedEntity": report}
        parts.relate("wasDerivedFrom", quoted, {"prov:type": name("prov:Quotation")})
        parts.relate("hadMember", {"collection": export, "entity": identifier})
        _voices(parts, claim)
        reading = readings.get(identifier)
        if reading is not None:
            activity = f"reading-{report}-{reading.run}"
            told = {"prov:endTime": reading.recorded_at, "dateline:kind": "reading"}
            if parts.tell_once("activity", activity, told):
                parts.relate("used", {"activity": activity, "entity": report})
                parts.relate("wasAssociatedWith", {"activity": activity, "agent": reading.run})
            generated = {"entity": identifier, "activity": activity}
            parts.relate("wasGeneratedBy", generated, {"prov:time": reading.recorded_at})


def _said(claim: Record) -> dict[str, Any]:
    """A claim as attributes: what it says, how it is put, how surely it was read, its words and where they stand."""
    quantity, time, place = claim["quantity"] or {}, claim["time"] or {}, claim["place"] or {}
    said = claim["attribution"] or {}
    return {
        "prov:type": name("dateline:Claim"),
        "prov:value": " … ".join(part["exact"] for part in claim["evidence"]),
        "dateline:at": many(f"{part['start']}-{part['end']}" for part in claim["evidence"]),
        "dateline:kind": claim["kind"],
        "dateline:stance": claim["stance"],
        "dateline:actor": (claim["actor"] or {}).get("name"),
        "dateline:recipient": (claim["recipient"] or {}).get("name"),
        "dateline:place": place.get("name"),
        "dateline:country": place.get("country"),
        "dateline:quantity": quantity.get("text"),
        "dateline:low": number(quantity.get("low")),
        "dateline:high": number(quantity.get("high")),
        "dateline:unit": quantity.get("unit"),
        "dateline:scope": quantity.get("scope"),
        "dateline:earliest": day(time.get("earliest")),
        "dateline:latest": day(time.get("latest")),
        "dateline:source_kind": said.get("source_kind"),
        "dateline:anonymous": said.get("anonymous"),
        "dateline:via": ", ".join(said.get("via", ())) or None,
        "dateline:confidence": number(claim["confidence"]),
    }


def _voices(parts: Parts, claim: Record) -> None:
    """Who says a claim, and through whom: agents that it is attributed to."""
    said = claim["attribution"]
    if said is None:
        return
    if said["source"] is not None:
        kind = "prov:Person" if said["source_kind"] in _PERSONS else "prov:Organization"
        agent = _agent(parts, said["source"]["name"], kind)
        attributed = {"entity": claim["id"], "agent": agent}
        parts.relate("wasAttributedTo", attributed, {"prov:type": name("dateline:says")})
    for relay in said["via"]:
        attributed = {"entity": claim["id"], "agent": _agent(parts, relay, "prov:Organization")}
        parts.relate("wasAttributedTo", attributed, {"prov:type": name("dateline:relays")})


def _derived(parts: Parts, selection: Selection, program: str) -> None:
    """Events, presences, disputes and origins, each generated by the derivation from claims or reports."""
    derivation = f"derivation-{reconcile.VERSION}"
    parts.tell("activity", derivation, {"dateline:kind": "derivation", "dateline:rules": reconcile.VERSION})
    parts.relate("wasAssociatedWith", {"activity": derivation, "agent": program})
    for identifier, attributes, used in _rows(selection):
        parts.tell("entity", identifier, attributes)
        parts.relate("wasGeneratedBy", {"entity": identifier, "activity": derivation})
        for role, key in used:
            ends = {"generatedEntity": identifier, "usedEntity": key}
            parts.relate("wasDerivedFrom", ends, {"prov:type": name(f"dateline:{role}")})
        settled = attributes.get("dateline:settled_by")
        if settled is not None:
            parts.relate("wasInfluencedBy", {"influencee": identifier, "influencer": settled})


_Row = tuple[str, dict[str, Any], list[tuple[str, str]]]


def _rows(selection: Selection) -> Iterator[_Row]:
    for event in selection.events():
        yield event["id"], _event(event), [("claim", key) for key in event["claims"]]
    for presence in selection.presences():
        used = [(role, key) for role in _PRESENCE_ROLES for key in presence[role]]
        yield presence["id"], _presence(presence), used
    for dispute in selection.disputes():
        used = [(f"side{at}", key) for at, side in enumerate(dispute["sides"], 1) for key in side["claims"]]
        yield dispute["id"], _dispute(dispute), used
    for origin in selection.origins():
        attributes = {"prov:type": name("dateline:Origin"), "prov:label": origin["name"]}
        yield origin["id"], attributes, [("report", key) for key in origin["documents"]]


def _event(event: Record) -> dict[str, Any]:
    names = ("kind", "stage", "actor", "recipient", "country", "place", "unit")
    attributes: dict[str, Any] = {"prov:type": name("dateline:Event")} | {
        f"dateline:{key}": event[key] for key in names
    }
    attributes |= {"dateline:earliest": day(event["earliest"]), "dateline:latest": day(event["latest"])}
    attributes |= {"dateline:low": number(event["low"]), "dateline:high": number(event["high"])}
    return attributes | {"dateline:stance": many(event["stances"])}


def _presence(presence: Record) -> dict[str, Any]:
    names = ("force", "force_country", "host", "status", "scope")
    attributes: dict[str, Any] = {"prov:type": name("dateline:Presence")}
    attributes |= {f"dateline:{key}": presence[key] for key in names}
    attributes |= {"dateline:low": number(presence["low"]), "dateline:high": number(presence["high"])}
    return attributes | {"dateline:as_of": day(presence["as_of"])}


def _dispute(dispute: Record) -> dict[str, Any]:
    attributes: dict[str, Any] = {"prov:type": name("dateline:Dispute"), "prov:label": dispute["sentence"]}
    attributes |= {f"dateline:{key}": dispute[key] for key in ("kind", "status", "about", "settled_by")}
    return attributes | {"dateline:holds": many(side["holds"] for side in dispute["sides"])}


def _judgements(parts: Parts, selection: Selection) -> None:
    """What analysts decided: a rejection that stands invalidates its claims, a correction makes a revision of each."""
    made = list(selection.judgements())
    gone = undone(msgspec.convert(judgement, Judgement) for judgement in made)
    for judgement in made:
        identifier = judgement["id"]
        attributes = {f"dateline:{key}": judgement[key] for key in ("verdict", "matter", "reason")}
        told = many(f"{key}={json.dumps(value, ensure_ascii=False)}" for key, value in judgement["value"].items())
        attributes |= {"dateline:kind": "judgement", "dateline:value": told, "prov:endTime": judgement["at"]}
        parts.tell("activity", identifier, attributes | {"dateline:undone_by": gone.get(identifier)})
        agent = content_id("analyst", judgement["analyst"])
        parts.tell_once("agent", agent, {"prov:type": name("prov:Person"), "prov:label": judgement["analyst"]})
        parts.relate("wasAssociatedWith", {"activity": identifier, "agent": agent})
        for target in judgement["targets"]:
            _about(parts, judgement, target)
            if identifier not in gone:
                _done(parts, judgement, target)


def _about(parts: Parts, judgement: Record, target: str) -> None:
    """That a judgement looked at something."""
    identifier = judgement["id"]
    if judgement["matter"] == "source":
        agent = _agent(parts, target, "prov:Organization")
        parts.relate("wasInfluencedBy", {"influencee": agent, "influencer": identifier})
    elif judgement["verdict"] == "reverse":
        parts.relate("wasInformedBy", {"informed": identifier, "informant": target})
    else:
        parts.relate("used", {"activity": identifier, "entity": target}, {"prov:time": judgement["at"]})


def _done(parts: Parts, judgement: Record, target: str) -> None:
    """What a judgement that stands changed."""
    identifier, at = judgement["id"], judgement["at"]
    if judgement["verdict"] == "reject":
        parts.relate("wasInvalidatedBy", {"entity": target, "activity": identifier}, {"prov:time": at})
    if judgement["verdict"] == "correct":
        made = f"{target}.{identifier}"
        parts.tell("entity", made, {"prov:type": name("dateline:CorrectedClaim")})
        ends = {"generatedEntity": made, "usedEntity": target, "activity": identifier}
        parts.relate("wasDerivedFrom", ends, {"prov:type": name("prov:Revision")})
        parts.relate("wasGeneratedBy", {"entity": made, "activity": identifier}, {"prov:time": at})
