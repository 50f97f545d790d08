"""What a number counts and what befell those counted, from the syntax around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.lexicon.countries import ENGLISH, by_demonym
from dateline.lexicon.quantities import QuantityWords, quantity_words
from dateline.model import Unit
from dateline.parse.denotations import does_as_machine, is_war_machine
from dateline.parse.numerals import Numeral

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NUMERIC = frozenset({"nummod", "quantmod", "compound", "amod", "advmod", "npadvmod", "det", "predet"})
_NOUN_REACH = 5
_CLIMB = 6
_FOLLOWER = re.compile(r"(-|\s{1,2})([^\W\d_]+(?:[.']\w+\.?)?)")


@dataclass(frozen=True)
class Counting:
    """A number in its sentence: tokens `first` to `last` (inclusive) of `doc`, whose text is `text`."""

    doc: Doc
    text: str
    number: Numeral
    first: int
    last: int

    @property
    def words(self) -> QuantityWords:
        """The number words of the document's language."""
        return quantity_words(self.doc.lang_)

    @property
    def token(self) -> Token:
        """The number's first token."""
        return self.doc[self.first]

    @cached_property
    def root(self) -> Token:
        """The token of the number that the others hang from."""
        inside = range(self.first, self.last + 1)
        return next((t for t in self.doc[self.first : self.last + 1] if t.head.i not in inside), self.doc[self.last])

    @cached_property
    def noun(self) -> Token | None:
        """The noun that is counted, if it is said."""
        return _counted_noun(self)

    @property
    def argument(self) -> Token:
        """The counted noun, or the number where it stands alone."""
        return self.root if self.noun is None else self.noun

    @property
    def sentence_start(self) -> int:
        """The first token of the sentence."""
        return int(self.token.sent.start)

    @cached_property
    def follower(self) -> tuple[str, bool]:
        """The word after the number in lower case (or nothing), and whether a hyphen ties it ("30-man")."""
        match = _FOLLOWER.match(self.text, self.number.end)
        return ("", False) if match is None else (match.group(2).lower(), match.group(1) == "-")

    @cached_property
    def strength(self) -> bool:
        """Whether a word tied to the number makes it a strength: "2,000-strong", "a 16-member commando team"."""
        word, tied = self.follower
        if not tied or word not in self.words.membership:
            return tied and word in self.words.strength
        body = next((t for t in self.doc[self.last + 1 : self.last + 3] if t.lower_ == word), self.token)
        while body.dep_ in ("compound", "nmod") and body.head.i > body.i:
            body = body.head
        parts = [c for c in body.children if c.dep_ in ("amod", "compound", "nmod")]
        return _of_forces(body) or any(self.words.units.get(lemma(part)) is Unit.PERSONNEL for part in parts)

    @cached_property
    def share(self) -> int | None:
        """The offset where "percent" after the number ends, if it is a share."""
        after = self.doc[self.last + 1 : self.last + 3]
        words = [t.lower_ for t in after]
        for reach in range(1, len(words) + 1):
            if " ".join(words[:reach]) in self.words.shares:
                return int(after[reach - 1].idx + len(after[reach - 1]))
        return None


def lemma(token: Token) -> str:
    """The lemma in lower case, with the plural taken off where the tagger left it on."""
    words = quantity_words(token.lang_)
    base, word = str(token.lemma_).lower(), str(token.lower_)
    if base in words.units:
        return base
    if word in words.units:
        return word
    for plural, singular in words.endings:
        if word.endswith(plural) and word[: -len(plural)] + singular in words.units:
            return word[: -len(plural)] + singular
    return base


def _counted_noun(counting: Counting) -> Token | None:
    """The noun that is counted: the head of the number, or what follows "of" ("dozens of soldiers")."""
    root = counting.root
    little = counting.words.little["of"]
    of = next((c for c in root.children if c.lower_ in little and c.dep_ == "prep" and c.i > counting.last), None)
    if of is not None:
        inner = next((c for c in of.children if c.dep_ == "pobj"), None)
        return inner if inner is not None and inner.pos_ in ("NOUN", "PROPN") else None
    for token in counting.doc[counting.first : counting.last + 1]:
        node = token
        while node.dep_ in _NUMERIC and node.head.i != node.i and node.head.i > counting.last:
            node = node.head
            if node.pos_ in ("NOUN", "PROPN") and not node.like_num:
                return _whole_noun(node)
    return _following_noun(counting) if root.dep_ in _NUMERIC else _next_word(counting)


def _next_word(counting: Counting) -> Token | None:
    """The word right behind the number where it is a thing counted, whatever the parser took it for."""
    at = counting.last + 1
    if at >= len(counting.doc) or counting.doc[at].is_sent_start or counting.doc[at].pos_ in ("VERB", "AUX"):
        return None
    counted = counting.number.digits or counting.number.noun or counting.root.pos_ in ("NOUN", "NUM")
    token = counting.doc[at]
    return token if counted and token.lang_ != ENGLISH and lemma(token) in counting.words.units else None


