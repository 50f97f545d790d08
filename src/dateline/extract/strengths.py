"""Strengths: a counted force in a place, in passing ("its 1,500 troops in Niger") or stated, is a presence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, subject_of, words
from dateline.extract.conditions import FORCE, is_force
from dateline.extract.evidence import evidence_span
from dateline.extract.finding import Finding
from dateline.extract.how_many import FORCES
from dateline.extract.reading import POSTURE, Reading
from dateline.lexicon.language import Trigger
from dateline.lexicon.quantities import quantity_words
from dateline.model import Actor, Kind, Sector, Span, Unit
from dateline.parse.forms import follows, means, neighbour, pivot, roles
from dateline.parse.noun_phrases import is_definite

if TYPE_CHECKING:
    from spacy.tokens import Token

PARTIES = ("nsubj", "nsubjpass", "dobj")
PLACING = frozenset({"in", "at", "on", "near", "to", "into", "from", "across"})
GAP = 5
"""Words behind a state within which its number stands where the verb is left out."""
STAYING = frozenset({"be", "remain", "stay", "serve"})
"""Verbs by which a number of a force is somewhere."""
TRIGGER = Trigger(Kind.PRESENCE, ("number",), (), (), ("of",), ("host",), frozenset(), None, None, None)


def strengths(reading: Reading, found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a counted force whose phrase names its place and which no other finding speaks of."""
    spoken_of = {head.i for finding in found for heads in finding.arguments.slots.values() for head in heads}
    for counted in reading.counted:
        if counted.quantity.unit is not Unit.PERSONNEL or counted.head is None or counted.head in spoken_of:
            continue
        head = reading.doc[counted.head]
        actor = reading.actor(head)
        place = _place_head(reading, head) or _home_of(reading, head)
        if place is None:
            given, place = _contribution(reading, head)
            actor = given or actor
        if actor is None or actor.sector not in FORCE or place is None:
            continue
        args = Arguments({"of": [head], "in": [place]})
        basis = {"kind": f"number of “{head.text}” in a place", "actor": "who is counted"}
        yield _presence(reading, head, actor, args, basis)


def stated_strengths(reading: Reading) -> Iterator[tuple[Finding, Token]]:
    """Strengths that a verb gives, with the verb: "the number of soldiers in Syria stands at 900", "was put at 1,000".

    The number counts the force that the measure is of, or that is itself the measure ("the contingent in Chad").
    """
    measures = quantity_words(reading.doc.lang_).measures
    for counted in reading.counted:
        number = reading.doc[counted.token]
        number = number.head if number.dep_ == "quantmod" else number  # "3,000 to 4,000"
        if counted.quantity.unit is not Unit.PERSONNEL or counted.head is not None:
            continue
        verb = next((t for t in number.ancestors if t.pos_ in ("VERB", "AUX")), None)
        reached = verb is not None and verb.lemma_.lower() in words(verb, "bringing") and "to" in roles(number.head)
        lowered = number.head.head.dep_ == "advmod"  # "bring their number down to": a withdrawal, told by the verb
        if verb is None or lowered or not (reached or "at" in roles(number.head)):
            continue
        measure = _measured(verb, number, measures)
        force = None if measure is None else _force_of(reading, measure, verb if reached else None)
        force = force or (None if measure is None else _counted_before(reading, measure))
        actor = reading.actor(force)
        if measure is None or force is None or actor is None:
            continue
        over = (force.head,) if force.i < verb.i and force.dep_ in ("nsubj", "dobj") else ()
        places = (_place_head(reading, t) for t in (force, measure, verb, *((verb.head,) if reached else over)))
        place = next((p for p in places if p is not None), None)
        if place is None and not reached and force.pos_ != "PRON":
            continue
        args = Arguments()
        args.put("obj", reading.doc[counted.token])
        args.put("of", force)
        args.put("in", place)
        basis = {"kind": f"“{measure.text}” of a force in a place", "actor": "who is counted"}
        yield _presence(reading, measure, actor, args, basis, verb=verb), verb


