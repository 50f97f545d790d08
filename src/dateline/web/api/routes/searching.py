"""Full-text search over claims and reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.store import Filters
from dateline.store.paging import Slice
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.shapes import Shape
from dateline.web.api.types import desk as types
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Search"])


@router.get("/search", response_model=types.FoundPage, operation_id="search")
def search(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Search, Query()]) -> Response:
    """Claims by their words and names, or reports by title and text, that hold every word; without case and accents."""

    def page() -> Slice[Shape]:
        words = Filters(text=wanted.q)
        if wanted.of == "claims":
            claims = desk.view.claims_page(words, wanted.paging)
            return shown(claims, [{"claim": one} for one in shapes.claims(desk, claims.rows)])
        documents = desk.view.documents_page(words, wanted.paging)
        return shown(documents, [{"document": shapes.header(one)} for one in documents.rows])

    return answer.listing(page)
