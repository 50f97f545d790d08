"""The other party of an act that its trigger's own slots leave open: to, at, against or with whom.

English news names it in a few places: as object, behind a preposition, as the owner of what is attacked, praised,
refused or demanded ("Houthi positions", "Kosovo's decision", "the release of aid by Israel"), between two names
("talks between", "the Polish-Ukrainian treaty"), in the infinitive ("threatened to invade Guyana"), or as who is to do
what is asked ("called for Israel to").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.arguments import SUBJECT, Arguments, verb_arguments, words
from dateline.extract.crowds import aim_of_protest, angry_with
from dateline.extract.owners import DEPTH, is_town, objects, owners
from dateline.extract.patients import may_suffer, not_addressed, suffered
from dateline.extract.place_facilities import facility
from dateline.extract.reading import Reading
from dateline.extract.victims import victim
from dateline.lexicon.actors import Family
from dateline.model import Actor, Kind, Sector
from dateline.parse.denotations import head_family
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

Candidate = tuple["Token", str]
"""The head of a phrase that may name the other party, and where it stands."""
Found = tuple[Actor | None, "Token | None", str]
NOBODY: Found = (None, None, "")

FRIENDLY = frozenset(
    {
        Kind.AGREEMENT,
        Kind.CONSULTATION,
        Kind.COOPERATION,
        Kind.TRAINING,
        Kind.ARMS_TRANSFER,
        Kind.AID,
        Kind.SUPPORT,
        Kind.CONCESSION,
    }
)
"""Kinds whose "against" names a common enemy, not the other party; of a request, whom it is to hit."""
TWO_SIDED = FRIENDLY | {
    Kind.EXPULSION,
    Kind.TERMINATION,
    Kind.REQUEST,
    Kind.ACCUSATION,
    Kind.REJECTION,
    Kind.THREAT,
    Kind.SANCTION,
    Kind.COERCION,
    Kind.ATTACK,
}
"""Kinds that are done to or with somebody, who may be named anywhere in the clause."""
BODILY = frozenset({Kind.ATTACK, Kind.COERCION, Kind.SANCTION, Kind.THREAT})
"""Kinds that are done to people, of whatever sort."""
OUTWARD = ("against", "with", "to", "from", "on", "at", "toward", "towards", "behind")
"""Prepositions of a verb or noun that may name the other party, most telling first."""
INSIDE = (*OUTWARD, "by", "of", "over", "into", "for")
"""Prepositions that may do so in the phrase of its object."""
AIMED = ("against", "on", "at", "into", "over", "toward", "towards")
"""Prepositions behind which what is hit or blamed has an owner who is the other party."""
OWNED_BEHIND = {
    Kind.ATTACK: (*AIMED, "of"),
    Kind.COERCION: ("against", "on", "at", "over"),
    Kind.SANCTION: ("against", "on", "with", "from"),
    Kind.ACCUSATION: ("against", "of", "at", "on", "over"),
    Kind.SUPPORT: ("for", "of", "with", "to", "behind"),
    Kind.REJECTION: ("of", "to", "against"),
    Kind.PROTEST: ("against", "over", "at", "outside", "about"),
    Kind.TERMINATION: ("with", "to"),
    Kind.AGREEMENT: ("with",),
    Kind.CONSULTATION: ("with",),
    Kind.COOPERATION: ("with",),
    Kind.AID: ("to", "for"),
    Kind.ARMS_TRANSFER: ("to", "for"),
    Kind.TRAINING: ("of", "for", "to"),
    Kind.THREAT: ("against", "on"),
}
"""By kind, the prepositions whose noun, if no party itself, may belong to the other party."""
OF_OBJECT = frozenset(
    {Kind.ATTACK, Kind.COERCION, Kind.SANCTION, Kind.ACCUSATION, Kind.SUPPORT, Kind.REJECTION, Kind.TERMINATION}
)
"""Kinds whose object, if no party itself, may belong to the other party."""
PAIRED = frozenset({Kind.AGREEMENT, Kind.CONSULTATION, Kind.COOPERATION, Kind.TERMINATION})
"""Kinds whose noun may bear the names of both parties: "the India-Bangladesh accord"."""
THIRD_PARTY = frozenset({Kind.AGREEMENT, Kind.CONSULTATION, Kind.COOPERATION, Kind.REQUEST, Kind.SUPPORT})
"""Kinds that a third party may bring about between others."""
CHAINED = {
    Kind.AGREEMENT: ("with",),
    Kind.CONSULTATION: ("with",),
    Kind.COOPERATION: ("with",),
    Kind.TERMINATION: ("with",),
    Kind.AID: ("to", "for"),
    Kind.ARMS_TRANSFER: ("to", "for"),
    Kind.TRAINING: ("to", "for"),
    Kind.SANCTION: ("on", "against"),
}
"""By kind, the prepositions that name the other party further down the object: "30 million dollars in aid to Sudan"."""
LINKS = ("in", "of", "by", "for", "worth", "on")
"""Prepositions by which such an object goes on."""
OWN_THINGS = frozenset(
    {Kind.REQUEST, Kind.SUPPORT, Kind.ACCUSATION, Kind.REJECTION, Kind.THREAT, Kind.AGREEMENT, Kind.TERMINATION}
)
"""Kinds that are never directed at the actor's own people: "demanded the release of its staff"."""
INFINITIVE = frozenset({Kind.THREAT, Kind.REJECTION})
"""Kinds whose infinitive names the other party: "refused to recognise Israel"."""
BIDDING = ("order", "behalf", "request", "instruction", "command")
"""Nouns behind "on" and "at" that tell for whom or at whose word something is done."""
CARRYING = ("carry", "transport", "ferry", "shelter", "house", "bring", "take")
"""Verbs by which a vehicle or building has people in it."""
FILLED = ("full", "pack", "crowd", "fill", "load", "jam", "cram", "packed", "crowded", "filled")
"""Words by which it is full of them."""


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate whose other party is wanted: its word, arguments and kind, and the actor if one is known."""

    reading: Reading
    token: Token
    args: Arguments
    kind: Kind
    actor: Actor | None
    actor_head: Token | None


def counterpart(act: Act, *, hosted: bool = False) -> Found:
    """The other party of an act, its head, and where it was found; the plainer places are asked first.

    Without an actor only what is hit, seized or sanctioned is asked whose it is; with a host (`hosted`) only whom one
    goes to meet comes before him.
    """
    if hosted:
        return _first(act, [_gone_to_meet] if act.kind is Kind.CONSULTATION else [])
    places: list[Callable[[Act], Iterable[Candidate]]] = []
    if act.actor is not None and act.kind in TWO_SIDED:
        places = [_asked, _about, _chained]
    if act.actor is not None and act.kind in THIRD_PARTY:
        places.append(_between)
    if act.actor is not None and act.kind in INFINITIVE:
        places.append(_in_infinitive)
    if act.kind in (Kind.ATTACK, Kind.COERCION):
        places.insert(0, _aboard)
    if act.actor is not None or act.kind in (Kind.ATTACK, Kind.COERCION, Kind.SANCTION):
        places.append(_owning)
    if act.kind is Kind.PROTEST:
        places += [aim_of_protest, angry_with]
    return _first(act, places)


def _first(act: Act, places: Iterable[Callable[[Act], Iterable[Candidate]]]) -> Found:
    for place in places:
        for head, where in place(act):
            found = _party(act, head)
            if found is not None:
                return found, head, where
    return NOBODY


def _party(act: Act, head: Token) -> Actor | None:
    """The party at a head, if it is another state or sort than the actor."""
    if head.i in act.reading.time_of_token or head.i == act.token.i:
        return None
    if act.actor_head is not None and head.i == act.actor_head.i:
        return None
    if head.lemma_.lower() in act.reading.lexicon.words["voice.hearsay"] or head.dep_ == "oprd" and head.pos_ == "ADJ":
        return None
    if not_addressed(act.reading, act.kind, head):
        return None
    if act.kind in OWN_THINGS and is_own(act.reading, head, act.actor):
        return None
    if head.head.dep_ == "dobj" and is_town(act.reading, head) and facility(act.reading, head.head) is not None:
        return None
    other = act.reading.actor(head) or (victim(act.reading, head) if act.kind in BODILY else None)
    if act.kind is Kind.PROTEST and other is not None and other.sector in (Sector.CIV, Sector.UNK):
        return None
    if other is None or act.actor is None:
        return other
    if same(act.actor, other):
        return None
    alike = other.country is not None and other.country == act.actor.country and other.sector == act.actor.sector
    return None if alike and not _at_home(act, head) else other


def _at_home(act: Act, head: Token) -> bool:
    """Whether a phrase names another body or person of the actor's own state, not that state: "the supreme court"."""
    spoken = act.kind in (Kind.ACCUSATION, Kind.REJECTION, Kind.REQUEST, Kind.THREAT, Kind.SUPPORT)
    family = head_family(head)
    state = act.reading.is_country(head) or head.ent_type_ in ("GPE", "NORP") or head.pos_ in ("ADJ", "PRON")
    state = state or (family is not None and family[0] is Family.STATE)
    return spoken and not state and head.dep_ not in ("compound", "amod", "nmod")


