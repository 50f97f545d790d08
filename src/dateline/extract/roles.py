"""The parties of a finding: who acts and whom it is done to, from the roles that its trigger names.

What the trigger's own slots leave open is looked for where such an act usually names it: an attacker in the phrase
of the attack, the other party of a refusal, a charge or a deal in the words that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, verb_arguments, words
from dateline.extract.conditions import FORCE
from dateline.extract.counterparts import Act, counterpart, pair, same
from dateline.extract.noun_arguments import noun_arguments
from dateline.extract.owners import is_town
from dateline.extract.patients import not_addressed
from dateline.extract.place_facilities import facility
from dateline.extract.reading import POSTURE, Reading
from dateline.extract.slots import slot
from dateline.extract.slots_where import inside
from dateline.extract.undergone import settled
from dateline.extract.victims import victim
from dateline.lexicon.actors import by_name
from dateline.lexicon.language import Trigger
from dateline.model import Actor, Kind, Precision, Sector
from dateline.parse.denotations import is_war_machine
from dateline.parse.forms import follows, means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

JOINTLY = frozenset({Kind.ATTACK, Kind.COERCION, Kind.SANCTION, Kind.TERMINATION, Kind.ARMS_TRANSFER})
"""Kinds that one does "together with" another, who is then no partner of the act but one more actor."""
OF_NO_NATION = {Sector.IGO, Sector.BUS, Sector.PMC, Sector.NGO, Sector.UNK}


@dataclass(slots=True)
class Parties:
    """Who acts and whom it is done to, with their heads and how each was found."""

    actor: Actor | None = None
    actor_head: Token | None = None
    recipient: Actor | None = None
    recipient_head: Token | None = None
    basis: dict[str, str] = field(default_factory=dict)
    supposed: bool = False
    """Whether the actor is only blamed for it or suspected of it."""


def parties(reading: Reading, token: Token, args: Arguments, trigger: Trigger) -> Parties:
    """The parties of a trigger at a word with its arguments."""
    actor, actor_head, how_actor = role(reading, token, args, trigger.actor)
    if actor is None and trigger.kind is Kind.ATTACK and token.pos_ == "VERB":
        actor, actor_head, how_actor = _attacker(reading, token, args)
    if actor is None and trigger.kind is Kind.PROTEST:
        actor, actor_head, how_actor = _many(reading, token, args)
    actor = _with_allies(reading, (token, *args.get("governed")), trigger.kind, actor, actor_head)
    recipient, recipient_head, how_recipient = _recipient(reading, token, args, trigger, actor)
    actor, actor_head, sent = _whose_forces(reading, args, trigger, actor, actor_head)
    if sent:
        how_actor = f"who does it, subj of “{token.text}”"
    mutual = "reciprocal" in trigger.flags or how_actor.startswith("between of")
    if mutual and actor_head is not None and recipient is None:
        actor, recipient = _split(reading, actor_head, actor)
        how_recipient = "second party of the subject"
    hosted = any(name.startswith("host") for name in trigger.recipient)
    two = pair(reading, token, args, trigger.kind) if recipient is None else None
    if two is not None and (actor_head is None or actor_head in two):
        (actor_head, recipient_head), how_actor = two, "first name before the noun"
        actor, recipient = reading.actor(actor_head, joint=False), reading.actor(recipient_head, joint=False)
        how_recipient = "second name before the noun"
    if recipient is None:
        act = Act(reading, token, args, trigger.kind, actor, actor_head)
        recipient, recipient_head, how_recipient = counterpart(act, hosted=hosted)
        if recipient_head is not None and trigger.kind in JOINTLY and _beside(recipient_head.head):
            recipient, recipient_head = None, None
    if recipient_head is not None and _is_ground(reading, token, trigger.kind, recipient, recipient_head):
        recipient, recipient_head = None, None
    if trigger.kind is Kind.TRAINING and recipient is None:
        recipient, recipient_head = _trained(reading, token, args, actor)
        how_recipient = "bare forces of the state of the place"
    if trigger.kind is Kind.ATTACK and recipient is not None and recipient_head is not None:
        recipient = _whose(reading, token, args, actor, recipient, recipient_head)
    if actor is not None and recipient is not None and (same(actor, recipient) or _own_state(actor, recipient)):
        recipient = None
    basis = {k: how for k, a, how in (("actor", actor, how_actor), ("recipient", recipient, how_recipient)) if a}
    return settled(reading, token, trigger.kind, Parties(actor, actor_head, recipient, recipient_head, basis))


def _recipient(
    reading: Reading, token: Token, args: Arguments, trigger: Trigger, actor: Actor | None
) -> tuple[Actor | None, Token | None, str]:
    """To whom it is done by the row's slots, else, of a toll, whom the verb before names; with its head and how."""
    found, head, how = role(reading, token, args, trigger.recipient, but=actor)
    judged = head is not None and not_addressed(reading, trigger.kind, head)
    beside = head is not None and trigger.kind in JOINTLY and _beside(head.head)
    if judged or beside:
        found, head, how = None, None, ""
    if found is None and trigger.toll is not None and token.dep_ == "conj":
        found, head = _first_victim(reading, token)
        how = "victims of the verb before"
    return found, head, how


