"""Adding: reports are pasted or uploaded, read by the keeper, and told one by one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

from dateline.desk.adding import GivenError, formats, hints, job_card
from dateline.desk.jobs import Job, Limits, TooMuchError, Upload
from dateline.web.asking import TheDesk
from dateline.web.rendering import page
from dateline.web.security import Judges

router = APIRouter(prefix="/add")
_JOBS = 10
_TYPED = ("text", "title", "outlet", "published", "url", "language")


async def _posted(request: Request) -> FormData:
    return await request.form()


Form = Annotated[FormData, Depends(_posted)]


@router.get("")
def add(request: Request, desk: TheDesk) -> Response:
    """Where reports are pasted and files are chosen, and what was added lately."""
    return _form(request, desk)


@router.post("/text")
def add_text(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """Have a pasted report read."""
    typed = _typed(form)
    text = typed["text"].replace("\r\n", "\n")
    if not text.strip():
        return _form(request, desk, status=422, errors={"text": "paste the text of a report"}, typed=typed)
    try:
        job = desk.keeper.add_text(text, hints(typed), person.name)
    except GivenError as error:
        return _form(request, desk, status=422, errors=error.fields, typed=typed)
    except TooMuchError as error:
        return _form(request, desk, status=413, errors={"text": str(error)}, typed=typed)
    return _to(job)


@router.post("/files")
def add_files(request: Request, desk: TheDesk, person: Judges, form: Form) -> Response:
    """Have files read."""
    typed = _typed(form)
    given = [value for value in form.getlist("files") if isinstance(value, UploadFile) and value.filename]
    if not given:
        return _form(request, desk, status=422, errors={"files": "choose at least one file"}, typed=typed, files=True)
    uploads = [Upload(file.filename or "", file.file) for file in given]
    try:
        job = desk.keeper.add_files(uploads, hints(typed), person.name)
    except GivenError as error:
        return _form(request, desk, status=422, errors=error.fields, typed=typed, files=True)
    except TooMuchError as error:
        return _form(request, desk, status=413, errors={"files": str(error)}, typed=typed, files=True)
    return _to(job)


@router.get("/{job}")
def progress(request: Request, desk: TheDesk, job: str, first: str = "1") -> Response:
    """How a job stands: what became of each report, and the claims that were found."""
    card = job_card(desk, job, first=int(first) if first.isdecimal() and len(first) < 7 else 1)
    if card is None:
        return page(request, "job_unknown.html", status=404)
    return page(request, "job.html", card=card, job=card.job)


@router.get("/{job}/state")
def state(desk: TheDesk, job: str) -> Response:
    """How a job stands, for the page that waits for it."""
    found = desk.keeper.job(job)
    if found is None:
        return JSONResponse({"detail": "no such job"}, 404)
    told = {"state": found.state, "done": found.done, "total": found.total, "summary": found.summary}
    return JSONResponse({**told, "is_over": found.is_over}, headers={"cache-control": "no-store"})


def _to(job: Job) -> Response:
    return RedirectResponse(f"/add/{job.id}", status_code=303)


def _typed(form: FormData) -> dict[str, str]:
    return {name: value if isinstance(value := form.get(name, ""), str) else "" for name in _TYPED}


def _form(request: Request, desk: TheDesk, *, status: int = 200, **more: Any) -> Response:
    """The page with its forms; `files` says which of the two the errors are of."""
    shown = {"errors": {}, "typed": dict.fromkeys(_TYPED, ""), "files": False, **more}
    jobs = desk.keeper.jobs()
    return page(
        request,
        "add.html",
        status=status,
        formats=formats(),
        limits=Limits(),
        jobs=jobs[:_JOBS],
        **shown,
    )
