"""Verbs that the parser hangs on an inserted saying: "The army bombed a market, the ministry said, killing 20".

Who said it did not kill; the clause before did. The participle, or the verb after "and", goes to the verb of that
clause, unless it is itself about speech ("the ministry said, citing witnesses").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.model import Kind
from dateline.parse.forms import follows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPOKEN = frozenset(
    {Kind.ACCUSATION, Kind.REQUEST, Kind.THREAT, Kind.REJECTION, Kind.SUPPORT, Kind.AGREEMENT, Kind.CONSULTATION}
)
"""Kinds of acts that are done by speaking: a word of these may well be of him who spoke ("requesting anonymity")."""

_DONE = frozenset({Kind.ATTACK, Kind.COERCION})
"""Kinds that nobody does by speaking: a word that can tell them is of those who act ("killing", "forcing")."""


def rehung(doc: Doc) -> Doc:
    """The document, verbs after an inserted saying under the verb of the clause that they go on with."""
    for token in list(doc):
        if _goes_on(token) and token.head.i < token.i - 1:
            told = _told_before(token)
            if told is not None:
                for joined in _joining(token):
                    joined.head = told
                token.head = told
    return doc


def _goes_on(token: Token) -> bool:
    """Whether it is a participle (", killing 20") or a verb after "and" without a subject of its own."""
    if token.dep_ == "advcl":
        return token.tag_ == "VBG"
    return token.dep_ == "conj" and token.pos_ == "VERB" and not any(c.dep_.startswith("nsubj") for c in token.children)


def _told_before(later: Token) -> Token | None:
    """The verb of the clause whose saying stands between it and the later verb."""
    saying = later.head
    if saying.lemma_.lower() not in language(saying.lang_).saying or _spoken(later):
        return None
    joined = _joining(later)
    first = joined[-1] if joined else later.left_edge
    if not follows(first, ","):
        return None
    told = next(_clauses(saying), None)
    if told is None or told.pos_ not in ("VERB", "AUX") or told.sent != later.sent:
        return None
    speaker = any(c.dep_ == "nsubj" and told.i < c.i < later.i for c in saying.children)
    return told if speaker and told.i < saying.i else None


def _joining(later: Token) -> list[Token]:
    """The "and" before a further verb."""
    return [c for c in later.head.children if c.dep_ == "cc" and c.i < later.i] if later.dep_ == "conj" else []


def _clauses(saying: Token) -> Iterator[Token]:
    """What the saying is of: the clause it is inserted in, or the one that it governs from behind."""
    if saying.dep_ == "parataxis":
        yield saying.head
    yield from (c for c in saying.lefts if c.dep_ == "ccomp")


def _spoken(verb: Token) -> bool:
    lexicon = language(verb.lang_)
    lemma = verb.lemma_.lower()
    kinds = {t.kind for t in lexicon.verbs.get(lemma, ())}
    return lemma in lexicon.saying or bool(kinds & _SPOKEN and not kinds & _DONE)