def _whose_forces(
    reading: Reading, args: Arguments, trigger: Trigger, actor: Actor | None, head: Token | None
) -> tuple[Actor | None, Token | None, bool]:
    """Whose the forces are that a verb has for its object, and whether the sender is meant, for want of any other."""
    if trigger.actor not in (("obj",), ("of",)):
        return actor, head, False
    men = head is not None and means(head, "man") and actor is not None and actor.sector is Sector.CIV
    if (men and trigger.kind in POSTURE and trigger.actor == ("obj",)) or (actor is None and _sent_by_subject(trigger)):
        return *_sender(reading, args), actor is None
    if actor is not None and head is not None and trigger.actor == ("obj",):
        actor = _forces_of(reading, args, actor, head)
    return actor, head, False


def _with_allies(
    reading: Reading, told: tuple[Token, ...], kind: Kind, actor: Actor | None, head: Token | None
) -> Actor | None:
    """The actor with those who did it with him: "together with Emirati forces", "alongside Rwandan troops"."""
    if actor is None or kind not in JOINTLY or not any(t.pos_ == "VERB" for t in told):
        return actor
    holders = told if head is None else (*told, head)
    for prep in (c for holder in holders for c in holder.children if _beside(c)):
        for head in prep.children:
            ally = reading.actor(head) if head.dep_ == "pobj" else None
            if ally is not None and ally.sector in FORCE | {Sector.GOV} and not same(ally, actor):
                shared = actor.country if actor.country == ally.country else None
                return replace(actor, name=f"{actor.name}; {ally.name}", country=shared)
    return actor


def _beside(prep: Token) -> bool:
    """Whether a preposition tells with whom something is done: "together with", "alongside"."""
    beside = means(prep, "alongside") or any(means(c, "together", "along", "jointly") for c in prep.children)
    return prep.dep_ == "prep" and beside and pivot(prep) in ("with", "alongside")


def _sent_by_subject(trigger: Trigger) -> bool:
    """Whether nameless forces are those of the subject: of "sends three frigates", and not of "hosts missiles"."""
    return trigger.kind in POSTURE and trigger.recipient[:1] != ("subj",)


def role(
    reading: Reading, token: Token, args: Arguments, names: tuple[str, ...], *, but: Actor | None = None
) -> tuple[Actor | None, Token | None, str]:
    """The actor in the first of the named slots that holds one, its head, and how it was found; another than `but`."""
    for name in names:
        if name == "none" or name.startswith("host"):
            break
        for head in slot(reading, token, args, name):
            hearsay = head.lemma_.lower() in reading.lexicon.words["voice.hearsay"]
            if hearsay or (name == "mod" and _only_where(reading, head)):
                continue
            actor = reading.actor(head) or victim(reading, head)
            if actor is not None and not (but is not None and same(actor, but)):
                return actor, head, f"{name} of “{token.text}”"
            among = _among(head)
            if among is not None and (actor := reading.actor(among)) is not None:
                return actor, head, f"{name} of “{token.text}”"
            inner = _through_event(reading, head)
            if inner is not None and name in ("subj", "support"):
                return reading.actor(inner), inner, f"owner of “{head.text}”, {name} of “{token.text}”"
    return None, None, ""


