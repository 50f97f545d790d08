"""A claim and its parts; field meanings follow the annotation guide (`docs/claims.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.model.reports import Evidence, Mention
from dateline.model.words import Commitment, Kind, Precision, Quote, Scope, Sector, SourceKind, Stance, TimeBasis, Unit


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
