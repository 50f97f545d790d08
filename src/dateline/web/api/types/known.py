"""What is derived from claims: events, presences, disputes, origins. Rebuilt, never edited; ids change with reports."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dateline.model import (
    DeploymentKind,
    DisputeKind,
    DisputeStatus,
    Kind,
    OriginSign,
    Scope,
    Sector,
    Stage,
    Stance,
    Standing,
    Tie,
    Unit,
)
from dateline.web.api.types.common import ClaimId, Country, Day, DocumentId, High, Low


class Witness(BaseModel):
    """One independent telling: the claims that rest on one origin. Ten reprints of one wire are one."""

    origin: str = Field(description="Id of the origin, or a key of who is relayed where his report is not here.")
    name: str | None = Field(description="Who reported it.", examples=["Reuters"])
    documents: list[DocumentId] = Field(description="Its reports.")
    claims: list[ClaimId] = Field(description="Its claims.")
    background: bool = Field(
        description="Whether it is no origin: it recalls the matter, long after, or is a data set."
    )


class EventHeader(BaseModel):
    """Claims of the same act by the same actor at compatible place and time, in short."""

    id: str = Field(description="Id of the event.", examples=["event-3c4d5e6f7a8b9c0d1e2f"])
    kind: Kind = Field(description="What act it is.")
    stage: Stage = Field(description="How far it has come by its claims.")
    actor: str | None = Field(description="Who acts, by canonical name.")
    actor_country: Country | None = Field(description="The state of the actor, alpha-3.")
    recipient: str | None = Field(description="Who is acted upon.")
    recipient_country: Country | None = Field(description="The state of the recipient, alpha-3.")
    country: Country | None = Field(description="Where, alpha-3.")
    place: str | None = Field(description="Where, by name.")
    earliest: Day | None = Field(description="First possible day; null: open.")
    latest: Day | None = Field(description="Last possible day; null: open.")
    low: Low
    high: High
    unit: Unit | None = Field(description="What is counted.")
    stances: list[Stance] = Field(
        description="Those of its claims. With only denied or planned ones it is not known to have happened."
    )
    origins: int = Field(ge=0, description="Independent origins that tell it, background mentions left out.")
    claim_count: int = Field(ge=0, description="Its claims.")


class Variant(BaseModel):
    """One reading of a slot of an event."""

    value: str = Field(description="The value in words.", examples=["600"])
    claims: list[ClaimId] = Field(description="The claims that give it.")
    origins: int = Field(description="On how many independent origins they rest.")


class EventLink(BaseModel):
    """Another event of the same process: this one announces, begins, completes or follows it."""

    tie: Tie
    event: str = Field(description="Id of the other event.")


class Event(EventHeader):
    """An event with its claims, every reading of every slot, and who tells it."""

    claims: list[ClaimId] = Field(description="Its claims.")
    variants: dict[str, list[Variant]] = Field(description="For each slot every value with its support, best first.")
    witnesses: list[Witness] = Field(description="Its independent tellings; background mentions are marked.")
    links: list[EventLink] = Field(description="Other events of the same process.")


class PresenceHeader(BaseModel):
    """The standing of one force in one host country, in short."""

    id: str = Field(description="Id of the presence.", examples=["presence-6f7a8b9c0d1e2f3a4b5c"])
    force: str = Field(description="The force, by canonical name.", examples=["United States forces"])
    force_country: Country | None = Field(description="The sending state, alpha-3.")
    sector: Sector = Field(description="MIL, PMC, POL …")
    host: str = Field(description="Host country, alpha-3; the name of a region where only its total is told.")
    site: str | None = Field(description="Base or town, where all support names one.")
    status: Standing = Field(description="How it stands there.")
    low: Low
    high: High
    scope: Scope | None = Field(description="Which part of the whole the strength is.")
    as_of: Day | None = Field(description="Day that the newest asserted strength was said of.")
    strength_from: ClaimId | None = Field(description="The claim that gives the strength.")
    deployment: DeploymentKind | None = Field(description="What it is there for, where claims say so.")
    sites: list[str] = Field(description="Bases and towns that its support names, newest first.")
    supporting: int = Field(ge=0, description="Claims that it is or came there.")
    origins: int = Field(ge=0, description="Independent origins behind them.")


class Strength(BaseModel):
    """One figure that was given."""

    claim: ClaimId
    stance: Stance
    low: Low
    high: High
    scope: Scope
    day: Day | None = Field(description="The day it speaks of.")


class Step(BaseModel):
    """One interval: from when to when the force stood there, in which strength, and why."""

    start: Day | None = Field(description="First day; null where the beginning is not known.")
    end: Day | None = Field(description="Last day; null is an open end, known as of `as_of`.")
    low: Low
    high: High
    as_of: Day | None = Field(description="Newest day that supports it.")
    supports: list[ClaimId] = Field(description="Claims for it.")
    reason: str = Field(description="Why, in a sentence.")
    start_precise: bool = Field(description="Whether a claim gives the day it began.")
    start_asserted: bool = Field(description="Whether a claim says that it began then, not only that it was so.")
    end_precise: bool = Field(description="Whether a claim gives the day it ended.")
    end_asserted: bool = Field(description="Whether a claim says that it ended then.")
    contradicts: list[ClaimId] = Field(description="Claims against it.")
    origins: int = Field(description="Independent origins behind it.")
    carried: bool = Field(description="Whether the strength is that of an older report and nothing newer gives one.")


class SitePresence(BaseModel):
    """The steps at one base or town; never summed to the country's."""

    site: str = Field(description="Its name.", examples=["Airbase 201, Agadez"])
    lat: float | None = Field(description="Latitude, WGS 84 degrees.")
    lon: float | None = Field(description="Longitude, WGS 84 degrees.")
    steps: list[Step] = Field(description="Oldest first.")


