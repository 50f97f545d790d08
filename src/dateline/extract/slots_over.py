"""Slots of a noun that stand over it: whose name it is part of, what it is of, who does something by its means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, subject_of, words
from dateline.extract.reading import Reading
from dateline.extract.slots_where import is_ground
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token


def subj_above(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Who does something "with the help of X"."""
    by_help = token.dep_ == "pobj" and pivot(token.head) == "with" and token.head.head.pos_ == "VERB"
    subject = subject_of(token.head.head) if by_help else None
    return [] if subject is None else [subject]


def head_of(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """What the noun's preposition hangs on: "a member" of "a member of the mission"."""
    return [token.head.head] if token.dep_ == "pobj" else []


def compound_of(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The noun that it is a part of the name of: "exercise" of "a training exercise"."""
    return [token.head] if token.dep_ == "compound" else []


def ended(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The verb that says of an accord that it is over."""
    over = reading.lexicon.classes["ended_word"]
    return [token.head] if token.dep_ in ("nsubj", "nsubjpass", "dobj") and token.head.lemma_.lower() in over else []


def held_under(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The ground that is "under the control of X": what is or stays so, or the noun before it."""
    if token.dep_ != "pobj" or pivot(token.head) != "under":
        return []
    over = token.head.head
    if over.pos_ in ("VERB", "AUX"):
        subject = subject_of(over) if means(over, "be", "remain", "stay", "lie") else None
        held = [] if subject is None else [subject]
    else:
        held = [over]
    return [h for h in held if h.i in reading.place_of_token or is_ground(reading, h)]


def phased(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The noun of a time in an event's course that it is the content of: "resumption" of "a resumption of shelling"."""
    if token.dep_ not in ("pobj", "pcomp") or pivot(token.head) != "of":
        return []
    return [token.head.head] if token.head.head.lemma_.lower() in words(token, "phases") else []
