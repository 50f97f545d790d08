"""Where: the most specific place that belongs to a finding, by the guide's rules for its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import clause_tokens, words
from dateline.extract.conditions import content_head, is_class
from dateline.extract.finding import Finding
from dateline.extract.place_aimed import place_aimed_at, place_meanwhile
from dateline.extract.place_apart import is_topic
from dateline.extract.place_borders import BORDER
from dateline.extract.place_facilities import facility
from dateline.extract.place_heads import GRAIN, at_head, finest
from dateline.extract.place_nested import nested
from dateline.extract.place_recalled import told_of
from dateline.extract.reading import POSTURE, Reading
from dateline.extract.undergone import place_undergone
from dateline.extract.where_in_clause import GROUND_KINDS, beside, in_clause
from dateline.lexicon.actors import by_name
from dateline.model import Kind, Place, Precision
from dateline.parse.forms import means, pivot, to_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACELESS = frozenset({Kind.ACCUSATION, Kind.SUPPORT})
MADE_SOMEWHERE = frozenset({Kind.AGREEMENT, Kind.TERMINATION, Kind.SANCTION, Kind.THREAT, Kind.REJECTION})
LEAVING = frozenset({Kind.WITHDRAWAL, Kind.EXPULSION})
ARRIVING = frozenset({Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.CONSULTATION, Kind.ARMS_TRANSFER})
ASKING = frozenset({Kind.REQUEST, Kind.EXPULSION})
TAKING = frozenset({Kind.ATTACK, Kind.COERCION, Kind.AID})
POLICED = frozenset({Kind.ATTACK, Kind.COERCION})
ADDRESSED = frozenset(
    {
        Kind.REQUEST,
        Kind.REJECTION,
        Kind.THREAT,
        Kind.SANCTION,
        Kind.AGREEMENT,
        Kind.TERMINATION,
        Kind.CONCESSION,
        Kind.COOPERATION,
    }
)
"""Kinds whose other party, named by its capital or country ("appealed to Washington"), is no place."""
EVENTS_OF = {
    Kind.ATTACK: ("told_event", "attack_event"),
    Kind.COERCION: ("told_event", "attack_event"),
    Kind.PROTEST: ("protest_event",),
    Kind.CONSULTATION: ("meeting",),
}
"""Classes of nouns that name an act of a kind, often with its place before them."""
AIMED = "what it is aimed at"
"""How the place was read of an offensive to come or of where somebody was not let in."""
ASKED_FOR = ("request", "invitation", "behest", "insistence", "urging")
"""Words after "at" that tell on whose wish something is done, and not where."""


def places_of(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The places of a finding (several when coordinated: "from Mali and Burkina Faso"), and how they were read."""
    found, how = _places_of(reading, finding)
    return [nested(reading, place) for place in found] if len(found) == 1 else found, how


