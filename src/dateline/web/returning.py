"""Where a form leads back to: a path of this desk, with what was done named in its query."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Request

DONE = "done"
"""The query parameter that names the judgements just made."""

_LONGEST = 2000
_MOST = 50


def local(path: str, otherwise: str = "/log") -> str:
    """`path` where it is one of this desk, without what it says was done; `otherwise` for any other address."""
    if len(path) > _LONGEST or not path.startswith("/") or path[1:2] in ("/", "\\") or not path.isprintable():
        return otherwise
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or "\\" in parts.path:
        return otherwise
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != DONE]
    query = urlencode(kept)
    return parts.path + (f"?{query}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def with_done(path: str, judgements: Sequence[str]) -> str:
    """A local path that says which judgements were just made."""
    parts = urlsplit(path)
    query = "&".join(part for part in (parts.query, urlencode({DONE: ",".join(judgements)})) if part)
    return f"{parts.path}?{query}" + (f"#{parts.fragment}" if parts.fragment else "")


def here(request: Request) -> str:
    """The address of a request, without what it says was done."""
    query = f"?{request.url.query}" if request.url.query else ""
    return local(f"{request.url.path}{query}", "/")


def judgements_done(request: Request) -> tuple[str, ...]:
    """The ids that the address says were just made; whether there are such judgements is for the desk to say."""
    given = request.query_params.get(DONE, "")
    return tuple(part for part in given.split(",") if part)[:_MOST] if len(given) <= _LONGEST else ()