def counted_on(reading: Reading, found: Iterable[Finding]) -> Iterator[Finding]:
    """What a sentence goes on to count by bare numbers: "has 2,500 troops in Iraq and 900 in Syria"."""
    counted = [reading.doc[c.token] for c in reading.counted if c.head is None and c.quantity.unit in FORCES]
    heads = {c.head for c in reading.counted if c.head is not None}
    for finding in found:
        force = finding.actor_head
        if finding.kind not in POSTURE or finding.actor is None or force is None or force.i not in heads:
            continue
        sentence = finding.token.sent
        for first in counted:
            number = _whole(first)
            if not force.i < number.i < sentence.end or number.dep_ not in ("conj", "appos"):
                continue
            where = _where(reading, number)
            if where is None or _past_another(finding.token, force, number):
                continue
            args = Arguments()
            args.put("obj", first)
            args.put("obj", number)
            args.put(pivot(where.head), where)
            yield finding.but(
                arguments=args,
                actor_head=number,
                recipient=None,
                recipient_head=None,
                evidence=Span(finding.evidence.start, max(finding.evidence.end, where.idx + len(where))),
                basis=finding.basis | {"kind": f"“{number.text}” counted beside “{force.text}”"},
            )


def counted_beside(reading: Reading, found: Iterable[Finding]) -> Iterator[Finding]:
    """What another state is told to have there, its verb left out: "Burundi has 3,000 men in Mali, Uganda 6,000"."""
    bare = {reading.doc[c.token].i: c for c in reading.counted if c.head is None and c.quantity.unit in FORCES}
    for finding in found:
        if finding.kind not in POSTURE or finding.token.pos_ not in ("VERB", "AUX") or finding.actor is None:
            continue
        for child in finding.token.children:
            state = reading.actor(child, joint=False) if child.pos_ == "PROPN" and child.i > finding.token.i else None
            after = reading.doc[child.i + 1 : child.i + 1 + GAP]
            number = next((t for t in after if t.i in bare), None)
            if state is None or number is None or not _left_out(list(after), number):
                continue
            if state.sector is not Sector.GOV or state.country in (None, finding.actor.country):
                continue
            args = Arguments()
            args.put("obj", number)
            for name in (*PLACING, "from"):
                for head in finding.arguments.get(name):
                    args.put(name, head)
            held = finding.actor_head
            for where in () if held is None else (_place_head(reading, held),):
                if where is not None:
                    args.put("in", where)
            yield finding.but(
                arguments=args,
                actor=_forces_of(state),
                actor_head=number,
                recipient=None,
                recipient_head=None,
                evidence=Span(finding.evidence.start, max(finding.evidence.end, number.idx + len(number))),
                basis=finding.basis | {"kind": f"“{number.text}” of “{child.text}”, its verb left out"},
            )


def _left_out(between: Sequence[Token], number: Token) -> bool:
    """Whether nothing but words of rounding stands between a state and its number."""
    return all(t.pos_ not in ("VERB", "AUX", "NOUN", "PROPN") and t.dep_ != "prep" for t in between if t.i < number.i)


def counted_there(reading: Reading) -> Iterator[Finding]:
    """Strengths of a force that was counted just before: "1,000 police were to be sent, but only 400 are in Haiti"."""
    force = None
    for counted in reading.counted:
        number = reading.doc[counted.token]
        if counted.head is not None:
            force = reading.doc[counted.head]
            continue
        verb = number.head
        if force is None or counted.quantity.unit is not Unit.PERSONNEL or number.dep_ != "nsubj":
            continue
        actor, where = reading.actor(force), _where(reading, number) or _place_head(reading, verb)
        if actor is None or where is None or verb.lemma_.lower() not in STAYING or force.sent.end < number.sent.start:
            continue
        if actor.sector not in FORCE and not is_force(reading, force):
            continue
        args = Arguments({"of": [number], "in": [where]})
        basis = {"kind": f"“{number.text}” of those counted before in a place", "actor": "who was counted before"}
        yield _presence(reading, verb, actor, args, basis)


def _presence(
    reading: Reading, token: Token, actor: Actor, args: Arguments, basis: dict[str, str], *, verb: Token | None = None
) -> Finding:
    """A presence told by `token`; who is there are those the arguments have under "of"; told around `verb`, if any."""
    return Finding(
        kind=Kind.PRESENCE,
        token=token,
        arguments=args,
        trigger=TRIGGER,
        actor=actor,
        recipient=None,
        actor_head=args.get("of")[0],
        recipient_head=None,
        evidence=evidence_span(reading, token if verb is None else verb, args),
        basis=basis,
    )


def _forces_of(state: Actor) -> Actor:
    """The armed forces of a state."""
    return replace(state, name=f"{state.name.partition(',')[0]}, armed forces", sector=Sector.MIL)


def _whole(number: Token) -> Token:
    """The last word of a number of several: "a few hundred"."""
    while number.dep_ in ("det", "amod", "quantmod", "compound", "nummod") and number.head.like_num:
        number = number.head
    return number


