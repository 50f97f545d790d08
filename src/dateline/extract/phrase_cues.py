"""Cues that are nouns, adjectives, adverbs and prepositions: "according to", "the claim that", "in his view"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import subject_of, verb_arguments
from dateline.extract.contents import PREPOSITIONS
from dateline.extract.cues import ATTITUDE, Cue, objects_of, span_of, speaks
from dateline.extract.reading import Reading
from dateline.extract.said import SUBJECTS, subtree
from dateline.parse.forms import PIVOT, follows, neighbour, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token


def according(reading: Reading, token: Token) -> Iterator[Cue]:
    """ "according to X", "per X", "selon X": the clause it belongs to is what X says."""
    if pivot(token) == "per" and token.dep_ != "prep":
        return
    prep = next((c for c in token.children if pivot(c) == "to"), None)
    after = neighbour(token, 1)
    if prep is None and after is not None and pivot(after) == "to":
        prep = after
    alone = pivot(token) == "according_to"
    if pivot(token) == "per" or alone:
        prep = token
    source = None if prep is None else next((c for c in prep.children if c.dep_ == "pobj"), None)
    if source is None or _nobody(reading, source) or (prep is token and not alone and source.pos_ != "PROPN"):
        return
    content = _clause_of(token) - subtree(token) - subtree(source)
    last = token.doc[source.left_edge.i - 1]
    span = span_of(token, last if last.i > token.i else token)
    how = reading.lexicon.saying.get(token.lemma_, "assert")
    yield Cue(source, token, span, how, content, shape="according")


def _nobody(reading: Reading, source: Token) -> bool:
    """A bare noun that nothing comes from: "went according to plan"."""
    bare = source.tag_ == "NN" and not any(c.i < source.i for c in source.children)
    return bare and source.lemma_.lower() in reading.lexicon.frames["no_source"]


def _clause_of(token: Token) -> set[int]:
    """Indices of the clause that an adjunct belongs to; of the sentence where no verb stands above it."""
    head = token.head
    while head.pos_ not in ("VERB", "AUX") and head.head != head:
        head = head.head
    if _at_the_edge(token):
        return {t.i for t in token.sent if not t.is_space}
    if head.pos_ not in ("VERB", "AUX") or head == token:
        return {t.i for t in token.sent}
    return subtree(head)


def _at_the_edge(token: Token) -> bool:
    """Whether the phrase opens its sentence or closes it after a comma, and so governs all of it."""
    sentence = token.sent
    if token.i == sentence.start:
        return True
    last = max(t.i for t in token.subtree)
    closing = all(t.is_punct or t.is_space for t in token.doc[last + 1 : sentence.end])
    return closing and follows(token, ",")


def opinion(reading: Reading, noun: Token) -> Iterator[Cue]:
    """ "in his view", "by the UN's count": the clause is what the owner of the noun thinks."""
    lexicon = reading.lexicon
    if noun.lemma_.lower() not in lexicon.frames["opinion_noun"] or noun.dep_ != "pobj":
        return
    prep = noun.head
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:
        of = next((c for c in noun.children if pivot(c) == "of"), None)
        owner = next(objects_of(of), None) if of is not None and of.dep_ == "prep" else None
    if owner is None or pivot(prep) not in ("in", "by", "to") or prep.head.pos_ not in ("VERB", "AUX"):
        return
    content = subtree(prep.head) - subtree(prep)
    vouching = speaks(reading, owner)
    yield Cue(owner, noun, span_of(noun, noun), "assert", content, shape="noun", frame="opinion", vouching=vouching)


def noun_cues(reading: Reading, noun: Token) -> Iterator[Cue]:
    """ "the claim that X", "Bamako's refusal to leave", "criticism of the raid"."""
    lexicon, lemma = reading.lexicon, noun.lemma_.lower()
    how = lexicon.saying_nouns.get(lemma, ATTITUDE)
    content, frame, last = _noun_content(reading, noun, lemma, how)
    if not content:
        return
    source = noun_source(reading, noun, how)
    if source is not None and source.i in content:
        content = content - subtree(source)
    if source is None and lemma == "report":
        source = noun
    charged = frame == "noun_of" or (noun.lang_ != PIVOT and frame in ("noun_on", "noun_to", "noun_about"))
    vouching = how != ATTITUDE and (frame == "noun_clause" or (charged and how in ("allege", "deny")))
    yield Cue(source, noun, span_of(noun, last), how, content, shape="noun", frame=frame, vouching=vouching)


def _noun_content(reading: Reading, noun: Token, lemma: str, how: str) -> tuple[set[int], str, Token]:
    frames = reading.lexicon.frames
    for child in noun.children:
        finite = child.dep_ in ("acl", "ccomp", "relcl") and any(c.dep_ == "mark" for c in child.children)
        if finite and lemma in frames["noun_clause"]:
            return subtree(child), "noun_clause", noun
        if child.dep_ == "acl" and child.tag_ == "VB" and lemma in frames["noun_infinitive"]:
            return subtree(child), "noun_infinitive", noun
    carried = [] if noun.lang_ == PIVOT or noun.dep_ != "dobj" else [c for c in noun.head.children if c.i > noun.i]
    for child in (*noun.children, *carried):
        name = pivot(child)
        if child.dep_ != "prep" or name not in PREPOSITIONS or child.i < noun.i:
            continue
        if name == "of" and child.lang_ != PIVOT and any(reading.actor(c) is not None for c in objects_of(child)):
            continue
        if lemma in frames.get(f"noun_{name}", ()) or (name == "of" and how in ("allege", "deny")):
            content = set().union(*(subtree(c) for c in objects_of(child)), set())
            return content, f"noun_{name}", child
    return set(), "", noun


def noun_source(reading: Reading, noun: Token, how: str) -> Token | None:
    """Whose saying the noun is: its owner, "by X", the subject that it is said of, else that of its clause.

    A claim or rumour that somebody only receives, rejects or repeats is nobody's: of words of saying the subject
    of the clause is the source only where the verb lends it ("made the claim that").
    """
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None and owner.pos_ != "PRON":
        return owner
    for child in noun.children:
        if child.dep_ == "prep" and pivot(child) in ("by", "from") and child.i > noun.i:
            by = next(objects_of(child), None)
            if by is not None:
                return by
    if noun.lang_ != PIVOT and owner is None:
        of = [p for c in noun.rights if pivot(c) == "of" for p in objects_of(c) if reading.actor(p) is not None]
        if of:
            return of[0]
    if noun.dep_ == "appos" and owner is None:
        return noun.head
    verb = _governing_verb(noun)
    lent = verb is not None and noun.dep_ == "dobj" and verb.lemma_.lower() in reading.lexicon.frames["lending"]
    if verb is None or not (lent or how == ATTITUDE or owner is not None):
        return owner
    subject = verb_arguments(verb).first("subj")
    fits = subject is not None and subject.i != noun.i and noun.i not in subtree(subject)
    return subject if fits and subject is not None and pivot(subject) not in ("it", "there", "which") else owner


def _governing_verb(noun: Token) -> Token | None:
    """The verb whose clause the noun stands in, through prepositions; None for a subject."""
    current = noun
    while current.dep_ in ("pobj", "prep", "dobj", "attr", "conj", "pcomp") and current.head != current:
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return current
    return None


def adjective_cues(reading: Reading, adjective: Token) -> Iterator[Cue]:
    """ "is confident that", "remains wary of": what the subject thinks or feels."""
    if adjective.lemma_.lower() not in reading.lexicon.frames["adjective"]:
        return
    content: set[int] = set()
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        if child.dep_ in ("ccomp", "xcomp"):
            content |= subtree(child)
        elif child.dep_ == "prep" and not content:
            content |= set().union(*(subtree(c) for c in objects_of(child)), set())
    if not content:
        return
    source = _holder(adjective)
    if source is None or pivot(source) in ("it", "there", "this", "that"):
        return
    span = span_of(adjective, adjective)
    yield Cue(source, adjective, span, ATTITUDE, content, shape="adjective", frame="adjective", vouching=False)


def _holder(adjective: Token) -> Token | None:
    if adjective.dep_ in ("acomp", "oprd", "xcomp", "ccomp", "conj") and adjective.head.pos_ in ("VERB", "AUX"):
        return subject_of(adjective.head)
    if adjective.dep_ == "amod" and adjective.i > adjective.head.i:
        return adjective.head
    if adjective.dep_ == "advcl":
        return subject_of(adjective.head)
    return None


def adverb_cues(reading: Reading, adverb: Token) -> Iterator[Cue]:
    """ "has reportedly left": said by nobody named."""
    if pivot(adverb) not in reading.lexicon.frames["adverb"]:
        return
    head = adverb.head
    content = subtree(head) - {adverb.i}
    if head.pos_ in ("VERB", "AUX"):
        content -= {i for c in head.children if c.dep_ in ("mark", "cc") for i in subtree(c)}
        if head.dep_ == "relcl" and not any(c.dep_ in SUBJECTS for c in head.children):
            content |= {head.head.i}
    span = span_of(adverb, adverb)
    if content:
        yield Cue(None, adverb, span, "allege", content, shape="adverb", frame="adverb", vouching=False)
