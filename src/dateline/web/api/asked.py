"""What may be asked: the parameters of each listing, and the filters of the ledger they come to.

A parameter that is not known is refused, so that a misspelt filter never widens an answer in silence.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, core_schema

from dateline.desk.sources import HouseSort, SourceSort
from dateline.model import DisputeKind, DisputeStatus, Effect, Kind, SourceKind, Stage, Stance, Standing, Verdict
from dateline.store import Filters
from dateline.store.orders import CLAIMS, DISPUTES, DOCUMENTS, EVENTS, ORIGINS, PRESENCES
from dateline.store.paging import MOST_ROWS, Listing, Paging

_SORT = "The order; with `-` before it the other way round. What lacks the value comes last."
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(text: str) -> str:
    if _DAY.fullmatch(text) is None:
        raise ValueError("a day is written YYYY-MM-DD")
    date.fromisoformat(text)
    return text


_FILTERS = set(Filters.__dataclass_fields__) - {"limit"}

Text = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\u0000]+$")]
Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="Records of a page.")]
Cursor = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000, pattern=r"^[A-Za-z0-9_-]+$"),
    Field(json_schema_extra={"format": "cursor"}),
]


class SortOf:
    """The orders of a listing, as a parameter."""

    def __init__(self, listing: Listing) -> None:
        self._orders = tuple(sort for name in listing.orders for sort in (name, f"-{name}"))

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A string that is one of the orders."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Its documentation."""
        return {**handler(schema), "enum": list(self._orders)}

    def _checked(self, text: str) -> str:
        if text not in self._orders:
            raise ValueError(f"there are {', '.join(self._orders)}")
        return text


class Page(BaseModel):
    """Which page of a listing."""

    model_config = ConfigDict(extra="forbid")

    limit: Limit = 50
    cursor: Cursor | None = Field(None, description="Where the page begins: from `next` or `previous` of another page.")

    @property
    def paging(self) -> Paging:
        """The page that is meant."""
        return Paging(self.limit, self.cursor, getattr(self, "sort", None))

    @property
    def filters(self) -> Filters:
        """The filters of the ledger."""
        return _filters(self)


def _filters(asked: BaseModel) -> Filters:
    return Filters(**asked.model_dump(include=_FILTERS, exclude_none=True))


class _Days(BaseModel):
    since: Day | None = Field(None, description="Not before this day.", examples=["2024-01-01"])
    until: Day | None = Field(None, description="Not after this day.", examples=["2024-12-31"])


class _Parties(BaseModel):
    actor: Text | None = Field(
        None, description="Who acts: a country (name or alpha-3 code), or part of a name.", examples=["Russia"]
    )
    recipient: Text | None = Field(None, description="Who is acted upon, in the same way.", examples=["NER"])
    host: Text | None = Field(None, description="Host country, by name or alpha-3 code.", examples=["NER"])
    place: Text | None = Field(None, description="Country, or part of a place's name.", examples=["Agadez"])


class ClaimFilters(_Parties, _Days):
    """Which claims."""

    kind: Kind | None = Field(None, description="What act or state.", examples=["deployment"])
    stance: Stance | None = Field(None, description="What the source commits to.", examples=["denied"])
    source: Text | None = Field(
        None, description="Who says it or passes it on, by part of the name; or a kind of source.", examples=["Reuters"]
    )
    text: Text | None = Field(None, description="Every one of these words.", examples=["C-130"])
    document: Text | None = Field(None, description="Of this report.")


class DocumentFilters(_Days):
    """Which reports; days are those of publication."""

    outlet: Text | None = Field(None, description="Part of the outlet's name.", examples=["Reuters"])
    text: Text | None = Field(None, description="Every one of these words in title or text.", examples=["drone"])


class EventFilters(_Parties, _Days):
    """Which events."""

    kind: Kind | None = Field(None, description="What act.", examples=["attack"])
    stage: Stage | None = Field(None, description="How far it has come.", examples=["done"])
    origins: int | None = Field(None, ge=0, le=10_000, description="Told by at least so many independent origins.")


class PresenceFilters(BaseModel):
    """Which presences."""

    host: Text | None = Field(None, description="Host country, by name or alpha-3 code.", examples=["NER"])
    actor: Text | None = Field(None, description="The force: its country, or part of its name.", examples=["USA"])
    place: Text | None = Field(None, description="Part of the name of a base or town.", examples=["Agadez"])
    status: Standing | None = Field(None, description="How it stands there.", examples=["present"])
    since: Day | None = Field(None, description="Told of on this day or later.", examples=["2024-01-01"])


class DisputeFilters(_Days):
    """Which disputes."""

    host: Text | None = Field(None, description="Host country, by name or alpha-3 code.", examples=["NER"])
    actor: Text | None = Field(None, description="The force: its country, or part of its name.", examples=["USA"])
    type: DisputeKind | None = Field(None, description="What the sides do not agree on.", examples=["number"])
    state: DisputeStatus | None = Field(None, description="Open or settled.", examples=["open"])
    text: Text | None = Field(None, description="Every one of these words in topic or sentence.")