def _past_another(verb: Token, force: Token, number: Token) -> bool:
    """Whether another verb than the finding's stands between a force and a number."""
    own = {verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))}
    return any(t.pos_ in ("VERB", "AUX") and t not in own for t in verb.doc[force.i : number.i])


def _where(reading: Reading, number: Token) -> Token | None:
    """The named place behind a bare number: "900 in Syria", "50 to Niger"."""
    behind = neighbour(number, 1) or number
    preps = (c for c in (*number.rights, *((behind,) if behind.head != number else ())) if c.dep_ in ("prep", "dative"))
    places = (p for c in preps if pivot(c) in PLACING for p in c.children if p.dep_ == "pobj")
    return next((p for p in places if p.i in reading.place_of_token), None)


def _measured(verb: Token, number: Token, measures: Collection[str]) -> Token | None:
    """The measure whose value the verb gives: its subject or object, or what the number hangs on."""
    parties = [c for c in verb.children if c.dep_ in PARTIES]
    over = [t for t in number.ancestors if t in verb.subtree and t is not verb]
    return next((t for t in (*parties, *over) if t.lemma_.lower() in measures), None)


def _home_of(reading: Reading, head: Token) -> Token | None:
    """The place that is said, in passing, to be the home of a force: "Romania, home to some 1,700 US soldiers"."""
    first = head if head.dep_ != "conj" else next((t for t in head.ancestors if t.dep_ == "pobj"), head)
    home = first.head.head if first.dep_ == "pobj" and pivot(first.head) == "to" else head
    if pivot(home) == "home" and home.dep_ in ("attr", "acomp", "advmod") and means(home.head, "be", "remain"):
        subjects = (c for c in home.head.lefts if c.dep_ == "nsubj" and c.i in reading.place_of_token)
        return next(subjects, None)  # "Bahrain is home to some 9,000 American sailors"
    if pivot(home) != "home" or not follows(home, ","):
        return None
    before = neighbour(home, -2)
    return before if before is not None and before.i in reading.place_of_token else None


def _contribution(reading: Reading, head: Token) -> tuple[Actor | None, Token | None]:
    """Whose they are and where, that a state gives a mission: "Togo, the largest contributor in Mali, with 900 men"."""
    if head.dep_ != "pobj" or pivot(head.head) != "with":
        return None, None
    giver = next((t for t in head.sent if means(t, "contributor")), None)
    place = None if giver is None else next((t for t in giver.subtree if t.i in reading.place_of_token), None)
    over = giver if giver is None or giver.dep_ != "appos" else giver.head
    state = reading.actor(over if giver is None or over is not giver else subject_of(giver.head))
    if place is None or state is None or state.sector is not Sector.GOV or state.country is None:
        return None, None
    return _forces_of(state), place


def _force_of(reading: Reading, measure: Token, bringing: Token | None) -> Token | None:
    """The force that a measure is of: "number of soldiers", "troop strength", "their number", else the measure itself.

    Of a participle that brings a number to so many it may be the forces that its clause tells to come or go:
    "sent 200 more soldiers to Mali, bringing the total to 4,700".
    """
    inner = [
        p
        for c in measure.children
        if c.dep_ == "prep" and pivot(c) in ("of", "on")
        for p in c.children
        if p.dep_ == "pobj"
    ]
    beside = [c for c in measure.children if c.dep_ in ("compound", "nmod", "poss")]
    told = [] if bringing is None else [c for c in bringing.head.children if c.dep_ in PARTIES and c.i < bringing.i]
    for head in (*inner, *beside, measure, *reversed(told)):
        actor = reading.actor(head)
        if actor is not None and actor.sector in (FORCE if bringing is None else FORCE | {Sector.POL}):
            return head
    return None


def _counted_before(reading: Reading, measure: Token) -> Token | None:
    """The force whose number "the figure" is: "900 soldiers are in Syria; an official put the figure at 2,000"."""
    if not (is_definite(measure) and means(measure, "figure", "number", "total", "strength")):
        return None
    earlier = [c for c in reading.counted if c.head is not None and c.head < measure.i and c.quantity.unit in FORCES]
    force = reading.doc[earlier[-1].head or 0] if earlier else None
    near = force is not None and reading.sentence_of[measure.i] - reading.sentence_of[force.i] <= 1
    return force if near else None


def _place_head(reading: Reading, head: Token) -> Token | None:
    for prep in head.rights:
        if prep.dep_ == "prep" and pivot(prep) in words(prep, "at"):
            for pobj in prep.children:
                if pobj.dep_ == "pobj" and pobj.i in reading.place_of_token:
                    return pobj
    return None
