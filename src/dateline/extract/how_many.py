"""How many: the counted thing that belongs to a finding, in a unit that fits its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.conditions import content_head
from dateline.extract.finding import Finding
from dateline.extract.negation import no_such
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
    Kind.COOPERATION: (*PEOPLE, Unit.SHIPS, Unit.AIRCRAFT, Unit.COUNTRIES, Unit.MONEY),
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
    Kind.CONCESSION: (Unit.DETAINED, *PEOPLE, Unit.MONEY, Unit.SITES, Unit.OTHER),
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
ARMS = frozenset({Unit.WEAPONS, Unit.STRIKES})
"""What kills and is not killed: "two rockets killed a woman"."""
BETWEEN = frozenset({Kind.AGREEMENT, Kind.CONSULTATION, Kind.COOPERATION, Kind.SUPPORT, Kind.REQUEST, Kind.ACCUSATION})
"""Kinds of acts between parties."""
DEFAULT = (Unit.COUNTRIES, Unit.MONEY, Unit.PEOPLE)
SHARES = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4}
"""Words for a part of what is counted, and how much of it they are."""
TOLL = {"killed": Unit.KILLED, "wounded": Unit.WOUNDED}


def quantity_of(reading: Reading, finding: Finding) -> tuple[Quantity | None, str]:
    """The quantity of a finding and how it was read."""
    units = FITTING.get(finding.kind, DEFAULT)
    heads = _heads(finding)
    best: tuple[int, int, Counted] | None = None
    for counted in reading.counted:
        if _is_age(reading, counted) or _known_pair(reading, finding, counted) or _not_meant(finding, counted):
            continue
        rank = _rank(reading, finding, counted, heads)
        if rank is None or counted.quantity.unit not in (*units, Unit.PERSONNEL, Unit.PEOPLE, Unit.COUNTRIES):
            continue
        if finding.trigger.toll is not None and counted.quantity.unit in ARMS:
            continue
        joined = counted.head is not None and reading.doc[counted.head].dep_ == "conj"
        key = (2 * rank + joined, abs(counted.token - finding.token.i), counted)
        if best is None or key[:2] < best[:2]:
            best = key
    if best is None:
        return _nobody(reading, finding)
    best = (*best[:2], _in_men(reading, best[2]))
    quantity = best[2].quantity
    part = _part_of(finding, best[2])
    if part is not None:
        quantity = replace(quantity, low=_times(quantity.low, part), high=_times(quantity.high, part), scope=Scope.PART)
    else:
        whole = None if _some_of(finding, best[2]) else _of_all(reading, finding, best[2])
        if whole is None:
            return None, ""
        quantity = whole
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
    scope = _scope(finding, quantity)
    scope = Scope.CEILING if _capped(finding) else scope
    low = None if _capped(finding) else quantity.low
    return replace(quantity, unit=unit, scope=scope, low=low), f"counts “{_head_text(reading, best[2])}”"


def _of_all(reading: Reading, finding: Finding, counted: Counted) -> Quantity | None:
    """The number of all of several forces in one: "a US destroyer and two Japanese frigates" are three ships.

    None where only some of them are counted.
    """
    said = [c.quantity for c in reading.counted if c.head is not None and c.head == counted.head]
    tokens = [c.token for c in reading.counted if c.head is not None and c.head == counted.head]
    of = any(pivot(t) == "of" for t in reading.doc[tokens[0] : tokens[-1]]) if tokens else False
    if len(said) == 2 and not of and said[0].unit is said[1].unit and None not in (said[0].low, said[1].high):
        return replace(counted.quantity, low=said[0].low, high=said[1].high)  # "at least 900 and perhaps 1,200 men"
    head = finding.actor_head
    joint = finding.kind in POSTURE and finding.actor is not None and "; " in finding.actor.name
    if not joint or head is None or counted.head is None or head.tag_ == "NNS" and not head.conjuncts:
        return counted.quantity
    nouns = sorted((head, *head.conjuncts), key=lambda t: t.i)
    if counted.head not in {t.i for t in nouns} or nouns[0].pos_ != "NOUN":
        return counted.quantity
    if not any(t.n_lefts for t in nouns[1:]):
        return counted.quantity  # "24 soldiers and police"
    by_head = {c.head: c for c in reading.counted}
    parts = [by_head[t.i].quantity for t in nouns if t.i in by_head]
    single = sum(t.i not in by_head and any(pivot(c) in ("a", "an") for c in t.lefts) for t in nouns)
    if len(parts) + single < len(nouns) or any(p.unit is not counted.quantity.unit for p in parts):
        return None
    lows, highs = ([getattr(p, name) for p in parts] for name in ("low", "high"))
    low = None if None in lows else sum(lows) + single
    high = None if None in highs else sum(highs) + single
    return replace(counted.quantity, low=low, high=high)


def _nobody(reading: Reading, finding: Finding) -> tuple[Quantity | None, str]:
    """The toll of who came to no harm: "none of its soldiers was killed", "no one was hurt"."""
    unit = TOLL.get(finding.trigger.toll or "")
    head = next((t for t in finding.arguments.get("obj") if no_such(t)), None)
    if unit is None or head is None:
        return None, ""
    start, end = head.left_edge.idx, head.idx + len(head)
    text = reading.text[start:end]
    return Quantity(text, start, end, 0.0, 0.0, unit, Scope.TOTAL), f"“{text}”"


def _not_meant(finding: Finding, counted: Counted) -> bool:
    """Of "100 of the 300 soldiers" the other number: the 300 for what the 100 do, the 100 for how many there are."""
    if counted.head is None:
        return False
    noun = finding.token.doc[counted.head]
    of = noun.head
    if (
        of.dep_ != "prep"
        or pivot(of) != "of"
        or of.head.pos_ != "NUM"
        or not any(c.dep_ == "nummod" for c in noun.lefts)
    ):
        return False
    return (counted.token > of.i) is not (finding.token == noun)


def _part_of(finding: Finding, counted: Counted) -> float | None:
    """ "half of the 650 soldiers": which part of what is counted the finding is about."""
    over = _measure_over(finding, counted)
    return None if over is None else SHARES.get(over.lemma_.lower())


def _some_of(finding: Finding, counted: Counted) -> bool:
    """ "most of the 1,500 soldiers": a part that no number tells."""
    over = _measure_over(finding, counted)
    return over is not None and over.lemma_.lower() in words(over, "parts_of_many")


def _measure_over(finding: Finding, counted: Counted) -> Token | None:
    """The word for a part that what is counted stands under: "half of the 650 soldiers"."""
    own = (finding.token, *(h for name in ("subj", "obj", "of", "attr") for h in finding.arguments.get(name)))
    if counted.head is None or counted.head in {t.i for t in own}:
        return None
    of = finding.token.doc[counted.head].head
    return of.head if of.dep_ == "prep" and pivot(of) == "of" and of.head.i < counted.token else None


def _times(bound: float | None, share: float) -> float | None:
    return None if bound is None else round(bound * share)


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
        order += args.get("with") if finding.kind in (Kind.ARMS_TRANSFER, Kind.AID) else []
    else:
        relieved = finding.kind is Kind.DEPLOYMENT and means(finding.token, "replace", "relieve", "supplant")
        objects = [] if relieved else args.get("obj")
        order = [finding.token, *objects, *args.get("of"), *args.get("subj"), *args.get("attr")]
        if finding.kind is Kind.PRESENCE and finding.trigger.actor[:1] == ("subj",):
            order = [finding.token, *args.get("subj"), *args.get("obj"), *args.get("of"), *args.get("attr")]
    order += [t for t in (finding.actor_head, finding.recipient_head) if t is not None and t.sent == finding.token.sent]
    if finding.kind is Kind.REQUEST:
        order = [
            t for t in order if t != finding.actor_head and t not in args.get("subj")
        ]  # "hundreds marched to demand": so many marched
    if finding.kind is Kind.ATTACK and (finding.trigger.toll is not None or _lethal(finding.token)):
        order = [t for t in order if t != finding.actor_head and t not in args.get("by")]
    raised = means(finding.token, "double", "triple", "raise", "increase", "boost", "expand", "bring")
    order += args.get("to") if finding.kind is Kind.WITHDRAWAL or raised else []
    order += [*_changed_to(finding), *_reached(finding)]
    order += args.get("with") if finding.kind is Kind.PRESENCE else []  # "with 900 men, Togo has a contingent in"
    if finding.kind in (Kind.EXPULSION, Kind.CONCESSION):
        order += [o for x in args.get("xcomp") + args.get("ccomp") for o in x.children if o.dep_ == "dobj"]
    return [content_head(t).i for t in order] + [t.i for t in order]


def _changed_to(finding: Finding) -> list[Token]:
    """ "has grown from 350 to 600": the second number, also where the parser took the two for one."""
    second = finding.arguments.get("from_to")
    joined = [t for t in finding.arguments.get("from") if any(pivot(c) == "to" for c in t.children if c.dep_ != "prep")]
    return [*second, *joined]


def _in_men(reading: Reading, counted: Counted) -> Counted:
    """ "two divisions, some 20,000 soldiers, are operating": the men, where units are counted and their men beside."""
    if counted.quantity.unit is not Unit.OTHER or counted.head is None:
        return counted
    beside = {c.i for c in reading.doc[counted.head].rights if c.dep_ == "appos"}
    men = (c for c in reading.counted if c.head in beside and c.quantity.unit is Unit.PERSONNEL)
    return next(men, counted)


def _reached(finding: Finding) -> list[Token]:
    """ "the build-up has reached 90,000 men": the number that a noun of massing is told to come to."""
    verb = finding.token.head
    if finding.kind is not Kind.MOBILIZATION or finding.token.dep_ != "nsubj":
        return []
    if not means(verb, "reach", "number", "total", "exceed", "top", "stand", "involve", "include"):
        return []
    at = (p for c in verb.rights if c.dep_ == "prep" and pivot(c) == "at" for p in c.children if p.dep_ == "pobj")
    return [*(c for c in verb.rights if c.dep_ == "dobj"), *at]


def _rank(reading: Reading, finding: Finding, counted: Counted, heads: list[int]) -> int | None:
    head = counted.head if counted.head is not None else _whole(reading.doc[counted.token]).i
    if head in heads:
        return heads.index(head)
    if counted.token in heads:
        return heads.index(counted.token)
    token = reading.doc[head]
    for child in token.ancestors:
        if (
            child.i in heads
            and child.i != finding.token.i
            and token.dep_ in ("conj", "appos", "pobj", "nummod", "npadvmod")
        ):
            if token.dep_ == "pobj" and pivot(token.head) not in ("of",):
                return None
            return len(heads) + heads.index(child.i)
        if child.pos_ in ("VERB", "AUX"):
            break
    return None


def _whole(number: Token) -> Token:
    """The word that a number of several words hangs on: "60 million" in "$60 million in aid"."""
    while number.dep_ in ("compound", "quantmod", "nummod") and number.head.pos_ == "NUM" and number.head.i > number.i:
        number = number.head
    return number


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
    if finding.kind is Kind.ARMS_TRANSFER and unit is Unit.PERSONNEL:
        return Unit.AIRCRAFT  # "12 Rafale fighters", no men
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


def _capped(finding: Finding) -> bool:
    """Whether a number is the most that there may be: "capped the number of US troops at 800"."""
    return any(means(t, "cap", "limit", "ceiling") for t in (finding.token, *finding.token.ancestors))


def _head_text(reading: Reading, counted: Counted) -> str:
    head: Token = reading.doc[counted.head if counted.head is not None else counted.token]
    return head.text
