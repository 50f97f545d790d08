"""Who does what to whom in a clause or noun phrase: logical roles from a dependency parse.

Passives, relative clauses, participles, control and raising, coordination and light verbs are undone,
so that a trigger entry can speak of `subj` and `obj` whatever the surface was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.lexicon.language import language
from dateline.parse.forms import follows, means, neighbour, pivot, pronominal, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubjpass", "csubjpass"})
ONWARD = frozenset({"back", "over", "up", "down", "home", "forward", "north", "south", "east", "west", "away", "out"})
"""Adverbs of direction, after which a preposition belongs to the verb: "heading back to Iraq"."""
GOALS = ("to", "into")
"""Prepositions before where something is sent."""
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(slots=True)
class Arguments:
    """The logical roles of one predicate; each slot is a list of head tokens, nearest first."""

    slots: dict[str, list[Token]] = field(default_factory=dict)
    passive: bool = False

    def get(self, slot: str) -> list[Token]:
        """Heads in `slot`, or an empty list."""
        return self.slots.get(slot, [])

    def first(self, slot: str) -> Token | None:
        """The first head in `slot`, if any."""
        found = self.slots.get(slot)
        return found[0] if found else None

    def put(self, slot: str, token: Token | None) -> None:
        """Add a head to `slot` once."""
        if token is not None:
            held = self.slots.setdefault(slot, [])
            if token not in held:
                held.append(token)


def words(token: Token, name: str) -> frozenset[str]:
    """A list of grammar words of the token's language."""
    return language(token.doc.lang_).words[f"grammar.{name}"]


def particle_lemma(verb: Token) -> str:
    """The verb's lemma with its particle, if it has one (`pull_out`), else the lemma."""
    lemma = verb.lemma_.lower()
    if pronominal(verb):
        return f"se_{lemma}"
    for child in verb.rights:
        beside = child.i == verb.i + 1 or (child.i == verb.i + 2 and child.nbor(-1).tag_ == "PRP")
        if child.dep_ == "prt" or (
            beside and child.dep_ in ("advmod", "prep") and pivot(child) in words(verb, "particles")
        ):
            return f"{lemma}_{pivot(child)}"
        if child.i > verb.i + 6:
            break
    return lemma


def verb_arguments(verb: Token) -> Arguments:
    """The logical roles of a verb token."""
    args = Arguments()
    args.passive = is_passive(verb)
    _own_arguments(verb, args)
    _bidden_by(verb, args)
    for out in (c for o in args.get("obj") for c in o.rights if c.dep_ == "prep" and pivot(c) == "out"):
        put_preposition(out, args)  # "wants every soldier out of the Gulf"
    _left_so(verb, args)
    if not args.get("obj"):
        args.put("obj", _up_to_so_many(verb))
    if verb.dep_ in ("relcl", "acl"):
        _noun_modifier(verb, args)
    if "subj" not in args.slots and not (args.passive and "obj" in args.slots):
        subject, passive_object = inherited_subject(verb)
        if args.passive:
            subject = _attached(verb) or subject
        if subject is not None:
            args.put("obj" if args.passive and not passive_object else "subj", subject)
    elif args.passive and "obj" not in args.slots:
        args.put("obj", _attached(verb) or inherited_subject(verb)[0])
    if args.get("obj") and not any(args.get(name) for name in GOALS):
        _goal_of_the_other(verb, args)
    return args


