"""Bodies, things and trades that no list of actors knows: what kind of voice a common noun at the head makes them.

A noun is looked up in the lists `voice.*_bodies` by its last word ("service", "union"), with the words before it where
they turn its meaning ("news agency", "military intelligence agency", "aid agency"). What ends like a trade ("plumber",
"seamstress") and stands in no list is somebody who saw or did something: a witness, unless the report says more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dateline.extract.conditions import content_head
from dateline.extract.source_phrases import stems
from dateline.model import SourceKind
from dateline.parse.forms import pivot
from dateline.parse.noun_phrases import premodifiers

if TYPE_CHECKING:
    from spacy.tokens import Token

WordLists = Mapping[str, frozenset[str]]
_BODIES = (
    ("expert_bodies", SourceKind.EXPERT),
    ("armed_bodies", SourceKind.ARMED_GROUP),
    ("army_bodies", SourceKind.MILITARY),
    ("igo_bodies", SourceKind.IGO),
    ("state_bodies", SourceKind.GOVERNMENT),
    ("civil_bodies", SourceKind.CIVIL),
)
_TURNING = (
    ("armed_modifiers", SourceKind.ARMED_GROUP),
    ("military_modifiers", SourceKind.MILITARY),
    ("civil_modifiers", SourceKind.CIVIL),
)
_OPEN_TO_TURNS = frozenset({SourceKind.GOVERNMENT, SourceKind.MILITARY, SourceKind.IGO})
_COLLECTIVE = frozenset({"a", "an", "one", "another"})


def noun_kind(words: WordLists, token: Token) -> SourceKind | None:
    """The kind of a body by its head noun and the words before it; None for what is no body."""
    head = content_head(token)
    behind = (p for c in head.children if pivot(c) == "of" for p in c.children if p.dep_ == "pobj")
    before = {s for t in (*premodifiers(head), *behind) for s in stems(t)}
    kind = next((k for name, k in _BODIES if stems(head) & words[f"voice.{name}"]), None)
    if kind is None:
        return None
    if stems(head) & words["voice.firms"] and before & words["voice.studied"] and "military" not in before:
        return SourceKind.EXPERT
    if stems(head) & words["voice.banks"] and before & words["voice.state_modifiers"]:
        return SourceKind.GOVERNMENT
    if kind in _OPEN_TO_TURNS:
        return next((k for name, k in _TURNING if before & words[f"voice.{name}"]), kind)
    return kind


def is_body_noun(words: WordLists, token: Token) -> bool:
    """Whether the head noun is one of a body, not of persons."""
    return any(stems(content_head(token)) & words[f"voice.{name}"] for name, _ in _BODIES)


def is_guard(words: WordLists, token: Token) -> bool:
    """ "The Coast Guard", "Poland's border guard": a service, and not one of its guards."""
    head = content_head(token)
    if not stems(head) & words["voice.guards"] or head.tag_ not in ("NN", "NNP"):
        return False
    before = premodifiers(head)
    service = any(stems(t) & words["voice.guarded"] for t in before)
    return service and not any(pivot(t) in _COLLECTIVE for t in (*before, *head.lefts))


def in_trade(words: WordLists, token: Token) -> bool:
    """Whether a common noun ends like a trade or a part in life: "welder", "pharmacist", "fisherwoman"."""
    head = content_head(token)
    lemma = head.lemma_.lower()
    things = is_body_noun(words, head) or stems(head) & (words["voice.documents"] | words["voice.outlets"])
    return head.pos_ == "NOUN" and not things and lemma.endswith(tuple(words["voice.trade_endings"]))
