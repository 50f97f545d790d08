"""What the filter sees of a sentence: its words and pairs of words, names of states and actors by their class."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.lexicon.actors import folded, words
from dateline.relevance.naming import LENT, named

LONGEST = 60
"""Words after which a sentence without an end is cut."""

_END = re.compile(r"(?<=[.!?;:…])(?<![\s.][A-Z]\.)[\"”')\]]*\s+|\n+")
_PIECE = re.compile(r"[^\W_]+|[,()]")


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence or line, with their case, without accents, and the commas and brackets between."""
    for part in _END.split(folded(text)):
        found = _PIECE.findall(part) if part else []
        for first in range(0, len(found), LONGEST):
            yield found[first : first + LONGEST]


def features(sentence: list[str]) -> set[str]:
    """Words in lower case, pairs of neighbours, classes of names and of heads ("#army"); no numbers.

    A name of a state, its people or capital is `<state>`, a known actor `<` its sector `>`; a pair of a name with
    any head word of an actor is told apart as `<name>+#head`, however far they stand from each other. What kind of
    name it is (`<people>`, `<capital>`, `<person>`) is a feature of its own. A name of a state or person within
    another name is `<lent>` and stands for no actor.
    """
    tokens, marks, kinds = _tokens(sentence)
    family = words().family
    heads = {f"#{found}" for token in tokens if (found := family(token)) is not None}
    pairs = {f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False)}
    both = {f"{name}+{head}" for name in marks for head in heads}
    return {*tokens, *pairs, *heads, *both, *kinds}


def _tokens(sentence: list[str]) -> tuple[list[str], set[str], set[str]]:
    """Words and marks in order, the marks of actors, and the kinds of their names."""
    found: list[str] = []
    marks: set[str] = set()
    kinds: set[str] = set()
    at = previous = 0
    while at < len(sentence):
        word = sentence[at]
        name = named(sentence, at, previous) if word[0].isupper() else None
        if name is None:
            if word[0].isalpha():
                found.append(word.lower())
            at += 1
            continue
        if name.mark != LENT:
            marks.add(name.mark)
            kinds.update(name.more)
        found.append(name.mark)
        at = previous = at + name.width
    return found, marks, kinds
