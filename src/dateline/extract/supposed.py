"""Acts that are only supposed: "a strike would widen the war" tells of no strike.

A noun names an act without saying that it was done; what its sentence says of it does. Read here is what the walk
outward (`walk.climb`) does not reach, as nothing governs a subject: the predicate over it, "any", "without".
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from dateline.extract.negation import named_as_any, negations, stance_words, whole_word
from dateline.model import Kind, Stance
from dateline.parse.forms import inflected, means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.extract.walk import Walk

_LINKING = ("be", "remain", "seem", "appear", "look", "become")
_SUPPOSING = ("would", "'d")
_PERCEIVED = ("hear", "see", "feel")
"""What is heard was: "strikes could be heard"."""
_REACH = 8
"""Words after a linking verb among which a phrase such as "off the table" is looked for."""


def suppose(walk: Walk, act: Token) -> None:
    """Apply what is said of an act by a noun: whether it is only possible, ahead, ruled out, or a condition."""
    if any(c.dep_ == "det" and pivot(c) in stance_words(c, "free_choice") for c in act.children):
        walk.hold(Stance.CONDITIONAL, "“any” of them")
    if act.dep_ == "pobj" and pivot(act.head) == "without" and named_as_any(act):
        walk.hold(Stance.CONDITIONAL, "“without” it")
    if imagining := _imagined(act):
        walk.drop(f"only “{imagining.text}”")
    subject = act
    while subject.dep_ == "conj" and subject.head.pos_ in ("NOUN", "PROPN"):
        subject = subject.head
    if subject.dep_ in ("nsubj", "nsubjpass"):
        verb = subject.head
        if means(verb, *_LINKING):
            _described(walk, verb)
        _foreseen(walk, subject, verb)


def _imagined(act: Token) -> Token | None:
    """The verb by which an act is only played or thought up: "the drill simulated an invasion"."""
    for over in act.ancestors:
        if over.pos_ in ("VERB", "AUX"):
            return over if over.lemma_.lower() in stance_words(over, "imagining") else None
    return None


def _described(walk: Walk, verb: Token) -> None:
    """ "is unlikely", "is imminent", "is not on the agenda"."""
    denied = negations(verb, own=False) % 2 == 1
    for word in (c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")):
        lemma = word.lemma_.lower()
        if lemma in stance_words(word, "possible_words"):
            walk.hold(Stance.CONDITIONAL, f"“{word.text}”")
        elif lemma in stance_words(word, "looming_words") or whole_word(word) in stance_words(
            word, "planned_adjectives"
        ):
            walk.hold(Stance.CONDITIONAL if denied else Stance.PLANNED, f"“{word.text}”")
        elif lemma in stance_words(word, "impossible_words"):
            walk.deny(f"“{word.text}”", 0 if denied else 1)
    for name, stance in (("open_phrases", Stance.CONDITIONAL), ("ahead_phrases", Stance.PLANNED)):
        if phrase := _phrase(verb, name):
            walk.hold(stance, f"“{phrase}”")
            walk.deny(f"not “{phrase}”", int(denied))
    if phrase := _phrase(verb, "shut_phrases"):
        walk.excluded = denied
        walk.deny(f"“{phrase}”", 0 if denied else 1)


def _phrase(verb: Token, name: str) -> str | None:
    """The phrase of a list that stands after a verb in its clause."""
    clause = takewhile(lambda t: t.pos_ != "VERB" and not t.is_punct, verb.doc[verb.i + 1 : verb.i + 1 + _REACH])
    after = "_".join(t.text.lower() for t in clause)
    found = (one for one in stance_words(verb, name) if f"_{one}_" in f"_{after}_")
    return next((one.replace("_", " ") for one in found), None)


def _foreseen(walk: Walk, act: Token, verb: Token) -> None:
    """ "a strike would widen the war", "any pullout must be orderly"; not "the strike could widen the war"."""
    modals = {pivot(c) for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"}
    perfect = any(means(c, "have") and c.dep_ == "aux" for c in verb.children)
    if not modals and inflected(verb) == "would" and not perfect:
        walk.hold(Stance.CONDITIONAL if named_as_any(act) else Stance.ALLEGED, "conditional mood")
    if not modals or verb.i < act.i or means(verb, *_PERCEIVED) or _told_before(act, verb):
        return
    modal = min(modals)
    ahead = modal in stance_words(verb, "modal_future")
    supposing = modal in _SUPPOSING
    if verb.lemma_.lower() in stance_words(verb, "aspect_governors") - {"be", "have"}:
        walk.hold(Stance.PLANNED if ahead else Stance.CONDITIONAL, f"“{modal}”")
    elif supposing or (named_as_any(act) and not ahead):
        walk.hold(Stance.CONDITIONAL, f"“{modal}”")
    elif ahead and named_as_any(act) and walk.kind is not Kind.AGREEMENT:
        walk.hold(Stance.PLANNED, f"“{modal}”")


def _told_before(act: Token, verb: Token) -> bool:
    """ "the strike, which killed 12, would", "the strike would later", "would be the first": an act that was."""
    past = any(c.dep_ in ("relcl", "acl") and c.tag_ in ("VBD", "VBN") for c in act.children)
    afterwards = any(c.dep_ == "advmod" and pivot(c) in stance_words(c, "afterwards") for c in verb.children)
    return past or afterwards or any(_ranks(c) for c in verb.children if c.dep_ == "attr")


def _ranks(attribute: Token) -> bool:
    """ "the first since March", "the deadliest": the place of an act among those that were."""
    return any(word.tag_ == "JJS" or word.ent_type_ == "ORDINAL" for word in attribute.subtree)
