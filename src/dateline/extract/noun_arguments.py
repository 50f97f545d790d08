"""Arguments of a noun that tells an act: owner, modifiers, prepositions, and what the verb that carries it adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, put_preposition, verb_arguments, words
from dateline.extract.reading import Reading
from dateline.lexicon.language import language
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_arguments(reading: Reading, noun: Token) -> Arguments:
    """Roles around a noun: owner, modifiers, prepositions, and what its light verb adds."""
    args = Arguments()
    for child in noun.children:
        if child.dep_ == "poss":
            args.put("poss", child)
        elif child.dep_ in ("compound", "amod", "nmod", "npadvmod") or _misread(child, noun):
            args.put("mod", child)
        elif child.dep_ == "prep":
            put_preposition(child, args)
        elif child.dep_ in ("acl", "relcl"):
            args.put("acl", child)
            if child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"):
                _participle(child, args)
    if noun.dep_ == "dobj" and means(noun.head, "blame"):
        _blame(noun, args)
    governor = light_verb(reading, noun)
    if governor is not None:
        _from_light_verb(governor, args)
    elif noun.dep_ == "dobj" and pivot(noun) in words(noun, "sending") | words(noun, "ending"):
        _from_mandate(noun, args)
    return args


def _misread(child: Token, noun: Token) -> bool:
    """ "the government offensive": a noun right before, which the parser took for the subject of the noun."""
    return child.dep_ == "nsubj" and child.i == noun.i - 1 and child.tag_ in ("NN", "NNP") and noun.pos_ == "NOUN"


def _from_mandate(noun: Token, args: Arguments) -> None:
    """ "approved the deployment of troops to Mali": where to, hung on the verb, and by whom it was decided."""
    for prep in noun.head.rights:
        if prep.i > noun.i and prep.dep_ == "prep" and pivot(prep) in ("to", "into"):
            put_preposition(prep, args)
    if pivot(noun.head) in words(noun, "mandating"):
        for subject in verb_arguments(noun.head).get("subj"):
            args.put("support", subject)


def _blame(noun: Token, args: Arguments) -> None:
    """ "blamed the attack on the rebels": "on" tells who did it, not whom it hit."""
    found = [*args.get("on"), *(o for p in noun.head.children if pivot(p) == "on" for o in p.children)]
    if found and not any(pivot(c) == "for" for c in noun.head.children):
        args.slots["on"] = args.get("on")[: len(found) - 1]
        args.put("by", found[-1])


def _from_light_verb(governor: Token, args: Arguments) -> None:
    """Add what the light verb knows: its subject as `support`, its prepositions as the noun's own."""
    for name, heads in verb_arguments(governor).slots.items():
        slot = "support" if name == "subj" else name
        if name not in ("obj", "attr", "xcomp", "ccomp", "by"):
            for head in heads:
                args.put(slot, head)
    args.put("governed", governor)


def _participle(verb: Token, args: Arguments) -> None:
    """ "talks held in Cairo", "an attack carried out by rebels", "attacks targeting Shiites"."""
    carries = verb.lemma_.lower() in language(verb.doc.lang_).words["support_verbs"] or means(verb, "carry")
    for child in verb.children:
        if child.dep_ in ("prep", "agent") and carries:
            put_preposition(child, args)
        elif child.dep_ == "dobj" and means(verb, "target", "kill", "hit", "involve"):
            args.put("on", child)


def light_verb(reading: Reading, noun: Token) -> Token | None:
    """The verb that only carries the noun: "conducted 34 strikes", "talks were held"."""
    verb, dep = noun.head, noun.dep_
    if dep == "conj":
        return light_verb(reading, noun.head) if noun.head.pos_ in ("NOUN", "PROPN") else None
    if dep == "pobj" and noun.head.dep_ == "prep" and pivot(noun.head) in ("of", "in"):
        upper = noun.head.head
        if upper.lemma_.lower() in words(noun, "series"):
            return light_verb(reading, upper)
        if means(upper, "involve") or (upper.pos_ == "VERB" and means(upper, "engage")):
            return upper
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    if dep in ("dobj", "nsubjpass", "obj") and verb.lemma_.lower() in reading.lexicon.words["support_verbs"]:
        return verb
    if dep in ("nsubjpass", "dobj") and f"{verb.lemma_.lower()}_out" in reading.lexicon.words["support_verbs"]:
        return verb
    if dep == "nsubj" and verb.lemma_.lower() in reading.lexicon.words["locative_verbs"]:
        return verb
    return None
