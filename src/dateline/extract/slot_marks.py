"""Slots that a small word beside a verb fills: what it is done with, whether it lies ahead, who announces it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, verb_arguments
from dateline.extract.reading import Reading
from dateline.parse.forms import means

if TYPE_CHECKING:
    from spacy.tokens import Token


def _baton(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "were baton charged", "lathi-charged protesters": what police charge with."""
    return [t for t in token.doc[max(0, token.i - 2) : token.i] if means(t, "baton", "lathi", "cane")]


def _ahead(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "will bear", "ready to bear": what makes an act one that is still to come."""
    return [c for c in token.children if c.dep_ == "aux" and c.tag_ in ("MD", "TO")]


def _told_by(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "announced the imposition of a curfew": who announces or orders what a noun tells."""
    told = token.dep_ == "dobj" and means(
        token.head, "announce", "order", "declare", "decree", "authorise", "authorize"
    )
    return verb_arguments(token.head).get("subj") if told else []


def _admitted(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "the rapporteur was denied entry", "denied aid workers access": who is not let in."""
    held = [c for c in token.children if c.dep_ in ("nsubjpass", "dative") and c.pos_ != "ADP"]
    return held or [c for o in args.get("obj") for c in o.lefts if c.dep_ == "nsubj"]


def _bidden(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "asked for soldiers to be posted": what is asked to be done, as a clause that "for" opens."""
    clauses = (c for c in token.rights if c.dep_ in ("advcl", "ccomp", "xcomp") and c.tag_ in ("VB", "VBN"))
    return [c for c in clauses if any(m.dep_ == "mark" and means(m, "for") for m in c.lefts)]


MARKS = {
    "admitted": _admitted,
    "baton": _baton,
    "ahead": _ahead,
    "told_by": _told_by,
    "bidden": _bidden,
}
"""Slots of this module by name, for the conditions and roles of the lexicon."""
