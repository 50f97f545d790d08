"""Those whom an act named by a noun is done to: "the attack on worshippers", "the arrest of opposition leaders".

Who condemns or welcomes such an act speaks of who did it, not of whom it was done to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.conditions import CIVIL
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.model import Kind
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

JUDGING = frozenset({Kind.ACCUSATION, Kind.SUPPORT})
"""Kinds of acts that judge another act."""
SUFFERED = frozenset({Kind.ATTACK, Kind.COERCION, Kind.SANCTION, Kind.EXPULSION})
"""Kinds of acts that are done to somebody."""
AIMED = frozenset({"on", "upon", "against", "at"})
"""Prepositions behind such a noun that name whom it is done to."""


def is_patient(reading: Reading, head: Token) -> bool:
    """Whether a phrase, or a word in it, stands behind a noun of an act as whom it is done to.

    Not where the noun itself is the judging: "launched a scathing attack on the premier".
    """
    prep = head.head
    if head.dep_ in ("conj", "amod", "compound", "nmod", "poss"):
        return is_patient(reading, head.head)
    if head.dep_ != "pobj" or prep.dep_ != "prep" or prep.head.pos_ != "NOUN":
        return False
    noun = prep.head
    carried = noun.dep_ == "dobj" and noun.head.lemma_.lower() in reading.lexicon.words["support_verbs"]
    if carried or _blaming(noun):
        return False
    if pivot(prep) == "of":
        return noun.lemma_.lower() in _listed(reading, "done_to")
    return pivot(prep) in AIMED and _suffered(reading, noun)


def not_addressed(reading: Reading, kind: Kind, head: Token) -> bool:
    """Whether a phrase names whom a judged or demanded act is done to, not who is judged or asked to do it.

    Somebody's going may be demanded of himself: "called for the dismissal of the minister".
    """
    if kind in JUDGING:
        return is_patient(reading, head)
    if kind is not Kind.REQUEST or head.dep_ != "pobj" or pivot(head.head) != "of" or head.head.head.pos_ != "NOUN":
        return False
    noun = head.head.head.lemma_.lower()
    freed = noun in reading.lexicon.words["grammar.freeing"]
    return freed or (is_patient(reading, head) and noun not in reading.lexicon.words["grammar.unseating"])


def suffered(reading: Reading, noun: Token) -> bool:
    """Whether a noun tells what is done to those it names: "the arrest of", "the killings of", "attacks on"."""
    return noun.lemma_.lower() in _listed(reading, "done_to") | _listed(reading, "aimed_act")


def may_suffer(reading: Reading, head: Token) -> bool:
    """Whether "Smith's arrest" or "the journalist killings" is done to whom it names, and not by them."""
    actor = reading.actor(head)
    return reading.cast.is_person(head) or (actor is not None and actor.sector in CIVIL)


def _listed(reading: Reading, name: str) -> frozenset[str]:
    """A class of the lexicon, empty in a language that has none."""
    return reading.lexicon.classes.get(name, frozenset())


def _blaming(noun: Token) -> bool:
    """Whether "on" may tell who is blamed: "blamed the attack on Israel", "put the blame for the strike on Israel"."""
    above = (noun.head, noun.head.head, *noun.head.head.children)
    return any(means(word, "blame", "pin", "attribute") for word in above)


def _suffered(reading: Reading, noun: Token) -> bool:
    """Whether a noun tells an act that somebody suffers: "the raid", "the crackdown"."""
    lemma = noun.lemma_.lower()
    if lemma in reading.lexicon.classes["attack_event"] or lemma in _listed(reading, "done_to"):
        return True
    return any(trigger.kind in SUFFERED for trigger in reading.lexicon.nouns.get(lemma, ()))


def judges_violence(reading: Reading, finding: Finding) -> bool:
    """Whether what a finding condemns or praises is an act of violence or force: a matter of public life."""
    return finding.kind in JUDGING and any(_suffered(reading, noun) for noun in finding.arguments.get("obj"))
