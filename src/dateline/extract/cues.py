"""Cues: where the report says that somebody says something, and which words are that something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, particle_lemma, verb_arguments, words
from dateline.extract.reading import Reading
from dateline.model import Sector

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass
class Cue:
    """One saying: who (`source`, the head of the phrase), by which word, what (token indices), to which outlet."""

    source: Token | None
    word: Token
    word_span: tuple[int, int]
    how: str
    content: set[int]
    told: list[Token] = field(default_factory=list)
    quoted: bool = False
    shape: str = "verb"

    @property
    def size(self) -> int:
        """Number of tokens the content covers."""
        return len(self.content)


def cues(reading: Reading) -> list[Cue]:
    """All cues of the report: verbs, "according to", nouns ("reports of"), in text order."""
    found: list[Cue] = []
    for token in reading.doc:
        if token.lower_ in reading.lexicon.words["according"]:
            found.extend(_according(reading, token))
        elif token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            found.extend(_responsibility(reading, token) or _verb_cue(reading, token))
        elif token.pos_ == "NOUN":
            found.extend(_noun_cue(reading, token))
    return found


def _verb_cue(reading: Reading, verb: Token) -> Iterator[Cue]:
    saying = reading.lexicon.saying
    how = saying.get(particle_lemma(verb)) or saying.get(verb.lemma_.lower())
    if how is None or how == "intend":
        if verb.lemma_.lower() not in words(verb, "distancing"):
            return
        how = "allege"
    args = verb_arguments(verb)
    quoted_as = _quoted_as(verb, args)
    content = _complement(verb, args) | _wider_content(reading, verb, args, how)
    if quoted_as is not None:
        content |= {t.i for t in quoted_as.subtree}
    source = args.first("subj") if quoted_as is None else args.first("obj")
    if source is not None and not speaks(reading, source):
        return
    if source is None and not (args.passive and content):
        return
    yield Cue(
        source=source,
        word=verb,
        word_span=_verb_span(verb),
        how=how,
        content=content,
        told=_told(reading, verb, args, quoted_as),
    )


def _wider_content(reading: Reading, verb: Token, args: Arguments, how: str) -> set[int]:
    """What verbs of accusing, condemning and denying say beyond a clause: "of doing", "the alleged deployment"."""
    content: set[int] = set()
    lemma = verb.lemma_.lower()
    if lemma in words(verb, "accusing"):
        content |= {t.i for name in ("of", "with", "as") for head in args.get(name) for t in head.subtree}
    objects = {t.i for head in args.get("obj") for t in head.subtree}
    alleged_words = reading.lexicon.words["stance.alleged_words"]
    if lemma in words(verb, "distancing") and any(verb.doc[i].lower_ in alleged_words for i in objects):
        content |= objects
    if lemma == "accuse":
        content |= {t.i for p in _later_of(verb) for t in p.subtree}
    return content | objects if how == "deny" else content


def _later_of(verb: Token) -> list[Token]:
    """Gerunds under an "of" that hangs on something between: "accused X, in a statement, of arming them"."""
    return [
        t
        for t in verb.subtree
        if t.i > verb.i and t.dep_ == "pcomp" and t.head.lower_ == "of" and t.head.head.head.head == verb
    ]


def _responsibility(reading: Reading, verb: Token) -> list[Cue]:
    """ "claimed the attack", "attacks claimed by X", "took responsibility for": the sentence is theirs."""
    lemma = verb.lemma_.lower()
    if lemma not in ("claim", "take", "admit"):
        return []
    args = verb_arguments(verb)
    objects = {o.lemma_.lower() for o in args.get("obj")}
    acts = objects & reading.lexicon.classes["attack_event"]
    if not (objects & {"responsibility", "credit"} or (lemma == "claim" and (acts or args.get("by")))):
        return []
    source = args.first("by") or args.first("subj")
    actor = reading.actor(source)
    if source is None or actor is None or actor.sector not in (Sector.REB, Sector.PMC, Sector.MIL, Sector.UNK):
        return []
    content = {t.i for t in verb.sent} - {t.i for t in source.subtree} - {verb.i}
    return [Cue(source, verb, _verb_span(verb), "assert", content, shape="responsibility")]


def _complement(verb: Token, args: Arguments) -> set[int]:
    """Token indices of the clause that the saying verb takes, before or after it."""
    content: set[int] = set()
    for child in verb.children:
        if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and child.i > verb.i):
            own = {t.i for t in child.subtree}
            content |= own
        elif child.dep_ == "parataxis" and child.i < verb.i:
            content |= {t.i for t in child.subtree}
    if not content and verb.dep_ in ("parataxis", "advcl", "conj") and _parenthetical(verb):
        skip = {t.i for t in verb.subtree}
        content = {t.i for t in verb.head.subtree if t.i not in skip}
    if not content and verb.dep_ == "ROOT":
        for child in verb.children:
            if child.dep_ in ("dep", "advcl") and child.pos_ in ("VERB", "AUX") and child.i < verb.i:
                content |= {t.i for t in child.subtree}
    return content


def _parenthetical(verb: Token) -> bool:
    """ "..., officials said" inside another clause: set off by commas, without a complement of its own."""
    if verb.dep_ == "parataxis":
        return True
    left = verb.left_edge
    return (
        verb.dep_ == "advcl"
        and left.i > 0
        and left.nbor(-1).lower_ in (",", "”", '"')
        and not any(c.dep_ in ("dobj", "mark", "advmod") and c.i < verb.i for c in verb.children)
        and any(c.dep_ == "nsubj" for c in verb.children)
    )


def _quoted_as(verb: Token, args: Arguments) -> Token | None:
    """The clause of "quoted X as saying ...", "was cited as saying"."""
    if verb.lemma_.lower() not in ("quote", "cite"):
        return None
    for head in args.get("as"):
        if head.pos_ == "VERB":
            return head
    return None


def speaks(reading: Reading, source: Token) -> bool:
    """Whether a phrase can be the one who says: an actor, a person, a voice, a personal pronoun."""
    if source.lower_ in words(source, "expletive") and not (
        source.lower_ == "it" and reading.actor(source) is not None
    ):
        return False
    if source.pos_ == "PRON":
        return source.lower_ not in words(source, "expletive") or source.lower_ == "it"
    if reading.actor(source) is not None or source.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    lemma = source.lemma_.lower()
    classes = reading.lexicon.classes
    return (
        lemma in reading.lexicon.words["voices"]
        or lemma in classes["media_word"]
        or lemma in classes["person_word"]
        or lemma in classes["leader_word"]
        or lemma in classes["witness_word"]
        or lemma in classes["expert_word"]
    )


def _told(reading: Reading, verb: Token, args: Arguments, quoted_as: Token | None) -> list[Token]:
    """Outlets that the source spoke to, or that quote it: "told Reuters", "in an interview with Fox News"."""
    heads = [h for name in ("obj", "dative", "to", "with", "by") for h in args.get(name)]
    if quoted_as is not None:
        heads += args.get("subj")
    heads += [
        pobj
        for name in ("in", "during", "on")
        for noun in args.get(name)
        for prep in noun.children
        if prep.dep_ == "prep" and prep.lower_ in ("with", "to", "on")
        for pobj in prep.children
        if pobj.dep_ == "pobj"
    ]
    spoken_to = [
        inner
        for child in verb.children
        if child.dep_ == "advcl" and child.lemma_ in ("speak", "talk")
        for prep in child.children
        if prep.dep_ == "prep"
        for inner in prep.children
        if inner.dep_ == "pobj"
    ]
    outlets = [h for h in spoken_to if is_media(reading, h) or _unknown_outlet(reading, h)]
    told = verb.lemma_.lower() in reading.lexicon.words["told_outlet"]
    return outlets + [h for h in heads if is_media(reading, h) or (told and _unknown_outlet(reading, h))]


def _unknown_outlet(reading: Reading, token: Token) -> bool:
    """A proper name that is told something and is neither a person nor a political body: an outlet not yet listed."""
    if token.pos_ != "PROPN" or token.ent_type_ == "PERSON" or reading.cast.is_person(token):
        return False
    actor = reading.actor(token)
    return actor is None or actor.sector in (Sector.UNK, Sector.BUS, Sector.MED)


def is_media(reading: Reading, token: Token) -> bool:
    """Whether the phrase is an agency, an outlet or reporters of a named one."""
    actor = reading.actor(token)
    return actor is not None and actor.sector is Sector.MED and token.pos_ == "PROPN"


def _verb_span(verb: Token) -> tuple[int, int]:
    """The verb with its auxiliaries directly before it."""
    start = verb
    for child in verb.lefts:
        if child.dep_ in ("aux", "auxpass") and child.i >= verb.i - 3:
            start = child if child.i < start.i else start
    if start.i < verb.i and any(t.dep_ == "nsubj" for t in verb.doc[start.i : verb.i]):
        start = verb
    return start.idx, verb.idx + len(verb)


def _according(reading: Reading, token: Token) -> Iterator[Cue]:
    if token.lower_ == "per" and token.dep_ != "prep":
        return
    prep = next((c for c in token.children if c.lower_ == "to"), None)
    if prep is None and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        prep = token.nbor(1)
    source = None if prep is None else next((c for c in prep.children if c.dep_ == "pobj"), None)
    if source is None or not speaks(reading, source):
        return
    head = token.head
    while head.pos_ not in ("VERB", "AUX", "NOUN", "PROPN") and head.head != head:
        head = head.head
    if head.pos_ not in ("VERB", "AUX") or head == token:
        sentence = token.sent
        content = {t.i for t in sentence}
    else:
        content = {t.i for t in head.subtree}
    content -= {t.i for t in token.subtree} | {t.i for t in source.subtree}
    end = source.left_edge.i - 1
    word_end = token.doc[end].idx + len(token.doc[end])
    yield Cue(source, token, (token.idx, max(word_end, token.idx + len(token))), "assert", content, shape="according")


def _noun_cue(reading: Reading, noun: Token) -> Iterator[Cue]:
    how = reading.lexicon.saying_nouns.get(noun.lemma_.lower())
    if how is None:
        return
    content: set[int] = set()
    of_span = (noun.idx, noun.idx + len(noun))
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp") and any(c.lower_ == "that" for c in child.children):
            content |= {t.i for t in child.subtree}
        elif child.dep_ == "prep" and child.lower_ == "of" and how in ("allege", "deny"):
            content |= {t.i for t in child.subtree if t != child}
            of_span = (noun.idx, child.idx + 2)
    if not content:
        return
    source = next((c for c in noun.children if c.dep_ == "poss" and speaks(reading, c)), None)
    if source is None:
        by = [p for c in noun.children if c.lower_ in ("by", "from") for p in c.children if p.dep_ == "pobj"]
        source = next((p for p in by if speaks(reading, p)), None)
    if source is None and noun.lemma_.lower() == "report":
        source = noun
    yield Cue(source, noun, of_span, how, content, shape="noun")
