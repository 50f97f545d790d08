"""The ledger as a whole: its state, and what could not be read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

import dateline
from dateline import reconcile
from dateline.desk.health import holdings
from dateline.web.api import asked
from dateline.web.api.answering import Answers
from dateline.web.api.shapes import Shape
from dateline.web.api.types import desk as types
from dateline.web.api.types.common import Listing
from dateline.web.api.types.reports import Issue
from dateline.web.asking import TheDesk

router = APIRouter(tags=["Ledger"])


@router.get("/status", response_model=types.Status, operation_id="getStatus")
def status(answer: Answers, desk: TheDesk) -> Response:
    """What the ledger holds, which programs read into it, and whether what is derived is current."""

    def record() -> Shape:
        held = holdings(desk)
        return {
            "dateline": dateline.__version__,
            "api": "v1",
            "state": desk.state(),
            "current": desk.is_current(),
            "rules": reconcile.VERSION,
            "counts": {name: getattr(held, name) for name in types.Counts.model_fields} | {"claims": held.claims_ever},
            "runs": desk.view.runs(),
        }

    return answer.record(record)


@router.get("/issues", response_model=Listing[Issue], operation_id="listIssues")
def issues(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Issues, Query()]) -> Response:
    """What could not be read or decided, and why: of refused reports and of newest readings, in the order they came."""
    return answer.listing(lambda: desk.view.issues_page(wanted.filters, wanted.paging))
