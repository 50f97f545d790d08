"""The page of an id, told by how the id begins; and of a source, by its name."""

from __future__ import annotations

from urllib.parse import quote

_SECTIONS = {
    "claim": "/claims/",
    "doc": "/reports/",
    "event": "/events/",
    "presence": "/presence/",
    "dispute": "/disputes/",
    "origin": "/origins/",
    "judgement": "/log?target=",
    "notice": "/log?target=",
}


def address_of_id(identifier: str) -> str:
    """Where a record of an id has its page; what has no form of an id is taken for the name of a source.

    >>> address_of_id("claim-0123456789abcdef0123"), address_of_id("Le Monde")
    ('/claims/claim-0123456789abcdef0123', '/sources/Le%20Monde')
    """
    kind, dash, rest = identifier.partition("-")
    if dash and kind in _SECTIONS and rest.isalnum():
        return _SECTIONS[kind] + identifier
    return address_of_source(identifier)


def address_of_source(name: str) -> str:
    """The page of a source; a name may hold any character."""
    return "/sources/" + quote(name.encode("utf-8", "replace"), safe="")