class Presence(PresenceHeader):
    """A presence with its claims by what they say, and the whole of it in time."""

    supports: list[ClaimId] = Field(description="Claims that the force is or came there.")
    departures: list[ClaimId] = Field(description="Claims that it leaves, left or must leave.")
    planned: list[ClaimId] = Field(description="Planned; shown apart, never in the range.")
    denied: list[ClaimId] = Field(description="Denied; shown apart.")
    alleged: list[ClaimId] = Field(description="Alleged; shown apart.")
    conditional: list[ClaimId] = Field(description="Conditional; shown apart.")
    strengths: list[Strength] = Field(description="Every figure given, newest first.")
    series: list[Step] = Field(description="The whole of it in time, oldest step first.")
    at_sites: list[SitePresence] = Field(description="The same for each base.")
    witnesses: list[Witness] = Field(description="Its independent tellings.")


class SideHeader(BaseModel):
    """One side of a dispute, in short."""

    holds: str = Field(description="What it holds, in words.", examples=["1,000"])
    claim_count: int = Field(ge=0, description="Its claims.")
    origins: int = Field(ge=0, description="Independent origins they rest on.")


class DisputeHeader(BaseModel):
    """Claims that cannot all be so, in short."""

    id: str = Field(description="Id of the dispute.", examples=["dispute-9c0d1e2f3a4b5c6d7e8f"])
    kind: DisputeKind = Field(description="What its sides do not agree on.")
    status: DisputeStatus = Field(description="Whether an analyst has decided it.")
    about: str = Field(description="Id of the event or presence it arises in.")
    topic: str = Field(description="What it is about, in words.")
    sentence: str = Field(description="The dispute in one plain sentence.")
    force_country: Country | None = Field(description="State of the force in question.")
    host: str | None = Field(description="Host country, alpha-3.")
    first_day: Day | None = Field(description="First day that its claims speak of.")
    last_day: Day | None = Field(description="Last day that its claims speak of.")
    settled_by: str | None = Field(description="Id of the judgement that decided it.")
    favours: int | None = Field(description="Number of the side it was decided for, from 0; null: none.")
    sides: list[SideHeader] = Field(description="Its sides, strongest first.")


class Side(SideHeader):
    """One side of a dispute."""

    claims: list[ClaimId] = Field(description="Its claims.")
    witnesses: list[Witness] = Field(description="The independent tellings they rest on.")


class Dispute(DisputeHeader):
    """A dispute with the claims and witnesses of each side."""

    sides: list[Side] = Field(description="Its sides, strongest first.")  # type: ignore[assignment]


class OriginHeader(BaseModel):
    """One independent reporting, in short."""

    id: str = Field(description="Id of the origin.", examples=["origin-0d1e2f3a4b5c6d7e8f9a"])
    name: str | None = Field(
        description="Who reported it as far as the reports tell.", examples=["Agence France-Presse"]
    )
    earliest: str | None = Field(description="Publication of its earliest report, ISO 8601.")
    reports: int = Field(ge=1, description="Reports that carry it.")
    partly_used: int = Field(ge=0, description="Reports that take only parts of it.")


class TextChange(BaseModel):
    """What a later copy has where the earlier text has something else."""

    what: str = Field(description="number, date, place, name or words.", examples=["number"])
    before: str | None = Field(description="Words of the earlier text; null: added.")
    after: str | None = Field(description="Words of the later text; null: cut.")
    before_start: int | None = Field(description="First code point in the earlier text.")
    after_start: int | None = Field(description="First code point in the later text.")


class OriginLink(BaseModel):
    """Two reports that rest on one reporting, and why we say so."""

    earlier: DocumentId
    later: DocumentId
    signs: list[OriginSign] = Field(description="The signs of it.")
    reason: str = Field(description="Why, in a sentence.")
    share: float | None = Field(description="Part of the later text that stands in the earlier, 0 to 1.")
    taken: float | None = Field(description="Part of the earlier text that stands in the later, 0 to 1.")
    partial: bool = Field(description="Whether the later took only parts, or mixes origins.")
    changes: list[TextChange] = Field(description="What the later text changed.")


class Origin(OriginHeader):
    """An origin with its reports, how each pair is linked, and what copies changed."""

    documents: list[DocumentId] = Field(description="Its reports, oldest first.")
    links: list[OriginLink] = Field(description="Why they are one.")
    partial: list[OriginLink] = Field(description="Links to reports that take only parts of it; they are no members.")
