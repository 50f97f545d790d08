"""Sources: who is quoted, who prints, and one of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from dateline.desk.sources import PAGE, SourceCard, houses, source, sources
from dateline.store.paging import Slice
from dateline.web.api import asked
from dateline.web.api.answering import Answers
from dateline.web.api.paging import numbered, page_number
from dateline.web.api.problems import Kind, Trouble
from dateline.web.api.shapes import Shape
from dateline.web.api.types import sources as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Sources"])
Name = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        pattern=r"^[^\u0000]+$",
        description="A name, as reports write it; other names that the lexicon knows for it lead to the same.",
    ),
]


@router.get("/sources", response_model=Listing[types.QuotedSource], operation_id="listSources")
def quoted(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Sources, Query()]) -> Response:
    """Persons and bodies that are quoted, 50 a page."""

    def page() -> Slice[object]:
        key = ("sources", wanted.text, wanted.kind, wanted.sort)
        number = page_number(wanted.cursor, key, PAGE)
        found = sources(desk, text=wanted.text or "", kind=wanted.kind, sort=wanted.sort, page=number)
        return numbered(found.rows, found.total, key, found.page, PAGE)

    return answer.listing(page)


@router.get("/outlets", response_model=Listing[types.Outlet], operation_id="listOutlets")
def printing(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Outlets, Query()]) -> Response:
    """Outlets that reports are printed under and agencies they credit, 50 a page."""

    def page() -> Slice[object]:
        key = ("outlets", wanted.text, wanted.sort)
        number = page_number(wanted.cursor, key, PAGE)
        found = houses(desk, text=wanted.text or "", sort=wanted.sort, page=number)
        return numbered(found.rows, found.total, key, found.page, PAGE)

    return answer.listing(page)


@router.get("/sources/{name:path}", response_model=types.SourceInFull, operation_id="getSource")
def one(answer: Answers, desk: TheDesk, name: Name) -> Response:
    """One source by its name: how often it is quoted and printed, and what became of what it said."""

    def record() -> Shape:
        card = source(desk, name)
        if card is None:
            raise Trouble(Kind.UNKNOWN_ID, f"the ledger names {name[:100]!r} nowhere")
        return _shape(card)

    return answer.record(record)


def _shape(card: SourceCard) -> Shape:
    days = [day for day in (card.voice.first, card.house.first) if day]
    last = [day for day in (card.voice.last, card.house.last) if day]
    return {
        "name": card.name,
        "first": min(days, default=None),
        "last": max(last, default=None),
        "rating": card.rating,
        "claims": card.voice.claims,
        "passed_on": card.voice.passed_on,
        "reports": card.house.reports,
        "origins": card.house.origins,
        "kinds": dict(card.kinds),
        "stances": dict(card.stances),
        "hosts": dict(card.hosts),
        "record": card.record,
    }
