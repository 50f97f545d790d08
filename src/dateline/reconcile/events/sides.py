"""The parties of a claim as they are compared: by country, by the words that name them, by their part of society."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.lexicon.event_words import event_words
from dateline.model import Actor, Claim, Sector
from dateline.reconcile.events.blocks import party

_NAME = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PARTS = dict.fromkeys((Sector.CIV, Sector.PTY, Sector.NGO, Sector.MED, Sector.BUS), "civil") | {
    Sector.PMC: "hired",
    Sector.REB: "rebel",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One party: its country (or name), the words that name it among others, the part of society, if of diplomats."""

    key: str
    names: frozenset[str]
    diplomats: bool
    part: str


def side(actor: Actor | None) -> Side | None:
    """A party of a claim as it is compared; None for one that is only described ("gunmen")."""
    key = party(actor)
    if actor is None or key is None:
        return None
    return _side(key, actor.name, actor.country is None and "+" not in key, actor.sector)


@lru_cache(maxsize=16384)
def _side(key: str, name: str, nameless: bool, sector: Sector) -> Side | None:
    names, diplomats = _names(name)
    return None if nameless and not names else Side(key, names, diplomats, _PARTS.get(sector, "state"))


@lru_cache(maxsize=16384)
def _names(name: str) -> tuple[frozenset[str], bool]:
    """The capitalised words that name a party among others of its country, and whether it is of diplomats."""
    words = event_words()
    found = _NAME.findall(name)
    names = frozenset(
        word.casefold().removesuffix("'s").removesuffix("’s")
        for word in found
        if word[:1].isupper() and word.casefold().removesuffix("'s").removesuffix("’s") not in words.generic
    )
    return names, any(word.casefold() in words.diplomats for word in found)


def speakers(claim: Claim) -> frozenset[str]:
    """The words that name whoever says it: the source, or an actor who is a person."""
    source = None if claim.attribution is None else claim.attribution.source
    names = [part.name for part in (source, claim.actor) if part is not None]
    return frozenset(word for name in names for word in _names(name)[0])
