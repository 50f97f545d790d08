"""Judgements: those that were made, making one, and the log of all that was added."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from starlette.responses import Response

from dateline.desk import Desk
from dateline.desk.deciding import decide
from dateline.judging import Judged, Judging, LogLine, about, log, log_page
from dateline.model import Judgement, Matter
from dateline.store.judging import LogFilters
from dateline.store.paging import Slice
from dateline.store.schema import JUDGEMENT
from dateline.web.api import asked, shapes
from dateline.web.api.answering import Answers
from dateline.web.api.paging import shown
from dateline.web.api.problems import Kind, Trouble
from dateline.web.api.routes.ids import Id, known
from dateline.web.api.shapes import Shape
from dateline.web.api.types import judgements as types
from dateline.web.api.types.common import Listing
from dateline.web.asking import TheDesk
from dateline.web.security import Judges

router = APIRouter(tags=["Judgements"])


@router.get("/judgements", response_model=Listing[types.KeptJudgement], operation_id="listJudgements")
def judgements(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Judgements, Query()]) -> Response:
    """Judgements, newest first, undone ones too."""

    def page() -> Slice[Shape]:
        found = _log(desk, wanted, JUDGEMENT if wanted.verdict is None else str(wanted.verdict))
        return shown(found, [shapes.kept_judgement(line) for line in found.rows])

    return answer.listing(page)


@router.get("/judgements/{identifier}", response_model=types.KeptJudgement, operation_id="getJudgement")
def judgement(answer: Answers, desk: TheDesk, identifier: Id) -> Response:
    """One judgement, and what undid it."""

    def record() -> Shape:
        made = known(desk, identifier, Matter.JUDGEMENT, Judgement)
        lines = log(desk.store, LogFilters(targets=(made.id,))).rows
        return next(shapes.kept_judgement(line) for line in lines if line.entry.item == made.id)

    return answer.record(record)


@router.post(
    "/judgements",
    response_model=types.Judged,
    operation_id="judge",
    status_code=201,
    responses={200: {"model": types.Judged, "description": "The same stands already: nothing was added."}},
)
def judge(answer: Answers, desk: TheDesk, person: Judges, wanted: Annotated[types.NewJudgement, Body()]) -> Response:
    """Judge: accept, reject, correct, merge, split, settle, rate, note or undo (docs/judgements.md).

    Judgements are only added, and each can be undone. Ids may be given by their beginning. A request may be sent
    again: what the same person decided before, and what still stands, is not added twice but told as `repeated`.
    """
    try:
        decided = decide(desk, person.name, lambda judging: _DECISIONS[wanted.verdict](judging, wanted))
    except ValueError as error:
        raise Trouble(Kind.REFUSED, str(error)) from None
    made = decided.judged
    body = {
        "judgements": made.judgements,
        "told": made.told,
        "repeated": decided.repeated,
        "current": desk.keeper.bring_up_to_date(),
    }
    headers = {"location": f"/api/v1/judgements/{made.judgements[0].id}"}
    return answer.created(body, status=200 if decided.repeated else 201, headers=headers)


@router.get("/log", response_model=Listing[types.LogLine], operation_id="listLog")
def history(answer: Answers, desk: TheDesk, wanted: Annotated[asked.Log, Query()]) -> Response:
    """All that was ever added, newest first: reports read or imported, reports refused, and judgements."""

    def page() -> Slice[Shape]:
        found = _log(desk, wanted, None if wanted.what is None else str(wanted.what))
        return shown(found, [shapes.log_line(line) for line in found.rows])

    return answer.listing(page)


def _log(desk: Desk, wanted: asked.Log | asked.Judgements, what: str | None) -> Slice[LogLine]:
    return log_page(desk.store, log_filters(desk, wanted, what), wanted.paging)


def log_filters(desk: Desk, wanted: asked.LogFilters, what: str | None) -> LogFilters:
    """Which entries of the log are asked for; UnknownIdError for a target that the ledger does not have."""
    targets = None if wanted.target is None else about(desk.store, wanted.target)
    return LogFilters(wanted.analyst, wanted.since, wanted.until, what, targets)


_DECISIONS: Mapping[str, Callable[[Judging, Any], Judged]] = MappingProxyType(
    {
        "accept": lambda judging, to: judging.accept(*to.claims, reason=to.reason),
        "reject": lambda judging, to: judging.reject(*to.claims, reason=to.reason),
        "correct": lambda judging, to: judging.correct(
            to.claim, [(change.slot, change.to) for change in to.changes], reason=to.reason
        ),
        "merge": lambda judging, to: judging.merge(*to.ids, reason=to.reason),
        "split": lambda judging, to: judging.split(*to.ids, reason=to.reason),
        "settle": lambda judging, to: judging.settle(to.dispute, to.favours, reason=to.reason),
        "rate": lambda judging, to: judging.rate(to.what, to.rating, reason=to.reason),
        "note": lambda judging, to: judging.note(to.id, to.text),
        "undo": lambda judging, to: judging.undo(*to.judgements, reason=to.reason),
    }
)
"""What each verdict calls."""
