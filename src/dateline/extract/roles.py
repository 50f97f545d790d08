"""The parties of a finding: who acts and whom it is done to, from the roles that its trigger names.

What the trigger's own slots leave open is looked for where such an act usually names it: an attacker in the phrase
of the attack, the other party of a refusal, a charge or a deal in the words that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, verb_arguments
from dateline.extract.conditions import FORCE, is_people
from dateline.extract.reading import Reading
from dateline.extract.slots import noun_arguments, slot
from dateline.lexicon.language import Trigger
from dateline.model import Actor, Kind, Sector

if TYPE_CHECKING:
    from spacy.tokens import Token

OF_NO_NATION = {Sector.IGO, Sector.BUS, Sector.PMC, Sector.NGO, Sector.UNK}
TWO_SIDED = frozenset(
    {
        Kind.EXPULSION,
        Kind.AGREEMENT,
        Kind.TERMINATION,
        Kind.CONSULTATION,
        Kind.COOPERATION,
        Kind.TRAINING,
        Kind.ARMS_TRANSFER,
        Kind.AID,
        Kind.SUPPORT,
        Kind.CONCESSION,
        Kind.REQUEST,
        Kind.ACCUSATION,
        Kind.REJECTION,
        Kind.THREAT,
        Kind.SANCTION,
        Kind.COERCION,
        Kind.ATTACK,
    }
)
"""Kinds that are done to or with somebody, who may be named anywhere in the clause."""
BODILY = frozenset({Kind.ATTACK, Kind.COERCION})
"""Kinds that are done to people, of whatever sort."""


@dataclass(slots=True)
class Parties:
    """Who acts and whom it is done to, with their heads and how each was found."""

    actor: Actor | None = None
    actor_head: Token | None = None
    recipient: Actor | None = None
    recipient_head: Token | None = None
    basis: dict[str, str] = field(default_factory=dict)


def parties(reading: Reading, token: Token, args: Arguments, trigger: Trigger) -> Parties:
    """The parties of a trigger at a word with its arguments."""
    actor, actor_head, how_actor = role(reading, token, args, trigger.actor)
    if actor is None and trigger.kind is Kind.ATTACK and token.pos_ == "VERB":
        actor, actor_head, how_actor = _attacker(reading, token, args)
    recipient, recipient_head, how_recipient = role(reading, token, args, trigger.recipient)
    if actor is not None and actor_head is not None and trigger.actor == ("obj",):
        actor = _forces_of(reading, args, actor, actor_head)
    if recipient is None and trigger.toll is not None and token.dep_ == "conj":
        recipient, recipient_head = _first_victim(reading, token)
        how_recipient = "victims of the verb before"
    if "reciprocal" in trigger.flags and actor_head is not None and recipient is None:
        actor, recipient = _split(reading, actor_head, actor)
        how_recipient = "second party of the subject"
    hosted = any(name.startswith("host") for name in trigger.recipient)
    if recipient is None and actor is not None and actor_head is not None and trigger.kind in TWO_SIDED and not hosted:
        recipient, recipient_head, how_recipient = _other_party(reading, token, args, trigger, actor, actor_head)
    if actor is not None and recipient is not None and _same(actor, recipient):
        recipient = None
    basis = {k: how for k, a, how in (("actor", actor, how_actor), ("recipient", recipient, how_recipient)) if a}
    return Parties(actor, actor_head, recipient, recipient_head, basis)


OUTWARD = ("against", "with", "to", "from", "on", "at", "toward", "towards", "behind")
"""Prepositions of a verb or noun that may name the other party, most telling first."""
INSIDE = (*OUTWARD, "by", "of", "over", "into", "for")
"""Prepositions that may do so in the phrase of its object."""


def _other_party(
    reading: Reading, token: Token, args: Arguments, trigger: Trigger, actor: Actor, actor_head: Token
) -> tuple[Actor | None, Token | None, str]:
    """The first party of another state or sort than the actor that the predicate's object or prepositions name."""
    for head, where in _about(args):
        if head.i in reading.time_of_token or head.i == actor_head.i or head.i == token.i:
            continue
        if trigger.kind is Kind.ATTACK and where == "from":
            continue
        other = reading.actor(head) or (victim(reading, head) if trigger.kind in BODILY else None)
        if other is None or _same(actor, other):
            continue
        if other.country is not None and other.country == actor.country and other.sector == actor.sector:
            continue
        return other, head, f"{where} of “{token.text}”"
    return None, None, ""


def _about(args: Arguments) -> Iterator[tuple[Token, str]]:
    """Heads by which a clause may name the other party: at the predicate, then in the phrase of its object."""
    objects = [*args.get("obj"), *args.get("attr")]
    for head in objects:
        yield head, "object"
    for name in OUTWARD:
        for head in args.get(name):
            yield head, name
    for head in objects:
        for prep in head.children:
            if prep.dep_ == "prep" and prep.lower_ in INSIDE:
                for inner in prep.children:
                    if inner.dep_ == "pobj":
                        yield inner, f"“{prep.text}” in the object"
        for inner in head.children:
            if inner.dep_ in ("poss", "amod", "compound", "nmod"):
                yield inner, "owner of the object"


def role(
    reading: Reading, token: Token, args: Arguments, names: tuple[str, ...]
) -> tuple[Actor | None, Token | None, str]:
    """The actor in the first of the named slots that holds one, its head, and how it was found."""
    for name in names:
        if name == "none" or name.startswith("host"):
            break
        for head in slot(reading, token, args, name):
            actor = reading.actor(head) or victim(reading, head)
            if actor is not None:
                return actor, head, f"{name} of “{token.text}”"
            inner = _through_event(reading, head)
            if inner is not None and name in ("subj", "support"):
                return reading.actor(inner), inner, f"owner of “{head.text}”, {name} of “{token.text}”"
    return None, None, ""