def is_own(reading: Reading, head: Token, actor: Actor | None) -> bool:
    """Whether a phrase says by a pronoun that it belongs to the actor: "its staff"."""
    if actor is None:
        return False
    held = (reading.actor(c) for c in head.children if c.dep_ == "poss" and c.tag_ == "PRP$")
    return any(owner is not None and same(owner, actor) for owner in held)


def same(one: Actor, other: Actor) -> bool:
    """Whether two actors are one and the same."""
    return one.name == other.name and one.country == other.country


def _about(act: Act) -> Iterator[Candidate]:
    """Heads by which a clause may name the other party: at the predicate, then in the phrase of its object."""
    args, word = act.args, f"of “{act.token.text}”"
    things = [*args.get("obj"), *(args.get("attr") if not means(act.token, "be") else [])]
    for head in things:
        yield head, f"object {word}"
    for name in OUTWARD:
        if _tells(act.kind, name):
            for head in args.get(name):
                yield head, f"{name} {word}"
    for head in things:
        hurt = act.kind is Kind.ACCUSATION and suffered(act.reading, head)
        for prep in head.children:
            if pivot(prep) == "of" and (hurt or head.lemma_.lower() in words(head, "ruled")):
                continue
            if prep.dep_ == "prep" and pivot(prep) in INSIDE and _tells(act.kind, pivot(prep)):
                for inner in objects(prep):
                    yield inner, f"“{prep.text}” in the object {word}"
        for inner in head.children:
            if inner.dep_ in ("poss", "amod", "compound", "nmod") and not (hurt and may_suffer(act.reading, inner)):
                yield inner, f"owner of the object {word}"
    yield from _captors(act)
    yield from _with_what(act)
    yield from _partners(act)


