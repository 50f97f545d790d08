"""Noun phrases around a head: where they begin and end as a reader would quote them, and what modifies the head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.lexicon.actors import Family, words
from dateline.parse.forms import PIVOT, meanings, pivot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "advmod", "npadvmod"})
_TRAILING = frozenset({"of", "from", "for", "in", "at", "to", "on", "within", "inside", "against", "with"})
_KEPT = frozenset({"of", "from", "for"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_ORDINAL = frozenset({"first", "last", "rest"})
_OLD = frozenset({"year", "-", "old", "year-old"})
_POSSESSIVES = frozenset({"his", "her", "its", "his/her/its", "their", "our", "my", "your", "whose"})


def phrase_start(head: Token) -> int:
    """Index of the first token of the phrase: determiner, owner and modifiers belong to it."""
    first = head.i
    for child in head.lefts:
        if child.dep_ in _LEFT and child.tag_ not in ("WDT", "WP"):
            first = min(first, child.left_edge.i)
    while first < head.i and (head.doc[first].is_punct or head.doc[first].is_space or head.doc[first].dep_ == "cc"):
        first += 1
    led = first > 0 and head.doc[first - 1].pos_ == "ADP"
    while led and first < head.i and head.doc[first].ent_type_ == "DATE" and head.doc[first].dep_ == "compound":
        first += 1  # "In March Niger's rulers ended": a date that the parser took into the phrase
    return first


def phrase_end(head: Token, *, depth: int = 0) -> int:
    """Index of the last token: "of", "from" and "for" phrases are kept, clauses, appositions, the rest is not."""
    last = head.i
    for child in head.rights:
        if child.dep_ == "case":
            continue
        if child.dep_ == "prep" and pivot(child) in _KEPT and depth < 3:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is None or child.i > last + 2 or _clausal(inner):
                break
            last = max(last, phrase_end(inner, depth=depth + 1))
        elif child.i == last + 1 and (child.dep_ in ("compound", "nmod", "nummod") or _postposed(child)):
            last = child.right_edge.i
        else:
            break
    return last


def _postposed(child: Token) -> bool:
    """An adjective behind its noun, where the language puts it there: "l'armée malienne"."""
    return child.lang_ != PIVOT and child.dep_ == "amod" and child.i > child.head.i


def _clausal(token: Token) -> bool:
    return any(c.dep_ in ("relcl", "acl") and c.i < token.i for c in token.children)


def premodifiers(head: Token) -> list[Token]:
    """Tokens of the phrase that modify its head, nearest first: those before it, and adjectives behind it."""
    before = [head.doc[i] for i in range(head.i - 1, phrase_start(head) - 1, -1)]
    if head.lang_ == PIVOT:
        return before
    return [*(c for c in head.rights if _postposed(c)), *before]


def prepositional(head: Token) -> Iterator[tuple[str, Token]]:
    """Objects of the prepositions of the phrase: ("of", Chad); "of" and "from" right behind it always belong.

    Unless it has its owner already: in "withdraws its troops from Mali" Mali is where they leave, as it is in "the
    withdrawal of troops from Mali".
    """
    left = left_ground(head) is not None
    for child in head.rights:
        if child.dep_ == "prep" and pivot(child) in _TRAILING and not (left and pivot(child) == "from"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield pivot(child), inner
    if head.i + 1 < len(head.doc) and owner(head) is None and not left:
        after = head.doc[head.i + 1]
        if after.dep_ == "prep" and pivot(after) in ("of", "from") and after.head.i < head.i:
            yield from ((pivot(after), inner) for inner in after.children if inner.dep_ == "pobj")


def ground(head: Token) -> Token | None:
    """The ground that a phrase of forces is told to leave or to come to, which is not whose they are."""
    return left_ground(head) or _reached_ground(head)


def left_ground(head: Token) -> Token | None:
    """What "from" behind it says is left: Togo in "the pullout of soldiers from Togo"; None where two places follow."""
    going = _going(head)
    if going is None or not words().among("departures", pivot(going)):
        return None
    left = [p for t in going.subtree if t.dep_ == "prep" and pivot(t) == "from" for p in t.children if p.dep_ == "pobj"]
    return left[0] if len(left) == 1 and left[0].i > head.i else None


def _reached_ground(head: Token) -> Token | None:
    """Where it is sent: Mali in "the deployment of soldiers to Mali", though "to" may hang on the verb over it.

    Or where it comes or is sent to as the subject: "1,000 soldiers would be sent to Mali".
    """
    going = _arriving(head)
    if going is None:
        return None
    over = going.head.rights if going.dep_ == "dobj" else ()
    lemma = going.lemma_.lower()
    if words().among("entering", lemma):
        return next((c for c in going.rights if c.dep_ == "dobj" and c != head), None)
    to = ("for",) if words().among("leaving_for", lemma) else ("into",) if words().among("moving_into", lemma) else None
    preps = (t for t in (*going.subtree, *over) if t.i > head.i and pivot(t) in (to or ("to", "into", "in")))
    return next((p for t in preps for p in t.children if p.dep_ == "pobj"), None)


def _arriving(head: Token) -> Token | None:
    """The word by which a phrase of forces is told to be sent somewhere, or to come there."""
    going, verb = _going(head), _moving(head)
    if going is not None:
        listed = words().among("arrivals", pivot(going)) or words().among("arrivals", going.lemma_.lower())
        return going if listed else None
    if verb is None:
        return None
    is_sent = any(c.dep_ == "nsubjpass" for c in verb.lefts)
    return verb if words().among("arrivals" if is_sent else "comings", verb.lemma_.lower()) else None


def homeward(head: Token) -> Token | None:
    """Where a phrase of forces is told to go back to: France in "soldiers returned to France"."""
    verb = _moving(head)
    if verb is None or not (_told_back(verb) or goes_home(head)):
        return None
    preps = (t for t in verb.rights if t.dep_ == "prep" and pivot(t) in ("to", "in"))
    return next((p for t in preps for p in t.children if p.dep_ == "pobj"), None)


def goes_home(head: Token) -> bool:
    """Whether a phrase of forces is told to go home, wherever that is: "some 60 troops flew home"."""
    verb = _moving(head)
    return verb is not None and any(c.dep_ == "advmod" and pivot(c) == "home" for c in verb.rights)


def _moving(head: Token) -> Token | None:
    """The verb that says where a phrase, or the group of such, goes or is brought."""
    if head.dep_ == "pobj" and pivot(head.head) == "of" and words().among("partitive", pivot(head.head.head)):
        head = head.head.head
    moving = head.dep_ in ("nsubj", "nsubjpass", "dobj") and head.head.pos_ in ("VERB", "AUX")
    return head.head if moving else None


def _told_back(verb: Token) -> bool:
    listed = any(words().among("going_back", w) for w in (verb.lemma_.lower(), *meanings(verb)))
    return listed or any(pivot(c) == "back" for c in verb.rights)


def _going(head: Token) -> Token | None:
    """The word that says that it comes or goes: "the pullout of soldiers", "send soldiers"."""
    if head.dep_ == "dobj":
        return head.head
    return head.head.head if head.dep_ == "pobj" and pivot(head.head) == "of" else None


def owner(head: Token) -> Token | None:
    """The possessive pronoun of the phrase ("his government"), if its owner is one."""
    for child in head.lefts:
        if child.dep_ == "poss" and pivot(child) in _POSSESSIVES:
            return child
        if child.dep_ in ("compound", "nmod"):
            for inner in child.lefts:
                if inner.dep_ == "poss" and pivot(inner) in _POSSESSIVES:
                    return inner
    return None


def is_definite(head: Token) -> bool:
    """Whether the phrase points to something known ("the ministry", "this group"), by its determiner."""
    if any(pivot(t) in _DEFINITE for t in head.lefts if t.dep_ in ("det", "predet")):
        return True
    return head.lang_ != PIVOT and head.dep_ == "pobj" and "Def" in head.head.morph.get("Definite", [])


def is_other(head: Token) -> bool:
    """Whether the phrase says that it is a new one ("another officer", "other officials")."""
    return any(pivot(t) in ("another", "other", "second", "a", "an", "one") for t in head.lefts)


def is_loosely_bound(doc: Doc, index: int) -> bool:
    """Whether a participle cuts the word off from the head ("US-backed rebels", "the Eritrean based group")."""
    if index + 2 >= len(doc):
        return False
    joined = doc[index + 1].text in ("-", "–")
    after = pivot(doc[index + 2 if joined else index + 1])
    return words().among("bonds", after) and (joined or after in ("backed", "led", "linked", "based"))


def first_joined(token: Token) -> Token:
    """The first of coordinated words, which the others hang on: American in "American, French and Japanese bases"."""
    while token.dep_ == "conj":
        token = token.head
    return token


def joined_behind(token: Token) -> list[Token]:
    """What is coordinated to the right of a head, up to a finite verb; nothing behind a number."""
    found = []
    for other in token.conjuncts if token.tag_ != "CD" else ():
        between = token.doc[token.i + 1 : other.i]
        finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in between)
        if other.i > token.i and len(between) < 40 and not finite:
            found.append(other)
    return found


def is_plural(head: Token) -> bool:
    """Whether the head is plural or a coordination."""
    return head.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in head.children)


def is_nominal(token: Token) -> bool:
    """Whether the token can head a phrase that denotes somebody."""
    return token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET") and token.dep_ not in (
        "compound",
        "punct",
        "amod",
        "det",
        "expl",
    )


def partitive_object(head: Token) -> Token | None:
    """What a head that only measures is made of: "soldiers" of "hundreds of soldiers", "one of the soldiers"."""
    if words().among("partitive", pivot(head)):
        return next((inner for prep, inner in prepositional(head) if prep in ("of", "from")), None)
    if head.tag_ != "CD" and pivot(head) not in _ORDINAL:
        return None
    last = next((c for c in head.conjuncts if c.i > head.i and c.tag_ == "CD"), head)  # "3,000 to 4,000 of them"
    inner = next((inner for prep, inner in prepositional(last) if prep == "of"), None)
    return inner if inner is not None and inner.pos_ in ("PRON", "NOUN") else counted_before(head)


def counted_before(number: Token) -> Token | None:
    """What a number without a noun goes on to count: "Kenya sent 400 police ... Another 250 arrived".

    That is the noun counted last, in the sentence or the one before, else forces named last as a subject; None where
    the number has a phrase of its own.
    """
    alone = number.tag_ == "CD" and number.dep_ in ("nsubj", "nsubjpass", "dobj")
    if not alone or any(c.dep_ == "prep" or c.ent_type_ in ("MONEY", "PERCENT") for c in number.children):
        return None
    if number.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return None
    here = number.sent.start
    since = number.doc[here - 1].sent.start if here > 0 else here
    before = [number.doc[i] for i in range(number.i - 1, since - 1, -1)]
    counted = (c.head for c in before if c.dep_ == "nummod" and c.head.pos_ == "NOUN" and c.ent_type_ != "DATE")
    counted = (t for t in counted if t.i < here or any(c.dep_ in ("amod", "compound") for c in t.children))
    named = (t for t in before if t.dep_ in ("nsubj", "nsubjpass") and t.tag_ == "NNS")
    forces = (t for t in named if words().family(pivot(t)) in (Family.FORCE, Family.POLICE))
    return next(counted, None) or next(forces, None)


def plain_words(head: Token) -> str:
    """The phrase as a name: its words without determiner, owner and trailing clause."""
    doc = head.doc
    first, last = phrase_start(head), phrase_end(head)
    skip = {"det", "poss", "case", "predet", "nummod", "quantmod"}
    while first < head.i and (
        doc[first].dep_ in skip
        or any(above.dep_ == "nummod" for above in doc[first].ancestors)
        or any(c.dep_ == "nummod" for c in doc[first].lefts)
        or pivot(doc[first]) in _OLD
        or doc[first].is_punct
        or doc[first].tag_ == "POS"
    ):
        token = doc[first]
        whole = token.dep_ in ("poss", "nummod") and token.right_edge.i < head.i
        first = token.right_edge.i + 1 if whole else first + 1
    return " ".join(doc[first : last + 1].text.split()).strip("\"“”' ")
