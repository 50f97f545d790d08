"""Organisations that no lexicon knows: capitalised names, their sector by the last word, their state by one inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.actors import NameKind, words
from dateline.model import Sector
from dateline.parse.denotations import Denotation
from dateline.parse.forms import pivot
from dateline.parse.home_country import HomeCountry
from dateline.parse.known_names import KnownNames
from dateline.parse.noun_phrases import prepositional

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_THE_STATE = frozenset({Sector.GOV, Sector.MIL, Sector.POL})


def organisation(token: Token, known: KnownNames, home: HomeCountry) -> Denotation | None:
    """The organisation whose capitalised name ends at the token; None for anything else.

    A name that the recogniser does not take for an organisation needs an ending that is one ("... Party").
    Bodies of a state without a nationality in their name belong to the country in view.
    """
    if token.ent_type_ in ("FAC", "GPE", "LOC", "EVENT", "WORK_OF_ART", "LAW"):
        return None
    first = _start(token)
    sector = words().name_endings.get(token.text)
    if sector is None or first == token.i:
        if token.ent_type_ not in ("ORG", "NORP") or token.ent_type_ == "NORP" and first == token.i:
            return None
        sector = sector if sector is not None else Sector.UNK
    if any(words().sector_words.get(pivot(token.doc[i])) is Sector.PTY for i in range(first, token.i)):
        sector = Sector.PTY
    name = " ".join(token.doc[first : _end(token) + 1].text.split())
    country = _country(token, first, known)
    if country is None and sector in _OF_THE_STATE:
        country = home.at(token)
    return Denotation(name, country, sector, None, False, True)


def _start(token: Token) -> int:
    """First token of the run of capitalised words that ends here."""
    first = token.i
    while first > 0:
        before = token.doc[first - 1]
        joined = pivot(before) in ("of", "and", "for", "-", "&", "the") and first > 1 and _capital(token.doc[first - 2])
        if not _capital(before) and not (joined and pivot(before) != "and" and before.dep_ != "det"):
            break
        first -= 1
    while first < token.i and not _capital(token.doc[first]):
        first += 1
    return first


def _end(token: Token) -> int:
    """Last token of a name that goes on behind its head: "Institute for Strategic Dialogue"."""
    last = token.i
    while last + 1 < len(token.doc) and token.doc[last + 1].ent_type_ == "ORG" and token.doc[last + 1].ent_iob_ == "I":
        last += 1
    joined = last > token.i and pivot(token.nbor(1)) in ("of", "for", "on", "and", "against")
    return last if joined and _capital(token.doc[last]) else token.i


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ") and token.is_alpha


def _country(token: Token, first: int, known: KnownNames) -> str | None:
    for index in range(token.i, max(-1, first - 3), -1):
        hit = known.at(index)
        if hit is not None and hit.name.kind is not NameKind.ACTOR and hit.name.country is not None:
            return hit.name.country
    for preposition, inner in prepositional(token):
        hit = known.at(inner.i)
        if preposition in ("of", "in", "for") and hit is not None and hit.name.actor is None:
            return hit.name.country
    return None
