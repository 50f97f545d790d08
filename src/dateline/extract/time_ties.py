"""How a time expression is tied to a verb or noun of its sentence: as its own, in its phrase, or shared with another.

An adverbial belongs to its own verb only (the annotation guide); what follows are the places of English syntax where
one verb's adverbial dates another too. Words are in the section `when` of the lexicon.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

from dateline.extract.arguments import said_beside
from dateline.extract.reading import Reading
from dateline.lexicon.language import language
from dateline.model import TimeRange
from dateline.parse.forms import means, neighbour, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "ADP")
VERBAL = ("VERB", "AUX")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
REACH = 8
"""Words between a noun and a time up to which they can be one phrase."""
OPENING = 10
"""Characters from the start of a sentence within which a time opens it."""


class Tie(IntEnum):
    """How close a time is to a word; the least is the closest."""

    OWN = 0
    PHRASE = 1
    SHARED = 2


def tie(reading: Reading, time: TimeRange, token: Token, verb: Token) -> Tie | None:
    """How a time is tied to `token` or the verb that carries it; None when it dates something else."""
    owner = owner_of(reading, time)
    if owner is None:
        return None
    if owner.i in (token.i, verb.i) or _when_clause(reading, time, verb):
        return Tie.OWN
    top, found = _climbed(owner, (token.i, verb.i))
    if found:
        apart = _dates_a_noun(time, owner, token) or _before_now(reading, time, token, verb)
        return None if apart else Tie.PHRASE
    if _in_phrase(token, owner) or _beside(time, owner, token) or _in_statement(owner, verb) or _speaking(owner, verb):
        return Tie.PHRASE
    if _opens(time, verb, top) or _shares_clause(verb, top, time, owner) or _carried(token, top):
        return Tie.SHARED
    if _event_of(reading, owner, verb) or _joined(owner, verb) or _at_once(owner, verb):
        return Tie.SHARED
    if _coordinated(time, owner, verb) or _over_purpose(reading, time, top, verb) or _to_meet(owner, verb):
        return Tie.SHARED
    if _over_modifier(reading, time, owner, verb) or _in_new_event(token, owner):
        return Tie.SHARED
    return None


def owner_of(reading: Reading, time: TimeRange) -> Token | None:
    """The verb or noun a time expression hangs on."""
    assert time.start is not None and time.end is not None
    indices = reading.span_tokens(time.start, time.end)
    if len(indices) == 0:
        return None
    if _led_in(reading.doc[indices[0]], indices):
        indices = indices[1:]
    inside = set(indices)
    head = next((reading.doc[i] for i in indices if reading.doc[i].head.i not in inside), reading.doc[indices[0]])
    if head.head == head:
        return head
    owner = head.head
    while owner.pos_ in ("ADP", "NUM", "ADV", "SCONJ", "PART", "DET", "PUNCT") and owner.head != owner:
        if owner.pos_ == "NUM" and owner.dep_ == "pobj" and pivot(owner.head) == "from":
            return None  # "shrank from 9,000 in 2011 to 800": when it was so many
        owner = owner.head
    return owner


def _led_in(first: Token, indices: range) -> bool:
    """Whether the preposition before a time governs another noun: "for" in "for Dec. 10 bombings"."""
    if first.pos_ != "ADP" or len(indices) == 1:
        return False
    objects = [c for c in first.children if c.dep_ == "pobj"]
    return bool(objects) and all(c.i not in indices for c in objects)


def _words(token: Token, name: str) -> frozenset[str]:
    return language(token.doc.lang_).words[name]


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _climbed(owner: Token, wanted: tuple[int, int]) -> tuple[Token, bool]:
    """The word reached from an owner through its phrase, and whether it is one of those wanted."""
    current = owner
    while current.pos_ in NOMINAL and current.head != current and current.dep_ not in ("relcl", "acl"):
        if current.dep_ == "appos" and current.head.dep_ in SUBJECTS:
            break  # "the ADF, a group active since the 1990s, killed"
        current = current.head
        if current.i in wanted:
            return current, True
        if current.pos_ in VERBAL:
            break
    return current, False


def _dates_a_noun(time: TimeRange, owner: Token, token: Token) -> bool:
    """Whether a time before a noun dates that noun alone: "condemned Friday's attack", but not "died in Friday's"."""
    before = owner.pos_ in ("NOUN", "PROPN") and (time.end or 0) <= owner.idx
    if not before or token.pos_ not in VERBAL:
        return False
    if owner.dep_ == "pobj":
        return pivot(owner.head) not in _words(owner, "when.within")
    return owner.dep_ in ("dobj", "conj", "appos")


def _before_now(reading: Reading, time: TimeRange, token: Token, verb: Token) -> bool:
    """Whether a verb in the present tense has a past time in its phrase: "We condemn the attacks of last weekend"."""
    anchor = reading.parsed.anchor
    if token != verb or anchor is None or time.latest is None or time.latest >= anchor.isoformat():
        return False
    return verb.tag_ in ("VBP", "VBZ") and not any(c.dep_ == "auxpass" for c in verb.children)


def _in_phrase(token: Token, owner: Token) -> bool:
    """Whether the owner stands in a noun's phrase, and in no clause about another noun of it, unless that only tells
    when something was: "the raid on the camp, which took place on Monday"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    current = owner
    while current != token:
        if current.head == current:
            return False
        happens = current.lemma_.lower() in _words(current, "locative_verbs")
        if current.dep_ in ("relcl", "acl") and current.head != token and not happens:
            return False
        current = current.head
    return True


