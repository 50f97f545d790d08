"""Findings: every verb or noun of the report that, with its arguments, shows one of the kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, particle_lemma, verb_arguments
from dateline.extract.conditions import is_people, satisfied
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.extract.slots import noun_arguments, slot
from dateline.lexicon.language import Trigger
from dateline.model import Actor, Kind, Sector

if TYPE_CHECKING:
    from spacy.tokens import Token

TOLD_BY_VERB = (Kind.CONSULTATION, Kind.AGREEMENT, Kind.TERMINATION, Kind.REJECTION)
OF_NO_NATION = {Sector.IGO, Sector.BUS, Sector.PMC, Sector.NGO, Sector.UNK}


def findings(reading: Reading) -> Iterator[Finding]:
    """All findings of the report in text order, one per word at most."""
    acts: dict[int, Kind] = {}
    nominal: list[Finding] = []
    for token in reading.doc:
        if token.i in reading.time_of_token or any(s.start <= token.idx < s.end for s in reading.hidden):
            continue
        if token.pos_ in ("VERB", "AUX") or (token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "pcomp")):
            found = _verb_finding(reading, token)
            if found is not None:
                acts[token.i] = found.kind
                yield found
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            found = _noun_finding(reading, token)
            if found is not None:
                nominal.append(found)
    yield from (f for f in nominal if not _told_by_verb(f, acts))


def _told_by_verb(finding: Finding, acts: dict[int, Kind]) -> bool:
    """Whether the verb that carries the noun has told the act already ("resumed negotiations", "killed in a raid")."""
    governor = finding.arguments.first("governed")
    if governor is not None and acts.get(governor.i) in (finding.kind, *TOLD_BY_VERB):
        return True
    token = finding.token
    if token.dep_ == "pobj" and token.head.dep_ == "prep" and token.head.lower_ in ("in", "by", "during", "from"):
        return finding.kind is Kind.ATTACK and acts.get(token.head.head.i) is Kind.ATTACK
    return token.dep_ == "nsubj" and finding.kind is Kind.ATTACK and acts.get(token.head.i) is Kind.ATTACK


def _verb_finding(reading: Reading, token: Token) -> Finding | None:
    verbs = reading.lexicon.verbs
    lemma = token.lemma_.lower()
    compound = particle_lemma(token)
    candidates = (*(verbs.get(compound, ()) if compound != lemma else ()), *verbs.get(lemma, ()))
    if not candidates or is_auxiliary(token):
        return None
    args = verb_arguments(token)
    for trigger in candidates:
        if _holds(reading, token, args, trigger):
            return _finding(reading, token, args, trigger)
    return None


def _noun_finding(reading: Reading, token: Token) -> Finding | None:
    candidates = reading.lexicon.nouns.get(token.lemma_.lower())
    if not candidates:
        return None
    args = noun_arguments(reading, token)
    for trigger in candidates:
        if _holds(reading, token, args, trigger):
            return _finding(reading, token, args, trigger)
    return None


def is_auxiliary(token: Token) -> bool:
    """Whether the verb only helps another ("has", "was", "do")."""
    return token.dep_ in ("aux", "auxpass")


def _holds(reading: Reading, token: Token, args: Arguments, trigger: Trigger) -> bool:
    for name, classes in trigger.needs:
        if not satisfied(reading, slot(reading, token, args, name), classes):
            return False
    for name, classes in trigger.excludes:
        heads = slot(reading, token, args, name)
        if heads and satisfied(reading, heads, classes):
            return False
    if "neg" in trigger.flags:
        return any(c.dep_ == "neg" for c in token.children)
    return True


def _finding(reading: Reading, token: Token, args: Arguments, trigger: Trigger) -> Finding:
    actor, actor_head, how_actor = role(reading, token, args, trigger.actor)
    if actor is None and trigger.kind is Kind.ATTACK and token.pos_ == "VERB":
        actor, actor_head, how_actor = _attacker(reading, args)
    recipient, recipient_head, how_recipient = role(reading, token, args, trigger.recipient)
    basis = {"kind": f"{token.lemma_.lower()} ({token.pos_.lower()})"}
    if actor is not None and actor_head is not None and trigger.actor == ("obj",):
        actor = _forces_of(reading, args, actor, actor_head)
    if recipient is None and trigger.toll is not None and token.dep_ == "conj":
        recipient, recipient_head = _first_victim(reading, token)
        how_recipient = "victims of the verb before"
    if "reciprocal" in trigger.flags and actor_head is not None and recipient is None:
        actor, recipient = _split(reading, actor_head, actor)
        how_recipient = "second party of the subject"
    if actor is not None and recipient is not None and _same(actor, recipient):
        recipient = None
    if actor is not None:
        basis["actor"] = how_actor
    if recipient is not None:
        basis["recipient"] = how_recipient
    return Finding(
        kind=trigger.kind,
        token=token,
        arguments=args,
        trigger=trigger,
        actor=actor,
        recipient=recipient,
        actor_head=actor_head,
        recipient_head=recipient_head,
        evidence=evidence_span(reading, token, args),
        basis=basis,
    )


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


def _attacker(reading: Reading, args: Arguments) -> tuple[Actor | None, Token | None, str]:
    """Whose attack it was that the toll came in: "were killed in a US airstrike"."""
    for name in ("in", "by", "during", "from", "after"):
        for head in args.get(name):
            inner = _through_event(reading, head)
            if inner is not None:
                return reading.actor(inner), inner, f"owner of “{head.text}”"
    return None, None, ""


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


def host_wanted(finding: Finding) -> str | None:
    """`host` or `host_foreign` when the trigger asks for the state of the place as recipient."""
    return next((n for n in finding.trigger.recipient if n.startswith("host")), None)


def kind_for(finding: Finding, host: str | None) -> Kind:
    """The kind, once it is known whether the actor is the host (an order to leave by another is a request)."""
    trigger = finding.trigger
    if "host_only" not in trigger.flags or trigger.else_kind is None or finding.actor is None:
        return finding.kind
    if host is not None and finding.actor.country is not None and finding.actor.country != host:
        return trigger.else_kind
    return finding.kind
