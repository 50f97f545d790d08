"""Who says things, who prints them, and what became of what they said."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dateline.model import SourceKind
from dateline.reconcile.ratings import Reliability
from dateline.web.api.types.common import Day


class _Seen(BaseModel):
    name: str = Field(description="The name, as reports write it.", examples=["Pentagon"])
    first: Day | None = Field(description="Day of the first report with it.")
    last: Day | None = Field(description="Day of the last.")
    rating: Reliability | None = Field(description="What analysts rated it; null where nobody did.")


class QuotedSource(_Seen):
    """A person or body that is quoted or passes on what others say."""

    kind: SourceKind | None = Field(description="What kind of source it is; null where it only passes on.")
    claims: int = Field(ge=0, description="Claims that it makes.")
    passed_on: int = Field(ge=0, description="Claims of others that come through it.")


class Outlet(_Seen):
    """An outlet, or an agency that reports credit."""

    reports: int = Field(ge=0, description="Reports under its name, or that credit it.")
    origins: int = Field(ge=0, description="Independent reportings that are named for it.")


class SourceRecord(BaseModel):
    """What became of the claims of a source so far: counts, no score made of them."""

    accepted: int = Field(ge=0, description="Accepted by analysts.")
    rejected: int = Field(ge=0, description="Rejected by analysts.")
    corrected: int = Field(ge=0, description="Corrected by analysts.")
    disputed: int = Field(ge=0, description="In an open dispute.")
    settled_for: int = Field(ge=0, description="On the side a dispute was decided for.")
    settled_against: int = Field(ge=0, description="On a side a dispute was decided against.")


class SourceInFull(_Seen):
    """One source, by all names that the lexicon knows for it."""

    claims: int = Field(ge=0, description="Claims that it makes.")
    passed_on: int = Field(ge=0, description="Claims of others that come through it.")
    reports: int = Field(ge=0, description="Reports under its name, or that credit it.")
    origins: int = Field(ge=0, description="Independent reportings that are named for it.")
    kinds: dict[str, int] = Field(description="Its claims by kind; of very many only the first are looked at.")
    stances: dict[str, int] = Field(description="Its claims by stance.")
    hosts: dict[str, int] = Field(description="Its claims by the country they are about, alpha-3, most first.")
    record: SourceRecord
