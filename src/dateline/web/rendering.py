"""Templates: how a page is put together. Everything is escaped; words of reports are shown with their controls seen."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from dateline.charts.ranges import Drawing, alternative, ranges_svg
from dateline.desk.judging import CREDIBILITIES, REASONS, RELIABILITIES, done
from dateline.desk.terms import country_name, kind_words
from dateline.export.safe import visible
from dateline.export.words import amount, bound, counted, days, short_id
from dateline.lexicon.countries import countries
from dateline.people import Role
from dateline.store.unchanging import Recent
from dateline.web.returning import here, judgements_done

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


Pages = Recent[Hashable, tuple[dict[str, Any], bytes]]
"""Pages as they were written last, with the values they were given, by template, address and who asked."""
MOST_BYTES = 12_000_000
"""Bytes of pages that are kept."""


@cache
def environment() -> Environment:
    """The templates with their filters; autoescaped whatever their names."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"visible": visible, "short_id": short_id}
    made.globals |= {
        "amount": amount,
        "days": days,
        "bound": bound,
        "counted": counted,
        "SECTIONS": SECTIONS,
        "static": static,
        "country_options": country_options,
        "ranges_svg": _ranges,
    }
    made.globals |= {"kind_words": kind_words, "country_name": country_name}
    made.globals |= {"REASONS": REASONS, "CREDIBILITIES": CREDIBILITIES, "RELIABILITIES": RELIABILITIES}
    return made


SECTIONS = (
    ("Known", (("/", "Overview"), ("/presence", "Presence"), ("/events", "Events"), ("/disputes", "Disputes"))),
    ("Said", (("/claims", "Claims"), ("/reports", "Reports"), ("/origins", "Origins"), ("/sources", "Sources"))),
    ("Work", (("/review", "Review"), ("/add", "Add"), ("/log", "Log"), ("/health", "Health"))),
)
"""The navigation in groups: address and name of each section."""


@cache
def country_options() -> Markup:
    """The names of all countries as what a field of a form suggests: written once, it is on most pages."""
    return Markup("").join(Markup('<option value="{}">').format(country.name) for country in countries())


def _ranges(drawing: Drawing) -> Markup:
    """The sides of a dispute as a drawing of this page; every word in it is escaped."""
    told = alternative(drawing, "Side", lambda claims: counted(claims, "claim"))
    return Markup(ranges_svg(drawing, title=told))


def page(request: Request, template: str, *, status: int = 200, is_kept: bool = False, **values: Any) -> HTMLResponse:
    """A page from a template; every template is given the address, the person and the CSRF token.

    `is_kept`: it is not written again while it is given equal values. For pages that are given values alone, nothing
    that changes without being another.
    """
    person = getattr(request.state, "person", None)
    made = judgements_done(request) if person is not None else ()
    values |= {
        "path": request.scope["path"],
        "here": here(request),
        "person": person,
        "may_judge": person is not None and person.role is not Role.READER,
        "csrf": getattr(request.state, "csrf", ""),
        "team": request.app.state.gate.team,
        "ledger": request.app.state.desk.name,
        "flash": done(request.app.state.desk, made) if made else None,
    }
    if not is_kept:
        return HTMLResponse(_written(template, values), status_code=status)
    pages: Pages = request.app.state.pages
    key = (template, values["here"], values["csrf"], person)
    before = pages.get(key)
    if before is not None and before[0] == values:
        return HTMLResponse(before[1], status_code=status)
    written = _written(template, values)
    pages.keep(key, (values, written), len(written))
    return HTMLResponse(written, status_code=status)


def _written(template: str, values: dict[str, Any]) -> bytes:
    text = environment().get_template(template).render(values).replace("\0", "\ufffd")
    return text.encode()


def fragment(template: str, **values: Any) -> Markup:
    """A part of a page that is the same for everybody, to be written once and kept."""
    return Markup(environment().get_template(template).render(values))


def static(name: str) -> str:
    """The address of a file of `static/` with its version: browsers keep it for a year, until it changes."""
    file = STATIC / name
    return f"/static/{name}?v={_version(file, file.stat().st_mtime_ns)}"


@cache
def _version(file: Path, changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def leaflet() -> Path:
    """The folder of Leaflet's files, where its package is installed."""
    spec = find_spec("js_lib_leaflet")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("Leaflet is not installed: reinstall dateline with its dependencies")
    return Path(spec.submodule_search_locations[0]) / "static" / "js_lib_leaflet"
