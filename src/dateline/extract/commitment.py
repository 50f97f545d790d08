"""Commitment: what the report itself holds of what a source says, by its own words for the saying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import particle_lemma
from dateline.extract.cues import Cue
from dateline.extract.negation import has_condition, whole_word
from dateline.extract.reading import Reading
from dateline.model import Commitment
from dateline.parse.forms import follows, inflected, means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

WITHOUT_AFTER = 3
"""Tokens after the saying within which "without" belongs to it, wherever the parser hangs it."""


def commitment(reading: Reading, cue: Cue) -> Commitment:
    """What the report itself holds of what the cue's source says, by its own word for the saying.

    A factive word ("confirmed") commits the reporter, unless it is denied or open ("did not confirm"). A word of
    distance ("claimed", "reportedly", "falsely said"), evidence that is missed ("without offering proof") or
    "so-called" in the reporter's own words keep him away. All else is neutral, also a word or two in quotation marks:
    nothing tells the source's own word from one that the reporter would not use.
    """
    lemmas = {cue.word.lemma_.lower(), particle_lemma(cue.word)}
    factive = bool(lemmas & reading.lexicon.words["commitment.committed"])
    unsettled = _unsettled(reading, cue.word)
    if _without_evidence(reading, cue.word) or _kept_off(reading, cue):
        return Commitment.DISTANCED
    if lemmas & reading.lexicon.words["commitment.distanced"]:
        return Commitment.NEUTRAL if unsettled else Commitment.DISTANCED
    vouched = any(pivot(c) in reading.lexicon.words["commitment.vouching_words"] for c in cue.word.children)
    return Commitment.COMMITTED if (factive or vouched) and not unsettled else Commitment.NEUTRAL


def _unsettled(reading: Reading, word: Token) -> bool:
    """Whether the saying itself is denied, open or wished for: "refused to confirm", "if it admits", "no proof"."""
    words = reading.lexicon.words
    open_words = words["stance.negation"] | words["stance.conditional_marks"] | {"may", "might"}
    current = word
    while True:
        if any(
            c.dep_ in ("neg", "aux", "mark", "det", "preconj", "advmod", "cc") and pivot(c) in open_words
            for c in current.children
        ):
            return True
        head = current.head
        if head == current or current.dep_ not in ("xcomp", "pcomp", "conj", "acl"):
            return False
        refusing = words["stance.denied_governors"] | words["stance.hypothetical_governors"] | {"without", "yet"}
        if current.dep_ != "conj" and head.lemma_.lower() in refusing:
            return True
        current = head


def _without_evidence(reading: Reading, word: Token) -> bool:
    """ "without offering proof", "offering no evidence", "but gave no evidence" beside the saying."""
    words = reading.lexicon.words
    for token in word.sent:
        if token.lemma_.lower() not in words["commitment.evidence"]:
            continue
        giving = token.head if token.head.lemma_.lower() in words["commitment.giving"] else None
        beside = giving or token
        without = beside.head
        if pivot(without) == "without":
            apart = giving is not None and follows(without, ",")
            return apart or without.head == word or 0 < without.i - word.i <= WITHOUT_AFTER
        if giving is None or giving.i < word.i:
            continue
        lacking = any(pivot(c) == "no" for c in token.children) or any(c.dep_ == "neg" for c in giving.children)
        but = any(c.dep_ == "cc" and pivot(c) == "but" for c in giving.head.children)
        if lacking and (giving.head == word or (but and giving.dep_ == "conj")):
            return True
    return False


def _kept_off(reading: Reading, cue: Cue) -> bool:
    """Whether the reporter's own words beside the saying, or for its content, keep a distance."""
    distancing = reading.lexicon.words["commitment.distancing_words"]
    if cue.shape == "adverb" and whole_word(cue.word) in distancing:
        return True
    if any(whole_word(c) in distancing and c.dep_ in ("advmod", "amod") for c in cue.word.children):
        return True
    if cue.quoted:
        return False
    if _hearsay_mood(reading, cue):
        return True
    modifiers = (reading.doc[i] for i in cue.content if reading.doc[i].dep_ in ("amod", "advmod"))
    marked = [t for t in modifiers if whole_word(t) in distancing]
    return any(t.head.pos_ != "PROPN" for t in marked)


def _hearsay_mood(reading: Reading, cue: Cue) -> bool:
    """ "aurait déployé, selon X": the mood of the content keeps off; after a past saying it only looks ahead."""
    tops = [t for i in cue.content if (t := reading.doc[i]).pos_ in ("VERB", "AUX") and t.head.i not in cue.content]
    tops += [t for i in cue.content if (t := reading.doc[i]).dep_ == "ROOT"]
    ahead = cue.shape == "verb" and cue.word.tag_ in ("VBD", "VBN")
    for verb in tops:
        if inflected(verb) == "would" and not has_condition(verb):
            perfect = any(c.dep_ == "aux" and means(c, "have") for c in verb.children)
            if perfect or not ahead:
                return True
    return False
