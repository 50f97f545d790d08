"""Actors under the names that data sets give them: "Military Forces of Mali (2021-)", "NIGER", "Mali, armed forces"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dateline.ingest.claims.parties import denoted
from dateline.ingest.reference.coded import span
from dateline.ingest.reference.table import Cell
from dateline.lexicon import countries
from dateline.model import Actor, Sector

LONGEST: Final = 300
"""Characters of the longest name that is taken over."""

_YEARS: Final = re.compile(r"\s*\((?:19|20)\d\d\s*-[^)]*\)")
_BRACKET: Final = re.compile(r"\s*\(([^)]*)\)")
_FORCES: Final = re.compile(r"^(?P<what>Military Forces|Police Forces|Government|Mutiny) of (?:the )?(?P<state>\S.*)$")
_SECTORS: Final = {
    "Military Forces": ("armed forces", Sector.MIL),
    "Police Forces": ("police", Sector.POL),
    "Government": ("government", Sector.GOV),
    "Mutiny": ("mutineers", Sector.MIL),
}
_GOVERNMENT: Final = ", government"
_OWN: Final = {"armed forces": Sector.MIL, "government": Sector.GOV, "police": Sector.POL}

Named = tuple[str, str | None, Sector]


def actor(cell: Cell | None, country: str | None = None, sector: Sector | None = None) -> Actor | None:
    """The actor of a cell. A country or sector that the row gives wins over what the name tells.

    A bare state is its government, or where the row says so its armed forces.
    """
    if cell is None:
        return None
    name, found, kind = named(cell.text[:LONGEST], country)
    if sector is Sector.MIL and kind is Sector.GOV and name.endswith(_GOVERNMENT):
        name = f"{name.removesuffix(_GOVERNMENT)}, armed forces"
    return Actor(*span(cell), name, country or found, sector or kind)


@lru_cache(maxsize=8192)
def named(text: str, country: str | None = None) -> Named:
    """Canonical name, state and sector of a name; names that dateline wrote itself stay as they are."""
    own = _own(text)
    if own is not None:
        return own
    bare = " ".join(_YEARS.sub("", text).split()) or text
    state = _of_state(bare)
    if state is not None:
        return state
    inner = _BRACKET.search(bare)
    within = None if inner is None else countries.by_name(inner.group(1))
    outer = _BRACKET.sub("", bare).strip() if within is not None else bare
    short, colon, _ = outer.partition(":")
    known = denoted(short if colon and short.isupper() else outer or bare, country)
    code = country or known.country or (None if within is None else within.code)
    return known.name if not within or known.country else f"{known.name} ({within.name})", code, known.sector


def _own(text: str) -> Named | None:
    """ "Mali, armed forces", or several such names joined by "; "."""
    parts = text.split("; ")
    found = []
    for part in parts:
        state, comma, what = part.partition(", ")
        known = countries.by_name(state) if comma else None
        if known is None:
            return None
        found.append((known.code, _OWN.get(what)))
    codes = {code for code, _ in found}
    sector = next((sector for _, sector in found if sector is not None), None)
    if sector is None:
        sector = denoted(text).sector
    return text, codes.pop() if len(codes) == 1 else None, sector


def _of_state(text: str) -> Named | None:
    """ "Military Forces of Mali Gendarmerie": the state is the longest beginning that is one."""
    match = _FORCES.match(_BRACKET.sub("", text))
    if match is None:
        return None
    what, sector = _SECTORS[match["what"]]
    words = match["state"].split()
    for size in range(len(words), 0, -1):
        state = countries.by_name(" ".join(words[:size]))
        if state is not None:
            rest = " ".join(words[size:])
            return f"{state.name}, {rest or what}", state.code, sector
    return None


@lru_cache(maxsize=4096)
def country_of(text: str | None) -> str | None:
    """The alpha-3 code of a country by its name or code, years and brackets left out ("DR Congo (Zaire)")."""
    if text is None:
        return None
    bare = _BRACKET.sub("", text).strip()
    if len(bare) == 3 and bare.isupper():
        found = countries.by_code(bare)
        if found is not None:
            return found.code
    known = countries.by_name(bare) or countries.by_name(bare.title() if bare.isupper() else bare)
    if known is None:
        inner = _BRACKET.search(text)
        known = None if inner is None else countries.by_name(inner.group(1))
    return None if known is None else known.code
