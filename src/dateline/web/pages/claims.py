"""Claims: the list of them, its files, and one claim in its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dateline.desk import claims as desk_claims
from dateline.desk.claim_card import claim_card
from dateline.desk.terms import STANCES
from dateline.export.csv import stream as csv_stream
from dateline.export.jsonl import line
from dateline.export.shapes import SHAPES
from dateline.model import Kind, Stance
from dateline.store import Filters
from dateline.web.asking import TheDesk
from dateline.web.finding import missing
from dateline.web.paged import paged
from dateline.web.pieces import sent
from dateline.web.rendering import page
from dateline.web.wanted import wanted, with_query

router = APIRouter()
FILTERS = ("text", "kind", "stance", "actor", "recipient", "host", "place", "source", "since", "until")
COLUMNS = {
    "words": "Words",
    "act": "What",
    "parties": "Who, to or with whom",
    "place": "Where",
    "how_many": "How many",
    "when": "When",
    "voice": "Who says so",
    "report": "Report",
    "confidence": "Read right",
    "id": "Id",
}
"""The columns of the list and their headings, in order."""

_ORDERS = {
    "act": "kind",
    "parties": "actor",
    "place": "place",
    "how_many": "-quantity",
    "when": "-time",
    "voice": "source",
    "report": "-published",
    "confidence": "confidence",
}
"""The order that a heading first sorts by."""
_USUAL = tuple(name for name in COLUMNS if name not in ("confidence", "id"))
_VOICES = {"report": "reported by", "agency": "from the agency", "relay": "who has it from", "source": "said by"}
_ROLES = {
    "supports": "this claim supports it",
    "departures": "this claim tells of a departure",
    "planned": "this claim tells of a plan",
    "alleged": "this claim alleges it",
    "denied": "this claim denies it",
    "conditional": "this claim makes it depend on something",
    "mentions": "this claim speaks of it",
}
_VARIANTS = {
    "actor": "who",
    "recipient": "to or with whom",
    "time": "when",
    "place": "where",
    "quantity:personnel": "how many, personnel",
}
_WORDS: dict[str, Any] = {"STANCES": STANCES, "VARIANTS": _VARIANTS, "VOICES": _VOICES, "ROLES": _ROLES}
Ids = Annotated[tuple[str, ...], Query(max_length=desk_claims.MOST_CHOSEN)]


@router.get("/claims")
def claims(request: Request, desk: TheDesk) -> Response:
    """Claims that pass the filters of the address, newest report first."""
    asked = wanted(request, FILTERS, keep=("column", "sort"))
    columns = _columns(request.query_params.getlist("column"))
    found, refused = paged(request, partial(desk_claims.claims, desk, asked.filters))
    return page(
        request,
        "claims.html",
        is_kept=True,
        found=found,
        asked=asked,
        refused=(*asked.refused, *refused),
        ORDERS=_ORDERS,
        columns=columns,
        usual=columns == _USUAL,
        COLUMNS=COLUMNS,
        kinds=tuple(Kind),
        stances=tuple(Stance),
        files={kind: with_query(f"/claims.{kind}", asked.given) for kind in ("csv", "jsonl")},
    )


def _columns(chosen: Sequence[str]) -> tuple[str, ...]:
    """The columns of an address, in the order of the list; the usual ones where it names none."""
    return tuple(name for name in COLUMNS if name in chosen) or _USUAL


@router.get("/claims.csv")
def claims_csv(request: Request, desk: TheDesk, id: Ids = ()) -> Response:
    """Chosen claims, or all that pass the filters, as CSV: one row a claim, formulas made harmless."""
    records = desk_claims.chosen(desk, id) if id else desk_claims.records(desk, _all(request))
    return _download(csv_stream(records, SHAPES["claims"]), "text/csv; charset=utf-8", "claims.csv")


@router.get("/claims.jsonl")
def claims_jsonl(request: Request, desk: TheDesk, id: Ids = ()) -> Response:
    """Chosen claims, or all that pass the filters, as JSON Lines: one whole record a line."""
    records = desk_claims.chosen(desk, id) if id else desk_claims.records(desk, _all(request))
    return _download(map(line, records), "application/x-ndjson", "claims.jsonl")


def _all(request: Request) -> Filters:
    return wanted(request, FILTERS).filters


def _download(chunks: Iterable[bytes], kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return sent(chunks, kind, headers)


@router.get("/claims/{identifier}")
def claim(request: Request, desk: TheDesk, identifier: str) -> Response:
    """One claim with its sentence, its chain of sources and all that rests on it."""
    try:
        card = claim_card(desk, identifier)
    except LookupError:
        return missing(request, desk, identifier, "claims")
    return page(
        request,
        "claim.html",
        is_kept=True,
        card=card,
        claim=card.claim,
        document=card.document,
        judging=card.judging,
        **_WORDS,
    )