def _many(reading: Reading, token: Token, args: Arguments) -> tuple[Actor | None, Token | None, str]:
    """A crowd that only its number tells: "thousands marched", "several hundred gathered"."""
    for head in args.get("subj"):
        if (head.pos_ == "NUM" and pivot(head) != "one") or _many_word(head):
            counts = [t for t in head.subtree if t.i <= head.i + 2 and (t.pos_ == "NUM" or _many_word(t))]
            said = reading.doc[head.left_edge.i : max(t.i for t in (head, *counts)) + 1]
            home = reading.cast.home_country(head)
            text = reading.text[said.start_char : said.end_char]
            crowd = Actor(text, said.start_char, said.end_char, said.text, home, Sector.CIV)
            return crowd, head, f"subj of “{token.text}”"
    return None, None, ""


def _many_word(token: Token) -> bool:
    return token.lemma_.lower() in words(token, "many")


def _among(head: Token) -> Token | None:
    """ "killed three of them": of whom the number is."""
    if head.pos_ != "NUM":
        return None
    inner = (p for c in head.children if pivot(c) == "of" for p in c.children)
    return next((p for p in inner if p.dep_ == "pobj" and p.tag_ == "PRP"), None)


def _only_where(reading: Reading, head: Token) -> bool:
    """Whether a name before a noun of action tells where it was done: "the Paris attacks", "the Baqouba attack"."""
    if head.dep_ != "compound":
        return False
    place = reading.place_of_token.get(head.i)
    if place is not None:
        return place.precision in (Precision.SETTLEMENT, Precision.DISTRICT)
    if head.pos_ == "NOUN":
        return "-" in head.text or follows(head, "-")
    actor = reading.actor(head)
    return actor is not None and actor.sector is Sector.UNK and head.pos_ == "PROPN" and not _called(reading, head)


def _called(reading: Reading, head: Token) -> bool:
    """Whether a name is a person's or a body's by the recogniser or the cast, and so can do something."""
    return head.ent_type_ in ("PERSON", "ORG", "NORP") or reading.cast.is_person(head)


def _is_ground(reading: Reading, token: Token, kind: Kind, actor: Actor | None, head: Token) -> bool:
    """Whether a name is ground and no party: "an offensive on Kidal", "the Zamzam camp", "a drone attack on Kyiv"."""
    if actor is None:
        return False
    if head.dep_ == "compound" and actor.sector in (Sector.UNK, Sector.CIV):
        return facility(reading, head.head) is not None
    if actor.sector is Sector.GOV and kind is Kind.ATTACK and (token.pos_ == "NOUN" or pivot(head.head) == "on"):
        return is_town(reading, head)
    return actor.sector is Sector.UNK and head.i in reading.place_of_token


def _first_victim(reading: Reading, token: Token) -> tuple[Actor | None, Token | None]:
    """Whom the first of coordinated verbs hit: "killed 13 soldiers and wounded 56 more"."""
    head = verb_arguments(token.head).first("obj")
    own = verb_arguments(token).first("obj")
    if head is None or (own is not None and own.pos_ == "NOUN" and not means(own, "other")):
        return None, None
    return reading.actor(head) or victim(reading, head), head


def _through_event(reading: Reading, head: Token) -> Token | None:
    """The actor behind a subject that is itself an act or a weapon: "a coalition airstrike killed ..."."""
    classes = reading.lexicon.classes
    lemma = head.lemma_.lower()
    if not any(lemma in classes[name] for name in ("attack_event", "weapon", "bomb_word", "battle_noun")):
        return None
    args = noun_arguments(reading, head)
    both = ("with",) if lemma in classes["battle_noun"] else ()
    for name in ("by", "poss", "mod", "from", *both):
        for inner in args.get(name):
            doer = reading.actor(inner)
            if doer is not None and not (doer.sector is Sector.UNK and is_war_machine(head)):
                return inner
    if head.dep_ == "dobj" and means(head.head, "claim"):
        claimant = verb_arguments(head.head).first("subj")
        return claimant if reading.actor(claimant) is not None else None
    return _blamed(reading, head)


def _blamed(reading: Reading, head: Token) -> Token | None:
    """ "an ambush attributed to JNIM", "a raid blamed on the army": the one blamed."""
    clauses = (c for c in head.children if c.dep_ == "acl" and means(c, "attribute", "blame", "impute"))
    preps = (p for c in clauses for p in c.children if p.dep_ == "prep" and pivot(p) in ("to", "on", "in"))
    named = (t for p in preps for t in p.children if t.dep_ == "pobj" and reading.actor(t) is not None)
    return next(named, None)