def _first_victim(reading: Reading, token: Token) -> tuple[Actor | None, Token | None]:
    """Whom the first of coordinated verbs hit: "killed 13 soldiers and wounded 56 more"."""
    head = verb_arguments(token.head).first("obj")
    if head is None:
        return None, None
    return reading.actor(head) or victim(reading, head), head


def victim(reading: Reading, head: Token) -> Actor | None:
    """People who are no political body but to whom something is done: "two aid workers", "his mother"."""
    if not is_people(reading, head):
        return None
    text, start, end = phrase(reading, head)
    return Actor(text, start, end, text, reading.cast.home_country(head), Sector.CIV)


def phrase(reading: Reading, head: Token) -> tuple[str, int, int]:
    """The words of a noun phrase without what follows its head."""
    start = min((t.idx for t in head.subtree if t.i <= head.i and not t.is_punct and not t.is_space), default=head.idx)
    end = head.idx + len(head)
    return reading.text[start:end], start, end


def _through_event(reading: Reading, head: Token) -> Token | None:
    """The actor behind a subject that is itself an act or a weapon: "a coalition airstrike killed ..."."""
    classes = reading.lexicon.classes
    lemma = head.lemma_.lower()
    if lemma not in classes["attack_event"] and lemma not in classes["weapon"] and lemma not in classes["bomb_word"]:
        return None
    args = noun_arguments(reading, head)
    for name in ("by", "poss", "mod", "from"):
        for inner in args.get(name):
            if reading.actor(inner) is not None:
                return inner
    if head.dep_ == "dobj" and head.head.lemma_.lower() == "claim":
        claimant = verb_arguments(head.head).first("subj")
        return claimant if reading.actor(claimant) is not None else None
    return None


def _forces_of(reading: Reading, args: Arguments, forces: Actor, head: Token) -> Actor:
    """Whose forces: those of whoever has or sends them, when their own words name no nation.

    A named body of no nation has them itself: the nearest state is not the sender.
    """
    subject = args.first("subj")
    owner = reading.actor(subject)
    if any(reading.cast.country(t) is not None for t in head.subtree if t.i < head.i and t.pos_ != "PRON"):
        return forces
    if owner is None or subject is None:
        return forces
    if owner.country is None and subject.pos_ == "PROPN" and owner.sector in OF_NO_NATION and not _named(head):
        return owner
    if owner.country is None or owner.country == forces.country:
        return forces
    if owner.sector is not Sector.GOV and not (owner.sector is Sector.MIL and forces.country is None):
        return forces
    name = f"{owner.name.partition(',')[0]}, armed forces"
    return replace(forces, name=name, country=owner.country)


def _named(head: Token) -> bool:
    """Whether a phrase has a name or a possessive before its head: "Wagner fighters", "their troops"."""
    return any(c.pos_ == "PROPN" or c.dep_ == "poss" for c in head.children if c.i < head.i)


def _attacker(reading: Reading, token: Token, args: Arguments) -> tuple[Actor | None, Token | None, str]:
    """Whose attack the toll came in: "were killed in a US airstrike", "died when soldiers shelled the camp"."""
    for name in ("in", "by", "during", "from", "after"):
        for head in args.get(name):
            inner = _through_event(reading, head)
            if inner is not None:
                return reading.actor(inner), inner, f"owner of “{head.text}”"
    for clause in token.children:
        timed = clause.dep_ == "advcl" and any(c.dep_ == "advmod" and c.lower_ == "when" for c in clause.children)
        if timed and _is_attack(reading, clause):
            subject = verb_arguments(clause).first("subj")
            actor = reading.actor(subject)
            if actor is not None and actor.sector in FORCE | {Sector.POL} and subject is not None:
                return actor, subject, f"who “{clause.text}”, when “{token.text}”"
    return None, None, ""


def _is_attack(reading: Reading, verb: Token) -> bool:
    """Whether a verb can tell an attack: it is listed as one, or the learned model finds it probable."""
    if any(t.kind is Kind.ATTACK for t in reading.lexicon.verbs.get(verb.lemma_.lower(), ())):
        return True
    told = reading.told.get(verb.i)
    return told is not None and told.best is Kind.ATTACK and told.kinds[Kind.ATTACK] > told.none


def _split(reading: Reading, head: Token, joint: Actor | None) -> tuple[Actor | None, Actor | None]:
    """The two sides of a reciprocal act whose parties stand in one phrase ("Russia and Niger agreed")."""
    others = list(head.conjuncts)
    if not others:
        return joint, None
    first = reading.actor(head, joint=False)
    rest = [a for a in (reading.actor(o, joint=False) for o in others) if a is not None]
    if first is None or not rest or any(_same(first, r) for r in rest):
        return joint, None
    if len(rest) == 1:
        return first, rest[0]
    countries = {r.country for r in rest}
    merged = Actor(
        text=reading.text[rest[0].start : rest[-1].end] if rest[0].start is not None else rest[0].text,
        start=rest[0].start,
        end=rest[-1].end,
        name="; ".join(r.name for r in rest),
        country=countries.pop() if len(countries) == 1 else None,
        sector=rest[0].sector,
    )
    return first, merged


def _same(one: Actor, other: Actor) -> bool:
    return one.name == other.name and one.country == other.country
