"""Sources: who says things in this ledger, and one of them with its record."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk import sources as desk_sources
from dateline.desk.sources import HouseSort, SourceSort
from dateline.model import SourceKind
from dateline.web.asking import TheDesk
from dateline.web.linking import address_of_source
from dateline.web.rendering import page
from dateline.web.wanted import with_query

router = APIRouter()
E = TypeVar("E", bound=StrEnum)
_LONGEST = 500
_NAMED = 200


@router.get("/sources")
def sources(request: Request, desk: TheDesk) -> Response:
    """Persons and bodies that are quoted, or (`tab=outlets`) outlets and agencies."""
    asked = request.query_params
    text = asked.get("q", "").replace("\x00", "")[:_NAMED]
    number = int(asked["page"]) if asked.get("page", "").isdecimal() and len(asked["page"]) < 7 else 1
    outlets = asked.get("tab") == "outlets"
    given: dict[str, str] = {"tab": "outlets"} if outlets else {}
    given |= {"q": text} if text.strip() else {}
    if outlets:
        sort = _one(HouseSort, asked.get("sort")) or HouseSort.REPORTS
        found = desk_sources.houses(desk, text=text, sort=sort, page=number)
        return _list(request, found, given, sort, kinds=(), kind=None, outlets=True)
    kind = _one(SourceKind, asked.get("kind"))
    by = _one(SourceSort, asked.get("sort")) or SourceSort.CLAIMS
    found = desk_sources.sources(desk, text=text, kind=kind, sort=by, page=number)
    given |= {"kind": str(kind)} if kind is not None else {}
    return _list(request, found, given, by, kinds=tuple(SourceKind), kind=kind, outlets=False)


def _one(among: type[E], typed: str | None) -> E | None:
    """What was typed as one of a closed list, None where it is none."""
    return next((one for one in among if one == typed), None)


def _list(request: Request, found: desk_sources.Listed, given: dict[str, str], sort: str, **more: Any) -> Response:
    kept = {**given, "sort": sort}
    return page(
        request,
        "sources.html",
        found=found,
        text=given.get("q", ""),
        sort=sort,
        address_of_source=address_of_source,
        sorted_by=lambda name: with_query("/sources", {**given, "sort": name}),
        on_page=lambda number: with_query("/sources", {**kept, "page": str(number)}),
        **more,
    )


@router.get("/sources/{name:path}")
def source(request: Request, desk: TheDesk, name: str) -> Response:
    """One source by its name."""
    name = name.replace("\x00", "")[:_LONGEST]
    card = desk_sources.source(desk, name) if name.strip() else None
    if card is None:
        return page(request, "source_unknown.html", status=404, name=name)

    def claims_of(**more: str) -> str:
        return with_query("/claims", {"source": card.name, **more})

    return page(request, "source.html", card=card, asked=claims_of, with_query=with_query)
