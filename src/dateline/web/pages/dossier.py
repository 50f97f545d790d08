"""Save as dossier: choose what it is about and what is given away, and download it packed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, HTMLResponse, Response

from dateline.desk.dossier import Subject
from dateline.export.blurring import Blur
from dateline.lexicon.countries import Country, countries
from dateline.lexicon.regions import shared_region
from dateline.store import country_code
from dateline.web.asking import TheDesk
from dateline.web.rendering import page

router = APIRouter()

LONGEST = 120
"""Seconds after which a dossier is given up; the command line has no such limit."""

_LONGEST_ACTOR = 200
_BUSY = Lock()
"""One dossier at a time: each takes a process of its own for some seconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form: a country, a force, how coarse places become, and whether texts are `whole` or `none` are there."""

    host: str = ""
    actor: str = ""
    blur: str = ""
    texts: str = "whole"

    def options(self) -> list[str]:
        """The options of the command; ValueError for a country or a blurring that is none."""
        subject = Subject.called(self.host, self.actor[:_LONGEST_ACTOR])
        found = [f"--host={subject.host}"] if subject.host else []
        found += [f"--actor={subject.actor}"] if subject.actor else []
        found += [f"--blur={Blur(self.blur)}"] if self.blur else []
        return found + (["--without-texts"] if self.texts == "none" else [])

    @property
    def name(self) -> str:
        """The name of the folder."""
        return "-".join(["dossier", *(_plain(part) for part in (self.actor, self.host) if part)])


def _plain(text: str) -> str:
    """A part of a file's name."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text)[:40].strip("-") or "force"


async def _asked(host: str = "", actor: str = "", blur: str = "", texts: str = "whole") -> Wanted:
    """Asynchronous: a dependency that is not costs each request a turn of a thread."""
    return Wanted(host, actor, blur, texts)


Asked = Annotated[Wanted, Depends(_asked)]


@router.get("/dossier")
async def choose(request: Request, asked: Asked) -> HTMLResponse:
    """The form; it asks nothing of the ledger and takes no turn of a thread."""
    return _form(request, asked)


@router.get("/dossier.zip")
def download(request: Request, desk: TheDesk, asked: Asked) -> Response:
    """The dossier, packed; what cannot be done is told on the form.

    It is put together by a process of its own, so that others are answered meanwhile and its memory is given back.
    """
    try:
        options = asked.options()
    except ValueError as refused:
        return _form(request, asked, told=str(refused))
    if not _BUSY.acquire(blocking=False):
        return _form(request, asked, told="another dossier is being put together: try again in a minute", status=503)
    made = Path(tempfile.mkdtemp(prefix="dateline-dossier-"))
    try:
        wrong = _put_together(desk.store.elsewhere, options, made / asked.name)
    finally:
        _BUSY.release()
    if wrong is not None:
        shutil.rmtree(made, ignore_errors=True)
        return _form(request, asked, told=wrong)
    return FileResponse(
        made / f"{asked.name}.zip",
        filename=f"{asked.name}.zip",
        media_type="application/zip",
        headers={"cache-control": "no-store"},
        background=BackgroundTask(shutil.rmtree, made, ignore_errors=True),
    )


def _put_together(ledger: str, options: list[str], target: Path) -> str | None:
    """Run the command; None, or what went wrong in words. Others can read its words, not where the ledger is."""
    today = datetime.now(UTC).date().isoformat()
    command = [sys.executable, "-W", "ignore", "-m", "dateline", "dossier", *options, f"--date={today}"]
    command += ["--no-update", f"--out={target}", f"--zip={target}.zip"]
    path = os.pathsep.join(part for part in sys.path if part)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST,
            env={**os.environ, "PYTHONPATH": path, "DATELINE_LEDGER": ledger},
        )
    except subprocess.TimeoutExpired:
        return f"this took longer than {LONGEST} seconds: narrow it, or use `dateline dossier` on the command line"
    if done.returncode == 0:
        return None
    told = done.stderr.strip().rpartition("\n")[2].removeprefix("dateline: ")
    return told if done.returncode == _USAGE else "the dossier could not be put together"


_USAGE = 2
"""With which the command tells in words what is wrong."""


@cache
def _by_name() -> tuple[Country, ...]:
    return tuple(sorted(countries(), key=lambda country: country.name))


def _form(request: Request, asked: Wanted, *, told: str | None = None, status: int = 422) -> HTMLResponse:
    return page(
        request,
        "dossier.html",
        status=200 if told is None else status,
        asked=asked,
        error=told,
        countries=_by_name(),
        region=shared_region(asked.host) if country_code(asked.host) is None else None,
    )
