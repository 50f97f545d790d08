"""Cues that are verbs: "said that", "accused of", "is expected to", "claimed responsibility for"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.arguments import Arguments, particle_lemma, verb_arguments, words
from dateline.extract.contents import said_by
from dateline.extract.cues import ATTITUDE, Cue, is_media, objects_of, span_of, speaks, unknown_outlet
from dateline.extract.patients import suffered
from dateline.extract.reading import Reading
from dateline.extract.said import Said, subtree
from dateline.lexicon.language import language
from dateline.lexicon.quantities import quantity_words
from dateline.model import Sector
from dateline.parse.forms import PIVOT, follows, meanings, means, neighbour, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

NOBODY = frozenset({"seeming", "held_of"})
"""Frames whose subject is part of the content: nobody is named as the source, unless by an agent."""
NAME_WORDS = 10
"""Words that a speaker's name with its titles may have."""
UNVOUCHED = frozenset({ATTITUDE, "intend"})


def verb_cues(reading: Reading, verb: Token) -> Iterator[Cue]:
    """The cue that a verb is, if something is said by it and somebody can be the one who says it."""
    if verb.lemma_.lower() not in reading.lexicon.framed:
        return
    if verb.dep_ == "pcomp" and pivot(verb.head) == "as" and _quotes(reading, verb.head.head):
        return
    args = verb_arguments(verb)
    claimed = _responsibility(reading, verb, args)
    if claimed is not None:
        yield claimed
        return
    quoted_as = _quoted_as(reading, verb, args)
    said = said_by(verb, reading.lexicon) if quoted_as is None else _quoted_content(reading, quoted_as)
    if said is None:
        if not can_speak(reading, verb):
            return
        said = _closing(verb) or Said(set(), "open")
    source = said.source or _source(reading, verb, args, said, quoted_as)
    if source is not None and source.i in said.content:
        said.content -= subtree(source)
    if source is None and not (said.content and (args.passive or said.frame in NOBODY)):
        return
    how = "intend" if said.frame == "infinitive" and _means_to(verb) else manner(reading, verb)
    vouching = _vouching(reading, verb, args, said, how, source)
    word = quoted_as if quoted_as is not None and can_speak(reading, quoted_as) else verb
    yield Cue(
        source=source,
        word=word,
        word_span=verb_span(word),
        how=how,
        content=said.content - {verb.i, word.i},
        told=_told(reading, verb, args, quoted_as) if vouching else [],
        frame=said.frame,
        vouching=vouching,
    )


def _quoted_content(reading: Reading, saying: Token) -> Said:
    """What is said in "quoted X as saying that": the clause under "saying", or all of it after another word."""
    inner = said_by(saying, reading.lexicon)
    return Said(subtree(saying) if inner is None else inner.content, "quoted_as")


def _closing(verb: Token) -> Said | None:
    """What "..., the ministry said" closes, where the parser hung the saying on the clause before it as an aside."""
    source = _beside(verb) if verb.dep_ in ("advcl", "acl", "relcl", "conj", "parataxis") else None
    if source is None or source.i + 1 != verb.i or verb.head.i > source.i:
        return None
    if any(c.dep_ in ("mark", "ccomp", "xcomp", "dobj", "cc") for c in verb.children):
        return None
    first, end = source.left_edge, verb.sent.end
    comma = first.i > verb.sent.start and follows(first, ",")
    if not comma or any(t.pos_ in ("VERB", "AUX") or t.text == "," for t in verb.doc[verb.i + 1 : end]):
        return None
    said = verb.doc[verb.sent.start : first.i - 1]
    return Said({t.i for t in said}, "clause", source) if any(t.pos_ == "VERB" for t in said) else None


def manner(reading: Reading, verb: Token) -> str:
    """The class of saying of a verb: how firmly its content is put."""
    saying = reading.lexicon.saying
    how = saying.get(particle_lemma(verb)) or saying.get(verb.lemma_.lower())
    if how is not None or verb.lemma_.lower() in reading.lexicon.frames["making"]:
        return how or "assert"
    if means(verb, "reject") and any(c.dep_ == "dobj" and _alleged(reading, c) for c in verb.children):
        return "deny"
    charging = verb.lemma_.lower() in words(verb, "distancing") or means(verb, "blame")
    return "allege" if charging else ATTITUDE


def _alleged(reading: Reading, noun: Token) -> bool:
    """Whether a noun is a charge or rumour: "rejects accusations that it arms them" denies the arming."""
    return reading.lexicon.saying_nouns.get(noun.lemma_.lower()) == "allege"


def _means_to(verb: Token) -> bool:
    """ "ont juré de partir": a verb that may tell an intention tells one before an infinitive."""
    return any(language(PIVOT).saying.get(meaning) == "intend" for meaning in meanings(verb))


