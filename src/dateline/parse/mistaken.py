"""Words that the English parser mistakes: "their annual drills" for a verb, "accused X of massing troops" for a trait.

Only shapes that nothing else can be are put right; the tree stays a tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.parse.forms import neighbour

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass"})
_BEFORE_NOUNS = frozenset({"det", "poss", "nummod", "amod", "compound"})
_CHARGING = {
    "of": frozenset({"accuse", "suspect", "convict"}),
    "for": frozenset({"blame", "condemn", "criticise", "criticize", "denounce", "rebuke", "fault"}),
}
"""Verbs that say of what somebody is charged, by the preposition before it."""


def righted(doc: Doc) -> Doc:
    """The document, its plural nouns taken for verbs and its participles taken for adjectives as what they are."""
    for token in doc:
        if _is_plural_noun(token):
            token.tag_, token.pos_, token.lemma_ = "NNS", "NOUN", _singular(token.lower_)
        elif _is_of_charge(token):
            token.head = token.head.head
        elif token.lower_ == "dead" and token.i > 0 and token.dep_ == "amod" and token.nbor(-1).lemma_ == "shoot":
            token.head, token.dep_ = token.nbor(-1), "acomp"
        elif _counts_more(token):
            number = next(c for c in token.lefts if c.pos_ == "NUM")
            number.head, number.dep_, token.head, token.dep_ = token.head, "dobj", number, "advmod"
        elif _is_act(token):
            token.tag_, token.pos_, token.lemma_ = "NN", "NOUN", token.lower_
        elif _is_charge(token):
            _made_clause(token)
    return doc


def _is_plural_noun(token: Token) -> bool:
    """Whether a "verb" of the third person is an object or a subject with words before it that only nouns have."""
    if token.tag_ != "VBZ" or token.dep_ not in _NOMINAL or not token.text.endswith("s"):
        return False
    return any(c.dep_ in _BEFORE_NOUNS for c in token.lefts) and not any(c.dep_ in _NOMINAL for c in token.children)


def _counts_more(token: Token) -> bool:
    """Whether a number hung on an adverb "more" is the object: "killed 13 soldiers and wounded 56 more"."""
    if token.lower_ != "more" or token.dep_ != "advmod" or token.head.pos_ != "VERB":
        return False
    return any(c.pos_ == "NUM" for c in token.lefts) and all(c.dep_ != "dobj" for c in token.head.children)


def _is_act(token: Token) -> bool:
    """Whether a participle behind a preposition is a noun: "killed by Pakistani firing", "in the heavy shelling of"."""
    before = neighbour(token, -1) if token.tag_ == "VBG" and token.dep_ == "pobj" else None
    if before is None or before.tag_ not in ("JJ", "DT", "NNP"):
        return False
    return any(c.dep_ in ("det", "amod") for c in token.lefts) and not any(c.dep_ == "dobj" for c in token.children)


def _singular(word: str) -> str:
    """The singular of a regular plural."""
    if word.endswith("ies") and len(word) > len("flies"):
        return word.removesuffix("ies") + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word.removesuffix("es")
    return word.removesuffix("s")


def _is_of_charge(prep: Token) -> bool:
    """Whether an "of" hung on whoever is accused goes on with the charge: "accused the guards of opening fire"."""
    noun = prep.head
    if prep.lower_ != "of" or prep.dep_ != "prep" or noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    after = neighbour(prep, 1) or prep
    named = after.pos_ in ("PROPN", "DET", "PRON") or after.text[:1].isupper()
    return noun.head.lemma_.lower() in _CHARGING["of"] and not named


def _is_charge(token: Token) -> bool:
    """Whether a participle right behind "of" or "for" says what somebody is charged with."""
    if (
        token.dep_ not in ("amod", "compound")
        or token.i == 0
        or not (token.tag_ == "VBG" or _verb_of(token) is not None)
    ):
        return False
    prep, noun = token.nbor(-1), token.head
    if noun.dep_ != "pobj" or noun.head != prep or noun.i < token.i or prep.head.i >= prep.i:
        return False
    return prep.head.lemma_.lower() in _CHARGING.get(prep.lower_, ())


def _verb_of(token: Token) -> str | None:
    """The listed verb of which an "adjective" is the participle ("massing"); None for any other word."""
    stem = token.lower_.removesuffix("ing")
    if token.tag_ not in ("JJ", "NN") or stem == token.lower_:
        return None
    verbs = language(token.lang_).verbs
    return next((v for v in (stem, f"{stem}e", stem[:-1]) if v in verbs), None)


def _made_clause(participle: Token) -> None:
    """The participle as the clause under its preposition, what it modified as its object or, past that, as an aside."""
    prep, noun = participle.nbor(-1), participle.head
    own = any(c.dep_ == "dobj" for c in participle.children)
    participle.lemma_ = _verb_of(participle) or participle.lemma_
    participle.head, participle.dep_, participle.tag_, participle.pos_ = prep, "pcomp", "VBG", "VERB"
    noun.head, noun.dep_ = (prep.head, "npadvmod") if own else (participle, "dobj")
