"""Full-text search over claims and reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query
from starlette.responses import Response

from dateline.desk.snippets import snippet
from dateline.store import Filters
from dateline.store.paging import Paging, Slice, SortError
from dateline.store.passages import stretches
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.shapes import Shape
from dateline.web.api.types import desk as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Search"])
T = TypeVar("T")

_READ = 20_000
"""Characters of a report in which the words are looked for to be shown."""


@router.get("/search", response_model=Listing[types.Found], operation_id="search")
def search(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Search, Query()]) -> Response:
    """Claims by their words and names, or reports by title and text, that hold every word; without case and accents."""

    def page() -> Slice[Shape]:
        words = Filters(text=wanted.q)
        if wanted.of == "claims":
            claims = _best(lambda paging: desk.view.claims_page(words, paging), wanted)
            return shown(claims, [_claim(one, wanted.q) for one in shapes.claims(desk, claims.rows)])
        documents = _best(lambda paging: desk.view.documents_page(words, paging), wanted)
        texts = stretches(desk.store, [(one.id, 0, _READ) for one in documents.rows])
        found = [(one, texts.get((one.id, 0, _READ), "")) for one in documents.rows]
        return shown(
            documents, [{"document": shapes.header(one), "snippet": _around(text, wanted.q)} for one, text in found]
        )

    return answer.listing(page)


def _best(listing: Callable[[Paging], Slice[T]], wanted: asked.Search) -> Slice[T]:
    """The page that is asked for, best first; newest first where the listing is not sorted so."""
    if wanted.sort == "best":
        try:
            return listing(replace(wanted.paging, sort="best"))
        except SortError:
            return listing(replace(wanted.paging, sort=None))
    return listing(wanted.paging)


def _claim(found: Shape, words: str) -> Shape:
    sentence = " … ".join(part.exact for part in found["evidence"])
    return {"claim": found, "snippet": _around(sentence, words)}


def _around(text: str, words: str) -> str:
    return "".join(piece.text for piece in snippet(text, words))
