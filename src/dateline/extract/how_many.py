"""How many: the counted thing that belongs to a finding, in a unit that fits its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.conditions import content_head
from dateline.extract.finding import Finding
from dateline.extract.reading import ARMED_BODIES, POSTURE, Reading
from dateline.lexicon.actors import words as family_words
from dateline.model import Kind, Quantity, Scope, Sector, Unit
from dateline.parse.forms import means, pivot
from dateline.parse.quantities import Counted, toll

if TYPE_CHECKING:
    from spacy.tokens import Token

FORCES = (
    Unit.PERSONNEL,
    Unit.AIRCRAFT,
    Unit.SHIPS,
    Unit.VEHICLES,
    Unit.PEOPLE,
    Unit.SITES,
    Unit.WEAPONS,
    Unit.OTHER,
)
PEOPLE = (Unit.PEOPLE, Unit.PERSONNEL)
FITTING: dict[Kind, tuple[Unit, ...]] = {
    Kind.PRESENCE: FORCES,
    Kind.DEPLOYMENT: FORCES,
    Kind.REDEPLOYMENT: FORCES,
    Kind.WITHDRAWAL: FORCES,
    Kind.EXPULSION: (Unit.PERSONNEL, Unit.PEOPLE),
    Kind.TRAINING: PEOPLE,
    Kind.MOBILIZATION: FORCES,
    Kind.ARMS_TRANSFER: (Unit.WEAPONS, Unit.AIRCRAFT, Unit.VEHICLES, Unit.SHIPS, Unit.MONEY, Unit.OTHER),
    Kind.AID: (Unit.MONEY, Unit.PEOPLE, Unit.OTHER, Unit.VEHICLES, Unit.AIRCRAFT, Unit.SHIPS, Unit.PERSONNEL),
    Kind.PROTEST: (*PEOPLE, Unit.OTHER),
    Kind.COERCION: (
        Unit.DETAINED,
        *PEOPLE,
        Unit.VEHICLES,
        Unit.SHIPS,
        Unit.WEAPONS,
        Unit.MONEY,
        Unit.SITES,
        Unit.OTHER,
    ),
    Kind.CONCESSION: (Unit.DETAINED, *PEOPLE, Unit.MONEY, Unit.OTHER),
    Kind.ATTACK: (
        Unit.KILLED,
        Unit.WOUNDED,
        Unit.STRIKES,
        Unit.DISPLACED,
        *PEOPLE,
        Unit.VEHICLES,
        Unit.AIRCRAFT,
    )
    + (Unit.WEAPONS, Unit.SHIPS, Unit.SITES, Unit.OTHER),
    Kind.SANCTION: (Unit.PEOPLE, Unit.OTHER, Unit.MONEY, Unit.COUNTRIES),
    Kind.CONSULTATION: (Unit.PEOPLE, Unit.COUNTRIES),
}
BETWEEN = frozenset({Kind.AGREEMENT, Kind.CONSULTATION, Kind.COOPERATION, Kind.SUPPORT, Kind.REQUEST, Kind.ACCUSATION})
"""Kinds of acts between parties."""
DEFAULT = (Unit.COUNTRIES, Unit.MONEY, Unit.PEOPLE)
TOLL = {"killed": Unit.KILLED, "wounded": Unit.WOUNDED}


def quantity_of(reading: Reading, finding: Finding) -> tuple[Quantity | None, str]:
    """The quantity of a finding and how it was read."""
    units = FITTING.get(finding.kind, DEFAULT)
    heads = _heads(finding)
    best: tuple[int, int, Counted] | None = None
    for counted in reading.counted:
        if _is_age(reading, counted) or _known_pair(reading, finding, counted):
            continue
        rank = _rank(reading, finding, counted, heads)
        if rank is None or counted.quantity.unit not in (*units, Unit.PERSONNEL, Unit.PEOPLE, Unit.COUNTRIES):
            continue
        key = (rank, abs(counted.token - finding.token.i), counted)
        if best is None or key[:2] < best[:2]:
            best = key
    if best is None:
        return None, ""
    quantity = best[2].quantity
    if finding.trigger.toll is not None:
        quantity = toll(reading.doc, reading.counted, best[2])
    unit = _unit(finding, quantity.unit)
    bodies = finding.actor is not None and finding.actor.sector in ARMED_BODIES | {Sector.POL}
    counted_head = best[2].head if best[2].head is not None else best[2].token
    nameless = family_words().family(pivot(reading.doc[counted_head])) is None  # no "two battalions"
    if unit is Unit.OTHER and nameless and finding.kind in POSTURE and bodies and counted_head in _own_heads(finding):
        unit = Unit.PERSONNEL  # "a dozen Green Berets": whoever they are, they are the force
    if unit not in units:
        return None, ""
    return replace(quantity, unit=unit, scope=_scope(finding, quantity)), f"counts “{_head_text(reading, best[2])}”"


def _own_heads(finding: Finding) -> set[int]:
    return set() if finding.actor_head is None else {finding.actor_head.i, content_head(finding.actor_head).i}


def _is_age(reading: Reading, counted: Counted) -> bool:
    """ "Anthony Williams, 21, of Pennsylvania": a bare number between commas after a person."""
    at = counted.token
    if at < 2 or at + 1 >= len(reading.doc) or reading.doc[at - 1].text != "," or reading.doc[at + 1].text != ",":
        return False
    return (counted.quantity.low or 0) < 100


def _known_pair(reading: Reading, finding: Finding, counted: Counted) -> bool:
    """ "The two ministers agreed": those told of, not a number of them."""
    if finding.kind not in BETWEEN or counted.head is None:
        return False
    two = pivot(reading.doc[counted.token]) in words(finding.token, "two")
    lefts = reading.doc[counted.head].lefts
    return two and any(pivot(c) in ("the", "these", "those") or c.dep_ == "poss" for c in lefts)


def _heads(finding: Finding) -> list[int]:
    """Token indices whose number is the finding's number: its object, its subject, its own noun."""
    args = finding.arguments
    order = [finding.token]
    if finding.trigger.toll is not None or finding.kind in (
        Kind.COERCION,
        Kind.CONCESSION,
        Kind.ARMS_TRANSFER,
        Kind.AID,
    ):
        order = [*args.get("obj"), *args.get("of"), finding.token, *args.get("subj")]
    else:
        order = [finding.token, *args.get("obj"), *args.get("of"), *args.get("subj"), *args.get("attr")]
    order += [t for t in (finding.actor_head, finding.recipient_head) if t is not None and t.sent == finding.token.sent]
    if finding.kind is Kind.ATTACK and (finding.trigger.toll is not None or _lethal(finding.token)):
        order = [t for t in order if t != finding.actor_head and t not in args.get("by")]
    order += args.get("to") if finding.kind is Kind.WITHDRAWAL else []
    if finding.kind is Kind.EXPULSION:
        order += [o for x in args.get("xcomp") + args.get("ccomp") for o in x.children if o.dep_ == "dobj"]
    return [content_head(t).i for t in order] + [t.i for t in order]


