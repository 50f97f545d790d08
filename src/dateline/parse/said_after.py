"""Whose a body is that speaks after its state has acted: "Kenya has sent police to Haiti, the government said"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.model import Kind, Sector
from dateline.parse.denotations import Denotation
from dateline.parse.forms import means, pivot

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


def speaking_state(
    speaker: Token, denote: Callable[[Token], Denotation | None], dateline: str | None
) -> Denotation | None:
    """The actor of the words that a nameless body's saying closes, of whose state the body is; None where that is open.

    A government that acts tells of it. Forces are told of by their own state only in a report dated there, or where
    they hit no state at all: those who are hit tell of it as often as those who strike ("Russia shelled Kharkiv, the
    army said"). Who shoots a drone or missile down hits nobody.
    """
    told = _closed_by(speaker)
    subject = None if told is None else next((c for c in told.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    found = None if subject is None else denote(subject)
    if told is None or found is None or not found.explicit or found.country is None:
        return None
    violent = any(t.kind is Kind.ATTACK for t in language(told.lang_).verbs.get(told.lemma_.lower(), ()))
    if (found.sector is Sector.GOV and not violent) or _shoots_down(told):
        return found
    if found.sector not in (Sector.GOV, Sector.MIL, Sector.POL):
        return None
    return found if found.country == dateline or (violent and _on_rebels(told, denote)) else None


def _shoots_down(told: Token) -> bool:
    if means(told, "intercept"):
        return True
    return means(told, "shoot", "bring") and any(c.dep_ == "prt" and pivot(c) == "down" for c in told.children)


def _on_rebels(told: Token, denote: Callable[[Token], Denotation | None]) -> bool:
    """Whether those hit are an armed group: "Turkish jets struck Kurdish militants in northern Iraq"."""
    hit = [c for c in told.rights if c.dep_ == "dobj"]
    hit += [p for c in told.rights if c.dep_ == "prep" and pivot(c) in ("on", "against") for p in c.children]
    owners = [o for h in hit for o in h.lefts if o.dep_ in ("compound", "poss", "amod", "nmod")]
    parties = (denote(t) for t in (*hit, *owners))
    return any(p is not None and p.sector is Sector.REB for p in parties)
