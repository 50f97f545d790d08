"""What is said by a verb, as token indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.parse.forms import follows, neighbour

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(slots=True)
class Said:
    """What a verb says: token indices, and the frame of the lexicon that found them."""

    content: set[int]
    frame: str
    source: Token | None = None
    """Who says it, where the order of the words tells it better than the parse."""


def subtree(token: Token) -> set[int]:
    """Indices of the token and all below it."""
    return {t.i for t in token.subtree}


def spoken(token: Token) -> set[int]:
    """Indices of what is said: the subtree less the asides that the report puts in (", which it left in 2022,")."""
    return {t.i for t in token.subtree} - {i for t in token.subtree if _aside(t) for i in subtree(t)}


def _aside(token: Token) -> bool:
    """A relative clause set off by a comma; ", a charge that X denies", which is the report's own."""
    article = neighbour(token, -1)
    if token.lemma_.lower() in words(token, "charges") and article is not None and follows(article, ","):
        return article.pos_ == "DET" and any(c.dep_ in ("relcl", "acl") for c in token.rights)
    if token.dep_ != "relcl" or token.head.i > token.i:
        return False
    first = token.left_edge
    return follows(first, ",") and first.tag_ in ("WDT", "WP", "WRB", "WP$", "IN")
