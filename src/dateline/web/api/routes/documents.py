"""Reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.desk import Desk
from dateline.model import Document, Matter
from dateline.store import Filters
from dateline.store.paging import Slice
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.routes.ids import Id, found
from dateline.web.api.shapes import Shape
from dateline.web.api.types import claims as claim_types
from dateline.web.api.types import reports as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Reports"])


@router.get("/documents", response_model=Listing[types.DocumentHeader], operation_id="listDocuments")
def documents(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Documents, Query()]) -> Response:
    """Reports without their texts, newest first; undated ones last."""

    def page() -> Slice[Shape]:
        got = desk.view.documents_page(wanted.filters, wanted.paging)
        return shown(got, [shapes.header(one) for one in got.rows])

    return answer.listing(page)


@router.get("/documents/{identifier}", response_model=types.Document, operation_id="getDocument")
def document(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """One report with its text, and the stretches of it that are page furniture."""

    def record() -> Shape:
        one = found(desk, identifier, Matter.DOCUMENT, lambda: by_id(desk, identifier))
        origin = desk.view.origins_of([one.id]).get(one.id)
        return shapes.header(one) | {
            "text": one.text,
            "characters": len(one.text),
            "furniture": one.furniture,
            "origin": None if origin is None else origin.id,
            "set_aside": _set_aside(desk, one.id),
            "external_ids": desk.view.external_ids([one.id]).get(one.id, ()),
        }

    return answer.record(record)


@router.get(
    "/documents/{identifier}/claims", response_model=Listing[claim_types.Claim], operation_id="listDocumentClaims"
)
def claims(answer: Answers, desk: TheDesk, identifier: Id, wanted: Annotated[asked.Page, Query()]) -> Response:
    """The claims of a report, in the order of its text."""

    def page() -> Slice[Shape]:
        found(desk, identifier, Matter.DOCUMENT, lambda: desk.view.headers([identifier]).get(identifier))
        got = desk.view.claims_page(Filters(document=identifier), wanted.paging)
        return shown(got, shapes.claims(desk, got.rows))

    return answer.listing(page)


def _set_aside(desk: Desk, identifier: str) -> Shape | None:
    found = desk.view.effects_on([identifier]).get(identifier)
    return None if found is None else {"effect": found.effect, "notice": found.notice, "until": found.until}


def by_id(desk: Desk, identifier: str) -> Document | None:
    """The document of a full id, with its text."""
    try:
        return desk.view.document(identifier)
    except LookupError:
        return None