def _beside(time: TimeRange, owner: Token, token: Token) -> bool:
    """A time that stands right after a noun's phrase and hangs on a word over it: "in the call for rallies on Friday",
    "during the talks in Geneva on Friday", "After the coup in Niger in July, Paris withdrew"."""
    if token.pos_ not in ("NOUN", "PROPN") or not token.idx < (time.start or 0) or token.dep_ not in ("pobj", "dobj"):
        return False
    between = [t for t in token.doc[token.i + 1 : token.i + REACH + 1] if t.idx < (time.start or 0)]
    last = between[-1] if between else token
    if len(between) == REACH or any(t.pos_ not in (*NOMINAL, "DET", "PART") for t in between):
        return False
    _, over = _climbed(token, (owner.i, owner.i))
    if over and owner.pos_ not in VERBAL:
        return True
    if token.dep_ != "pobj" or owner not in (token.head, token.head.head):
        return False
    governor = token.head.head
    return pivot(token.head) in _words(token, "when.within") or last.i < governor.i


def _in_statement(owner: Token, verb: Token) -> bool:
    """ "In a statement issued on Tuesday, X rejected": the statement's day is that of what it says."""
    noun = owner.head
    if owner.dep_ != "acl" or noun.lemma_.lower() not in _words(noun, "when.statements"):
        return False
    return noun.dep_ == "pobj" and noun.head.head == verb


def _when_clause(reading: Reading, time: TimeRange, verb: Token) -> bool:
    """ "2007, when the government accused": a clause that tells what a time was like."""
    if verb.dep_ not in ("relcl", "advcl", "acl") or not any(pivot(c) == "when" for c in verb.children):
        return False
    return reading.time_of_token.get(verb.head.i) == time


def _opens(time: TimeRange, verb: Token, top: Token) -> bool:
    """A time that opens the sentence dates its main verbs and what they are about."""
    if top.dep_ not in ("ROOT", "parataxis", "acl", "relcl", "conj") or _reports(top):
        return False
    first = next((t for t in verb.sent if not t.is_space and not t.is_punct), verb)
    main = verb
    while main.dep_ in ("conj", "relcl") and main.head != main:
        main = main.head
    at_root = main.dep_ == "ROOT" or main.head.dep_ == "ROOT" and verb.dep_ == "relcl"
    return at_root and (time.start or 0) <= first.idx + OPENING


def _reports(owner: Token) -> bool:
    return owner.lemma_.lower() in language(owner.doc.lang_).saying and not means(owner, "claim")


def _shares_clause(verb: Token, top: Token, time: TimeRange, owner: Token) -> bool:
    """Coordinated verbs share a fronted time; open complements share their governor's."""
    current = verb
    fronted = (time.start or 0) < verb.idx
    for _ in range(6):
        if current.dep_ == "conj" and current.head.pos_ in VERBAL:
            current = current.head
            if current.i == top.i:
                return ((time.start or 0) < owner.idx or _is_event(owner)) and owner.i <= top.i < verb.i
        elif current.dep_ == "xcomp" or (current.dep_ in ("pcomp",) and current.head.dep_ == "prep"):
            inner, current = current, current.head if current.dep_ == "xcomp" else current.head.head
            if inner.dep_ == "pcomp" and pivot(inner.head) in _words(inner, "when.apart"):
                return False
            if _has_subject(inner) or any(c.dep_ == "aux" and means(c, "have") for c in inner.children):
                return False
            if current.i == top.i:
                return not fronted or not _looks_ahead(current) or inner.dep_ != "xcomp"
        else:
            return False
    return False


