"""A brief as one HTML page that needs nothing else: no script, nothing from outside, every word of a report escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

import dateline
from dateline.brief.sheet import Sheet
from dateline.export.safe import visible


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("dateline.brief", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["visible"] = visible
    return made


@cache
def style() -> str:
    """The style sheet, as the desk serves it too."""
    return files("dateline").joinpath("web/static/brief.css").read_text(encoding="utf-8")


def html(told: Sheet, *, stylesheet: str | None = None) -> bytes:
    """The page in UTF-8. With a `stylesheet` that address is linked instead of the style sheet being in the page.

    A lone surrogate and a NUL become U+FFFD, which is what a browser would show.
    """
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    allowed = "'self'" if stylesheet is not None else f"'sha256-{digest}'"
    page = (
        _environment()
        .get_template("brief.html")
        .render(
            sheet=told,
            chapters=() if told.nothing else told.chapters,
            style=style(),
            stylesheet=stylesheet,
            csp=f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'",
            version=dateline.__version__,
        )
    )
    return page.lstrip().replace("\0", "\ufffd").encode("utf-8", "replace")