def _forces_of(reading: Reading, args: Arguments, forces: Actor, head: Token) -> Actor:
    """Whose forces: those of whoever has or sends them, when their own words name no nation.

    A named body of no nation has them itself: the nearest state is not the sender.
    """
    subject = args.first("subj") or args.first("support")
    owner = reading.actor(subject)
    if forces.sector is Sector.REB:
        own = owner is not None and owner.sector in (Sector.REB, Sector.PMC) and forces.country is None
        return owner if own and owner is not None and not _named(head) else forces  # "Hezbollah has 5,000 fighters"
    if any(reading.cast.country(t) is not None for t in head.subtree if t.i < head.i and t.pos_ != "PRON"):
        return forces
    if owner is None or subject is None:
        return forces
    named = (reading.actor(c) for c in head.lefts if c.dep_ != "poss")
    if forces.sector is Sector.IGO and any(a is not None and a.name == forces.name for a in named):
        return forces
    listed = subject.pos_ == "PROPN" or by_name(owner.name) is not None
    if owner.country is None and listed and owner.sector in OF_NO_NATION and not _named(head):
        return owner
    if "; " in owner.name and owner.sector is Sector.GOV and not _named(head):
        return replace(forces, name=_forces_of_several(owner), country=None)
    if owner.country is None or owner.country == forces.country:
        return forces
    if owner.sector is not Sector.GOV and not (owner.sector is Sector.MIL and forces.country is None):
        return forces
    name = f"{reading.cast.government_name(owner.country).partition(',')[0]}, armed forces"
    return replace(forces, name=name, country=owner.country)


def _forces_of_several(states: Actor) -> str:
    """The name of the forces of several states that act together."""
    return "; ".join(f"{name.partition(',')[0]}, armed forces" for name in states.name.split("; "))


def _whose(reading: Reading, token: Token, args: Arguments, attacker: Actor | None, hit: Actor, head: Token) -> Actor:
    """Whose the "nine soldiers" are an attack hit: of the state of its place, else of the force named with them."""
    bare = all(
        c.dep_ in ("nummod", "advmod", "quantmod", "prep", "relcl", "acl", "punct", "conj", "cc") for c in head.children
    )
    told = means(token, "lose") and args.first("subj") is not None  # "South Africa has lost 13 soldiers in Goma"
    if hit.sector not in (Sector.MIL, Sector.POL) or hit.country is None or not bare or told or head.pos_ != "NOUN":
        return hit
    locative = [h for name in ("in", "at", "near", "outside", "on") for h in args.get(name)]
    locative += [p for c in head.children if c.dep_ == "prep" for p in c.children]
    named = (reading.place_of_token.get(t.i) for h in locative for t in (h, *h.lefts))
    country = next((p.country for p in named if p is not None and p.country), None)
    if country is None:
        others = (reading.actor(t) for t in head.sent if t.i < head.i and t.pos_ == "NOUN" and t.dep_ != "compound")
        forces = (a for a in others if a is not None and a.sector is Sector.MIL and a.country is not None)
        country = next((a.country for a in forces if attacker is None or a.country != attacker.country), None)
    country = country or _home(reading, hit, head)
    if country is None or country == hit.country or (attacker is not None and country == attacker.country):
        return hit
    name, own = reading.cast.government_name(country).partition(",")[0], hit.name.rpartition(", ")[2]
    return replace(hit, name=f"{name}, {own}", country=country)


def _trained(
    reading: Reading, token: Token, args: Arguments, trainer: Actor | None
) -> tuple[Actor | None, Token | None]:
    """Whose "soldiers" are trained, told by their place, where the trainer's own would be meant otherwise."""
    head = args.first("obj")
    own = reading.actor(head)
    if head is None or own is None or trainer is None or own.country != trainer.country:
        return None, None
    found = _whose(reading, token, args, trainer, own, head)
    return (found, head) if found.country != trainer.country else (None, None)


def _home(reading: Reading, hit: Actor, head: Token) -> str | None:
    """The state the report is about, for "six policemen" of a state that their sentence does not name."""
    named = (reading.cast.country(t) for t in head.sent if t.pos_ in ("PROPN", "ADJ"))
    return None if hit.country in set(named) else reading.cast.main_country()


