"""Things of a ledger as entities of FollowTheMoney: their ids, schemata and properties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dateline.export.ftm import values
from dateline.export.listing import Record
from dateline.lexicon import countries
from dateline.model import content_id

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("name",), "name"),
        **dict.fromkeys(("summary", "description", "notes", "indexText"), "text"),
        **dict.fromkeys(("location", "full"), "address"),
        **dict.fromkeys(("date", "startDate", "endDate", "publishedAt"), "day"),
        **dict.fromkeys(("latitude", "longitude"), "number"),
        "sourceUrl": "url",
        "country": "country",
        "contextCountry": "country",
        **dict.fromkeys(
            ("topics", "language", "entity", "subject", "object", "proof", "involved", "addressEntity", "resolved"),
            "as it is",
        ),
        "document": "as it is",
    }
)
"""The type of each property that we use; the others are short strings."""
_SCHEMATA: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys(("GOV", "MIL", "IGO"), "PublicBody"), "UNK": "LegalEntity", "BUS": "Company"}
)
_TOPICS: Mapping[str, str] = MappingProxyType({"GOV": "gov", "MIL": "mil", "IGO": "gov.igo", "PTY": "pol.party"})
_MOST_JSON = 60_000


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: its values are clean, each property has each of them once, empty ones are left out.

    `recorded` is the moment in UTC at which what it rests on came into the ledger, None where that is not known;
    `language` that of its texts, as an ISO 639-3 code.
    """

    id: str
    schema: str
    properties: Mapping[str, list[str]]
    recorded: str | None = field(default=None)
    language: str | None = field(default=None)

    def record(self) -> dict[str, Any]:
        """As `ftm` reads it."""
        return {"id": self.id, "schema": self.schema, "properties": dict(self.properties), "datasets": ["dateline"]}


def entity(key: str, schema: str, given: Mapping[str, Any], *told: str | None) -> Entity:
    """An entity of what is given: a value or several a property, None for what is not known.

    `told` are when what it rests on was recorded, and the language of its texts.
    """
    kept = {name: _clean(name, value) for name, value in given.items()}
    recorded, language = (*told, None, None)[:2]
    return Entity(key, schema, {name: found for name, found in kept.items() if found}, recorded, language)


def _clean(name: str, value: Any) -> list[str]:
    several: Iterable[Any] = value if isinstance(value, (list, tuple)) else (value,)
    made = (_value(_KINDS.get(name, "string"), one) for one in several if one is not None)
    return list(dict.fromkeys(one for one in made if one))


def _value(kind: str, value: Any) -> str | None:
    if kind == "as it is":
        return str(value)
    if kind == "number":
        return values.number(value)
    if kind == "country":
        return country(value)
    makers = {"name": values.name, "address": values.address, "day": values.day}
    return makers[kind](value) if kind in makers else values.plain(value, kind)


def country(code: str | None) -> str | None:
    """The code that FollowTheMoney has for a country: alpha-2, in lower case; None for what is no country of ours."""
    found = None if code is None else countries.by_code(code)
    return None if found is None else found.alpha2.lower()


def actor(record: Record) -> Entity:
    """An actor of claims, or the force of a presence."""
    sector = record["sector"]
    given = {
        "name": record["name"],
        "country": record["country"],
        "topics": _TOPICS.get(sector),
        "keywords": [f"sector:{sector}"],
    }
    key = content_id("actor", record["name"], record["country"], sector)
    return entity(key, _SCHEMATA.get(sector, "Organization"), given)


def source(name: str) -> Entity:
    """Who says or passes on something: a person or a body, which the ledger does not always tell apart."""
    return entity(content_id("source", name), "LegalEntity", {"name": name})


def place(record: Record) -> Entity:
    """A place; it has a point only where the ledger has one."""
    state = None if record["country"] is None else countries.by_code(record["country"])
    named = record["name"] if state is None or state.name == record["name"] else f"{record['name']}, {state.name}"
    point = (record["lat"], record["lon"], record.get("uncertainty"))
    given = {
        "name": record["name"],
        "full": named,
        "country": record["country"],
        "latitude": point[0],
        "longitude": point[1],
        "keywords": [f"precision:{record['precision']}"] + [f"uncertainty:{one:g}" for one in point[2:] if one],
    }
    return entity(content_id("place", record["name"], record["country"], *point, record["precision"]), "Address", given)


def link(subject: str, target: str, role: str, **more: Any) -> Entity:
    """That one thing stands to another in a role."""
    given = {"subject": subject, "object": target, "role": role, **more}
    return entity(content_id("link", subject, target, role), "UnknownLink", given)


def kept(what: str, record: Record) -> str:
    """The whole record as ASCII JSON behind its name, for the index text: nobody sees it, and nothing of it is lost.

    One that is too long leaves out its words, then its lists; then it is "".
    """
    slimmer = [record, {**record, "evidence": [], "basis": {}}]
    slimmer.append({name: value for name, value in record.items() if not isinstance(value, (list, dict))})
    for one in slimmer:
        text = f"dateline {what} {json.dumps(one, ensure_ascii=True, separators=(',', ':'))}"
        if len(text) <= _MOST_JSON:
            return text
    return ""
