"""The walk from a word outward to its saying: what its own words and every governor do to its stance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.extract.cues import Cue
from dateline.extract.governors import bidden, finite_elsewhere, governs, looks_ahead, own_subject, said_of
from dateline.extract.negation import NO_SUCH, has_condition, negations, no_such, stance_words, whole_word, yet_to
from dateline.lexicon.language import language
from dateline.model import Kind, Stance
from dateline.parse.forms import PIVOT, inflected, means, pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

STATES = frozenset({Kind.PRESENCE})
STRENGTH = {Stance.ASSERTED: 0, Stance.PLANNED: 1, Stance.ALLEGED: 2, Stance.CONDITIONAL: 3, Stance.DENIED: 4}
MOST_STEPS = 12


class Walk:
    """State of one outward walk: the stance that commits least so far, denials, and the reason to drop, if any.

    `kind` is that of the finding; None for the main proposition of a saying. `depends` is set by a condition,
    `excluded` by "ruled out", which another denial opens again, `refused` by "will not", `foretold` by "is expected",
    `none_of` holds the nouns whose "no" is counted already, `presupposed` is set where the words take the act as given,
    whatever is said over them ("investigated the attack").
    """

    def __init__(self, token: Token, kind: Kind | None, cues: Iterable[Cue]) -> None:
        self.token = token
        self.kind = kind
        self.cue_words = {cue.word.i for cue in cues}
        self.stance = Stance.ASSERTED
        self.why = "plain statement"
        self.denials = 0
        self.denied_by = "negated"
        self.dropped: str | None = None
        self.depends = False
        self.excluded = False
        self.refused = False
        self.foretold = False
        self.presupposed = False
        self.none_of: set[int] = set()

    def hold(self, stance: Stance, why: str) -> None:
        """Keep the stance that commits less."""
        if STRENGTH[stance] > STRENGTH[self.stance]:
            self.stance, self.why = stance, why

    def deny(self, why: str, times: int = 1) -> None:
        """Count a denial; two of them cancel."""
        self.denials += times
        if times % 2:
            self.denied_by = why

    def drop(self, why: str) -> None:
        """Note the first reason why the words make no claim."""
        self.dropped = self.dropped or why

    @property
    def is_denied(self) -> bool:
        """Whether an odd number of denials lies over the word."""
        return self.denials % 2 == 1

    def settled(self) -> Stance:
        """The stance at the end of the walk."""
        if self.depends and (self.stance is Stance.PLANNED or (self.is_denied and self.refused)):
            self.stance, self.why = Stance.CONDITIONAL, "under a condition"
            return self.stance
        if self.is_denied:
            return Stance.DENIED
        if self.excluded:
            self.hold(Stance.CONDITIONAL, "not ruled out")
        return self.stance


def climb(walk: Walk, start: Token, until: Token | None = None) -> None:
    """Walk from a word to the saying over it, to `until`, or to where nothing governs it any more."""
    current: Token = start
    apart = False
    for step in range(MOST_STEPS):
        if current.pos_ in ("VERB", "AUX") and not apart:
            verb_words(walk, current, own=step == 0)
        elif current.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") and step > 0 and current != walk.token:
            noun_words(walk, current)
        head = current.head
        if head == current or current == until:
            return
        if head.i in walk.cue_words:
            under_saying(walk, current, head)
            if head.pos_ == "NOUN":
                walk.deny("none of it", no_such(head))
                said_of(walk, head)
            return
        if not governs(walk, current, head):
            return
        apart = current.dep_ == "conj" and _stands_alone(current)
        current = head


def under_saying(walk: Walk, current: Token, saying: Token) -> None:
    """ "is said to be", "were told to leave": what a saying in the passive, or one that insists, is over."""
    if bidden(current, saying):
        walk.drop(f"only under “{saying.text}”")
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in saying.children)
    lemma = saying.lemma_.lower()
    if passive and current.dep_ == "xcomp":
        if lemma in stance_words(saying, "alleged_verbs"):
            walk.hold(Stance.ALLEGED, f"is “{saying.text}” to")
        elif lemma in stance_words(saying, "told_to"):
            walk.hold(Stance.PLANNED, f"“{saying.text}” to")


def _stands_alone(verb: Token) -> bool:
    """A coordinated verb with its own auxiliary, or after "but": the first verb's "not" and "will" are not its own."""
    but = any(c.dep_ == "cc" and pivot(c) == "but" for c in verb.head.children)
    return but or finite_elsewhere(verb) or any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def verb_words(walk: Walk, verb: Token, *, own: bool) -> None:
    """Apply the words of a verb itself: negation, modals, "reportedly", "if", a headline's "to"."""
    denied = _denials(walk, verb, own=own)
    walk.deny("negated", denied)
    for child in verb.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            _modal(walk, verb, pivot(child), denied=denied % 2 == 1)
        elif child.dep_ == "advmod" and whole_word(child) in stance_words(child, "alleged_words"):
            walk.hold(Stance.ALLEGED, f"“{child.text}”")
    if has_condition(verb):
        walk.depends = True
    _inflection(walk, verb, denied=denied % 2 == 1)
    if yet_to(verb):
        walk.deny("“yet to”")
        return
    bare = verb.tag_ == "VB" or (
        verb.tag_ == "VBN" and any(c.tag_ == "VB" and c.dep_ == "auxpass" for c in verb.children)
    )
    if own and bare and is_infinitive(verb):
        if verb.dep_ == "ROOT" or (verb.dep_ == "advcl" and own_subject(verb)):
            walk.hold(Stance.PLANNED, "still “to” be done")
        if denied % 2:
            walk.refused = True
            walk.depends = walk.depends or _without(verb)
    if means(verb, "be") and own and any(c.dep_ == "xcomp" for c in verb.children):
        return
    if verb.dep_ == "xcomp":
        _infinitive_of(walk, verb)
    if means(verb, "go") and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children):
        walk.hold(Stance.PLANNED, "going to")