def _looks_ahead(governor: Token) -> bool:
    """A verb of agreeing, planning or promising: its own date is not that of what it looks ahead to."""
    return governor.lemma_.lower() in _words(governor, "stance.planned_governors")


def _carried(token: Token, top: Token) -> bool:
    """A noun takes the time of the verb that it is subject of, or that only tells of it ("attended the talks")."""
    if token.pos_ not in ("NOUN", "PROPN") or token.head.i != top.i:
        return False
    if token.dep_ in ("nsubj", "nsubjpass"):
        return not means(top, "say", "show", "mean")
    return token.dep_ == "dobj" and top.lemma_.lower() in _words(top, "when.sharing")


def _one_day_or_night(time: TimeRange) -> bool:
    if time.earliest is None or time.latest is None:
        return False
    return (date.fromisoformat(time.latest[:10]) - date.fromisoformat(time.earliest[:10])).days <= 1


def _in_new_event(token: Token, owner: Token) -> bool:
    """ "detained ten men overnight in raids": an event told anew, in which the dated verb was done."""
    if token.dep_ != "pobj" or token.head.head != owner or not past(owner) or not _is_event(token):
        return False
    told_before = any(c.dep_ in ("det", "poss") and pivot(c) not in ("a", "one") for c in token.children)
    return pivot(token.head) in _words(token, "when.within") and not told_before


def _is_event(token: Token) -> bool:
    return token.lemma_.lower() in _words(token, "when.events")


def _event_of(reading: Reading, owner: Token, verb: Token) -> bool:
    """ "the Dec. 10 bombings that killed 44": a relative clause tells what a dated event did."""
    if verb.dep_ != "relcl" or owner.lemma_.lower() not in reading.lexicon.nouns:
        return False
    inside = any(pivot(p) == "which" for c in verb.children if pivot(c) == "in" for p in c.children)
    if inside and owner in verb.head.ancestors and verb.head.dep_ == "pobj":
        return True
    if verb.head != owner:
        return False
    return inside or any(c.dep_ in SUBJECTS and c.tag_ in ("WDT", "WP") for c in verb.children)


def _joined(owner: Token, verb: Token) -> bool:
    """A participle without a subject shares the day of its verb: "left on Friday, accusing"."""
    while verb.dep_ == "conj" and verb.tag_ == "VBG" and not _has_subject(verb):
        verb = verb.head
    over = verb.head.head if said_beside(verb) else verb.head
    if verb.dep_ != "advcl" or over != owner or verb.tag_ != "VBG" or verb.i < owner.i:
        return False
    return not _has_subject(verb) and not any(c.dep_ == "mark" for c in verb.children)


def _speaking(owner: Token, verb: Token) -> bool:
    """ "Speaking on Monday, the minister accused": the day of the occasion is that of what is said on it."""
    if owner.dep_ != "advcl" or owner.head != verb or owner.tag_ != "VBG":
        return False
    return not _has_subject(owner) and owner.lemma_.lower() in _words(owner, "when.speaking")


def _coordinated(time: TimeRange, owner: Token, verb: Token) -> bool:
    """ "attacked the town on Friday and burned houses", or "on Friday" at the end: verbs of one subject share a day.

    So do numbers of dead and wounded: "two were killed and three were wounded on Friday", "and 12 others wounded".
    """
    verb = _over_open_complement(verb)
    first, second = (owner, verb) if owner.i < verb.i else (verb, owner)
    if second.dep_ != "conj" or second.head != first or first.pos_ not in VERBAL or second.pos_ not in VERBAL:
        return False
    if first == verb and (time.start or 0) < second.idx:
        return False
    passive = any(c.dep_ == "auxpass" for c in first.children)
    if counted(second) and past(first) and (passive or (means(first, "die") and counted(first))):
        return True
    plain = not any(c.dep_ in ("aux", "auxpass") for c in second.children)
    alike = first.tag_ == second.tag_ or ({first.tag_, second.tag_} == {"VBD", "VBN"} and plain and past(first))
    return alike and not _has_subject(second)


def _over_open_complement(verb: Token) -> Token:
    """The verb over an infinitive told as done: "appeared" of "shot him on Monday and appeared to blame"."""
    while verb.dep_ == "xcomp" and not _has_subject(verb) and past(verb.head) and not _looks_ahead(verb.head):
        verb = verb.head
    return verb


