"""Save as dossier: choose what it is about and what is given away, and download it packed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse, Response

from dateline.desk.blurring import Blur
from dateline.desk.dossier import Subject
from dateline.lexicon.countries import countries
from dateline.web.asking import TheDesk
from dateline.web.rendering import page

router = APIRouter()

LONGEST = 120
"""Seconds after which a dossier is given up; the command line has no such limit."""

_LONGEST_ACTOR = 200
_BUSY = Lock()
"""One dossier at a time: each takes a process of its own for some seconds."""


@router.get("/dossier")
def choose(request: Request, host: str = "", actor: str = "", blur: str = "", texts: str = "whole") -> HTMLResponse:
    """The form."""
    return _form(request, host, actor, blur, texts)


@router.get("/dossier.zip")
def download(
    request: Request, desk: TheDesk, host: str = "", actor: str = "", blur: str = "", texts: str = "whole"
) -> Response:
    """The dossier, packed; what cannot be done is told on the form.

    It is put together by a process of its own, so that others are answered meanwhile and its memory is given back.
    """
    try:
        subject = Subject.called(host, actor[:_LONGEST_ACTOR])
        wanted = Blur(blur) if blur else None
    except ValueError as error:
        return _form(request, host, actor, blur, texts, error=str(error))
    options = [f"--host={subject.host}"] if subject.host else []
    options += [f"--actor={subject.actor}"] if subject.actor else []
    options += [f"--blur={wanted}"] if wanted is not None else []
    options += ["--without-texts"] if texts == "none" else []
    if not _BUSY.acquire(blocking=False):
        told = "another dossier is being put together: try again in a minute"
        return _form(request, host, actor, blur, texts, error=told, status=503)
    made = Path(tempfile.mkdtemp(prefix="dateline-dossier-"))
    try:
        name = f"dossier-{'-'.join(_plain(part) for part in (subject.actor, subject.host) if part)}"
        error = _put_together(desk.name, options, made / name)
    finally:
        _BUSY.release()
    if error is not None:
        shutil.rmtree(made, ignore_errors=True)
        return _form(request, host, actor, blur, texts, error=error)
    return FileResponse(
        made / f"{name}.zip",
        filename=f"{name}.zip",
        media_type="application/zip",
        headers={"cache-control": "no-store"},
        background=BackgroundTask(shutil.rmtree, made, ignore_errors=True),
    )


def _put_together(ledger: str, options: list[str], target: Path) -> str | None:
    """Run the command; None, or what went wrong in words."""
    today = datetime.now(UTC).date().isoformat()
    command = [sys.executable, "-W", "ignore", "-m", "dateline", "dossier", *options, f"--date={today}"]
    command += ["--no-update", f"--ledger={ledger}", f"--out={target}", f"--zip={target}.zip"]
    path = os.pathsep.join(part for part in sys.path if part)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        return f"this took longer than {LONGEST} seconds: narrow it, or use `dateline dossier` on the command line"
    if done.returncode == 0:
        return None
    told = done.stderr.strip().rpartition("\n")[2].removeprefix("dateline: ")
    return told if done.returncode == _USAGE else "the dossier could not be put together"


_USAGE = 2
"""With which the command tells in words what is wrong."""


def _plain(text: str) -> str:
    """A part of a file's name."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text)[:40].strip("-") or "force"


def _form(
    request: Request, host: str, actor: str, blur: str, texts: str, *, error: str | None = None, status: int = 422
) -> HTMLResponse:
    return page(
        request,
        "dossier.html",
        status=200 if error is None else status,
        host=host,
        actor=actor,
        blur=blur,
        texts=texts,
        error=error,
        countries=sorted(countries(), key=lambda country: country.name),
    )
