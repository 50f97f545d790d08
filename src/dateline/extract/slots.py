"""Slots of a predicate beyond its grammar: owner, the actor inside an object, whoever a clause or a saying gives."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, is_passive, subject_of, verb_arguments, words
from dateline.extract.conditions import content_head
from dateline.extract.noun_arguments import noun_arguments
from dateline.extract.patients import may_suffer, suffered
from dateline.extract.place_facilities import facility
from dateline.extract.quarrels import QUARRELS
from dateline.extract.reading import Reading
from dateline.extract.slot_aims import AIMS
from dateline.extract.slot_marks import MARKS
from dateline.extract.slots_over import compound_of, ended, head_of, held_under, phased, subj_above
from dateline.extract.slots_where import goal, inside, located
from dateline.extract.victims import befallen
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

EVENT_ROLES = ("on", "against", "between", "with", "by", "of", "poss", "at")


def slot(reading: Reading, token: Token, args: Arguments, name: str) -> list[Token]:
    """Heads in a slot, grammatical or derived."""
    derived = DERIVED.get(name)
    return derived(reading, token, args) if derived is not None else args.get(name)


def _from_to(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    heads = args.get("from")
    return heads if heads and (args.get("to") or args.get("into")) else []


def _modifiers(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "poss")]


def _holders(reading: Reading, noun: Token) -> list[Token]:
    """What stands before a noun, save the town that a suburb, a quarter or a site is of."""
    part = noun.lemma_.lower() in words(noun, "parts_of_towns") or facility(reading, noun) is not None
    return [c for c in _modifiers(noun) if not part or c.i not in reading.place_of_token]


def _obj_mod(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [m for o in args.get("obj") for m in _modifiers(content_head(o))]


def _of_obj(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    found = [p for o in args.get("obj") for p in inside(o, ("of", "for", "to", "on"))]
    return found + [p for head in found if head.text[0].isdigit() for p in inside(head, ("of",))]


def _poss_obj(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [c for o in args.get("obj") for c in o.children if c.dep_ == "poss"]


def _by_obj(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [p for o in args.get("obj") for p in inside(o, ("by", "from"))]


def _actor_of(prepositions: Collection[str]) -> Callable[[Reading, Token, Arguments], list[Token]]:
    """The object if it is an actor, else the actor before it or behind one of its prepositions, in their order."""

    def find(reading: Reading, token: Token, args: Arguments) -> list[Token]:
        for obj in args.get("obj"):
            if reading.actor(obj) is not None or befallen(reading, obj):
                return [obj]
            hurt = suffered(reading, obj)
            silent = hurt or obj.lemma_.lower() in words(obj, "ruled")
            asked = [n for n in prepositions if n not in ("of", "in") or not silent]
            for inner in [*_holders(reading, obj), *(p for name in asked for p in inside(obj, (name,)))]:
                if reading.actor(inner) is not None and not (hurt and may_suffer(reading, inner)):
                    return [inner]
        return []

    return find


def _matter(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Whose what is doubted or scorned is: "doubts about the figures released by the Pentagon"."""
    heads = [h for name in ("about", "on", "over", "at") for h in args.get(name)]
    heads += [p for o in args.get("obj") for p in inside(o, ("about", "on", "over", "at"))]
    for head in heads:
        things = [head, *inside(head, ("of",))]
        made = (a for thing in things for c in thing.rights if c.dep_ == "acl" for a in verb_arguments(c).get("subj"))
        owned = (t for thing in things for t in (*_holders(reading, thing), *inside(thing, ("of", "by", "from"))))
        for inner in (*owned, *made):
            if reading.actor(inner) is not None:
                return [inner]
    return []