def _places_of(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The same, where a place is as wide as the words at the finding leave it."""
    if finding.kind in PLACELESS:
        return [], ""
    if finding.kind is Kind.REDEPLOYMENT:
        reached = _reached(reading, finding)
        if reached is not None:
            return [reached], "reached"
    for way, how in (
        (_named_for, "named for its place"),
        (_concerned, "what is asked for"),
        (_taken_from, "taken from"),
        (_left_site, "left"),
        (_measured, "measured from a place"),
    ):
        found = way(reading, finding)
        if found:
            return found, how
    return _in_its_clause(reading, finding)


def _in_its_clause(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The places at the verb, in the phrases of the parties or elsewhere in the clause, and how they were read."""
    told = _at_the_verb(reading, finding)
    if told[0] and GRAIN[told[0][0].precision] >= GRAIN[Precision.PROVINCE]:
        ground = _ground(reading, finding)
        if len(ground) == 1 and _within(ground[0], told[0][0]):
            return ground, "within the phrase"
    if told[0] and told[0][0].name.startswith(BORDER):
        found, how = _not_at_the_verb(reading, finding)
        return (found, how) if found else told
    return told if told[0] else _not_at_the_verb(reading, finding)


def _at_the_verb(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """The places behind the prepositions of the verb or noun itself, in the order that its kind asks for."""
    for names, how in _orders(reading, finding.kind):
        for name in names:
            for head in finding.arguments.get(name):
                elsewhere = _addressed(finding, head) or _of_the_asker(finding, head) or means(head, *ASKED_FOR)
                elsewhere = elsewhere or (name in ("on", "over") and _spoken_of(reading, finding, head))
                at = _gone_for if name == "for" else at_head
                found = [] if elsewhere else at(reading, head)
                if found:
                    return _finer(reading, finding, found), f"“{name.replace('_', ' ')}” {how}"
    return [], ""


def _not_at_the_verb(reading: Reading, finding: Finding) -> tuple[list[Place], str]:
    """Places in the phrases of the parties, of what the act is for, or elsewhere in the clause."""
    if finding.kind in MADE_SOMEWHERE:
        signed = _signed_in(reading, finding)
        return (signed, "where it was signed") if signed else (place_aimed_at(reading, finding), AIMED)
    found = _in_objects(reading, finding) or place_undergone(reading, finding)
    if found or finding.kind is Kind.REQUEST:
        return found, "within the phrase" if found else ""
    found = place_aimed_at(reading, finding)
    if found:
        return found, AIMED
    found, how = in_clause(reading, finding)
    if not found:
        found, how = place_meanwhile(reading, finding), "where it was at that time"
    return (found, how) if found else (beside(reading, finding), "beside it")


def _within(ground: Place, wider: Place) -> bool:
    """Whether the ground that is held or taken can lie in what the clause says besides: "hold Gao in Mali"."""
    return ground.country == wider.country and GRAIN[ground.precision] < GRAIN[wider.precision]


def _gone_for(reading: Reading, head: Token) -> list[Place]:
    """Where "for" leads: "left for Cairo", "met for talks in Geneva", not "a conference for peace in Sudan"."""
    if head.i in reading.place_of_token or facility(reading, head) is not None:
        return at_head(reading, head)
    if head.lemma_.lower() not in reading.lexicon.classes["meeting"]:
        return []
    preps = (c for c in head.children if c.dep_ == "prep" and pivot(c) in ("in", "at"))  # not "for talks on Syria"
    return next((found for prep in preps for p in prep.children if (found := at_head(reading, p))), [])


def _addressed(finding: Finding, head: Token) -> bool:
    """Whether a name is the other party of what is said to it: "appealed to Washington"."""
    return finding.kind in ADDRESSED and finding.recipient_head is not None and head.i == finding.recipient_head.i


def _spoken_of(reading: Reading, finding: Finding, head: Token) -> bool:
    """Whether what follows "on" is what those who meet speak of: "talks on Syria", not "met on the island of Samos"."""
    place = reading.place_of_token.get(head.i)
    if place is not None:
        return finding.kind is Kind.CONSULTATION and GRAIN[place.precision] >= GRAIN[Precision.COUNTRY]
    return is_topic(reading, finding, head.head) and head.lemma_.lower() not in reading.lexicon.generic_places


def _of_the_asker(finding: Finding, head: Token) -> bool:
    """Whether a place before a verb of asking is only where it was asked: "In London, X called for"."""
    return finding.kind is Kind.REQUEST and finding.token.pos_ == "VERB" and head.i < finding.token.i


def _reached(reading: Reading, finding: Finding) -> Place | None:
    """The last place after a "to" in the clause: "moved from A to B"."""
    found = [
        reading.place_of_token[p.i]
        for t in finding.token.subtree
        if t.dep_ == "prep" and pivot(t) in ("to", "into")
        for p in t.children
        if p.i in reading.place_of_token
    ]
    return found[-1] if found else None


def _finer(reading: Reading, finding: Finding, found: list[Place]) -> list[Place]:
    """The finer place that the clause gives beside a wide one: "attacked a post near Gao in northern Mali"."""
    if len(found) != 1 or GRAIN[found[0].precision] < GRAIN[Precision.PROVINCE]:
        return found
    beside = [
        place
        for prep in clause_tokens(finding.token)
        if prep.dep_ == "prep" and pivot(prep) in words(prep, "at")
        for p in prep.children
        if p.dep_ == "pobj"
        for place in at_head(reading, p)[:1]
        if place.country == found[0].country and GRAIN[place.precision] < GRAIN[Precision.PROVINCE]
    ]
    return beside[:1] or found


def _named_for(reading: Reading, finding: Finding) -> list[Place]:
    """ "the Raqqa offensive", "the Geneva talks", "Karachi police": a place in the name of an event or a local body."""
    classes = reading.lexicon.classes
    events: frozenset[str] = frozenset()
    if finding.kind in EVENTS_OF:
        events = frozenset().union(*(classes[name] for name in EVENTS_OF[finding.kind]))
    args = finding.arguments
    heads = [t for t in (finding.token, *args.get("obj"), *args.get("subj")) if t.lemma_.lower() in events]
    if finding.kind in POLICED:
        heads += [t for t in args.get("subj") if pivot(t) in words(t, "local_body")]
        heads += [t for t in (*args.get("subj"), *args.get("obj")) if _of_police(t)]
    for head in heads:
        for child in (*head.lefts, *(c for below in head.lefts for c in below.lefts)):
            place = reading.place_of_token.get(child.i) or _elsewhere(reading, child)
            if child.dep_ == "compound" and place is not None and GRAIN[place.precision] < GRAIN[Precision.COUNTRY]:
                return [place]
    return []


def _of_police(officer: Token) -> bool:
    """Whether somebody is of a town's police: "three Karachi police officers"."""
    return any(c.dep_ == "compound" and pivot(c) in words(c, "local_body") for c in officer.lefts)


def _elsewhere(reading: Reading, token: Token) -> Place | None:
    """The place that the report means by the word elsewhere: a body's name ("Karachi Police") hides its place."""
    if token.pos_ != "PROPN":
        return None
    same = next((p for p in reading.parsed.places if p.text == token.text), None)
    return None if same is None else replace(same, start=token.idx, end=token.idx + len(token))


def _concerned(reading: Reading, finding: Finding) -> list[Place]:
    """The place of what is asked for: "urged Turkey to raise security at the mission in Ankara", "to leave Gao"."""
    if finding.kind not in ASKING:
        return []
    clauses = [*finding.arguments.get("xcomp"), *finding.arguments.get("ccomp")]
    if finding.kind is Kind.EXPULSION:
        clauses += [c for c in finding.token.rights if c.dep_ == "advcl" and to_infinitive(c)]
    heads = [o for c in clauses for o in c.children if o.dep_ == "dobj" and o.i in reading.place_of_token]
    preps = (t for c in clauses for t in clause_tokens(c) if t.dep_ == "prep" and _of_ground(t))
    heads += [p for prep in preps for p in prep.children if p.dep_ == "pobj"]
    best = finest([place for head in heads for place in at_head(reading, head)])
    whole = finding.kind is Kind.EXPULSION
    return [best] if best is not None and (whole or GRAIN[best.precision] < GRAIN[Precision.COUNTRY]) else []


def _of_ground(prep: Token) -> bool:
    """Whether a preposition tells where what is asked for is, or what is to be left: "in", "from", "out of"."""
    if pivot(prep) == "of":
        return pivot(prep.head) == "out"
    return pivot(prep) in words(prep, "at") | words(prep, "leaving") | words(prep, "toward")


def _signed_in(reading: Reading, finding: Finding) -> list[Place]:
    """ "signed a ceasefire in Jeddah": the parser hangs the town on the accord."""
    if finding.kind is not Kind.AGREEMENT or finding.token.lemma_.lower() not in words(finding.token, "signing"):
        return []
    inner = [
        reading.place_of_token[p.i]
        for head in finding.arguments.get("obj")
        for prep in head.children
        if prep.dep_ == "prep" and pivot(prep) in ("in", "at")
        for p in prep.children
        if p.i in reading.place_of_token
    ]
    best = finest(inner)
    return [best] if best is not None and GRAIN[best.precision] < GRAIN[Precision.PROVINCE] else []


def _taken_from(reading: Reading, finding: Finding) -> list[Place]:
    """ "evacuated women from the town", "took tanks from the airfield": where it was; not of ground that is taken."""
    if finding.kind not in TAKING or finding.token.lemma_.lower() not in words(finding.token, "taking"):
        return []
    if any(head.i in reading.place_of_token for head in finding.arguments.get("obj")) or _ground(reading, finding):
        return []
    objects = [t for head in finding.arguments.get("obj") for t in (head, *head.conjuncts)]
    hung = [p for t in objects for c in t.children if pivot(c) in words(t, "leaving") for p in c.children]
    found = [place for head in (*finding.arguments.get("from"), *hung) for place in at_head(reading, head)]
    return [place for place in found if GRAIN[place.precision] < GRAIN[Precision.COUNTRY]]


def _left_site(reading: Reading, finding: Finding) -> list[Place]:
    """ "left Camp X near Y": the site that is left, not what it lies beside."""
    if finding.kind not in LEAVING:
        return []
    named = (reading.place_of_token.get(head.i) for head in finding.arguments.get("obj"))
    return [place for place in named if place is not None and place.precision is Precision.SITE]


def _measured(reading: Reading, finding: Finding) -> list[Place]:
    """ "hit a mine 30 km north of Gao": a measured place in the words of the act, whatever it hangs on."""
    if finding.kind not in GROUND_KINDS:
        return []
    for place in reading.parsed.places:
        if place.start is None or place.end is None:
            continue
        indices = reading.span_tokens(place.start, place.end)
        first = reading.doc[indices[0]] if indices else None
        if first is None or not first.like_num:
            continue
        governors = [t for t in reading.doc[indices[-1]].ancestors if t.pos_ in ("VERB", "AUX")]
        if finding.token in governors[:1] or (finding.token.pos_ != "VERB" and finding.token.head in governors[:1]):
            return [place]
    return []


def _orders(reading: Reading, kind: Kind) -> list[tuple[tuple[str, ...], str]]:
    at, toward, away = (reading.lexicon.ordered[name] for name in ("at", "toward", "away"))
    if kind in LEAVING:
        return [(away, "left"), (at, "at the verb")]
    if kind in ARRIVING:
        passed = [(("through",), "passed")] if kind is Kind.DEPLOYMENT else []
        return [(toward, "reached"), (at, "at the verb"), *passed]
    if kind in MADE_SOMEWHERE:
        return [(("in", "at"), "at the verb")]
    if kind is Kind.PROTEST:
        at = (*at, *reading.lexicon.ordered["marching"])
    return [(at, "at the verb"), (toward, "at the verb")]


def _in_objects(reading: Reading, finding: Finding) -> list[Place]:
    """The object itself when it is ground ("seized Mosul"), then places inside the phrases of the actors."""
    args = finding.arguments
    found = _ground(reading, finding)
    if found:
        return found
    for head in args.get("subj"):
        found = at_head(reading, head) if means(finding.token, "come") or _changed_hands(reading, finding, head) else []
        if found:
            return found
    wanted = at = words(finding.token, "at")
    if finding.kind in LEAVING:
        wanted = at | {"from"}
    elif finding.kind in ARRIVING:
        wanted = at | {"to", "into"}
    forces = _own_and_missions(finding)
    aims = () if finding.kind is Kind.PROTEST else ("on", "against")
    joined = {Kind.DEPLOYMENT: ("to",), Kind.WITHDRAWAL: ("from",)}.get(finding.kind, ())
    for name in ("of", "obj", "attr", "subj", "with", "alongside", *aims, *joined, "forces"):
        for head in args.get(name) if name != "forces" else forces:
            if _of_the_asker(finding, head) or (finding.token.pos_ == "VERB" and is_topic(reading, finding, head)):
                continue
            apposed = [c for c in head.children if c.dep_ == "appos"] if reading.actor(head) is None else []
            inner = [
                place
                for prep in (
                    *head.children,
                    *(c for c in content_head(head).children if content_head(head) != head),
                    *(c for other in apposed for c in other.children),
                )
                if prep.dep_ == "prep" and pivot(prep) in wanted
                for p in prep.children
                if p.dep_ == "pobj" and not _in_a_name(reading, head, p)
                for place in at_head(reading, p)
            ]
            if inner:
                best = finest(inner)
                return [best] if best is not None else []
            held = finding.token.pos_ == "NOUN" or any(is_class(reading, o, "control_word") for o in args.get("obj"))
            if name == "of" and head.i in reading.place_of_token and held:  # "the siege of", "took control of Goma"
                return at_head(reading, head)
    return []


def _own_and_missions(finding: Finding) -> list[Token]:
    """The words for the forces of a posture, and for the mission that they are with: "troops with the UN mission"."""
    if finding.kind not in POSTURE or finding.actor_head is None:
        return []
    preps = (c for c in finding.actor_head.children if c.dep_ == "prep" and pivot(c) in ("with", "of"))
    joined = (p for prep in preps for p in prep.children)
    return [finding.actor_head, *(p for p in joined if means(p, "mission", "force", "operation"))]


def _in_a_name(reading: Reading, head: Token, word: Token) -> bool:
    """Whether a word behind a party is part of its name: "the Islamic State in West Africa Province"."""
    actor = reading.actor(head)
    if actor is None or actor.start is None or actor.end is None or by_name(actor.name) is None:
        return False
    return actor.start <= word.left_edge.idx < actor.end


def _changed_hands(reading: Reading, finding: Finding, head: Token) -> bool:
    """Whether the subject is ground that others take: "El Fasher fell to the rebels", "the town came under fire"."""
    if finding.kind not in (Kind.ATTACK, Kind.COERCION) or finding.actor_head == head:
        return False
    return head.i in reading.place_of_token or head.lemma_.lower() in reading.lexicon.classes["ground"]


def _ground(reading: Reading, finding: Finding) -> list[Place]:
    """The object itself when it is ground: "seized Mosul", "entered the base"."""
    if finding.kind not in GROUND_KINDS | {Kind.ARMS_TRANSFER}:
        return []
    ground = reading.lexicon.classes["ground"]
    held = finding.arguments.get("of") if any(means(o, "control") for o in finding.arguments.get("obj")) else []
    for part in (*finding.arguments.get("obj"), *held):
        head = content_head(part)
        lemma = head.lemma_.lower()
        known = lemma in reading.lexicon.generic_places or lemma in ground or any(told_of(reading, head))
        known = known or means(head, "street", "road", "avenue", "square")
        if head.i in reading.place_of_token or known or facility(reading, head) is not None:
            found = at_head(reading, head)
            if found:
                return found
        town = _building_of(reading, head)
        if town:
            return town
    return []


def _building_of(reading: Reading, head: Token) -> list[Place]:
    """The town that a building is of: "attacked the police station of Lahij in southern Yemen"."""
    if head.lemma_.lower() not in words(head, "standing"):
        return []
    inner = (p for c in head.rights if c.dep_ == "prep" and pivot(c) == "of" for p in c.children)
    found = (place for p in inner for place in at_head(reading, p))
    return [place for place in found if GRAIN[place.precision] < GRAIN[Precision.COUNTRY]][:1]