def can_speak(reading: Reading, verb: Token) -> bool:
    """Whether the verb can introduce a quotation that the parser did not tie to it."""
    return not {verb.lemma_.lower(), particle_lemma(verb)}.isdisjoint(reading.lexicon.frames["clause"])


def _source(reading: Reading, verb: Token, args: Arguments, said: Said, quoted_as: Token | None) -> Token | None:
    """Who says it: the subject, own or understood; of "X was quoted as saying" X, of "is expected by X" X."""
    if quoted_as is not None:
        return args.first("obj")
    if said.frame == "seeming":
        return None
    if said.frame == "held_of" or args.passive:
        return args.first("by")
    subject = coordinated_speaker(reading, verb) or args.first("subj")
    if subject is None:
        return _beside(verb) or _behind(reading, verb)
    return _spokesman(reading, subject) if verb.dep_ == "acl" else subject


def coordinated_speaker(reading: Reading, verb: Token) -> Token | None:
    """Of "X admitted that engineers had come but denied having paid" X, where the parser joined "denied" to "come".

    A verb of saying without a subject, joined to a verb inside somebody's words ("..., adding that" too), is that
    somebody's next saying.
    """
    saying = reading.lexicon.saying
    left = verb.left_edge
    adding = verb.dep_ == "advcl" and verb.tag_ == "VBG" and follows(left, ",")
    if verb.dep_ != "conj" and not adding:
        return None
    if verb.lemma_.lower() not in saying or verb.head.lemma_.lower() in saying:
        return None
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return None
    for clause in (verb.head, *verb.head.ancestors):
        outer = clause.head
        if clause.dep_ == "ccomp" and clause.i > outer.i and outer.lemma_.lower() in saying:
            return verb_arguments(outer).first("subj")
        if clause.dep_ not in ("conj", "xcomp"):
            return None
    return None


