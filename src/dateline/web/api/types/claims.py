"""Claims, their parts and what analysts made of them."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dateline.model import (
    Commitment,
    Kind,
    Precision,
    Quote,
    Scope,
    Sector,
    SourceKind,
    Stance,
    TimeBasis,
    Unit,
)
from dateline.reconcile.ratings import Credibility, Reliability
from dateline.web.api.types.common import ClaimId, Country, Day, High, Low
from dateline.web.api.types.judgements import LogLine
from dateline.web.api.types.reports import DocumentReference


class _InWords(BaseModel):
    text: str | None = Field(description="The words of the report; null where it is not said in words of its own.")
    start: int | None = Field(description="First code point of the words in the report's text.")
    end: int | None = Field(description="Code point after the last.")


class Actor(_InWords):
    """Who acts or is acted upon."""

    name: str = Field(description="Canonical name.", examples=["Africa Corps"])
    country: Country | None = Field(description="The state it belongs to, alpha-3.")
    sector: Sector = Field(description="Part of society: GOV, MIL, PMC (private military), REB, POL(ice), IGO, NGO …")


class Place(_InWords):
    """Where. A point only where one place of the name is likely; a country or region has none."""

    name: str = Field(description="Canonical name.", examples=["Airbase 101, Niamey"])
    country: Country | None = Field(description="Country, alpha-3.")
    lat: float | None = Field(description="Latitude, WGS 84 degrees.", examples=[13.48])
    lon: float | None = Field(description="Longitude, WGS 84 degrees.", examples=[2.18])
    precision: Precision = Field(description="How exactly the place is given.")
    uncertainty: float | None = Field(description="Metres from the point within which it very likely lies.")
    alternatives: list[str] = Field(description="Places of the name between which nothing decides.")


class Quantity(_InWords):
    """How many, as bounds of what is said."""

    low: Low
    high: High
    unit: Unit = Field(description="What is counted.")
    scope: Scope = Field(description="Which part of the whole: all, a part, at most, what remains.")


class TimeRange(_InWords):
    """When, both ends inclusive."""

    earliest: Day | None = Field(description="First possible day; null is an open end.")
    latest: Day | None = Field(description="Last possible day; null is an open end.")
    basis: TimeBasis = Field(description="Stated in full, relative to another day, or the day of publication.")


class Source(_InWords):
    """The one who says it, with what the report tells of him."""

    name: str = Field(description="Canonical name.", examples=["Lloyd Austin"])
    description: str | None = Field(description="The fullest phrase the report has for him.")
    office: str | None = Field(description="His post or rank.", examples=["defence secretary"])
    affiliation: str | None = Field(description="The body or state he speaks for.")
    condition: str | None = Field(description="On what terms his name is kept back.")


class Mention(BaseModel):
    """Words of the report."""

    text: str = Field(description="The words.", examples=["said"])
    start: int = Field(description="First code point in the report's text.")
    end: int = Field(description="Code point after the last.")


class Attribution(BaseModel):
    """Who says so, how his words are given and through whom they reached the report."""

    source: Source | None = Field(description="Null where only the kind of voice is known.")
    source_kind: SourceKind = Field(description="What kind of voice it is.")
    anonymous: bool = Field(description="Whether the report keeps the name back.")
    cue: Mention | None = Field(description="The word of saying.")
    quote: Quote = Field(description="Word by word, retold, or both.")
    via: list[str] = Field(description="Who passed it on, nearest to the report first.", examples=[["Reuters"]])
    commitment: Commitment | None = Field(description="What the report itself holds of it, by its word of saying.")


class Evidence(BaseModel):
    """Words that show a claim: the report's text from `start` to `end` is `exact`."""

    start: int = Field(ge=0, description="First code point in the report's text.")
    end: int = Field(ge=0, description="Code point after the last.")
    exact: str = Field(description="The words. Untrusted.")


class Claim(BaseModel):
    """One proposition, who says so, and the words that show it (docs/claims.md)."""

    id: ClaimId
    document: DocumentReference = Field(description="The report that has it.")
    kind: Kind = Field(description="What act or state it is about.")
    actor: Actor | None = Field(description="Who acts; null: not said.")
    recipient: Actor | None = Field(description="Who is acted upon; null: not said.")
    place: Place | None = Field(description="Where; null: not said.")
    quantity: Quantity | None = Field(description="How many; null: not said.")
    time: TimeRange | None = Field(description="When; null: not said.")
    stance: Stance = Field(description="What the source commits to: asserted, alleged, denied, planned, conditional.")
    attribution: Attribution | None = Field(description="Who says so; null: the report in its own voice.")
    evidence: list[Evidence] = Field(min_length=1, description="The words that show it.")
    confidence: float = Field(ge=0, le=1, description="Calibrated probability that the record is right.")
    basis: dict[str, str] = Field(
        description="For each slot how it was read.", examples=[{"place": "named in the clause"}]
    )


class Passage(Evidence):
    """A piece of evidence in its sentence."""

    before: str = Field(description="The words of the sentence before it. Untrusted.")
    after: str = Field(description="The words of the sentence after it. Untrusted.")


class ClaimEvidence(BaseModel):
    """The words that show a claim, each piece in its sentence, and the report they stand in."""

    claim: ClaimId
    document: DocumentReference
    passages: list[Passage] = Field(min_length=1, description="In the order of the claim's evidence.")


class RatedLink(BaseModel):
    """One voice of a chain."""

    role: str = Field(description="source, relay, agency or outlet.", examples=["outlet"])
    name: str = Field(description="Its name.", examples=["Reuters"])
    reliability: Reliability = Field(description="A (completely reliable) to E (unreliable); F cannot be judged.")


class Rating(BaseModel):
    """How the chain of a claim is rated (Admiralty code): as good as its weakest link."""

    links: list[RatedLink] = Field(description="From who says it to who prints it.")
    reliability: Reliability = Field(description="That of the weakest link.")
    credibility: Credibility = Field(description="Of the claim: 1 (confirmed) to 5 (improbable); 6 cannot be judged.")


class ReviewedClaim(BaseModel):
    """A claim as analysts left it."""

    claim: Claim | None = Field(description="The claim with all corrections that stand; null where it is rejected.")
    accepted: bool = Field(description="Whether an analyst checked it and nobody rejected it later.")
    rejected: bool = Field(description="Whether it is left out of all that is derived.")
    corrected: bool = Field(description="Whether a correction stands.")
    rating: Rating
    history: list[LogLine] = Field(description="Every judgement of it, newest first, undone ones too.")


class ClaimInFull(Claim):
    """A claim with what else is known of it."""

    external_ids: list[str] = Field(description="Ids it had where it was imported from.")
    events: list[str] = Field(description="Ids of the events it is among the claims of.")
    presences: list[str] = Field(description="Ids of the presences it is among the grounds of.")
    disputes: list[str] = Field(description="Ids of the disputes it takes a side in.")