def _infinitive_of(walk: Walk, verb: Token) -> None:
    """ "is to leave" is ahead, "has to leave" a demand."""
    if means(verb.head, "be") and (verb.tag_ == "VB" or is_infinitive(verb)):
        walk.hold(Stance.PLANNED, "“is to”")
    elif means(verb.head, "have", "ought") and is_infinitive(verb) and _now(verb.head):
        walk.drop(f"a demand (“{verb.head.text} to”)")


def _now(verb: Token) -> bool:
    """Whether a verb speaks of the present: "has to leave", not "had to leave"."""
    return verb.tag_ in ("VBP", "VBZ", "MD") and not any(c.tag_ == "MD" for c in verb.children)


def _denials(walk: Walk, verb: Token, *, own: bool) -> int:
    """How often a verb is denied, but for the "no" of a party of it that is counted already."""
    parties = ("nsubj", "nsubjpass", "dobj", "attr") if own else ("nsubj", "nsubjpass")
    counted = any(c.i in walk.none_of for c in verb.children if c.dep_ in parties)
    return max(0, negations(verb, own=own) - counted)


def is_infinitive(verb: Token) -> bool:
    """Whether a "to" stands before the verb."""
    return to_infinitive(verb)


def _modal(walk: Walk, verb: Token, modal: str, *, denied: bool) -> None:
    perfect = any(means(c, "have") and c.dep_ == "aux" for c in verb.children)
    progressive = verb.tag_ == "VBG" and any(means(c, "be") and c.dep_ == "aux" for c in verb.children)
    beside = {pivot(c) for c in verb.children if c.dep_ == "advmod"}
    if modal in stance_words(verb, "modal_possible"):
        if modal == "can" and beside & stance_words(verb, "at_present"):
            return
        state = modal in ("may", "might") and verb.lemma_.lower() in stance_words(verb, "stative")
        realised = perfect or progressive or state or walk.kind in STATES
        walk.hold(Stance.ALLEGED if realised else Stance.CONDITIONAL, f"“{modal}”")
        if denied and modal in ("may", "might"):
            walk.deny("perhaps not")
    elif modal in ("would", "'d") and beside & stance_words(verb, "preferring"):
        return
    elif modal in ("would", "'d") and perfect and has_condition(verb):
        walk.hold(Stance.CONDITIONAL, "“would have”")
    elif modal in stance_words(verb, "modal_future"):
        walk.hold(Stance.PLANNED, f"“{modal}”")
        walk.refused = walk.refused or denied
        if denied and _without(verb):
            walk.depends = True
    elif modal in stance_words(verb, "modal_must"):
        if verb.dep_ == "ccomp" and means(verb.head, "rule", "decree"):
            return  # "the court ruled that he must stay in custody"
        walk.drop(f"a demand (“{modal}”)")


