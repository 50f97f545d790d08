"""What the tools take: values of arguments with their limits, cursors, and errors in words."""

from __future__ import annotations

import base64
import binascii
import difflib
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypedDict, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from dateline.lexicon.countries import countries
from dateline.mcp.wrapping import unwrapped
from dateline.store import CursorError, Filters, Paging, Slice, country_code

T = TypeVar("T")
_FARTHEST = 100_000


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError(f"{value!r} is no day; write it as 2024-05-04") from None


def _country(value: str) -> str:
    code = country_code(value)
    if code is not None:
        return code
    near = difflib.get_close_matches(value.title(), [country.name for country in countries()], n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "write a name or an alpha-3 code such as NER"
    raise ValueError(f"{value!r} is no country: {hint}")


def _plain(value: object) -> object:
    return unwrapped(value) if isinstance(value, str) else value


_Text = Annotated[str, BeforeValidator(_plain), Field(min_length=1, max_length=200)]
Words = Annotated[_Text | None, Field(description="Words that must all occur, without regard to case and accents.")]
Party = Annotated[_Text | None, Field(description="A country (name or alpha-3 code) or part of a name.")]
Spot = Annotated[_Text | None, Field(description="A country or part of a place name.")]
Host = Annotated[
    Annotated[_Text, AfterValidator(_country)] | None,
    Field(description="The country where forces are: a name or an alpha-3 code such as NER."),
]
Who = Annotated[_Text | None, Field(description="Part of the name of who says it, or a kind such as military.")]
Outlet = Annotated[_Text | None, Field(description="Part of the outlet's name.")]
Since = Annotated[
    Annotated[str, AfterValidator(_day)] | None, Field(description="From this day on, ISO 8601, inclusive.")
]
Until = Annotated[
    Annotated[str, AfterValidator(_day)] | None, Field(description="Up to this day, ISO 8601, inclusive.")
]
Identifier = Annotated[_Text, Field(description="A full id, or enough of its beginning to be the only one.")]
SomeId = Annotated[_Text | None, Field(description="Only this one, with more of its claims: its id or the beginning.")]
Cursor = Annotated[str | None, Field(description="`next_cursor` of the page before.", max_length=4_000)]
Limit = Annotated[int, Field(description="At most so many rows, 1 to 50.", ge=1, le=50)]


class Asked(BaseModel):
    """The arguments of a tool."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AskedList(Asked):
    """The arguments of a tool that lists."""

    limit: Limit = 10
    cursor: Cursor = None


def paged(listed: Callable[[Filters, Paging], Slice[T]], filters: dict[str, Any], asked: AskedList) -> Slice[T]:
    """One page of a listing."""
    try:
        return listed(Filters(**filters), Paging(limit=asked.limit, cursor=asked.cursor))
    except CursorError:
        raise ValueError("this cursor is of no answer to these arguments: leave it out to begin again") from None


class Counted(TypedDict):
    """The fields of an answer that say where a page stands."""

    total: int
    total_is_least: bool
    next_cursor: str | None


def counted(page: Slice[T]) -> Counted:
    """How many rows there are in all, or at least, and the cursor of the next page."""
    return Counted(total=page.total, total_is_least=page.total_is_least, next_cursor=page.next)


def cursor_at(offset: int) -> str:
    """A cursor that goes on behind `offset` rows."""
    return base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def offset_of(cursor: str | None) -> int:
    """How many rows a cursor passes over; ValueError for one that no answer gave."""
    if cursor is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        offset = int(text.removeprefix("o"))
    except (ValueError, binascii.Error):
        offset = -1
    if not 0 <= offset <= _FARTHEST:
        raise ValueError("this cursor is of no answer: leave it out to begin again")
    return offset