def _rank(reading: Reading, finding: Finding, counted: Counted, heads: list[int]) -> int | None:
    head = counted.head if counted.head is not None else counted.token
    if head in heads:
        return heads.index(head)
    if counted.token in heads:
        return heads.index(counted.token)
    token = reading.doc[head]
    for child in token.ancestors:
        if child.i in heads and child.i != finding.token.i and token.dep_ in ("conj", "appos", "pobj", "nummod"):
            if token.dep_ == "pobj" and pivot(token.head) not in ("of",):
                return None
            return len(heads) + heads.index(child.i)
        if child.pos_ in ("VERB", "AUX"):
            break
    return None


def _unit(finding: Finding, unit: Unit) -> Unit:
    """The unit after the verb has had its say: people killed are killed, men arrested are detained."""
    toll = finding.trigger.toll
    people = (Unit.PERSONNEL, Unit.PEOPLE, Unit.KILLED, Unit.WOUNDED, Unit.DETAINED)
    if toll is not None and unit in people:
        return TOLL[toll]
    lemma = finding.token.lemma_.lower()
    if finding.kind is Kind.ATTACK and unit in PEOPLE and _lethal(finding.token):
        return Unit.KILLED
    if (
        finding.kind is Kind.COERCION
        and unit in PEOPLE
        and (lemma in words(finding.token, "detaining") or finding.token.pos_ == "NOUN")
    ):
        return Unit.DETAINED
    if finding.kind in (Kind.DEPLOYMENT, Kind.PRESENCE, Kind.WITHDRAWAL, Kind.REDEPLOYMENT) and unit is Unit.PEOPLE:
        return Unit.PERSONNEL
    if finding.kind in (Kind.PROTEST, Kind.AID) and unit is Unit.PERSONNEL:
        return Unit.PEOPLE
    return unit


def _lethal(verb: Token) -> bool:
    """Whether whoever is the object of a verb is dead: "executed nine men", "shot dead four miners"."""
    return verb.lemma_.lower() in words(verb, "lethal") or any(pivot(c) == "dead" for c in verb.children)


def _scope(finding: Finding, quantity: Quantity) -> Scope:
    if finding.kind is Kind.WITHDRAWAL and any(pivot(h) == "to" for h in finding.token.children):
        lowered = means(finding.token, "reduce", "cut", "lower", "trim", "shrink")
        return Scope.REMAINING if lowered else quantity.scope
    return quantity.scope


def _head_text(reading: Reading, counted: Counted) -> str:
    head: Token = reading.doc[counted.head if counted.head is not None else counted.token]
    return head.text
