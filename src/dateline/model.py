"""The nouns of dateline: what a document, a claim and everything derived from claims is made of.

Frozen, slotted, typed and of the standard library only, so that every stage can share them.
Field meanings follow the annotation guide (`docs/claims.md`); offsets count Unicode code points
of `Document.text`, end exclusive, so that `text[start:end] == exact` always holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The 24 kinds of act or state that a claim can be about."""

    PRESENCE = "presence"
    DEPLOYMENT = "deployment"
    REDEPLOYMENT = "redeployment"
    WITHDRAWAL = "withdrawal"
    EXPULSION = "expulsion"
    AGREEMENT = "agreement"
    TERMINATION = "termination"
    CONSULTATION = "consultation"
    COOPERATION = "cooperation"
    TRAINING = "training"
    ARMS_TRANSFER = "arms_transfer"
    AID = "aid"
    SUPPORT = "support"
    CONCESSION = "concession"
    REQUEST = "request"
    ACCUSATION = "accusation"
    REJECTION = "rejection"
    THREAT = "threat"
    PROTEST = "protest"
    SANCTION = "sanction"
    MOBILIZATION = "mobilization"
    COERCION = "coercion"
    COUP = "coup"
    ATTACK = "attack"


class Stance(StrEnum):
    """What the source (or, without one, the report) commits to."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


class Commitment(StrEnum):
    """What the report itself holds of what a source says, by its word for the saying; apart from the source's stance.

    After the classes of Saurí and Pustejovsky's FactBank: a factive word commits the reporter too, a word of
    distance leaves the source alone with it.
    """

    COMMITTED = "committed"
    NEUTRAL = "neutral"
    DISTANCED = "distanced"


class Sector(StrEnum):
    """The part of society an actor belongs to (after PLOVER's sectors)."""

    GOV = "GOV"
    MIL = "MIL"
    PMC = "PMC"
    REB = "REB"
    POL = "POL"
    PTY = "PTY"
    IGO = "IGO"
    NGO = "NGO"
    MED = "MED"
    CIV = "CIV"
    BUS = "BUS"
    UNK = "UNK"


class Precision(StrEnum):
    """How exactly a place is given; only the first four carry a point."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"


class Unit(StrEnum):
    """What a quantity counts."""

    PERSONNEL = "personnel"
    KILLED = "killed"
    WOUNDED = "wounded"
    DETAINED = "detained"
    DISPLACED = "displaced"
    PEOPLE = "people"
    VEHICLES = "vehicles"
    AIRCRAFT = "aircraft"
    SHIPS = "ships"
    WEAPONS = "weapons"
    STRIKES = "strikes"
    MONEY = "money"
    COUNTRIES = "countries"
    SITES = "sites"
    OTHER = "other"


class Scope(StrEnum):
    """Which part of the whole a quantity speaks of."""

    TOTAL = "total"
    PART = "part"
    CEILING = "ceiling"
    REMAINING = "remaining"


class TimeBasis(StrEnum):
    """How a time was read: written in full, resolved against an anchor, or the day of publication."""

    STATED = "stated"
    RELATIVE = "relative"
    PUBLISHED = "published"


class SourceKind(StrEnum):
    """What kind of voice a source is."""

    OFFICIAL = "official"
    GOVERNMENT = "government"
    MILITARY = "military"
    IGO = "igo"
    ARMED_GROUP = "armed_group"
    MEDIA = "media"
    DOCUMENT = "document"
    WITNESS = "witness"
    EXPERT = "expert"
    CIVIL = "civil"
    UNKNOWN = "unknown"


class Quote(StrEnum):
    """How the words of the source are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Standing(StrEnum):
    """How a force stands in a host country, from its claims.

    `leaving`: still there, with a plan, an order or a partial departure not older than a year;
    `expelled`: ordered out and nothing newer says whether it went; `planned`, `alleged`, `conditional`
    and `denied`: nobody asserts that it is or was there.
    """

    PRESENT = "present"
    LEAVING = "leaving"
    LEFT = "left"
    EXPELLED = "expelled"
    PLANNED = "planned"
    ALLEGED = "alleged"
    CONDITIONAL = "conditional"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, `start` inclusive, `end` exclusive, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return min(self.end, other.end) > max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the report with their offsets."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that show a claim: `document.text[start:end] == exact`."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted upon. `country` is ISO 3166-1 alpha-3 or None; `name` is canonical."""

    text: str | None
    start: int | None
    end: int | None
    name: str
    country: str | None
    sector: Sector


@dataclass(frozen=True, slots=True)
class Place:
    """Where. `lat`/`lon` are WGS 84 degrees, None for a country or region.

    `uncertainty` is the metres from that point within which the place very likely lies. Where several places of
    the name stay as likely, there is no point and `alternatives` names them.
    """

    text: str | None
    start: int | None
    end: int | None
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: Precision
    uncertainty: float | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, as bounds of what is said; None is an open bound, never zero."""

    text: str | None
    start: int | None
    end: int | None
    low: float | None
    high: float | None
    unit: Unit
    scope: Scope


@dataclass(frozen=True, slots=True)
class TimeRange:
    """When, as ISO dates, both ends inclusive; None is an open end."""

    text: str | None
    start: int | None
    end: int | None
    earliest: str | None
    latest: str | None
    basis: TimeBasis


@dataclass(frozen=True, slots=True)
class Source:
    """The one who says it, as written and by canonical name, with what the report tells of him.

    `description` is the fullest phrase the report has for him, word by word, where it says more than a name;
    `office` his post or rank ("defence minister"); `affiliation` the body or state he speaks for;
    `condition` on what terms his name is kept back ("who asked not to be named"). None: not said.
    """

    text: str | None
    start: int | None
    end: int | None
    name: str
    description: str | None = None
    office: str | None = None
    affiliation: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, how the words are given, and through whom they reached the report (`via`, nearest first).

    `commitment` is the report's own, by its word for the saying; None where it was not judged.
    """

    source: Source | None
    source_kind: SourceKind
    anonymous: bool
    cue: Mention | None
    quote: Quote
    via: tuple[str, ...] = ()
    commitment: Commitment | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the stored text that is page furniture, with the reason it was taken for that."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read or decided: what, where, why. Nothing is dropped in silence."""

    code: str
    message: str
    document: str | None = None
    path: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows of a report before it is read; what is given here wins over what is found."""

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its text, never edited after reading, and what is known of it.

    `sha256` is that of the raw bytes it came from. `provenance` tells for each metadata field
    where the value came from (`given`, `html meta`, `credit line`, `dateline`, ...).
    `published` is an ISO 8601 date or date-time with zone, or None; never a guess.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    agency: str | None = None
    dateline_place: str | None = None
    dateline_date: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    furniture: tuple[Furniture, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition with who says so and the words that show it; see `docs/claims.md`.

    `basis` maps each filled slot to a short account of how it was read.
    `confidence` is the calibrated probability (0 to 1) that the record is right.
    """

    id: str
    document: str
    kind: Kind
    actor: Actor | None
    recipient: Actor | None
    place: Place | None
    quantity: Quantity | None
    time: TimeRange | None
    stance: Stance
    attribution: Attribution | None
    evidence: tuple[Evidence, ...]
    confidence: float
    basis: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Claims of one kind, actor, recipient and country whose times agree: derived, rebuilt, never edited.

    `stances` are those of its claims: with only `denied` or `planned` ones it is not known to have happened.
    """

    id: str
    kind: Kind
    actor: str | None
    recipient: str | None
    country: str | None
    earliest: str | None
    latest: str | None
    claims: tuple[str, ...]
    stances: tuple[Stance, ...] = ()
    actor_country: str | None = None
    recipient_country: str | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """How many of a force one claim puts in a country, with how it is put and the day it speaks of."""

    claim: str
    stance: Stance
    low: float | None
    high: float | None
    scope: Scope
    day: str | None


@dataclass(frozen=True, slots=True)
class Presence:
    """The standing of one force in one host country (and base, when all support names one).

    `low`/`high` are the newest asserted strength (None: not said); `as_of` the day it was said of.
    `supports` assert that the force is or came there, `departures` that it leaves, left or must leave.
    `planned`, `denied`, `alleged` and `conditional` name claims that are shown apart and never enter the
    range. `sites` are the bases that support names and `strengths` every figure given, both newest first.
    """

    id: str
    force: str
    force_country: str | None
    sector: Sector
    host: str
    site: str | None
    status: Standing
    low: float | None
    high: float | None
    scope: Scope | None
    as_of: str | None
    supports: tuple[str, ...]
    strength_from: str | None = None
    planned: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    alleged: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    departures: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    strengths: tuple[Strength, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """The program that read reports: versions and settings, identified by their content."""

    id: str
    extractor: str
    model: str
    python: str
    spacy: str
    settings: Mapping[str, str] = field(default_factory=dict)


def content_id(prefix: str, *parts: object) -> str:
    """A stable id from content alone: SHA-256 over the canonical JSON of `parts`, never of time."""
    payload = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def identified(document: Document) -> Document:
    """The document under the id of its content: text, published, title, outlet, url, language."""
    parts = (document.text, document.published, document.title, document.outlet, document.url, document.language)
    return replace(document, id=content_id("doc", *parts))


def as_record(value: Any) -> dict[str, Any]:
    """A model value as a plain dict of JSON types, in field order."""
    return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}


def claim_record(claim: Claim, document: Document) -> dict[str, Any]:
    """A claim as the guide's JSON object, with its document's reference in place of the bare id."""
    record = as_record(claim)
    keys = ("id", "url", "outlet", "published", "language", "title")
    record["document"] = {key: getattr(document, key) for key in keys}
    return record


def _plain(value: Any) -> Any:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, StrEnum):
        return str(value)
    if is_dataclass(value):
        return as_record(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(v) for v in value]
    return value
