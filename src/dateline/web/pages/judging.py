"""Judging: a POST route for every verdict. Each leads back to the page it came from, which tells what was done.

What cannot be done as asked is said in words over the form, with all that was typed still in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from dateline.desk import Desk
from dateline.desk.disputes import dispute
from dateline.desk.events import event
from dateline.desk.finding import Resting, now_at, resting
from dateline.desk.judging import MOST, claim_form, follow, judging
from dateline.desk.statements import statements
from dateline.judging import Judged, Judging
from dateline.judging.as_typed import TYPED_SLOTS
from dateline.model import Matter
from dateline.store import LedgerError
from dateline.store.holders import origin_of
from dateline.web.asking import TheDesk
from dateline.web.rendering import page
from dateline.web.returning import local, with_done
from dateline.web.security import Judges

router = APIRouter(prefix="/judge")
_MOST_IDS = 500
_SECTIONS = {
    "events": Matter.EVENT,
    "disputes": Matter.DISPUTE,
    "origins": Matter.ORIGIN,
    "presence": Matter.PRESENCE,
}
"""Pages of records whose ids judgements may change."""


async def _posted(request: Request) -> FormData:
    return await request.form()


Form = Annotated[FormData, Depends(_posted)]


@router.post("/accept")
def accept(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """The claims stand as they are."""
    return _answer(request, desk, form, lambda: _of(desk, person.name).accept(*_ids(form, "claim"), reason=_word(form)))


@router.post("/reject")
def reject(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """The claims are left out; the reason is chosen, typed, or both."""
    reason = ": ".join(part for part in (_text(form, "preset"), _word(form)) if part)
    return _answer(request, desk, form, lambda: _of(desk, person.name).reject(*_ids(form, "claim"), reason=reason))


@router.post("/correct")
def correct(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """Slots of a claim hold what is typed, those that were changed in the form."""

    def decide() -> Judged:
        changes = [
            (slot, _text(form, f"to.{slot}"))
            for slot in TYPED_SLOTS
            if f"to.{slot}" in form and _text(form, f"to.{slot}") != _text(form, f"was.{slot}")
        ]
        if not changes:
            raise ValueError("nothing was changed: change what was misread, or accept the claim to confirm it")
        return _of(desk, person.name).correct(_text(form, "claim"), changes, reason=_word(form))

    return _answer(request, desk, form, decide)


@router.post("/rate")
def rate(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """A claim 1 to 6, or a source A to F."""
    what = _text(form, "claim") or _text(form, "source")
    return _answer(
        request, desk, form, lambda: _of(desk, person.name).rate(what, _text(form, "rating"), reason=_word(form))
    )


@router.post("/merge")
def merge(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """Events, or origins, are one: those ticked and the one that is typed."""
    ids = [*_ids(form, "id"), *_text(form, "other").split()]
    return _answer(request, desk, form, lambda: _of(desk, person.name).merge(*ids, reason=_word(form)))


@router.post("/split")
def split(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """Claims are not of their event, or reports not of their origin."""

    def decide() -> Judged:
        taken = _ids(form, "id")
        if not taken:
            raise ValueError("nothing was ticked: tick what does not belong to it")
        return _of(desk, person.name).split(*taken, *_ids(form, "of"), reason=_word(form))

    return _answer(request, desk, form, decide)


@router.post("/settle")
def settle(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """A dispute is decided for a side or for neither."""
    favours = _text(form, "favours")
    return _answer(
        request,
        desk,
        form,
        lambda: _of(desk, person.name).settle(_text(form, "thing"), _chosen(favours), reason=_word(form)),
    )


@router.post("/note")
def note(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """A note on anything that has an id."""
    return _answer(
        request, desk, form, lambda: _of(desk, person.name).note(_text(form, "thing"), str(form.get("text", "")))
    )


@router.post("/undo")
def undo(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """Judgements count no more; undoing an undoing restores."""
    ids = _ids(form, "judgement")[:MOST]
    return _answer(request, desk, form, lambda: _of(desk, person.name).undo(*ids, reason=_word(form)))


def _answer(request: Request, desk: Desk, form: FormData, decide: Callable[[], Judged]) -> Response:
    """Judge and lead back, or say why it cannot be done."""
    back = local(_text(form, "back"))
    before = _record_of(desk, back)
    try:
        judged = decide()
    except (ValueError, LedgerError) as error:
        return _refused(request, desk, form, str(error))
    follow(desk)
    ids = [judgement.id for judgement in judged.judgements]
    now = None if before is None else now_at(desk, before)
    if before is not None and now is not None:
        back = back.replace(before.id, now, 1)
    return RedirectResponse(with_done(back, ids), status_code=303)


def _record_of(desk: Desk, path: str) -> Resting | None:
    """The derived record whose page a path is: its id may change with the judgement."""
    _, section, *rest = path.partition("?")[0].partition("#")[0].split("/")
    matter = _SECTIONS.get(section)
    return None if matter is None or len(rest) != 1 or not rest[0] else resting(desk, rest[0], matter)


def _refused(request: Request, desk: Desk, form: FormData, reason: str) -> Response:
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    verdict = request.url.path.rpartition("/")[2]
    back = local(_text(form, "back"))
    return page(
        request,
        "judge.html",
        status=422,
        refused=reason,
        typed=typed,
        verdict=verdict,
        back=back,
        **_shown(desk, verdict, typed),
    )


def _shown(desk: Desk, verdict: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the form that was refused needs to be shown again; nothing where its record is not known."""
    found: dict[str, Any] = {"judging": None, "statement": None, "card": None, "origin": None, "thing": None}
    claim, thing = typed.get("claim", ""), typed.get("thing", "")
    known = statements(desk, [claim]) if claim else {}
    if claim in known:
        return found | {"judging": claim_form(desk, known[claim]), "statement": known[claim]}
    try:
        if verdict == "settle":
            return found | {"card": dispute(desk, thing)}
        if thing.startswith("event-") and verdict in ("merge", "split"):
            return found | {"card": event(desk, thing)}
        if thing.startswith("origin-") and verdict in ("merge", "split"):
            origin = origin_of(desk.store, thing)
            return found | {"origin": origin, "reports": tuple(desk.view.headers(origin.documents).values())}
    except LookupError:
        return found
    return found | ({"thing": thing} if verdict == "note" and thing else {})


def _of(desk: Desk, analyst: str) -> Judging:
    return judging(desk, analyst)


def _ids(form: FormData, name: str) -> list[str]:
    return [value.strip() for value in form.getlist(name)[:_MOST_IDS] if isinstance(value, str) and value.strip()]


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _word(form: FormData) -> str:
    return _text(form, "reason")


def _chosen(favours: str) -> str:
    if not favours:
        raise ValueError("say for which side, or for neither")
    return favours
