"""Which network addresses may be connected to: only those of the public internet, unless a host is allowed by name.

A name is looked up once, every address it has is judged, and the connection goes to an address that was judged: what
the name means a moment later (DNS rebinding) does not matter. IPv6 forms that carry an IPv4 address are judged by it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host; OSError when it has none."""

_CARRYING: Final = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
_REFUSED: Final[tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str], ...]] = tuple(
    (ipaddress.ip_network(net), why)
    for net, why in (
        ("0.0.0.0/8", "an address of this host"),
        ("100.64.0.0/10", "a private address of a provider"),
        ("168.63.129.16/32", "an address of a cloud's own services"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.88.99.0/24", "a reserved address"),
        ("198.18.0.0/15", "a private address for tests"),
        ("240.0.0.0/4", "a reserved address"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "a reserved address"),
        ("3fff::/20", "a reserved address"),
        ("5f00::/16", "a reserved address"),
        ("fec0::/10", "a private address"),
        ("100::/64", "a reserved address"),
    )
)
_ISATAP: Final = (0x00005EFE, 0x02005EFE)


class ForbiddenAddressError(Exception):
    """A host with an address that is not connected to; the message names both."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def addresses(host: str, port: int, *, allowed: bool, resolve: Resolve) -> list[str]:
    """The addresses of a host that may be connected to.

    ForbiddenAddressError when a single one of them may not: a host that has public and private addresses at once is not
    trusted. `allowed` hosts may have any but multicast and unspecified ones. OSError when there is none.
    """
    found = [host] if _literal(host) is not None else list(resolve(host, port))
    judged = []
    for text in found:
        address = _literal(text)
        why = "no IP address" if address is None else objection(address, allowed=allowed)
        if address is None or why is not None:
            named = "" if text == host else f" is {text},"
            raise ForbiddenAddressError(f"{host}{named or ' is'} {why}: allow the host by name if that is wanted")
        judged.append(str(address))
    if not judged:
        raise OSError(f"{host} has no address")
    return judged


def objection(address: Address, *, allowed: bool = False) -> str | None:
    """Why an address is not connected to, None where it may be.

    >>> import ipaddress
    >>> objection(ipaddress.ip_address("::ffff:127.0.0.1")), objection(ipaddress.ip_address("1.1.1.1"))
    ('a loopback address', None)
    """
    for one in (*_carried(address), address):
        if one.is_multicast:
            return "a multicast address"
        if one.is_unspecified:
            return "an unspecified address"
        if not allowed and (why := _private(one)) is not None:
            return why
    return None


def _private(address: Address) -> str | None:
    if address.is_loopback:
        return "a loopback address"
    if address.is_link_local:
        return "a link-local address"
    for net, why in _REFUSED:
        if address.version == net.version and address in net:
            return why
    if address.is_private:
        return "a private address"
    if address.is_reserved and not _carried(address):
        return "a reserved address"
    return None


def _carried(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address stands for, by any of the schemes that put one in."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    found = [item for item in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if item is not None]
    value = int(address)
    if any(address in net for net in _CARRYING) or (value >> 32) & 0xFFFFFFFF in _ISATAP:
        found.append(ipaddress.IPv4Address(value & 0xFFFFFFFF))
    return tuple(found)


def _literal(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
