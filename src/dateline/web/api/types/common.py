"""What several answers share: ids, counts, the frame of a listing, a problem."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")

ClaimId = Annotated[
    str, Field(description="Id of a claim: a hash of its content.", examples=["claim-4c0d58a1a57a9c1f3a54"])
]
DocumentId = Annotated[
    str, Field(description="Id of a report: a hash of its text and metadata.", examples=["doc-0d9f6a3c5b1e47c2a8d1"])
]
Country = Annotated[str, Field(description="Country, ISO 3166-1 alpha-3.", examples=["NER"])]
Day = Annotated[str, Field(description="ISO 8601 day.", examples=["2024-05-03"])]
Moment = Annotated[str, Field(description="ISO 8601 moment in UTC.", examples=["2024-05-04T16:30:00.000000Z"])]
Low = Annotated[float | None, Field(description="Least number that was said; null is an open bound, never zero.")]
High = Annotated[float | None, Field(description="Greatest number that was said; null is an open bound.")]


class Total(BaseModel):
    """How many records there are for the filters, over all pages."""

    count: int = Field(ge=0, description="Records that fit.", examples=[267])
    exact: bool = Field(description="False where counting stopped early: there are at least so many.")


class Listing(BaseModel, Generic[T]):
    """A page of records. The header `Link` (RFC 8288) leads to the same pages as `next` and `previous`."""

    items: list[T] = Field(description="The records of this page, in the order of the listing.")
    next: str | None = Field(
        description="Address of the next page, to be joined to the server's; null on the last.",
        examples=["/api/v1/claims?kind=deployment&limit=50&cursor=eyJhIjpbXX0"],
    )
    previous: str | None = Field(description="Address of the page before; null on the first.")
    total: Total


class Rejected(BaseModel):
    """One part of a request that does not fit."""

    where: str = Field(description="The part, as a path.", examples=["query.limit"])
    what: str = Field(description="What is wrong with it.", examples=["Input should be less than or equal to 500"])


class Problem(BaseModel):
    """What went wrong (RFC 9457), in words for a person; `type` is for programs."""

    type: str = Field(
        description="Which problem it is: an address that explains it, the same for every occurrence.",
        examples=["/api#problem-unknown-id"],
    )
    title: str = Field(description="The kind of problem in a few words.", examples=["Unknown id"])
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="This occurrence in words.", examples=["no claim has the id claim-00"])
    errors: list[Rejected] | None = Field(None, description="The parts of the request that do not fit.")
