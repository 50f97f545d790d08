"""Reports and their claims for FollowTheMoney: a claim is a note on its actors, with the report as its proof.

It is no event, so that no timeline shows a denial or a plan as a deed. Who says it is linked to it, and so is each
who passes it on; stance, numbers and days are keywords, and all fields stand in the index text.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.export.addresses import web_address
from dateline.export.ftm.entities import Entity, actor, entity, kept, link, place, source
from dateline.export.gathered import Gathered
from dateline.export.languages import ftm_language
from dateline.export.listing import Record
from dateline.export.standing import Standing
from dateline.export.told import claim_name, claim_sentence, place_name
from dateline.model import content_id


def report_entities(report: Gathered, origin: Record | None, decided: Standing) -> Iterator[Entity]:
    """A report, then its claims with what they need; an actor or a place comes again with every claim that has it."""
    yield _article(report, origin)
    named: set[tuple[str, str]] = set()
    for claim in report.claims:
        for made in _of_claim(report, claim, decided):
            if made.schema == "Mention":
                pair = (made.properties["name"][0], made.properties["resolved"][0])
                if pair in named:
                    continue
                named.add(pair)
            yield made


def _article(report: Gathered, origin: Record | None) -> Entity:
    document = report.document
    words = [f"agency:{document['agency']}"] if document.get("agency") else []
    if origin is not None:
        words += [f"origin:{origin['id']}", f"origin name:{origin['name']}"]
    given = {
        "title": document["title"],
        "author": document.get("byline"),
        "publishedAt": document["published"],
        "sourceUrl": web_address(document["url"]),
        "publisher": document["outlet"],
        "language": ftm_language(document["language"]),
        "keywords": words,
        "indexText": kept("report", document),
    }
    return entity(document["id"], "Article", given, report.recorded, ftm_language(document["language"]))


def _of_claim(report: Gathered, claim: Record, decided: Standing) -> Iterator[Entity]:
    about: list[str] = []
    for slot in ("actor", "recipient"):
        if claim[slot] is not None:
            found = actor(claim[slot])
            about.append(found.id)
            yield found
            yield from _mention(report, claim[slot], found)
    where = None if claim["place"] is None else place(claim["place"])
    if where is not None:
        yield where
    yield _note(report, claim, (about, where), decided)
    yield from _voices(report, claim)


def _note(report: Gathered, claim: Record, about: tuple[list[str], Entity | None], decided: Standing) -> Entity:
    document, where = claim["document"], claim["place"]
    given = {
        "name": claim_name(claim),
        "summary": claim_sentence(claim),
        "description": [part["exact"] for part in claim["evidence"]],
        "entity": about[0],
        "country": None if where is None else where["country"],
        "address": None,
        "addressEntity": None if about[1] is None else about[1].id,
        "proof": document["id"],
        "publisher": document["outlet"],
        "sourceUrl": web_address(document["url"]),
        "keywords": _keywords(claim, decided),
        "indexText": kept("claim", claim),
    }
    return entity(claim["id"], "Note", given, report.recorded, ftm_language(document["language"]))


def _keywords(claim: Record, decided: Standing) -> list[str]:
    """What a reader filters by: kind, stance, numbers, days, and what analysts decided."""
    found = [f"kind:{claim['kind']}", f"stance:{claim['stance']}"]
    quantity, time, said, where = (claim[slot] for slot in ("quantity", "time", "attribution", "place"))
    if quantity is not None:
        bounds = [f"{name}:{quantity[name]:.15g}" for name in ("low", "high") if quantity[name] is not None]
        found += [*bounds, f"unit:{quantity['unit']}", f"scope:{quantity['scope']}"]
    if time is not None:
        found += [f"{name}:{time[name]}" for name in ("earliest", "latest", "basis") if time[name] is not None]
    if where is not None:
        found.append(f"place:{place_name(where)}")
    if said is not None:
        found += [f"source:{said['source_kind']}", *(["source:anonymous"] if said["anonymous"] else [])]
    verdict = decided.of(claim["id"])
    found += [f"judged:{verdict['verdict']}"] if "verdict" in verdict else []
    return found + [f"judged:corrected {one['slot']}" for one in verdict.get("corrections", ())]


def _mention(report: Gathered, slot: Record, found: Entity) -> Iterator[Entity]:
    if not slot["text"]:
        return
    given = {
        "document": report.document["id"],
        "name": slot["text"],
        "resolved": found.id,
        "detectedSchema": found.schema,
        "contextCountry": slot["country"],
    }
    key = content_id("mention", report.document["id"], slot["text"], found.id)
    yield entity(key, "Mention", given, report.recorded)


def _voices(report: Gathered, claim: Record) -> Iterator[Entity]:
    """Who says it, and who passes it on, nearest to the report first."""
    said = claim["attribution"]
    if said is None:
        return
    voices = [] if said["source"] is None else [(said["source"]["name"], f"says it ({said['quote']})")]
    voices += [(name, f"passes it on ({at})") for at, name in enumerate(said["via"], start=1)]
    for name, role in voices:
        found = source(name)
        yield found
        yield link(
            found.id,
            claim["id"],
            role,
            status=claim["stance"],
            proof=report.document["id"],
            date=report.document["published"],
        )