def _goal_of_the_other(verb: Token, args: Arguments) -> None:
    """ "sent 400 men to Haiti and will send another 600": where to, told with the other of two such verbs."""
    others = [verb.head] if verb.dep_ == "conj" else [c for c in verb.rights if c.dep_ == "conj"]
    for other in (o for o in others if o.pos_ == "VERB" and o.lemma_ == verb.lemma_):
        for prep in (c for c in other.rights if c.dep_ in ("prep", "dative") and pivot(c) in GOALS):
            put_preposition(prep, args)


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, reduced relatives ("troops stationed in") included."""
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass", "agent"):
            return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    if verb.dep_ == "advcl":
        return not any(c.dep_ in ("aux", "dobj") for c in verb.children)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        own_aux = any(c.dep_ in ("aux", "nsubj", "dobj") for c in verb.children)
        return not own_aux and is_passive(verb.head)
    return False


SLOT_OF = {
    **dict.fromkeys(SUBJECT, "subj"),
    **dict.fromkeys(PASSIVE_SUBJECT, "obj"),
    "dobj": "obj",
    "obj": "obj",
    "attr": "attr",
    "oprd": "attr",
    "acomp": "acomp",
    "xcomp": "xcomp",
    "ccomp": "ccomp",
    "advmod": "advmod",
    "npadvmod": "advmod",
}
"""The slot that a dependency fills."""


def _attached(verb: Token) -> Token | None:
    """ "the advance by the army, backed by Russia": the noun before a participle that the parser hung higher."""
    if verb.dep_ != "advcl" or not follows(verb, ",") or verb.lemma_.lower() not in words(verb, "attached"):
        return None
    before = neighbour(verb, -2)
    return before if before is not None and before.pos_ in ("NOUN", "PROPN") else None


def _bidden_by(verb: Token, args: Arguments) -> None:
    """ "was told to leave by the junta": who told, where the parser hung the agent on what he told."""
    if not args.passive or "subj" in args.slots or verb.lemma_.lower() not in words(verb, "object_control"):
        return
    for bidden in args.get("xcomp"):
        agents = [p for c in bidden.children if pivot(c) == "by" and c.dep_ in ("prep", "agent") for p in _objects(c)]
        for agent in (a for a in agents if a.ent_type_ not in ("DATE", "TIME")):
            args.put("subj", agent)
            args.put("by", agent)


def _left_so(verb: Token, args: Arguments) -> None:
    """ "leaving eleven people dead", read as a clause of its own: whom it left, and how."""
    for state in verb.children if means(verb, "leave") else ():
        if state.dep_ == "ccomp" and state.pos_ == "ADJ":
            for subject in (c for c in state.children if c.dep_ == "nsubj"):
                args.put("obj", subject)
                args.put("attr", state)


def _own_arguments(verb: Token, args: Arguments) -> None:
    for child in verb.children:
        slot = SLOT_OF.get(child.dep_)
        if slot is not None:
            args.put(slot, aboard(antecedent(child)) if slot in ("subj", "obj") else child)
        elif child.dep_ == "agent":
            for pobj in _objects(child):
                args.put("subj", pobj)
                args.put("by", pobj)
        elif child.dep_ in ("dative", "iobj"):
            objects = _objects(child)
            args.put("dative", objects[0] if objects else child)
            if objects:
                args.put(pivot(child), objects[0])
        elif child.dep_ in ("prep", "pcomp"):
            counted = _about_so_many(child)
            if counted is not None:
                args.put("obj", counted)
            else:
                put_preposition(child, args)
        if slot == "acomp" or (slot == "advmod" and pivot(child) in ONWARD):
            for below in child.children:
                if below.dep_ == "prep":
                    put_preposition(below, args)


def _about_so_many(prep: Token) -> Token | None:
    """ "houses around 3,000 men": the counted object, where the parser took the word of rounding for a preposition."""
    after = neighbour(prep, 1)
    if pivot(prep) not in ("around", "about", "over") or after is None or after.pos_ != "NUM":
        return None
    return next((c for c in prep.children if c.dep_ == "pobj" and after in c.lefts and c.pos_ == "NOUN"), None)


def _up_to_so_many(verb: Token) -> Token | None:
    """ "will station up to 2,500 Marines": the counted object, where the parser took "up" for a direction."""
    ups = (c for c in verb.rights if c.dep_ == "advmod" and pivot(c) == "up")
    preps = (c for up in ups for c in up.children if c.dep_ == "prep" and c.i == up.i + 1 and pivot(c) == "to")
    objects = (p for c in preps for p in c.children if p.dep_ == "pobj")
    return next((p for p in objects if any(n.dep_ == "nummod" for n in p.lefts)), None)


def put_preposition(prep: Token, args: Arguments, prefix: str = "") -> None:
    """Add what a preposition governs under its roles; one that hangs on another names both ("from_near")."""
    names = [prefix + role for role in roles(prep)]
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            for name in names:
                args.put(name, child)
        elif child.dep_ == "prep":
            put_preposition(child, args, names[0] + "_")
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            put_preposition(child, args, prefix)


def _objects(prep: Token) -> list[Token]:
    return [c for c in prep.children if c.dep_ in ("pobj", "pcomp")]


def _noun_modifier(verb: Token, args: Arguments) -> None:
    """Fill the slot that the modified noun plays in a relative clause or participle."""
    noun = verb.head
    if verb.dep_ == "acl":
        if any(c.dep_ == "mark" and pivot(c) == "that" for c in verb.children):
            return
        if verb.tag_ == "VBG":
            args.put("subj", _counted_among(noun))
        elif verb.tag_ in ("VBN", "VBD"):
            args.put("obj", _one_of_those(noun))
            args.passive = True
        else:
            args.put("acl_of", noun)
        return
    relatives = [c for c in verb.children if pivot(c) in RELATIVE]
    if any(c.dep_ in SUBJECT | PASSIVE_SUBJECT for c in relatives):
        return
    where = [c for c in verb.children if pivot(c) == "where"]
    if where:
        args.put("in", noun)
    elif "obj" not in args.slots and "subj" in args.slots:
        args.put("obj", noun)


def _counted_among(noun: Token) -> Token:
    """ "X has been among those calling for": who is meant is the subject."""
    if pivot(noun) in ("those", "one") and noun.dep_ == "pobj" and pivot(noun.head) in ("among", "of"):
        verb = noun.head.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
            verb = verb.head
        for child in verb.children:
            if child.dep_ in SUBJECT:
                return antecedent(child)
    return noun


def _one_of_those(noun: Token) -> Token:
    """ "X was among those arrested", "was one of those killed": who is meant is the subject of "was"."""
    counted = _counted_among(noun)
    return counted if counted is not noun and means(counted.head, "be") else noun


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token itself."""
    if token.dep_ == "dobj" and pivot(token) == "which" and means(token.head, "deny", "dispute", "refute"):
        return token  # "..., which Tehran denies": all that was said, not the noun before
    if pivot(token) in RELATIVE and token.tag_ in ("WDT", "WP", "IN", "WP$", "DT"):
        verb = token.head
        while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
        if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            return _deadly(verb) or verb.head
    return token