def _captors(act: Act) -> Iterator[Candidate]:
    """Of whom it is asked to free somebody: "the release of the hostages held by Hamas"."""
    if act.kind is not Kind.REQUEST:
        return
    freed = (o for o in act.args.get("obj") if o.lemma_.lower() in words(o, "freeing"))
    held = (h for o in freed for prep in o.children if pivot(prep) == "of" for h in objects(prep))
    for clause in (c for h in held for c in h.children if c.dep_ == "acl"):
        yield from ((a, f"by whom “{clause.text}”") for a in verb_arguments(clause).get("by"))


def _partners(act: Act) -> Iterator[Candidate]:
    """With whom the object was agreed: "ended an accord signed with France", "the pact that ties it to Paris"."""
    if act.kind not in PAIRED:
        return
    for obj in act.args.get("obj"):
        for clause in (c for c in obj.children if c.dep_ in ("acl", "relcl")):
            tying = means(clause, "tie", "bind", "link")
            for prep in clause.children:
                if pivot(prep) == "with" or (tying and pivot(prep) in ("to", "in")):
                    yield from ((head, f"“{prep.text}” of “{clause.text}”") for head in objects(prep))


def _aboard(act: Act) -> Iterator[Candidate]:
    """Who is in what is hit: "fired on a van carrying teachers", "shelled a clinic full of patients"."""
    for name in ("obj", *AIMED):
        for holder in act.args.get(name):
            for word in (c for c in holder.rights if c.dep_ in ("acl", "amod", "relcl")):
                if means(word, *CARRYING):
                    yield from ((h, f"“{holder.text} {word.text}”") for h in verb_arguments(word).get("obj"))
                elif means(word, *FILLED):
                    for prep in (c for c in word.children if pivot(c) in ("with", "of")):
                        yield from ((h, f"“{word.text} {prep.text}”") for h in objects(prep))


