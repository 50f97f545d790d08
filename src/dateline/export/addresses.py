"""Addresses of reports as other programs take them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_KEPT = "%/:?#[]@!$&'()*+,;=-._~"
_LONGEST = 2000
_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


def web_address(url: str | None) -> str | None:
    """`url` where it is one of the web (http or https) that any program takes, what is not ASCII escaped; else None.

    >>> web_address("https://example.org/a b?q=é"), web_address("javascript:alert(1)")
    ('https://example.org/a%20b?q=%C3%A9', None)
    """
    if url is None or len(url) > _LONGEST:
        return None
    try:
        host = (urlsplit(url).hostname or "").lower()
        scheme, port = urlsplit(url).scheme, urlsplit(url).port
        host.encode("ascii")
    except ValueError:
        return None
    if scheme not in ("http", "https") or "." not in host or not set(host) <= _HOST or port == 0:
        return None
    return quote(url, safe=_KEPT, errors="replace").replace("[", "%5B").replace("]", "%5D").replace("%%", "%25%")