def aboard(noun: Token) -> Token:
    """ "Two trucks carrying soldiers", "buses full of fighters": whom a vehicle carries, where they are armed."""
    if noun.lemma_.lower() not in words(noun, "carriers"):
        return noun
    carrying = [c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBG" and c.lemma_ in words(noun, "carrying")]
    full = [p for c in noun.rights if means(c, "full") for p in c.children if pivot(p) == "of"]
    load = [o for c in (*carrying, *full) for o in c.children if o.dep_ in ("dobj", "pobj")]
    return next((o for o in load if o.lemma_.lower() in words(noun, "armed_people")), noun)


def _deadly(verb: Token) -> Token | None:
    """ "the strike on Beirut, which killed 12": the act that killed, where the parser took the place for it."""
    if verb.lemma_.lower() not in words(verb, "toll_verbs") or verb.tag_ == "VBG":
        return None
    place = verb.head
    while place.dep_ == "pobj" and place.head.dep_ == "prep":
        place = place.head.head
        if place.lemma_.lower() in language(place.doc.lang_).words["when.events"]:
            return place
    return None


def inherited_subject(verb: Token, depth: int = 0) -> tuple[Token | None, bool]:
    """The understood subject of a verb without its own; second value: it came from an object."""
    head, dep = verb.head, verb.dep_
    if depth > 6 or head == verb:
        return None, False
    if dep == "acl" and verb.tag_ == "VB" or (dep == "acl" and verb.tag_ == "TO"):
        return _owner(head), False
    if dep == "prep" or head.pos_ == "ADP" or head.dep_ == "prep":
        return _through_preposition(verb, depth)
    if head.pos_ not in ("VERB", "AUX"):
        if dep in ("xcomp", "ccomp", "acl") and head.pos_ in ("ADJ", "NOUN"):
            return subject_of(head.head if head.dep_ in ("acomp", "attr") else head, depth + 1), False
        return None, False
    if dep == "conj":
        return subject_of(_first_of_its_tense(verb), depth + 1), False
    if dep in ("xcomp", "ccomp"):
        if head.lemma_.lower() in words(head, "object_control"):
            for child in head.children:
                if child.dep_ in ("dobj", "nsubjpass", "dative"):
                    return antecedent(child), True
        return subject_of(head, depth + 1), False
    if dep in ("advcl", "pcomp", "parataxis"):
        over = head.head if said_beside(verb) else head
        return _killer(verb) if _toll_of_passive(verb) else subject_of(over, depth + 1), False
    return None, False


def said_beside(verb: Token) -> bool:
    """ "said that nine were held, accusing the police": a participle behind a passive that who says it goes on with."""
    told = verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or told.dep_ != "ccomp" or not is_passive(told):
        return False
    known = verb.lemma_.lower() in words(verb, "said_beside")
    return known and told.head.lemma_.lower() in language(verb.doc.lang_).saying


def _toll_of_passive(verb: Token) -> bool:
    """ "was shot down by rebels, killing 12": a toll behind a passive, which its surface subject did not cause."""
    return (
        verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and verb.lemma_ in words(verb, "toll_verbs")
        and is_passive(verb.head)
    )


def _killer(verb: Token) -> Token | None:
    """Who caused the toll behind a passive: its agent, if one is named."""
    return next((p for c in verb.head.children if c.dep_ == "agent" for p in _objects(c)), None)


def _first_of_its_tense(verb: Token) -> Token:
    """The verb that a coordinated one goes on from: of a past form behind an infinitive ("ordered the guards to stay
    and asked for") the verb over that infinitive."""
    first = verb.head
    while verb.tag_ in ("VBD", "VBZ") and first.tag_ == "VB" and first.dep_ in ("xcomp", "ccomp", "advcl", "conj"):
        if first.head.pos_ not in ("VERB", "AUX"):
            break
        first = first.head
    return first


def _through_preposition(verb: Token, depth: int) -> tuple[Token | None, bool]:
    """Subject of a gerund under a preposition: "after ousting", "accused X of providing"."""
    prep = verb.head
    governor = prep.head
    if governor.pos_ in ("VERB", "AUX"):
        if governor.lemma_.lower() in words(governor, "object_control") and pivot(prep) in (
            "of",
            "with",
            "into",
            "for",
        ):
            for child in governor.children:
                if child.dep_ in ("dobj", "nsubjpass"):
                    return antecedent(child), True
        return subject_of(governor, depth + 1), False
    if governor.pos_ in ("NOUN", "PROPN", "ADP"):
        accused = _accused(governor) if pivot(prep) in ("of", "for") else None
        return (accused, True) if accused is not None else (_owner(governor), False)
    return None, False


def _accused(noun: Token) -> Token | None:
    """ "accused X, in a statement, of doing": whom, where the parser hung "of" on the noun between, or on X himself."""
    if noun.dep_ in ("dobj", "nsubjpass") and means(noun.head, "accuse", "suspect", "blame"):
        return antecedent(noun)
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head if noun.dep_ == "prep" else noun
    if not means(verb, "accuse"):
        return None
    return next((antecedent(c) for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The surface subject of a verb, own or understood."""
    for child in verb.children:
        if child.dep_ in SUBJECT or child.dep_ in PASSIVE_SUBJECT:
            return antecedent(child)
    if verb.dep_ == "relcl":
        return verb.head
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN"):
        return verb.head
    return inherited_subject(verb, depth)[0]


def _owner(noun: Token) -> Token | None:
    """Whose the noun is: "Niger's decision to ...", "a plan by the army to ...", else the subject of the verb it is the
    object of."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        agents = [p for p in child.children if p.dep_ == "pobj"] if pivot(child) == "by" else []
        if agents:
            return agents[0]
    if noun.dep_ in ("dobj", "pobj", "attr", "nsubjpass"):
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.pos_ in ("VERB", "AUX"):
            return subject_of(verb, 1)
    return None


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in order."""
    return [token, *token.conjuncts] if token.dep_ != "conj" else [token]


def clause_tokens(verb: Token) -> Iterator[Token]:
    """The verb's own clause: its subtree without coordinated or embedded reporting clauses."""
    stack = [verb]
    while stack:
        token = stack.pop()
        yield token
        for child in token.children:
            if token == verb and child.dep_ in ("conj", "parataxis", "cc", "ccomp"):
                continue
            if child.dep_ in ("relcl", "advcl") and child.pos_ in ("VERB", "AUX") and token != verb:
                continue
            stack.append(child)
