"""Whose a body is that speaks after its state has acted: "Kenya has sent police to Haiti, the government said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token


def _closed_by(speaker: Token) -> Token | None:
    """The verb of the clause that "..., the ministry said" or "..., according to the ministry" closes."""
    verb = speaker.head
    if speaker.dep_ == "nsubj" and verb.pos_ == "VERB":
        return next((c for c in verb.lefts if c.dep_ == "ccomp" and c.i < speaker.i), None)
    if speaker.dep_ != "pobj" or verb.lower_ != "to" or verb.head.lower_ != "according":
        return None
    told = verb.head.head
    return told if told.pos_ == "VERB" and told.i < speaker.i else None


def told_subject(speaker: Token) -> Token | None:
    """Who acts in the clause that the speaker's words close.

    None where the speaker comes first, where nobody acts, and where the clause tells of violence: those who are hit
    tell of it as often as those who strike ("Russia shelled Kharkiv, the army said").
    """
    told = _closed_by(speaker)
    if told is None or any(t.kind is Kind.ATTACK for t in language(told.lang_).verbs.get(told.lemma_.lower(), ())):
        return None
    return next((c for c in told.lefts if c.dep_ == "nsubj"), None)
