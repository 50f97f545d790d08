"""Slots that tell what something is for, or whom it points to through what it names.

"The arrests were meant to silence critics", "an attempt to derail the talks", "blamed it on Iranian sabotage".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments
from dateline.extract.reading import Reading
from dateline.extract.slots_where import inside
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

INFINITIVES = ("xcomp", "acl", "relcl", "advcl", "ccomp")
"""How a verb of purpose hangs on what it is the purpose of."""
NAMED_AS = ("attr", "oprd", "dobj", "acomp")
"""Where it is said what something is: "was an attempt", "called it a ploy"."""


def _aim(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """What it is meant to do: "designed to derail", "aims at silencing", "is an attempt to sow fear"."""
    found = [*_purposes(token)]
    for child in token.rights:
        if child.dep_ in NAMED_AS:
            found += _purposes(child)
        elif child.dep_ == "prep" and pivot(child) in ("as", "with"):
            found += [verb for named in child.children if named.pos_ == "NOUN" for verb in _purposes(named)]
    return found + [other for verb in found for other in verb.conjuncts if other not in found]


def _purposes(word: Token) -> Iterator[Token]:
    """The infinitives under a word, and the gerunds of "aimed at" and "the purpose of"."""
    for child in word.rights:
        if child.dep_ in INFINITIVES and child.tag_ == "VB":
            yield child
        elif child.dep_ == "prep" and pivot(child) in ("at", "of"):
            yield from (verb for verb in child.children if verb.tag_ == "VBG")


def _owners(preposition: str) -> Callable[[Reading, Token, Arguments], list[Token]]:
    """Whose it is that stands behind a preposition: "attributed the blast to Iranian sabotage"."""

    def find(reading: Reading, token: Token, args: Arguments) -> list[Token]:
        for head in args.get(preposition):
            before = [c for c in head.lefts if c.dep_ in ("amod", "compound", "nmod", "poss")]
            owners = [h for h in (*before, *inside(head, ("by", "of"))) if reading.actor(h) is not None]
            if owners and reading.actor(head) is None:
                return owners[:1]
        return []

    return find


def _below(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Every verb under the word: "showed no sign that it was ready to budge"."""
    return [t for t in token.subtree if t.i > token.i and t.pos_ == "VERB"]


def _with_in(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """With whom one is "in talks" or "in contact"."""
    return [p for head in args.get("in") for p in inside(head, ("with",))]


AIMS = {"with_in": _with_in, "aim": _aim, "to_owner": _owners("to"), "of_owner": _owners("of"), "below": _below}
"""Slots of this module by name, for the conditions and roles of the lexicon."""