def _with_what(act: Act) -> Iterator[Candidate]:
    """Heads behind what is used: "conducted strikes using aircraft against rebel targets"."""
    if act.kind not in (Kind.ATTACK, Kind.COERCION):
        return
    holders = (act.token, *act.args.get("governed"), *act.args.get("obj"))
    for verb in (c for holder in holders for c in holder.children if c.dep_ in ("advcl", "acl") and means(c, "use")):
        for prep in verb.subtree:
            if prep.dep_ == "prep" and pivot(prep) == "against":
                for head in objects(prep):
                    yield head, f"“{verb.text} … {prep.text}”"
                    yield from ((o, f"owner of “{head.text}”") for o in owners(act.reading, head))


def _tells(kind: Kind, preposition: str) -> bool:
    """Whether the noun behind a preposition can be the other party of a kind: not whence an attack
    comes, nor what is talked about."""
    if preposition == "from":
        return kind is not Kind.ATTACK
    if preposition == "on":
        return kind not in PAIRED
    return preposition != "against" or kind not in FRIENDLY | {Kind.REQUEST}


def _chained(act: Act) -> Iterator[Candidate]:
    """Heads further down a chain of nouns: "dollars in aid to Sudan", "the signing of accords with Jordan"."""
    wanted = CHAINED.get(act.kind)
    if wanted is None:
        return
    heads = [h for name in ("obj", *LINKS) for h in act.args.get(name)]
    for _ in range(DEPTH):
        for noun in heads:
            for prep in noun.children:
                if prep.dep_ == "prep" and pivot(prep) in wanted:
                    yield from ((head, f"“{noun.text} {prep.text}”") for head in objects(prep))
        heads = [h for noun in heads for p in noun.children if pivot(p) in LINKS for h in objects(p)]


def _asked(act: Act) -> Iterator[Candidate]:
    """Who is to do what is asked: "called for Israel to accept", "calls for Russia to extend"."""
    if act.kind is not Kind.REQUEST:
        return
    for word in (act.token, *act.args.get("obj")):
        for clause in word.children:
            if clause.dep_ in ("advcl", "ccomp", "acl") and any(c.dep_ == "mark" for c in clause.children):
                if not any(pivot(c) == "for" and c.dep_ == "mark" for c in clause.children):
                    continue
                for subject in clause.children:
                    if subject.dep_ in SUBJECT:
                        yield subject, f"who is to “{clause.text}”"


def _between(act: Act) -> Iterator[Candidate]:
    """Those between whom a third party brings something about."""
    for head in act.args.get("between"):
        yield head, f"between of “{act.token.text}”"
    for obj in act.args.get("obj"):
        for prep in obj.children:
            if pivot(prep) in ("between", "among"):
                for head in objects(prep):
                    yield head, f"“{prep.text}” in the object of “{act.token.text}”"