def _whole_noun(node: Token) -> Token:
    """The head of a compound: from "jet" to "jets" in "fighter jets", from "member" to "team" in "16-member team"."""
    while node.dep_ in ("compound", "nmod") and node.head.i > node.i and node.head.pos_ in ("NOUN", "PROPN"):
        node = node.head
    return node


def _following_noun(counting: Counting) -> Token | None:
    """The next plural noun a few words on, where the parser hung the number elsewhere."""
    for token in counting.doc[counting.last + 1 : counting.last + 1 + _NOUN_REACH]:
        if token.is_sent_start or token.pos_ in ("PUNCT", "VERB", "AUX", "ADP", "PRON", "CCONJ"):
            return None
        if token.pos_ == "NOUN" and token.dep_ != "compound":
            return token
    return None


def noun_unit(noun: Token) -> Unit:
    """What kind of thing a noun is; nationals are people, what is not known is `other`."""
    words = quantity_words(noun.lang_)
    base = lemma(noun)
    unit = words.units.get(base)
    modifiers = [c for c in noun.children if c.dep_ in ("amod", "compound")]
    if base in ("fighter", "bomber") and (
        any(ch.isdigit() for c in modifiers for ch in c.text) or does_as_machine(noun, base)
    ):
        return Unit.AIRCRAFT
    if unit is Unit.PEOPLE:
        if any(c.lower_ in words.military for c in modifiers) or _of_forces(noun):
            return Unit.PERSONNEL
        return unit
    if unit in (Unit.PERSONNEL, None) and is_war_machine(noun):
        return Unit.AIRCRAFT
    if unit is not None:
        return unit
    for modifier in modifiers:
        inner = words.units.get(lemma(modifier))
        if inner in (Unit.WEAPONS, Unit.AIRCRAFT, Unit.VEHICLES, Unit.SHIPS):
            return inner
    people = noun.ent_type_ == "NORP" or (noun.lang_ != ENGLISH and by_demonym(noun.text, noun.lang_) is not None)
    return Unit.PEOPLE if people else Unit.OTHER


def _of_forces(noun: Token) -> bool:
    """Whether persons are those "of the security forces"."""
    words = quantity_words(noun.lang_)
    for of in noun.children:
        if of.lower_ in words.little["of_forces"]:
            for inner in of.children:
                if words.units.get(lemma(inner)) is Unit.PERSONNEL:
                    return True
    return False


def fate(counting: Counting, noun: Token | None) -> Unit | None:
    """What befell those counted: killed, wounded, detained or displaced; `people` for two of these in one number."""
    if noun is not None and lemma(noun) in counting.words.lives:
        verb = noun.head
        return Unit.KILLED if verb.lemma_.lower() in counting.words.taking else None
    beside = _beside(counting, noun)
    if beside is not None:
        return beside
    start = counting.root if noun is None or noun.i in {t.i for t in counting.root.subtree} else noun
    return _climbed(start) or _described(start)


def _beside(counting: Counting, noun: Token | None) -> Unit | None:
    """From the word right after the count: "13 dead", "28 people were killed", "another 30 injured"."""
    words = counting.words
    states, linking = words.states, words.linking
    at = max(counting.last, noun.i if noun is not None and noun.i - counting.last <= _NOUN_REACH else -1) + 1
    doc = counting.doc
    for token in doc[at : at + 4]:
        if token.is_sent_start:
            return None
        known = states.get(token.lower_)
        if known is not None:
            return _unless_active(token, known)
        joins = token.lower_ in words.between
        if not joins and (token.lemma_.lower() not in linking or token.pos_ not in ("AUX", "VERB")):
            return None
    return None


def _unless_active(token: Token, known: Unit) -> Unit | None:
    """The state, unless the word is an active verb ("13 gunmen killed four civilians")."""
    if token.pos_ == "VERB" and any(c.dep_ in ("dobj", "obj") for c in token.children):
        return None
    if token.dep_ == "amod" and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        return None
    return _with_other(token, known)


def _with_other(token: Token, known: Unit) -> Unit:
    """`people` when another fate is coordinated that has no count of its own ("killed and wounded")."""
    words = quantity_words(token.lang_)
    for other in token.conjuncts:
        fallen = words.states.get(other.lower_) or words.verbs.get(other.lemma_.lower())
        if fallen is not None and fallen is not known and not _has_count(other):
            return Unit.PEOPLE
    return known


def _has_count(token: Token) -> bool:
    """Whether a fate has a count of its own: an object, or a number as subject or just before."""
    for child in token.children:
        if child.dep_ in ("dobj", "obj", "nsubjpass", "nummod"):
            return True
        if child.dep_ == "nsubj" and token.dep_ == "conj":
            return True
    return any(t.like_num for t in token.doc[max(0, token.i - 2) : token.i])


