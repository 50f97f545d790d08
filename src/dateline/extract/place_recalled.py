"""Places that a phrase means without naming one: "the Afghan capital", "the hotel" that was told of with its town."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.reading import Reading
from dateline.lexicon.countries import by_code
from dateline.lexicon.gazetteer import lookup
from dateline.model import Place, Precision
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 150
"""Words back within which "the hotel" is the hotel told of."""
OWNER = frozenset({"amod", "poss", "compound", "nmod"})


def capital(reading: Reading, head: Token) -> Place | None:
    """The seat of government that "the capital" means: of the state beside the word, else of the one spoken of.

    None for the capital of a province, for "a capital", and where the phrase names a town itself.
    """
    if not means(head, "capital") or head.tag_ in ("NNS", "NNPS") or head.dep_ == "compound":
        return None
    if not any(pivot(c) == "the" or c.dep_ == "poss" for c in head.lefts) or any(
        c.dep_ == "appos" for c in head.rights
    ):
        return None
    owners = [c for c in head.lefts if c.dep_ in OWNER]
    owners += [p for c in head.children if pivot(c) == "of" for p in c.children if p.dep_ == "pobj"]
    codes = [code for o in owners if (code := _state(reading, o)) is not None]
    if not codes and owners:
        return None
    code = codes[0] if codes else reading.cast.home_country(head)
    country = by_code(code) if code is not None else None
    name = country.capital if country is not None else None
    if country is None or name is None:
        return None
    start = min((t.idx for t in head.lefts if not t.is_punct), default=head.idx)
    end = head.idx + len(head)
    towns = (e for e in lookup(name) if e.country == country.code and e.precision is Precision.SETTLEMENT)
    town = next(towns, None)
    lat, lon = (town.lat, town.lon) if town is not None else (None, None)
    return Place(reading.text[start:end], start, end, name, country.code, lat, lon, Precision.SETTLEMENT)


def written_from(reading: Reading) -> Place | None:
    """The town of the dateline, which "this city" means where the report names no other."""
    written, code = reading.parsed.document.dateline_place, reading.cast.dateline
    if written is None or code is None:
        return None
    towns = (e for e in lookup(written.partition(",")[0]) if e.country == code)
    town = next((e for e in towns if e.precision is Precision.SETTLEMENT), None)
    if town is None:
        return None
    return Place(None, None, None, town.name, code, town.lat, town.lon, Precision.SETTLEMENT)


def shared_site(reading: Reading, head: Token) -> Place | None:
    """The site told of before that a part of it belongs to: "the Russians are in a separate compound".

    A part needs a word that tells it apart or the site's own noun after it ("the far side of the runway").
    """
    if head.pos_ != "NOUN" or head.i in reading.place_of_token or pivot(head) not in words(head, "parts_of_sites"):
        return None
    within = [p for c in head.children if pivot(c) in ("of", "at", "on") for p in c.children if p.dep_ == "pobj"]
    bases = reading.lexicon.classes["base"]
    if any(p.i in reading.place_of_token or p.lemma_.lower() not in bases for p in within):
        return None
    if not within and not any(pivot(c) in words(head, "set_apart") for c in head.lefts):
        return None
    since = reading.doc[max(0, head.i - REACH)].idx
    sites = [p for p in reading.parsed.places if p.precision is Precision.SITE and since <= (p.start or 0) < head.idx]
    return sites[-1] if sites else None


def _state(reading: Reading, owner: Token) -> str | None:
    """The state that a word beside "capital" names; none for a part of one."""
    place = reading.place_of_token.get(owner.i)
    if place is not None:
        return place.country if place.precision is Precision.COUNTRY else None
    code = reading.cast.country(owner)
    if code is not None:
        return code
    actor = reading.actor(owner)
    return actor.country if actor is not None else None


def told_of(reading: Reading, head: Token) -> Iterator[Token]:
    """The earlier nouns that a bare "the hotel" may speak of again, nearest first: "a hotel in Mogadishu"."""
    if head.pos_ != "NOUN" or head.tag_ == "NNS" or head.i in reading.place_of_token:
        return
    lemma = head.lemma_.lower()
    if lemma not in words(head, "standing") and lemma not in reading.lexicon.classes["told_event"]:
        return
    described = any(c.dep_ in (*OWNER, "prep", "relcl", "acl", "appos", "nummod") for c in head.children)
    if described or not any(pivot(c) in ("the", "this", "that") for c in head.lefts):
        return
    for i in range(head.i - 1, max(-1, head.i - REACH), -1):
        if reading.doc[i].lemma_ == head.lemma_ and reading.doc[i].pos_ in ("NOUN", "PROPN"):
            yield reading.doc[i]