class OriginFilters(_Days):
    """Which origins; days are those of publication."""

    source: Text | None = Field(None, description="Part of the name of who reported it.", examples=["AFP"])
    document: Text | None = Field(None, description="The origin of this report.")
    origins: int | None = Field(
        None, alias="min_reports", ge=1, le=10_000, description="Carried by at least so many reports.", examples=[2]
    )


class IssueFilters(BaseModel):
    """Which issues."""

    code: Text | None = Field(None, description="What kind of issue.", examples=["no_date"])
    document: Text | None = Field(None, description="Of this report.")
    text: Text | None = Field(None, description="Part of the message or path, as written.")


class LogFilters(BaseModel):
    """Which entries of the log."""

    analyst: Text | None = Field(None, description="Part of the analyst's name; only judgements.", examples=["anna"])
    since: Day | None = Field(None, description="Recorded on this day (UTC) or later.", examples=["2024-01-01"])
    until: Day | None = Field(None, description="Recorded on this day (UTC) or before.", examples=["2024-12-31"])
    target: Text | None = Field(
        None, description="About this: an id of anything, its beginning, or the name of a source.", examples=["Reuters"]
    )


class Claims(Page, ClaimFilters):
    """A page of claims."""

    sort: Annotated[str, SortOf(CLAIMS)] | None = Field(None, description=_SORT)


class Documents(Page, DocumentFilters):
    """A page of reports."""

    sort: Annotated[str, SortOf(DOCUMENTS)] | None = Field(None, description=_SORT)


class Events(Page, EventFilters):
    """A page of events."""

    sort: Annotated[str, SortOf(EVENTS)] | None = Field(None, description=_SORT)


class OnDay(BaseModel):
    """A day that something is asked for."""

    model_config = ConfigDict(extra="forbid")

    on: Day | None = Field(None, description="Only the steps that hold on this day.", examples=["2024-05-01"])


class Presences(Page, PresenceFilters):
    """A page of presences."""

    sort: Annotated[str, SortOf(PRESENCES)] | None = Field(None, description=_SORT)

    on: Day | None = Field(
        None,
        description="Who was there on this day (valid time), in the strength of that day.",
        examples=["2024-05-01"],
    )
    until: Day | None = Field(None, description="As the reports published up to this day told it; needs `host`.")


class Disputes(Page, DisputeFilters):
    """A page of disputes."""

    sort: Annotated[str, SortOf(DISPUTES)] | None = Field(None, description=_SORT)


class Origins(Page, OriginFilters):
    """A page of origins."""

    sort: Annotated[str, SortOf(ORIGINS)] | None = Field(None, description=_SORT)


class Issues(Page, IssueFilters):
    """A page of issues."""


class Log(Page, LogFilters):
    """A page of the log."""

    what: Literal["reading", "refused", "judgement", "notice"] | Verdict | Effect | None = Field(
        None,
        description="reading, refused, judgement, a verdict, notice, or what notices come to.",
        examples=["judgement"],
    )


class Judgements(Page, LogFilters):
    """A page of judgements."""

    verdict: Verdict | None = Field(None, description="What they do.", examples=["reject"])


class _Names(BaseModel):
    """Which sources. A page has 50."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = Field(None, description="Part of the name.", examples=["pentagon"])
    cursor: Cursor | None = Field(None, description="Where the page begins: from `next` or `previous` of another page.")


class Sources(_Names):
    """A page of those who are quoted."""

    kind: SourceKind | None = Field(None, description="What kind of source.", examples=["official"])
    sort: SourceSort = Field(SourceSort.CLAIMS, description="Most claims first, by name, or last quoted first.")


class Outlets(_Names):
    """A page of outlets and agencies."""

    sort: HouseSort = Field(HouseSort.REPORTS, description="Most reports first, by name, or last printed first.")


class Search(Page):
    """A page of what is found."""

    q: Text = Field(description="Words; every one must be there.", examples=["Agadez base"])
    of: Literal["claims", "documents"] = Field("claims", description="What to search.")
    sort: Literal["best", "-published", "published"] = Field(
        "best", description="The best first, among the newest thousand that hold the words; or by day of publication."
    )


class _Export(BaseModel):
    """The form of a file."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["jsonl", "csv"] = Field(
        "jsonl", description="JSON Lines: whole records; CSV: flat rows, formulas of spreadsheets neutralised."
    )

    @property
    def filters(self) -> Filters:
        """The filters of the ledger."""
        return _filters(self)


class ClaimsFile(_Export, ClaimFilters):
    """Claims as a file."""


class DocumentsFile(_Export, DocumentFilters):
    """Reports as a file."""


class EventsFile(_Export, EventFilters):
    """Events as a file."""


class PresencesFile(_Export, PresenceFilters):
    """Presences as a file."""


class DisputesFile(_Export, DisputeFilters):
    """Disputes as a file."""


class OriginsFile(_Export, OriginFilters):
    """Origins as a file."""


class LogFile(LogFilters):
    """Judgements as a file."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["jsonl", "csv"] = Field("jsonl", description="JSON Lines or CSV.")
    verdict: Verdict | None = Field(None, description="What they do.", examples=["reject"])
