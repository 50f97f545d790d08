"""To which names the desk answers, and which requests come from pages of others."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request

from dateline.web.settings import Settings

SAFE = ("GET", "HEAD")
_OURS = ("same-origin", "none")


def is_ours(host: str, settings: Settings) -> bool:
    """Whether a Host header names this desk. A page elsewhere whose name was rebound to this machine fails here."""
    name = _name(host)
    if name is None:
        return False
    return name in settings.hosts or (settings.any_number and _is_number(name))


def is_foreign(request: Request) -> bool:
    """Whether a page of another origin stands behind a request, by what browsers say of it.

    Writing must come from our own pages. Reading may also come from a link elsewhere, but only as a page of its own:
    not in a frame, as a picture or script, or by another page's `fetch`.
    """
    site = request.headers.get("sec-fetch-site")
    if request.method in SAFE:
        alone = request.headers.get("sec-fetch-mode") == "navigate" and request.headers.get("sec-fetch-dest") in (
            None,
            "document",
        )
        return site is not None and site not in _OURS and not alone
    origin = request.headers.get("origin")
    if origin is not None and _authority(origin) != request.headers.get("host", "").lower():
        return True
    return site is not None and site not in _OURS


def local_path(given: str | None) -> str:
    """`given` where it is an address on this desk, else its first page: never a way to another site.

    >>> local_path("/claims?page=2"), local_path("//evil.example"), local_path("https://evil.example")
    ('/claims?page=2', '/', '/')
    """
    if given is None or not given.startswith("/") or given.startswith("//"):
        return "/"
    if "\\" in given or any(ord(char) < 0x20 or ord(char) > 0x7E for char in given):
        return "/"
    return given


def _name(host: str) -> str | None:
    try:
        parts = urlsplit(f"//{host}")
        plain = parts.netloc == host and "@" not in host and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts.hostname if plain else None


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _authority(origin: str) -> str | None:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc.lower() if parts.scheme in ("http", "https") else None