def _blamed(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """On whom something is blamed: the object if it is an actor, else the last "on" after it, however deep."""
    obj = args.first("obj")
    if obj is None or reading.actor(obj) is not None:
        return args.get("obj")
    heads = [p for prep in token.subtree if pivot(prep) in ("on", "upon") for p in prep.children if p.dep_ == "pobj"]
    return [h for h in heads if h.i > obj.i and h.i not in reading.time_of_token][-1:]


def _owner(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Whose act it is, said at the noun itself; else what it is of."""
    for name in ("by", "poss", "mod", "of", "between", "from"):
        heads = [h for h in args.get(name) if reading.actor(h) is not None or h.i in reading.place_of_token]
        if heads:
            return heads
    return args.get("support") or args.get("of")


def _of_actor(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [h for h in args.get("of") if reading.actor(h) is not None]


def _owner_not_of(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    for name in ("by", "poss", "mod", "from", "support"):
        heads = [h for h in args.get(name) if reading.actor(h) is not None]
        if heads:
            return heads
    return []


def _evented(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """What shows that the noun speaks of an event, not of a topic: an actor, a place, a date, a light verb."""
    for name in EVENT_ROLES:
        for head in args.get(name):
            if reading.actor(head) is not None or head.i in reading.place_of_token:
                return [head]
    found = [h for h in args.get("mod") if reading.actor(h) is not None or h.i in reading.place_of_token]
    found += [
        h
        for h in located(reading, token, args)
        if h.i in reading.place_of_token or pivot(h) not in words(token, "here")
    ]
    found += [t for t in token.subtree if t.i in reading.time_of_token]
    support = [h for h in args.get("support") if reading.actor(h) is not None]
    return found or support or _happening(reading, token)


def _happening(reading: Reading, token: Token) -> list[Token]:
    """The verb that shows that an event took place: "violence erupted", "reported a new outbreak of shelling"."""
    token = next(iter(phased(reading, token, Arguments())), token)
    verb = token.head
    lemma = verb.lemma_.lower()
    if token.dep_ == "pobj" and pivot(verb) in ("after", "since", "following", "amid", "during", "despite"):
        return [verb]
    locates = token.dep_ in ("nsubj", "nsubjpass") and lemma in reading.lexicon.words["locative_verbs"]
    told = token.dep_ in ("dobj", "conj") and lemma in ("report", "record", "describe", "see", "witness", "hear")
    return [verb] if verb.pos_ == "VERB" and (locates or told) else []


def _passive(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [token] if args.passive or is_passive(token) else []


def _context(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [t for t in token.sent if t.pos_ in ("NOUN", "PROPN")]


def _mod_lemma(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [c for c in token.children if c.dep_ in ("amod", "compound")]


def _subj_ccomp(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    found = [verb_arguments(c).first("subj") if is_passive(c) else subject_of(c) for c in args.get("ccomp")]
    return [f for f in found if f is not None]


def _with(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "with X" at the verb or at its object ("held talks with X")."""
    return [*args.get("with"), *[p for o in args.get("obj") for p in inside(o, ("with",))]]


def _between(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [*args.get("between"), *[p for o in args.get("obj") for p in inside(o, ("between", "among"))]]


def _prepositional(name: str):  # type: ignore[no-untyped-def]
    def find(reading: Reading, token: Token, args: Arguments) -> list[Token]:
        return [*args.get(name), *[p for o in args.get("obj") for p in inside(o, (name,))]]

    return find


def _clause(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Clauses that complete a noun: "calls for Israel to accept", "a demand that it leave"."""
    return [c for c in token.children if c.dep_ in ("acl", "advcl", "ccomp", "xcomp") and c.pos_ in ("VERB", "AUX")]


def _clause_subj(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [s for c in _clause(reading, token, args) for s in c.children if s.dep_ in ("nsubj", "nsubjpass")]


def _agented(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [h for name in ("by", "poss", "mod", "support") for h in args.get(name)]


def _expl(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The "there" of "there are 1,500 troops"."""
    return [c for c in token.children if c.dep_ == "expl"]


def _mod_attr(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [m for a in args.get("attr") for m in _modifiers(a)]


def _other_acomp(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Predicate adjectives that say something else than being there."""
    return [h for h in args.get("acomp") if pivot(h) not in words(token, "present")]


def _dets(noun: Token) -> list[Token]:
    """Determiners of a noun, "no" among them."""
    return [c for c in noun.children if c.dep_ in ("det", "neg")]


def _issuer(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Who put out the paper that speaks: "signed a statement condemning", "adopted a resolution that calls for"."""
    papers = [s for s in args.get("subj") if s.dep_ in ("dobj", "nsubjpass") and s.head.pos_ == "VERB"]
    return [h for p in papers for h in verb_arguments(p.head).get("subj")]


def _parties_of_subj(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Whose the subject is, of an accord or a truce: "the truce between X and Y expired"."""
    inner = [noun_arguments(reading, head) for head in args.get("subj") + args.get("obj")]
    return [head for found in inner for name in ("between", "with", "poss") for head in found.get(name)]


def _poss_subj(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The actor that the subject belongs to, comes from or acts through."""
    found = []
    for subject in args.get("subj"):
        inner = [*_modifiers(subject), *inside(subject, ("of", "by", "from"))]
        inner += [m for part in inside(subject, ("of",)) for m in _modifiers(part)]
        found += [i for i in inner if reading.actor(i) is not None]
    return found


def _in_favour_of(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [p for h in args.get("in") if pivot(h) in ("favour", "favor", "support") for p in inside(h, ("of",))]


def _said(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """Non-empty when the predicate stands in what a named political source says."""
    return [token] if reading.speaker_of(token) is not None else []


def _speaker(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    source = reading.speaker_of(token)
    return [] if source is None else [source]


def _as(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """The complement of "as", with its own modifiers, and whatever stands "one of" it."""
    found = []
    strayed = [p for o in args.get("obj") for p in o.subtree if pivot(p) == "as" and p.dep_ == "prep"]
    heads = [c for p in strayed for c in p.children if c.dep_ == "pobj"] if not args.get("as") else []
    adjectives = [c for p in (*token.children, *strayed) if pivot(p) == "as" for c in p.children if c.pos_ == "ADJ"]
    for head in [*args.get("as"), *heads, *adjectives]:
        found += [head, *(c for c in head.subtree if c.pos_ in ("ADJ", "NOUN"))]
    return found


def _said_of(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    found = []
    for name in ("attr", "acomp", "ccomp"):
        for head in args.get(name):
            if name != "ccomp" or head.pos_ in ("ADJ", "NOUN", "PROPN", "VERB"):
                found += [head, *(c for c in head.children if c.pos_ in ("ADJ", "NOUN") and c.dep_ in ("amod", "conj"))]
    return found


def _part_in(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """What somebody takes part in."""
    part = any(pivot(h) == "part" for h in args.get("obj"))
    return [*args.get("in"), *[p for o in args.get("obj") for p in inside(o, ("in",))]] if part else []


def _with_weapon(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    found = _with(reading, token, args)
    return found + [t for h in found for t in h.children if t.pos_ in ("NOUN", "PROPN")]


def _mod_from(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    return [t for h in args.get("from") for m in _modifiers(h) for t in m.subtree]


def _acl_actors(reading: Reading, token: Token, args: Arguments) -> list[Token]:
    """ "war games involving Belarus and Russia"."""
    return [
        o for c in token.children if c.dep_ == "acl" and means(c, "involve") for o in c.children if o.dep_ == "dobj"
    ]


DERIVED = {
    "itself": lambda reading, token, args: [token],
    "part_in": _part_in,
    "with_weapon": _with_weapon,
    "mod_from": _mod_from,
    "modal": lambda reading, token, args: [c for c in token.children if c.dep_ == "aux" and c.tag_ == "MD"],
    "ended": ended,
    "acl_actors": _acl_actors,
    **QUARRELS,
    **MARKS,
    **AIMS,
    "for_obj": lambda reading, token, args: [p for o in args.get("obj") for p in inside(o, ("for",))],
    "goal": goal,
    "agented": _agented,
    "clause": _clause,
    "clause_subj": _clause_subj,
    "expl": _expl,
    "mod_attr": _mod_attr,
    "other_acomp": _other_acomp,
    "acomp_clause": lambda reading, token, args: [x for a in args.get("acomp") for x in a.rights if x.dep_ == "xcomp"],
    "det": lambda reading, token, args: [c for c in token.children if c.dep_ == "det"],
    "in_favour_of": _in_favour_of,
    "parties_of_subj": _parties_of_subj,
    "poss_subj": _poss_subj,
    "issuer": _issuer,
    "obj_det": lambda reading, token, args: [d for o in args.get("obj") for d in _dets(o)],
    "attr_det": lambda reading, token, args: [d for o in args.get("attr") for d in _dets(o)],
    "of_attr": lambda reading, token, args: [p for a in args.get("attr") for p in inside(a, ("in", "of", "for"))],
    "said": _said,
    "speaker": _speaker,
    "as": _as,
    "said_of": _said_of,
    "loc": located,
    "from_to": _from_to,
    "obj_mod": _obj_mod,
    "mod_obj": _obj_mod,
    "of_obj": _of_obj,
    "from_deep": lambda reading, token, args: [
        t for o in args.get("obj") for t in o.subtree if t.dep_ == "pobj" and pivot(t.head) == "from"
    ],
    "mod_into": lambda reading, token, args: [m for h in args.get("into") for m in _modifiers(h)],
    "whose_into": lambda reading, token, args: [
        m for h in args.get("into") for m in (*inside(h, ("of",)), *_modifiers(h)) if reading.actor(m) is not None
    ],
    "held_under": held_under,
    "phased": phased,
    "in_obj": lambda reading, token, args: [p for o in args.get("obj") for p in inside(o, ("in",))],
    "of_subj": lambda reading, token, args: [p for s in args.get("subj") for p in inside(s, ("of",))],
    "subj_mod": lambda reading, token, args: [m for s in args.get("subj") for m in _modifiers(s)],
    "poss_obj": _poss_obj,
    "by_obj": _by_obj,
    "from_obj": _by_obj,
    "obj_actor": _actor_of(("by", "of", "against", "in")),
    "obj_side": _actor_of(("by", "of", "in")),
    "blamed": _blamed,
    "matter": _matter,
    "owner": _owner,
    "owner_force": _owner,
    "owner_not_of": _owner_not_of,
    "of_actor": _of_actor,
    "evented": _evented,
    "passive": _passive,
    "context": _context,
    "mod_lemma": _mod_lemma,
    "compound_of": compound_of,
    "head_of": head_of,
    "subj_ccomp": _subj_ccomp,
    "mod_of_obj": lambda reading, token, args: [m for p in _of_obj(reading, token, args) for m in _modifiers(p)],
    "subj_clause_obj": lambda reading, token, args: [
        s for o in args.get("obj") for c in o.rights for s in c.lefts if c.pos_ == "VERB" and s.dep_ == "nsubj"
    ],
    "obj_ccomp": lambda reading, token, args: [o for c in args.get("ccomp") for o in c.children if o.dep_ == "dobj"],
    "subj_above": subj_above,
    "with": _with,
    "between": _between,
    "against": _prepositional("against"),
    "on": _prepositional("on"),
    "to": _prepositional("to"),
    "for": _prepositional("for"),
    "from": _prepositional("from"),
}
