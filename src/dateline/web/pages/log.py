"""The log, a page at a time and as files."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk import log as desk_log
from dateline.export.csv import stream as csv_stream
from dateline.export.jsonl import line
from dateline.export.shapes import SHAPES
from dateline.store.paging import Paging, PagingError
from dateline.web.asking import TheDesk
from dateline.web.linking import address_of_id
from dateline.web.pieces import sent
from dateline.web.rendering import page
from dateline.web.wanted import with_query

router = APIRouter()
_FILTERS = ("analyst", "since", "until", "what", "target")


def _typed(request: Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "") for name in _FILTERS}


@router.get("/log")
def log(request: Request, desk: TheDesk, cursor: str = "") -> Response:
    """What was added when and by whom, newest first."""
    typed = _typed(request)
    asked = desk_log.asked(desk, typed)
    refused = list(asked.refused)
    try:
        found = desk_log.log(desk, asked.filters, Paging(desk_log.PAGE, cursor or None))
    except PagingError as error:
        refused.append(str(error))
        found = desk_log.log(desk, asked.filters)
    given = {name: value for name, value in typed.items() if value}
    return page(
        request,
        "log.html",
        is_kept=True,
        found=found,
        typed=typed,
        refused=refused,
        WHAT=desk_log.WHAT,
        address_of_id=address_of_id,
        further=with_query("/log", {**given, "cursor": found.next}) if found.next else None,
        back=with_query("/log", {**given, "cursor": found.previous}) if found.previous else None,
        files={kind: with_query(f"/log.{kind}", given) for kind in ("csv", "jsonl")},
    )


@router.get("/log.csv")
def log_csv(request: Request, desk: TheDesk) -> Response:
    """The entries that pass the filters as CSV, formulas made harmless."""
    records = desk_log.records(desk, desk_log.asked(desk, _typed(request)).filters)
    return _download(csv_stream(records, SHAPES["log"]), "text/csv; charset=utf-8", "log.csv")


@router.get("/log.jsonl")
def log_jsonl(request: Request, desk: TheDesk) -> Response:
    """The entries that pass the filters as JSON Lines, judgements whole."""
    records = desk_log.records(desk, desk_log.asked(desk, _typed(request)).filters)
    return _download(map(line, records), "application/x-ndjson", "log.jsonl")


def _download(chunks: Iterable[bytes], kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return sent(chunks, kind, headers)