def _sender(reading: Reading, args: Arguments) -> tuple[Actor | None, Token | None]:
    """Whose the nameless troops or machines are that a state or its forces send, keep or pull out: "three frigates"."""
    for head in (*args.get("subj"), *args.get("support"), *args.get("poss")):
        actor = reading.actor(head)
        if actor is not None and actor.sector is Sector.GOV and actor.country is not None:
            forces = f"{reading.cast.government_name(actor.country).partition(',')[0]}, armed forces"
            return replace(actor, name=forces, sector=Sector.MIL), head
        if actor is not None and actor.sector is Sector.GOV and "; " in actor.name:
            return replace(actor, name=_forces_of_several(actor), sector=Sector.MIL), head
        if actor is not None and actor.sector in FORCE | {Sector.IGO}:
            return actor, head
    return None, None


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
    for head in (*_assailants(args), *args.get("between")):
        if reading.actor(head) is not None:
            name = "between" if head in args.get("between") else "under"
            return reading.actor(head), head, f"{name} of “{token.text}”"
    for clause in token.children:
        timed = clause.dep_ == "advcl" and any(c.dep_ == "advmod" and pivot(c) == "when" for c in clause.children)
        if timed and _is_attack(reading, clause):
            subject = verb_arguments(clause).first("subj")
            actor = reading.actor(subject)
            if actor is not None and actor.sector in FORCE | {Sector.POL} and subject is not None:
                return actor, subject, f"who “{clause.text}”, when “{token.text}”"
    return None, None, ""


def _assailants(args: Arguments) -> Iterator[Token]:
    """ "died at the hands of rebels", "came under fire from insurgents": who did it."""
    for hands in (h for h in args.get("at") if means(h, "hand")):
        yield from inside(hands, ("of",))
        yield from (c for c in hands.lefts if c.dep_ in ("poss", "amod", "compound", "nmod"))
    for fire in args.get("under"):
        yield from (*inside(fire, ("from", "by")), *args.get("from"), *args.get("by"))


def _is_attack(reading: Reading, verb: Token) -> bool:
    """Whether a verb can tell an attack: it is listed as one, or the learned model finds it probable."""
    if any(t.kind is Kind.ATTACK for t in reading.lexicon.verbs.get(verb.lemma_.lower(), ())):
        return True
    told = reading.told.of(verb)
    return told is not None and told.best is Kind.ATTACK and told.kinds[Kind.ATTACK] > told.none


def _states_before(reading: Reading, head: Token) -> tuple[Token, list[Token]]:
    """The states of one noun for two: "the leaders of Finland and Estonia", "Finnish and Estonian ministers"."""
    if head.tag_ not in ("NNS", "NNPS"):
        return head, []
    inner = [p for c in head.children if c.dep_ == "prep" and pivot(c) == "of" for p in c.children if p.dep_ == "pobj"]
    for word in [*inner, *(c for c in head.children if c.dep_ in ("amod", "nmod"))]:
        found = [t for t in (word, *word.conjuncts) if reading.actor(t, joint=False) is not None]
        if len(found) > 1:
            first, *rest = sorted(found, key=lambda t: t.i)
            return first, rest
    return head, []


def _alike(joint: Actor | None, one: Actor | None) -> Actor | None:
    """A state of "Thai and Cambodian troops" as its armed forces, as the phrase of both tells."""
    if one is None or joint is None or joint.sector is not Sector.MIL or not one.name.endswith("government"):
        return one
    return replace(one, name=f"{one.name.partition(',')[0]}, armed forces", sector=Sector.MIL)


def _own_state(actor: Actor, recipient: Actor) -> bool:
    """Whether the other party is only the actor's state once more: the junta that "closed Niger's airspace"."""
    states = all(a.sector is Sector.GOV and a.name.endswith("government") for a in (actor, recipient))
    return states and actor.country == recipient.country


def _split(reading: Reading, head: Token, joint: Actor | None) -> tuple[Actor | None, Actor | None]:
    """The two sides of a reciprocal act whose parties stand in one phrase ("Russia and Niger agreed")."""
    others = list(head.conjuncts)
    if not others:
        head, others = _states_before(reading, head)
    if not others:
        return joint, None
    first = _alike(joint, reading.actor(head, joint=False))
    found = (_alike(joint, reading.actor(o, joint=False)) for o in others)
    rest = [a for a in found if a is not None]
    if first is None or not rest or any(same(first, r) for r in rest):
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
