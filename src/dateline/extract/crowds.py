"""Whom a crowd is against: who has what it opposes or burns, who is to go, or to do what it demands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import verb_arguments, words
from dateline.extract.noun_arguments import noun_arguments
from dateline.extract.owners import objects, owners
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.extract.counterparts import Act, Candidate

SYMBOLS = ("flag", "effigy", "portrait", "poster", "embassy", "consulate")
"""What a crowd burns or besieges, for want of whom it means."""


def aim_of_protest(act: Act) -> Iterator[Candidate]:
    """Whom a crowd is against: who has what it opposes, or who is to go or to do what it demands."""
    for thing in (h for h in act.args.get("obj") if means(h, *SYMBOLS)):
        yield from ((o, f"owner of “{thing.text}”") for o in owners(act.reading, thing))
    held = [h for name in ("obj", "in", "for", "on") for h in act.args.get(name)]
    told = [c for c in act.token.children if c.dep_ in ("xcomp", "advcl", "conj") and _protests(c)]
    args = [act.args, *(noun_arguments(act.reading, h) for h in held if _protests(h)), *map(verb_arguments, told)]
    for name in ("against", "outside", "at", "over"):
        for head in (h for given in args for h in given.get(name)):
            if name != "over":
                yield head, f"{name} of “{act.token.text}”"
            if name != "outside":
                yield from ((o, f"owner of “{head.text}”") for o in owners(act.reading, head))
    for clause in act.token.children:
        if clause.dep_ in ("xcomp", "advcl", "acl", "relcl") and clause.lemma_.lower() in words(clause, "protest_aim"):
            inner = verb_arguments(clause)
            for head in [*inner.get("from"), *inner.get("obj"), *inner.get("on"), *inner.get("for")]:
                yield head, f"object of “{clause.text}”"
                yield from ((o, f"owner of “{head.text}”") for o in owners(act.reading, head))
            for below in inner.get("ccomp"):
                subject = verb_arguments(below).first("subj")
                if subject is not None:
                    yield subject, f"who is to “{below.text}”"


def angry_with(act: Act) -> Iterator[Candidate]:
    """Whom a crowd is angry with: "Turks angry over Russia's support for Assad", "furious at the government"."""
    crowd = [h for name in ("subj", "by", "of", "poss", "support") for h in act.args.get(name)]
    for mood in (c for head in crowd for c in head.children if c.lemma_.lower() in words(c, "angry")):
        for prep in mood.children:
            if prep.dep_ == "prep" and pivot(prep) in ("at", "over", "with", "about", "by"):
                for head in objects(prep):
                    yield from ((owner, f"owner of “{head.text}”") for owner in owners(act.reading, head, 1))
                    yield head, f"“{mood.text} {prep.text}”"


def _protests(word: Token) -> bool:
    """Whether a word tells a protest: "in protest at", "to demonstrate against", "a strike over"."""
    return means(
        word, "protest", "demonstrate", "demonstration", "rally", "march", "strike", "riot", "boycott", "slogan"
    )
