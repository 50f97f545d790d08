"""To whom things and acts belong: "Houthi positions", "a ceasefire proposed by Angola", "the outcome of the talks"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.place_facilities import facility
from dateline.extract.reading import Reading
from dateline.lexicon.countries import named
from dateline.lexicon.gazetteer import lookup
from dateline.model import Precision
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

DEPTH = 2
"""How many nouns an owner may stand away: "the outcome of the talks of the parties"."""


def owners(reading: Reading, noun: Token, depth: int = DEPTH) -> Iterator[Token]:
    """To whom a thing or act belongs: in its phrase before it, then "by", "of" and "from", nearest noun first.

    "by" may stand in a participle ("a ceasefire proposed by Angola"), "to" behind "belonging".
    """
    for child in noun.children:
        if child.dep_ in ("poss", "amod", "compound", "nmod"):
            town = is_town(reading, child)
            if town and (_ruled(noun) or facility(reading, noun) is not None or noun.i in reading.place_of_token):
                continue  # "the Damascus suburb of Jobar", "Mogadishu's Lido beach"
            yield from holders(child)
            if not _one_place(reading, child, noun):
                yield child
    if noun.lemma_.lower() in words(noun, "ruled"):
        return
    inner = {pivot(p): list(objects(p)) for p in noun.children if p.dep_ in ("prep", "agent")}
    made = [a for c in noun.children if c.dep_ == "acl" for a in c.children if a.dep_ == "agent"]
    inner["by"] = [*inner.get("by", []), *(h for agent in made for h in objects(agent)), *_belonging(noun)]
    for name in ("by", "of", "from"):
        for head in inner.get(name, []):
            if head.i in reading.place_of_token and not reading.is_country(head):
                continue
            yield head
            if depth > 1 and reading.actor(head) is None:
                yield from owners(reading, head, depth - 1)


def _belonging(noun: Token) -> Iterator[Token]:
    """Behind "belonging to" and "loyal to"."""
    for clause in (c for c in noun.rights if means(c, "belong", "loyal", "affiliate")):
        for prep in (c for c in clause.children if pivot(c) in ("to", "with")):
            yield from objects(prep)


def holders(word: Token) -> Iterator[Token]:
    """Who holds what a participle before it tells of: "rebel-held Aleppo", "the IS-controlled villages"."""
    if pivot(word) in words(word, "holding"):
        yield from (c for c in word.children if c.dep_ in ("npadvmod", "compound", "nmod"))


def is_town(reading: Reading, word: Token) -> bool:
    """Whether a word names a town: a capital stands for its state where it acts, not where things are hit."""
    place = reading.place_of_token.get(word.i)
    if place is not None:
        return not reading.is_country(word)
    if word.pos_ != "PROPN" or named(word.text):
        return False
    return any(entry.precision is Precision.SETTLEMENT for entry in lookup(word.text)[:1])


def _ruled(noun: Token) -> bool:
    """Whether a noun is for ground: a village, a suburb, a region."""
    return noun.lemma_.lower() in words(noun, "ruled")


def _one_place(reading: Reading, word: Token, noun: Token) -> bool:
    """Whether two words are parts of one place name: "Nagorno-Karabakh"."""
    place = reading.place_of_token.get(word.i)
    return place is not None and place is reading.place_of_token.get(noun.i)


def objects(prep: Token) -> Iterator[Token]:
    """What stands behind a preposition."""
    return (c for c in prep.children if c.dep_ == "pobj")
