"""Borders as places: "the Syrian border", "the frontier between Chad and Sudan", "the border area with Kenya"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.reading import Reading
from dateline.lexicon.countries import by_code
from dateline.model import Place, Precision
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

BORDER = "border of "
"""How the name of a border begins."""
_SIDES = ("with", "between", "of", "from", "to")
"""Prepositions after a border that name the lands on its sides."""


def border(reading: Reading, head: Token) -> Place | None:
    """The border that a phrase means by the lands on its sides; None for "the border" alone.

    A border has no point and, between states, no state: whoever reads the place is told a region.
    """
    if not _is_border(head) or _beside_a_name(head):
        return None
    sides = [t for t in head.lefts if t.dep_ != "det"]
    sides += [p for c in head.rights if c.dep_ == "prep" and pivot(c) in _SIDES for p in c.children]
    words_of = sorted({t.i for side in sides for t in side.subtree} - {head.i})
    lands: dict[str, str | None] = {}
    last = head
    for i in words_of:
        token = reading.doc[i]
        land = _land(reading, token)
        if land is not None:
            lands.setdefault(*land)
            last = token if token.i > last.i else last
    if not lands:
        return None
    start = min((t.idx for t in head.lefts if not t.is_punct), default=head.idx)
    end = last.idx + len(last)
    states = set(lands.values())
    code = states.pop() if len(states) == 1 and not any(_is_state(*land) for land in lands.items()) else None
    name = BORDER + " and ".join(sorted(lands))
    return Place(" ".join(reading.text[start:end].split()), start, end, name, code, None, None, Precision.REGION)


def _beside_a_name(head: Token) -> bool:
    """Whether the border only tells where a named place is: "a base at Maaten al-Sarra near the border with Chad"."""
    if head.dep_ != "pobj":
        return False
    beside = (c for c in head.head.head.children if c.dep_ == "prep" and c.i < head.head.i)
    return any(p.pos_ == "PROPN" and p.ent_type_ != "DATE" for c in beside for p in c.children)


def _is_state(name: str, code: str | None) -> bool:
    country = by_code(code) if code is not None else None
    return country is not None and country.name == name


def _is_border(head: Token) -> bool:
    """Whether a noun is a border, or land called by one: "the border area"."""
    if head.pos_ not in ("NOUN", "PROPN"):
        return False
    if pivot(head) in words(head, "borders"):
        return head.dep_ != "compound"
    called = any(pivot(c) in words(c, "borders") for c in head.lefts if c.dep_ == "compound")
    return called and pivot(head) in words(head, "border_lands")


def _land(reading: Reading, token: Token) -> tuple[str, str | None] | None:
    """The name and the state of a land that a word names, as a noun or an adjective."""
    place = reading.place_of_token.get(token.i)
    if place is not None:
        return place.name, place.country
    code = reading.cast.country(token) if token.text[:1].isupper() else None
    owner = reading.actor(token) if token.dep_ == "poss" and token.pos_ == "PRON" else None  # "its border with Chad"
    country = by_code(code or (owner.country if owner is not None else None) or "")
    return None if country is None else (country.name, country.code)
