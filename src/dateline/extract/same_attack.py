"""One attack told again: a killing or a blast that comes back by other words, with nothing new said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.counterparts import same
from dateline.extract.draft import Draft
from dateline.extract.identity import one_person
from dateline.extract.reading import Reading
from dateline.model import Actor, Kind, Place, Precision, Unit
from dateline.parse.forms import pivot
from dateline.parse.noun_phrases import is_other

if TYPE_CHECKING:
    from spacy.tokens import Token

TOLL = frozenset({Unit.KILLED, Unit.WOUNDED, Unit.DISPLACED, Unit.PEOPLE, Unit.DETAINED})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
WIDE = frozenset({Precision.COUNTRY, Precision.REGION, Precision.PROVINCE})
"""Precisions of places that other places of their country may lie in."""


def same_attack(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether a mention takes up an attack told before: "the assassination", "the gunman fired", "when he was shot".

    Its doer and victim are the same, or named so vaguely that they can be; it counts nobody that was not counted, and
    lies nowhere else. Whose words it stands in is not asked: who condemns "the killing" does not report it.
    """
    if not one.kind is other.kind is Kind.ATTACK or one.stance is not other.stance or is_other(other.finding.token):
        return False
    if other.quantity is not None and other.quantity.unit in TOLL and not _counted(one, other):
        return False
    if not _may_lie_in(one.place, other.place):
        return False
    same = _same_victim(reading, one, other)
    if not (same or _nobody_new(reading, one.recipient, other.recipient, other.finding.recipient_head)):
        return False
    if not _nobody_new(reading, one.actor, other.actor, other.finding.actor_head):
        return False
    return same or _definite(other.finding.token) or _definite_doer(reading, other)


def _counted(one: Draft, other: Draft) -> bool:
    a, b = one.quantity, other.quantity
    return a is not None and b is not None and (a.low, a.high, a.unit) == (b.low, b.high, b.unit)


def _nobody_new(reading: Reading, one: Actor | None, other: Actor | None, head: Token | None) -> bool:
    """Whether a party is not named, named as before, or so vaguely that it can be the one named before."""
    if other is None or (one is not None and same(one, other)):
        return True
    return _vague(reading, head)


def _same_victim(reading: Reading, one: Draft, other: Draft) -> bool:
    """Whether both name one person as the victim, or the second means the first: "an attacker", "the attacker"."""
    first, again = (one.finding.recipient_head, other.finding.recipient_head)
    one_word = first is not None and again is not None and first.lemma_ == again.lemma_ and again.tag_ == "NN"
    if one_word and again is not None and _definite(again) and _vague(reading, again):
        return True
    if one.recipient is None or other.recipient is None:
        return False
    return one_person(reading, (one.recipient, first), (other.recipient, again))


def _may_lie_in(one: Place | None, other: Place | None) -> bool:
    """Whether two places can be one: not said, the same, or the second a part of the country or region around."""
    if one is None or other is None or (one.name, one.country) == (other.name, other.country):
        return True
    return one.country == other.country and (one.precision in WIDE) != (other.precision in WIDE)


def _vague(reading: Reading, head: Token | None) -> bool:
    """Whether a phrase can mean anybody told of before: "the gunman", "the victims", "him"."""
    if head is None:
        return False
    return head.pos_ == "PRON" or (_definite(head) and head.lemma_.lower() in reading.lexicon.classes["doer_word"])


def _definite(noun: Token) -> bool:
    """Whether a noun takes up what is known: "the attack", "this raid", "their killing"."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    return any(c.dep_ == "poss" or (c.dep_ == "det" and pivot(c) in DEFINITE) for c in noun.children)


def _definite_doer(reading: Reading, other: Draft) -> bool:
    """Whether the verb's subject is the attacker told of before, and no new victim is named."""
    return other.finding.token.pos_ == "VERB" and _vague(reading, other.finding.actor_head)
