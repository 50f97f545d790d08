"""Whose the police and the people are of whom nobody says it: of the state where what they do happens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.reading import Reading
from dateline.model import Actor, Place, Sector
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

_POLICE = ", police"
_AT = ("in", "at", "near")


def local(reading: Reading, party: Actor | None, head: Token | None, place: Place | None) -> Actor | None:
    """The party as one of the state where it or its act is, if only what the report speaks of told its state.

    Forces are left as they are, for those of one state are in another, and who is said to be from somewhere.
    """
    if party is None or head is None or head.pos_ == "PRON":
        return party
    place = _told_beside(reading, head) or place
    if place is None or place.country is None:
        return party
    if party.sector not in (Sector.POL, Sector.CIV) or party.country == place.country:
        return party
    if any(c.dep_ == "prep" and pivot(c) in ("from", "of") for c in head.children):
        return party
    told = reading.cast.denoted(head)
    named = any(c.ent_type_ in ("NORP", "GPE", "ORG") for c in head.lefts)
    if (told is None or party.country is None) and (named or party.sector is not Sector.CIV or head.pos_ == "PROPN"):
        return party
    if told is not None and (told.explicit or told.country != party.country):
        return party
    if not party.name.endswith(_POLICE):
        return replace(party, country=place.country)
    state = reading.cast.government_name(place.country).partition(",")[0]
    return replace(party, name=f"{state}{_POLICE}", country=place.country)


def _told_beside(reading: Reading, head: Token) -> Place | None:
    """Where they are by their own words: "sent food to survivors in Derna"."""
    beside = (p.i for c in head.children if c.dep_ == "prep" and pivot(c) in _AT for p in c.children)
    return next((reading.place_of_token[i] for i in beside if i in reading.place_of_token), None)