def counted(verb: Token) -> bool:
    """Whether a verb has a number for its subject ("three were", "dozens", "12 others")."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    numbers = _words(verb, "when.numbers")
    return any(
        c.pos_ == "NUM" or c.lemma_.lower() in numbers or any(n.dep_ == "nummod" for n in c.children) for c in subjects
    )


def _over_purpose(reading: Reading, time: TimeRange, top: Token, verb: Token) -> bool:
    """ "began their advance to isolate the town on 6 November": a past day after an infinitive of purpose."""
    infinitive = top.tag_ == "VB" and any(c.dep_ == "aux" and pivot(c) == "to" for c in top.children)
    if not infinitive or top.head != verb or top.dep_ != "advcl" or not past(verb):
        return False
    anchor = reading.parsed.anchor
    return anchor is not None and time.latest is not None and time.latest <= anchor.isoformat()


def _to_meet(owner: Token, verb: Token) -> bool:
    """ "crossed the line on Friday to meet", "rallied on Monday to demand": what is done for it is done that day.

    So is what was done at the place reached: "flew on Monday to Cairo, where he met".
    """
    if verb.dep_ == "relcl" and verb.head.i > owner.i and past(verb) and past(owner):
        there = any(c.dep_ == "advmod" and pivot(c) == "where" for c in verb.children)
        reached = verb.head.dep_ == "pobj" and verb.head.head.head == owner
        return there and reached and verb.lemma_.lower() in _words(verb, "when.meeting")
    while verb.dep_ == "conj" and verb.tag_ == "VB" and not _has_subject(verb):
        verb = verb.head
    if verb.dep_ not in ("advcl", "xcomp", "acl", "relcl") or verb.tag_ != "VB" or not past(owner):
        return False
    over = verb.head if verb.dep_ in ("advcl", "xcomp") else verb.head.head
    if over != owner:
        return False
    aim = verb.lemma_.lower() in _words(verb, "when.meeting")
    return aim and not _has_subject(verb) and not _looks_ahead(owner)


def _over_modifier(reading: Reading, time: TimeRange, owner: Token, verb: Token) -> bool:
    """ "struck a guesthouse used by contractors on Wednesday": a day that ends a clause dates its verb, not a
    participle that only tells which thing is meant."""
    if owner.dep_ != "acl" or owner.tag_ not in ("VBN", "VBG") or not past(verb) or (time.start or 0) < owner.idx:
        return False
    indices = reading.span_tokens(time.start or 0, time.end or 0)
    day = _one_day_or_night(time)
    last = owner.doc[indices[-1]] if indices else owner
    after = neighbour(last, 1)
    ends = after is None or after.is_punct or after.pos_ in ("CCONJ", "SPACE")
    if not (day and ends) or any(c.dep_ == "mark" for c in owner.children):
        return False
    current = owner.head
    while current.pos_ in NOMINAL and current.head != current:
        current = current.head
    return current == verb


def _at_once(owner: Token, verb: Token) -> bool:
    """What is done "when", "as" or "while" something else is done shares its day; both are told in the past.

    So do the dead and wounded of two verbs, and those counted "after" what killed them: "three were hurt after".
    """
    numbered = [c for c in verb.conjuncts if c.pos_ in VERBAL and counted(c)] if counted(verb) else []
    return any(_beside_clause(owner, one) for one in (verb, *numbered))


def _beside_clause(owner: Token, verb: Token) -> bool:
    inner, outer = (owner, verb) if owner.head == verb else (verb, owner)
    if inner.dep_ != "advcl" or inner.head != outer or not _has_subject(inner):
        return False
    marks = [c for c in inner.children if c.dep_ in ("mark", "advmod") and c.i < inner.i]
    if {pivot(c) for c in marks} & _words(inner, "when.simultaneous"):
        return past(inner) and past(outer)
    causes = [c for c in marks if pivot(c) in _words(inner, "when.causing") and not _after_span(c)]
    return bool(causes) and outer == verb and counted(verb) and past(inner) and past(outer)


def _after_span(mark: Token) -> bool:
    """Whether a length of time stands before a conjunction: "two days after gunmen opened fire"."""
    before = neighbour(mark, -1)
    return before is not None and means(before, "minute", "hour", "day", "week", "month", "year")


def past(verb: Token) -> bool:
    """Whether a verb is in the simple past, or the past progressive or passive."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not helpers and verb.head.pos_ in VERBAL:
        return past(verb.head)
    return (verb.tag_ == "VBD" and not helpers) or any(pivot(c) in ("was", "were") for c in helpers)
