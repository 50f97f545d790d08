"""Whole listings as files: CSV for spreadsheets, JSON Lines for programs; written as they are read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from dateline.desk import Desk
from dateline.export import SHAPES, Listing, csv
from dateline.judging import log_page
from dateline.model import Document
from dateline.store.paging import Paging, Slice
from dateline.store.schema import JUDGEMENT
from dateline.web.api import asked, shapes
from dateline.web.api.routes.judgements import log_filters
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Export"])
T = TypeVar("T")
Batches = Iterator[Sequence[Any]]

BATCH = 200
"""Records that are read, written and let go together."""

_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
_encoder = msgspec.json.Encoder()


class FileResponse(StreamingResponse):
    """A file that is written while it is sent."""

    media_type = "application/jsonl"


_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {
            "application/jsonl": {"schema": {"type": "string", "description": "One whole record a line, UTF-8."}},
            "text/csv": {"schema": {"type": "string", "description": "One flat row a record, RFC 4180, UTF-8."}},
        },
    }
}


@router.get("/export/claims", response_class=FileResponse, responses=_FILE, operation_id="exportClaims")
def claims(desk: TheDesk, wanted: Annotated[asked.ClaimsFile, Query()]) -> FileResponse:
    """Claims as a file, whole: the annotation guide's records (docs/claims.md)."""
    pages = _pages(lambda paging: desk.view.claims_page(wanted.filters, paging))
    return _file("claims", wanted.format, (shapes.claims(desk, rows) for rows in pages))


@router.get("/export/documents", response_class=FileResponse, responses=_FILE, operation_id="exportDocuments")
def documents(desk: TheDesk, wanted: Annotated[asked.DocumentsFile, Query()]) -> FileResponse:
    """Reports as a file; with their texts in JSON Lines, without in CSV."""
    pages = _pages(lambda paging: desk.view.documents_page(wanted.filters, paging))
    return _file("documents", wanted.format, (_with_texts(desk, rows) for rows in pages))


@router.get("/export/events", response_class=FileResponse, responses=_FILE, operation_id="exportEvents")
def events(desk: TheDesk, wanted: Annotated[asked.EventsFile, Query()]) -> FileResponse:
    """Events as a file."""
    pages = _pages(lambda paging: desk.view.events_page(wanted.filters, paging))
    return _file("events", wanted.format, pages)


@router.get("/export/presences", response_class=FileResponse, responses=_FILE, operation_id="exportPresences")
def presences(desk: TheDesk, wanted: Annotated[asked.PresencesFile, Query()]) -> FileResponse:
    """Presences as a file; with their steps in JSON Lines."""
    pages = _pages(lambda paging: desk.view.presences_page(wanted.filters, paging))
    return _file("presence", wanted.format, pages)


@router.get("/export/disputes", response_class=FileResponse, responses=_FILE, operation_id="exportDisputes")
def disputes(desk: TheDesk, wanted: Annotated[asked.DisputesFile, Query()]) -> FileResponse:
    """Disputes as a file."""
    pages = _pages(lambda paging: desk.view.disputes_page(wanted.filters, paging))
    return _file("disputes", wanted.format, pages)


@router.get("/export/origins", response_class=FileResponse, responses=_FILE, operation_id="exportOrigins")
def origins(desk: TheDesk, wanted: Annotated[asked.OriginsFile, Query()]) -> FileResponse:
    """Origins as a file."""
    pages = _pages(lambda paging: desk.view.origins_page(wanted.filters, paging))
    return _file("origins", wanted.format, pages)


@router.get("/export/judgements", response_class=FileResponse, responses=_FILE, operation_id="exportJudgements")
def judgements(desk: TheDesk, wanted: Annotated[asked.LogFile, Query()]) -> FileResponse:
    """Judgements as a file, newest first: lines of the log."""
    filters = log_filters(desk, wanted, JUDGEMENT if wanted.verdict is None else str(wanted.verdict))
    pages = _pages(lambda paging: log_page(desk.store, filters, paging))
    return _file("log", wanted.format, ([shapes.log_line(line) for line in rows] for rows in pages))


def _with_texts(desk: Desk, rows: Sequence[Document]) -> list[Document]:
    texts = desk.view.texts([one.id for one in rows])
    return [replace(one, text=texts[one.id]) for one in rows]


def _pages(page: Callable[[Paging], Slice[T]]) -> Iterator[tuple[T, ...]]:
    """The rows of every page. Each is read on its own, so that a slow reader holds nothing of the ledger."""
    cursor = None
    while True:
        found = page(Paging(BATCH, cursor))
        yield found.rows
        cursor = found.next
        if cursor is None:
            return


def _file(name: str, form: str, batches: Batches) -> FileResponse:
    first = next(batches, ())
    parts = _csv(name, first, batches) if form == "csv" else _lines(first, batches)
    plural = {"presence": "presences", "log": "judgements"}.get(name, name)
    headers = {
        "content-disposition": f'attachment; filename="{plural}.{form}"',
        "cache-control": "private, no-store",
    }
    return FileResponse(parts, headers=headers, media_type=_TYPES[form])


def _lines(first: Sequence[Any], batches: Batches) -> Iterator[bytes]:
    yield _encoder.encode_lines(first)
    for batch in batches:
        yield _encoder.encode_lines(batch)


def _csv(name: str, first: Sequence[Any], batches: Batches) -> Iterator[bytes]:
    yield _rows(name, first)
    for batch in batches:
        yield _rows(name, batch).partition(b"\r\n")[2]


def _rows(name: str, batch: Sequence[Any]) -> bytes:
    """A heading and the rows of a batch."""
    out = io.BytesIO()
    records = [msgspec.to_builtins(record) for record in batch]
    csv.write(Listing(name, records, SHAPES[name], len(records)), out)
    return out.getvalue()
