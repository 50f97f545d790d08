"""Addresses of the web that may be asked for: http and https, plain hosts, nothing hidden in them."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

LONGEST: Final = 4000
PORTS: Final = {"http": 80, "https": 443}

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_SAFE = "!$%&'()*+,-./:;=?@_~[]"


class UrlError(ValueError):
    """An address that is not asked for; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Url:
    """An address in parts, in ASCII; `host` is a name or an address without brackets, `target` path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def text(self) -> str:
        """The whole address."""
        return f"{self.origin}{self.target}"


def checked_url(text: str, base: str | None = None) -> Url:
    """An address in parts, from `base` where it is relative; the fragment is left out.

    UrlError for other schemes than http and https, a name and password in it, an IP address in another form than the
    usual one (2130706433, 0x7f.1, 0177.0.0.1), a host or port that is none, and more than 4,000 characters.
    """
    if len(text) > LONGEST:
        raise UrlError(f"an address of more than {LONGEST} characters")
    try:
        parts = urlsplit(urljoin(base, text.strip()) if base is not None else text.strip())
        port = parts.port
        name = parts.hostname
    except ValueError as error:
        raise UrlError(f"no address of the web ({error})") from error
    if parts.scheme not in PORTS:
        raise UrlError(f"only http and https are asked for, not {parts.scheme[:20] or 'an address without a scheme'}")
    if parts.username is not None or parts.password is not None:
        raise UrlError("a name or password in an address is not sent")
    if not name:
        raise UrlError("an address without a host")
    if port == 0:
        raise UrlError("0 is no port")
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Url(parts.scheme, host_of(name), PORTS[parts.scheme] if port is None else port, target)


def host_of(name: str) -> str:
    """A host's name in ASCII and lower case, or its IP address in the usual form; UrlError for what is neither.

    >>> host_of("Example.ORG."), host_of("münchen.example"), host_of("::1")
    ('example.org', 'xn--mnchen-3ya.example', '::1')
    """
    if ":" in name:
        try:
            address = ipaddress.IPv6Address(name)
        except ValueError as error:
            raise UrlError("no IPv6 address") from error
        if address.scope_id is not None:
            raise UrlError("an address of one network card only")
        return str(address)
    host = _ascii(name).removesuffix(".")
    labels = host.split(".")
    if not host or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise UrlError("no name of a host")
    if _NUMBER.fullmatch(labels[-1]) is None:
        return host
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise UrlError("an IP address in an unusual form") from error


def _ascii(name: str) -> str:
    if name.isascii():
        return name.lower()
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise UrlError("no name of a host") from error
