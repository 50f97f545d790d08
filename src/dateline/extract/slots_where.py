"""Slots that tell where: what a predicate is located at, and where a movement ends."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, words
from dateline.extract.conditions import content_head
from dateline.extract.place_recalled import shared_site
from dateline.extract.reading import Reading
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token


def located(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Places and grounds that a predicate is said to be at, "here" among them; else those inside its object."""
    found = [
        head
        for name in words(token, "locative")
        for head in args.get(name)
        if head.i in reading.place_of_token or is_ground(reading, head)
    ]
    found += [h for h in args.get("advmod") if pivot(h) in words(token, "here")]
    found += [h for h in args.get("acomp") if pivot(h) in words(token, "present")]
    found += [h for name in words(token, "locative") for h in args.get(name) if shared_site(reading, h) is not None]
    found += [h for name in ("at", "in", "near") for h in args.get(name) if _unlisted(reading, h)]
    obj = args.first("obj") or args.first("attr")
    if not found and obj is not None:
        inner = [h for part in (obj, *obj.conjuncts) for h in inside(part, words(token, "locative"))]
        found = [h for h in inner if h.i in reading.place_of_token or is_ground(reading, h)]
        found += [c for c in obj.children if pivot(c) in words(token, "here")]
    return found


def _unlisted(reading: Reading, head: Token) -> bool:
    """A proper name after a locative that no gazetteer lists and that is no actor."""
    return head.pos_ == "PROPN" and head.ent_type_ not in ("DATE", "TIME", "PERSON") and reading.actor(head) is None


def is_ground(reading: Reading, head: Token) -> bool:
    """A common noun that stands for a place: the country, the base, the region, the ground."""
    lemma = content_head(head).lemma_.lower()
    if lemma in reading.lexicon.classes["ground"] or lemma in reading.lexicon.classes["base"]:
        return True
    return lemma in words(head, "ground") or any(p.i in reading.place_of_token for p in inside(head, ("of", "in")))


def inside(noun: Token, prepositions: Collection[str]) -> list[Token]:
    """Objects of the noun's own prepositions."""
    return [
        pobj
        for prep in noun.children
        if prep.dep_ == "prep" and pivot(prep) in prepositions
        for pobj in prep.children
        if pobj.dep_ == "pobj"
    ]


def goal(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Where a movement ends: "to", "into", "in", "at" or "on" a place, or the place that is its object."""
    found = [
        head
        for name in ("to", "into", "onto", "in", "at", "on", "toward", "towards", "for")
        for head in args.get(name)
        if head.i in reading.place_of_token or is_ground(reading, head)
    ]
    found += [h for h in args.get("obj") if h.i in reading.place_of_token or is_ground(reading, h)]
    return found + [h for h in args.get("advmod") if pivot(h) in words(token, "here")]