def _climbed(node: Token) -> Unit | None:
    """From the verb or noun that governs the count, up through coordination and "including"."""
    words = quantity_words(node.lang_)
    for _ in range(_CLIMB):
        parent, dep = node.head, node.dep_
        base = parent.lemma_.lower()
        if parent.i == node.i:
            return None
        if dep == "conj" and parent.pos_ in ("VERB", "AUX"):
            return None
        if parent.pos_ in ("VERB", "ADJ", "AUX") and parent.dep_ != "prep":
            return _from_verb(node, parent)
        if dep == "pobj":
            if parent.lower_ in words.little["of"] and parent.head.lemma_.lower() in words.tolls:
                return words.tolls[parent.head.lemma_.lower()]
            if parent.lower_ in words.little["toll_at"]:
                return _risen_toll(parent.head)
            if parent.lower_ not in words.little["including"]:
                return None
            node = parent.head
            if node.pos_ in ("VERB", "AUX"):
                return words.verbs.get(node.lemma_.lower())
            continue
        if dep == "compound" or dep == "nmod":
            return words.tolls.get(base)
        if dep not in ("conj", "appos", "prep", "nsubj", "nummod"):
            return None
        node = parent
    return None


def _from_verb(node: Token, verb: Token) -> Unit | None:
    words = quantity_words(verb.lang_)
    base = verb.lemma_.lower()
    known = words.states.get(verb.lower_) or words.verbs.get(base)
    objects = any(c.dep_ in ("dobj", "obj") for c in verb.children)
    if node.dep_ in ("dobj", "obj", "nsubjpass", "oprd", "ccomp"):
        unit = words.verbs.get(base)
        driven = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.lemma_.lower() in words.suffering]
        if unit is None:
            return words.suffering[driven[0].lemma_.lower()] if driven else None
        return _with_other(verb, unit)
    if node.dep_ == "nsubj" and base in words.little["meeting"]:
        met = (words.tolls.get(c.lemma_.lower()) for c in verb.children if c.dep_ in ("dobj", "obj"))
        return next((unit for unit in met if unit is not None), None)
    if node.dep_ in ("nsubj", "attr"):
        if base in words.suffering:
            return words.suffering[base]
        if known is not None and not objects and (verb.pos_ == "ADJ" or verb.tag_ == "VBN"):
            return _with_other(verb, known)
        state = next(
            (c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd") and c.lower_ in words.states), None
        )
        return None if state is None else words.states[state.lower_]
    return None


def _risen_toll(verb: Token) -> Unit | None:
    """ "The death toll rose to 40", "put the number of injured at 12"."""
    words = quantity_words(verb.lang_)
    for child in verb.children:
        if child.dep_ not in ("nsubj", "nsubjpass", "dobj"):
            continue
        for word in child.subtree:
            known = words.tolls.get(word.lemma_.lower()) or words.states.get(word.lower_)
            if known is not None:
                return known
    return None


def _described(noun: Token) -> Unit | None:
    """From a clause on the noun: "13 soldiers killed in the attack", "who were wounded", "wounded soldiers"."""
    words = quantity_words(noun.lang_)
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() in words.verbs:
            return words.verbs[child.lemma_.lower()]
        if child.dep_ == "relcl" and any(c.dep_ in ("nsubjpass", "auxpass") for c in child.children):
            return words.verbs.get(child.lemma_.lower())
        if child.dep_ == "relcl" and child.lemma_.lower() in words.suffering:
            return words.suffering[child.lemma_.lower()]
        if child.dep_ == "amod" and child.i < noun.i and child.lower_ in words.states:
            return words.states[child.lower_]
    return None


def measured(counting: Counting) -> Unit | None:
    """What a bare number is of, from "the number of troops was cut to 2,500", "estimates the number of men at 300"."""
    node = counting.root
    if node.dep_ == "dobj" and node.head.pos_ == "VERB" and node.head.lemma_ == "number":
        verbs = (node.head, node.head.head)
        told_of = (c for v in verbs for c in v.lefts if c.dep_ in ("nsubj", "nsubjpass"))
        return next((u for c in told_of if (u := counting.words.units.get(lemma(c))) is not None), None)
    if node.dep_ != "pobj":
        return None
    words, governor = counting.words, node.head.head
    governor = governor.head if governor.dep_ == "advmod" else governor  # "down to 4,500"
    parties = [c for c in governor.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    told = (*parties, *((governor,) if governor.pos_ == "NOUN" else ()))
    for child in sorted(told, key=lambda t: t.lemma_.lower() not in words.measures):
        if child.lemma_.lower() in words.measures or child.lemma_.lower() in words.units:
            body = child.lemma_.lower() in ("contingent", "garrison")
            of = [t for t in child.subtree if t.pos_ in ("NOUN", "PROPN") and not (body and t == child)]
            inner = [words.units.get(lemma(t)) for t in of]
            return next((u for u in inner if u not in (None, Unit.COUNTRIES)), Unit.PERSONNEL if body else None)
    return None
