"""What the filter sees of a sentence: its words and pairs of words, names of states and actors by their class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dateline.lexicon.actors import WORD, NameKind, article_folded, folded, names, words

LONGEST = 60
"""Words after which a sentence without an end is cut."""

_END = re.compile(r"(?<=[.!?;:…])[\"”')\]]*\s+|\n+")
_STATE = "<state>"


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence or line, without accents, with their case."""
    for part in _END.split(folded(text)):
        found = WORD.findall(part) if part else []
        for first in range(0, len(found), LONGEST):
            yield found[first : first + LONGEST]


def features(sentence: list[str]) -> set[str]:
    """Words in lower case, pairs of neighbours, classes of names and of heads ("#army"); no numbers.

    A name of a state, its people or capital is `<state>`, a known actor `<` its sector `>`; a pair of a name with
    any head word of an actor is told apart as `<name>+#head`, however far they stand from each other.
    """
    tokens, named = _tokens(sentence)
    heads = {f"#{family}" for token in tokens if (family := words().family(token)) is not None}
    pairs = {f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False)}
    both = {f"{name}+{head}" for name in named for head in heads}
    return {*tokens, *pairs, *heads, *both}


def _tokens(sentence: list[str]) -> tuple[list[str], set[str]]:
    found: list[str] = []
    named: set[str] = set()
    at = 0
    while at < len(sentence):
        word = sentence[at]
        fit = _named(sentence, at) if word[0].isupper() else None
        if fit is None:
            if not word[0].isdigit():
                found.append(word.lower())
            at += 1
            continue
        mark, width = fit
        named.add(mark)
        found.append(mark)
        at += width
    return found, named


def _named(sentence: list[str], at: int) -> tuple[str, int] | None:
    """The class of the name that begins at a word, and its length in words; the longest name wins."""
    for marked, written in _table().get(sentence[at].casefold(), ()):
        if sentence[at] == written[0] and tuple(map(article_folded, sentence[at : at + len(written)])) == written:
            return marked, len(written)
    return None


@cache
def _table() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """First word -> the classes and words of the names it begins, longest first."""
    return {
        first: [
            (_STATE if name.kind is not NameKind.ACTOR or name.actor is None else f"<{name.actor.sector}>", name.words)
            for name in found
        ]
        for first, found in names().items()
    }