def _inflection(walk: Walk, verb: Token, *, denied: bool) -> None:
    """ "partira" is ahead; "aurait déployé" and "serait présent" are hearsay, unless a condition or a past saying."""
    mood = inflected(verb)
    if mood == "will":
        walk.hold(Stance.PLANNED, f"“{verb.text}” in the future")
        walk.refused = walk.refused or denied
        walk.depends = walk.depends or (denied and _without(verb))
    elif mood == "would" and any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        return
    elif mood == "would":
        perfect = any(means(c, "have") and c.dep_ == "aux" for c in verb.children)
        told = verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN") and not perfect
        state = walk.kind in STATES or verb.lemma_.lower() in stance_words(verb, "stative")
        if has_condition(verb):
            walk.hold(Stance.CONDITIONAL if perfect else Stance.PLANNED, "conditional mood")
        elif told and not state:
            walk.hold(Stance.PLANNED, "future of the past")
        else:
            walk.hold(Stance.ALLEGED, "conditional of hearsay")


def _without(verb: Token) -> bool:
    """What is not done without or until something depends on it."""
    return any(pivot(c) in ("without", "until") for c in verb.children)


def noun_words(walk: Walk, noun: Token) -> None:
    """Apply the words of a noun itself: "no", "alleged", "planned"."""
    if no_such(noun) and (noun.pos_ == "PRON" or pivot(noun) in NO_SUCH or any(c.dep_ == "det" for c in noun.children)):
        walk.deny("none of it")
        walk.none_of.add(noun.i)
    for child in noun.children:
        if child.dep_ == "acl" and noun.lang_ != PIVOT and child.tag_ == "VBN":
            _participle(walk, child)
        if child.dep_ not in ("amod", "advmod", "compound"):
            continue
        word = whole_word(child)
        if word in stance_words(child, "alleged_words"):
            walk.hold(Stance.ALLEGED, f"“{child.text}”")
        elif word in stance_words(child, "planned_adjectives"):
            walk.hold(Stance.PLANNED, f"“{child.text}”")


def _participle(walk: Walk, participle: Token) -> None:
    """ "une présence supposée", "le retrait, prévu pour mai": participles behind their noun."""
    lemma = participle.lemma_.lower()
    if lemma in stance_words(participle, "supposing"):
        walk.hold(Stance.ALLEGED, f"“{participle.text}”")
    elif looks_ahead(walk, participle):
        walk.hold(Stance.PLANNED, f"“{participle.text}”")


def denied_beside(walk: Walk, noun: Token) -> None:
    """ "la présence de X, démentie par Y": a participle or relative clause on the noun that denies it."""
    for child in noun.children:
        if child.dep_ not in ("acl", "relcl") or language(noun.doc.lang_).saying.get(child.lemma_.lower()) != "deny":
            continue
        itself = child.dep_ == "acl" and child.tag_ == "VBN"
        if itself or any(c.dep_ == "dobj" and c.tag_.startswith("W") for c in child.children):
            walk.deny(f"“{child.text}”", 1 + negations(child, own=False))


def held_later(walk: Walk, noun: Token) -> None:
    """ "talks that will be held", "a meeting to be held": a clause on the noun that looks ahead."""
    for child in noun.children:
        auxiliaries = {pivot(c) for c in child.children if c.dep_ == "aux"}
        if child.dep_ == "relcl" and auxiliaries & {"will", "'ll", "shall"}:
            walk.hold(Stance.PLANNED, "to be held")
        elif child.dep_ in ("acl", "relcl") and "to" in auxiliaries:
            passive = any(c.dep_ == "auxpass" for c in child.children)
            walk.hold(Stance.PLANNED if passive else Stance.ASSERTED, "to be held")