def _in_infinitive(act: Act) -> Iterator[Candidate]:
    """Parties of what is threatened or refused: "threatened to invade Guyana", "refused to talk with the rebels"."""
    for verb in act.args.get("xcomp"):
        if means(verb, "avenge"):
            continue
        inner = Act(act.reading, verb, verb_arguments(verb), act.kind, act.actor, act.actor_head)
        for name in ("with", "to", "dative"):
            yield from ((head, f"{name} of “{verb.text}”") for head in inner.args.get(name))
        yield from _about(inner)


def _owning(act: Act) -> Iterator[Candidate]:
    """Owners of what the act is about, where that is no party itself: "strikes on Houthi positions"."""
    args = act.args
    heads: list[Token] = list(_by_astray(act))
    if act.kind in OF_OBJECT:
        heads += [*args.get("obj"), *args.get("attr")]
    behind = OWNED_BEHIND.get(act.kind, ())
    if act.kind is Kind.ATTACK and means(act.token, "set", "lay"):
        behind = (*behind, "to")  # "set fire to the homes of activists"
    for name in behind:
        heads += args.get(name)
        for obj in args.get("obj"):
            heads += [h for prep in obj.children if pivot(prep) == name for h in objects(prep)]
    for head in heads:
        if head.dep_ == "pobj" and pivot(head.head) == "by":
            yield head, f"by whom the object of “{act.token.text}” is"
        elif head.i not in act.reading.time_of_token and not _bidden(head):
            hurt = act.kind is Kind.ACCUSATION and suffered(act.reading, head)
            for inner in owners(act.reading, head):
                if not (hurt and may_suffer(act.reading, inner) and not _agent(inner)):
                    yield inner, f"owner of “{head.text}”"


def _by_astray(act: Act) -> Iterator[Token]:
    """ "banned a rally by the opposition": who does what is the object, where the parser hung "by" on the verb."""
    if act.token.pos_ == "VERB" and not act.args.passive and act.args.get("subj"):
        for prep in (c for c in act.token.rights if c.dep_ == "prep" and pivot(c) == "by"):
            if any(obj.pos_ == "NOUN" and obj.i < prep.i for obj in act.args.get("obj")):
                yield from objects(prep)


def _bidden(head: Token) -> bool:
    """Whether a phrase tells at whose word something is done: "on the orders of the president"."""
    return head.dep_ == "pobj" and pivot(head.head) in ("on", "at") and means(head, *BIDDING)


def _agent(head: Token) -> bool:
    """Whether a phrase stands behind "by"."""
    return head.dep_ == "pobj" and pivot(head.head) == "by"


def _gone_to_meet(act: Act) -> Iterator[Candidate]:
    """Whom one goes somewhere to see: "flew to Manila to meet President Duterte", "for talks with"."""
    for aim in act.args.get("for"):
        if aim.lemma_.lower() in act.reading.lexicon.classes["meeting"]:
            for prep in (c for c in aim.children if pivot(c) == "with"):
                yield from ((head, f"“{aim.text} {prep.text}”") for head in objects(prep))
    for clause in act.token.children:
        if (
            clause.dep_ in ("xcomp", "advcl")
            and clause.tag_ == "VB"
            and clause.lemma_.lower() in words(clause, "seeing")
        ):
            inner = verb_arguments(clause)
            for head in (*inner.get("obj"), *inner.get("with"), *inner.get("to")):
                yield head, f"object of “{clause.text}”"


def pair(reading: Reading, token: Token, args: Arguments, kind: Kind) -> tuple[Token, Token] | None:
    """The two names before a noun of an act between two: "the India-Bangladesh accord", "Polish-Ukrainian talks"."""
    if kind not in PAIRED:
        return None
    nouns = [token] if token.pos_ in ("NOUN", "PROPN") else [*args.get("obj"), *args.get("subj")]
    for noun in nouns:
        before = [t for t in noun.subtree if t.i < noun.i]
        for mark in before:
            if mark.text in ("-", "–", "/") and mark.i > 0:
                left, right = mark.nbor(-1), mark.nbor(1)
                one, other = reading.actor(left, joint=False), reading.actor(right, joint=False)
                if one is not None and other is not None and one.country != other.country:
                    return left, right
    return None