def _beside(verb: Token) -> Token | None:
    """The noun directly before a finite verb that the parser left without a subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ == "conj" or verb.i == 0:
        return None
    left = next((t for t in reversed(verb.doc[max(0, verb.i - 3) : verb.i]) if t.pos_ not in ("ADV", "AUX")), None)
    aside = neighbour(left, -1) if left is not None and left.text == "," else None
    if aside is not None:
        left = _apposed(aside)
    named = left is not None and left.pos_ in ("PROPN", "NOUN", "PRON") and left.sent == verb.sent
    return _first_of_several(left) if named and left is not None else None


def _first_of_several(last: Token) -> Token:
    """The first of "..., medics and the army said", which the parser joined to a noun of the clause before."""
    first = last
    while first.dep_ == "conj" and first.head.i < first.i and first.head.pos_ in ("NOUN", "PROPN"):
        first = first.head
        begins = next((t for t in first.subtree if t.dep_ != "cc"), first)
        if follows(begins, ",") and first.i > begins.i - 1:
            return first
    return last


def _behind(reading: Reading, verb: Token) -> Token | None:
    """The name after "…," said, where the parser lost it: the last noun before a comma, a preposition or the end."""
    doc = verb.doc
    left = doc[verb.i - 1] if verb.i else verb
    if verb.lemma_.lower() not in reading.lexicon.frames["uttering"] or not (left.is_quote or left.text == ","):
        return None
    name = None
    for token in doc[verb.i + 1 : min(verb.sent.end, verb.i + 1 + NAME_WORDS)]:
        if token.pos_ in ("PROPN", "NOUN"):
            name = token
        elif token.pos_ not in ("DET", "ADJ", "NUM", "PUNCT", "PART", "X") or token.text == ",":
            break
    return name


def _apposed(last: Token) -> Token | None:
    """The name before "..., the minister, said", which the parser hung on the noun of the clause before."""
    chain = [t for t in (last, *last.ancestors) if t.dep_ == "appos"]
    return next((t for t in chain if t.head.dep_ != "appos"), None)


def _spokesman(reading: Reading, voice: Token) -> Token:
    """Of "issued a statement saying" the one who issued it: who speaks through a statement is its source."""
    if voice.dep_ != "dobj" or voice.lemma_.lower() not in reading.lexicon.words["voices"]:
        return voice
    if voice.head.lemma_.lower() not in reading.lexicon.frames["lending"]:
        return voice
    return verb_arguments(voice.head).first("subj") or voice


def _vouching(reading: Reading, verb: Token, args: Arguments, said: Said, how: str, source: Token | None) -> bool:
    """Whether claims inside the content are attributed by this cue."""
    spoken = [i for i in said.content if not verb.doc[i].is_punct]
    closing = bool(spoken) and max(spoken) < verb.i and said.frame == "clause"
    named = closing and verb.lang_ != PIVOT and source is not None and source.pos_ in ("NOUN", "PROPN")
    if source is not None and not (speaks(reading, source) or named or _utters(reading, verb, source)):
        return False
    if said.frame in ("clause", "quoted_as", "open"):
        return how not in UNVOUCHED or (how == "intend" and closing)
    lemma = verb.lemma_.lower()
    if said.frame in ("object", "of") and (lemma in reading.lexicon.frames["reporting"] or _puts_at(verb, args)):
        return not args.passive
    if _quotes(reading, verb):
        return False
    judged = said.frame == "object" and lemma in words(verb, "distancing") and _told_event(reading, verb)
    if (
        how == "deny"
        or (lemma in words(verb, "accusing") and not judged)
        or (how == "claim" and said.frame == "infinitive")
    ):
        return True
    alleged = reading.lexicon.words["stance.alleged_words"]
    return lemma in words(verb, "distancing") and any(pivot(verb.doc[i]) in alleged for i in said.content)


def _puts_at(verb: Token, args: Arguments) -> bool:
    """Whether a number is told by it: "put the number of soldiers at 900", "estimates their strength at 1,200"."""
    measures = quantity_words(verb.lang_).measures
    told = means(verb, "put", "estimate") and any(o.lemma_.lower() in measures for o in args.get("obj"))
    return told and any(h.pos_ == "NUM" for h in args.get("at"))


def _told_event(reading: Reading, verb: Token) -> bool:
    """ "condemned the killing": a fact, unless it is told as a reproach ("condemned Iran for arming them")."""
    reproached = any(c.dep_ == "prep" and any(g.dep_ == "pcomp" for g in c.children) for c in verb.rights)
    return not reproached and any(c.dep_ == "dobj" and suffered(reading, c) for c in verb.rights)


def _utters(reading: Reading, verb: Token, source: Token) -> bool:
    """Whether only somebody who speaks can do what the verb tells: a shopkeeper who adds, not a map that shows."""
    return verb.lemma_.lower() in reading.lexicon.frames["uttering"] and pivot(source) not in words(source, "expletive")


def _responsibility(reading: Reading, verb: Token, args: Arguments) -> Cue | None:
    """ "claimed the attack", "attacks claimed by X", "took responsibility for": the sentence is theirs."""
    lemma = verb.lemma_.lower()
    if lemma not in reading.lexicon.frames["claiming"]:
        return None
    objects = {o.lemma_.lower() for o in args.get("obj")}
    acts = objects & reading.lexicon.classes["attack_event"]
    if not (objects & {"responsibility", "credit"} or (lemma == "claim" and (acts or args.get("by")))):
        return None
    source = args.first("by") or args.first("subj")
    actor = reading.actor(source)
    if source is None or actor is None or actor.sector not in (Sector.REB, Sector.PMC, Sector.MIL, Sector.UNK):
        return None
    own = {c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "agent")}
    content = {t.i for t in verb.sent} - subtree(source) - own - {verb.i}
    return Cue(source, verb, verb_span(verb), "assert", content, shape="responsibility")


def _quoted_as(reading: Reading, verb: Token, args: Arguments) -> Token | None:
    """The clause of "quoted X as saying ...", "was cited as saying"."""
    if not _quotes(reading, verb):
        return None
    return next((head for head in args.get("as") if head.pos_ == "VERB"), None)


def _quotes(reading: Reading, verb: Token) -> bool:
    """Whether the verb passes on what another says: whoever is quoted is the source."""
    return verb.lemma_.lower() in reading.lexicon.frames["quoting"]


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
        if prep.dep_ == "prep" and pivot(prep) in ("with", "to", "on")
        for pobj in objects_of(prep)
    ]
    spoken_to = [
        inner
        for child in verb.children
        if child.dep_ == "advcl" and means(child, "speak", "talk")
        for prep in child.children
        if prep.dep_ == "prep"
        for inner in objects_of(prep)
    ]
    outlets = [h for h in spoken_to if is_media(reading, h) or unknown_outlet(reading, h)]
    told = verb.lemma_.lower() in reading.lexicon.words["told_outlet"]
    return outlets + [h for h in heads if is_media(reading, h) or (told and unknown_outlet(reading, h))]


def verb_span(verb: Token) -> tuple[int, int]:
    """The verb with its auxiliaries directly before it."""
    start = verb
    for child in verb.lefts:
        if child.dep_ in ("aux", "auxpass") and child.i >= verb.i - 3:
            start = child if child.i < start.i else start
    if start.i < verb.i and any(t.dep_ == "nsubj" for t in verb.doc[start.i : verb.i]):
        start = verb
    return span_of(start, verb)
