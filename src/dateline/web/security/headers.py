"""The headers that every answer carries, whatever answers."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
}
"""`same-origin` and not `no-referrer`: under the latter browsers send forms with `Origin: null`."""

STATIC = ("/static/", "/leaflet/")
"""Files of the program itself: no words of reports, open to everybody."""

_YEAR = "public, max-age=31536000, immutable"


def put(headers: Iterable[tuple[bytes, bytes]], scope: Scope, status: int) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with those of safety; what the route says of caching stays, for it knows of ETags."""
    answer = MutableHeaders(raw=list(headers))
    for name, value in HEADERS.items():
        answer[name] = value
    if scope.get("scheme") == "https":
        answer["strict-transport-security"] = "max-age=31536000"
    if scope["path"].startswith(STATIC) and status < 400:
        answer["cache-control"] = _YEAR if b"v=" in scope.get("query_string", b"") else "no-cache"
    else:
        answer.setdefault("cache-control", "no-store")
    return answer.raw
