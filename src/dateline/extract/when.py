"""When: the time expression that belongs to a finding's own verb, by the guide's rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.extract.attribution import Chain
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.lexicon.language import language
from dateline.model import Kind, Stance, TimeBasis, TimeRange
from dateline.parse.times import planned

if TYPE_CHECKING:
    from spacy.tokens import Token

SAID_IS_DONE = frozenset(
    {
        Kind.AGREEMENT,
        Kind.TERMINATION,
        Kind.EXPULSION,
        Kind.REQUEST,
        Kind.ACCUSATION,
        Kind.REJECTION,
        Kind.THREAT,
    }
    | {Kind.SUPPORT, Kind.SANCTION, Kind.CONCESSION}
)
PRESENT_TENSE = frozenset({"VBZ", "VBP"})


def time_of(reading: Reading, finding: Finding, stance: Stance, chain: Chain) -> tuple[TimeRange | None, str]:
    """The time of a finding and how it was read; None when nothing says it."""
    verb = finding.arguments.first("governed") or finding.token
    own = _own_time(reading, finding.token, verb)
    if own is not None:
        return _turned(reading, own, stance), "said at the verb"
    spoken = _time_of_speech(reading, finding, stance, chain)
    if spoken is not None:
        return spoken, "day of speech"
    if stance in (Stance.ASSERTED, Stance.ALLEGED) and finding.kind is not Kind.ATTACK and _present(finding, verb):
        published = reading.parsed.document.published
        if published is not None and reading.parsed.anchor is not None:
            day = published[:10]
            return TimeRange(None, None, None, day, day, TimeBasis.PUBLISHED), "present tense"
    return None, ""


def _own_time(reading: Reading, token: Token, verb: Token) -> TimeRange | None:
    """The nearest time expression whose syntactic owner is this verb or noun, fronted ones of a shared clause too."""
    best: tuple[int, TimeRange] | None = None
    for time in _sentence_times(reading, verb):
        owner = _owner(reading, time)
        if owner is None or not _belongs(owner, time, token, verb):
            continue
        distance = abs((time.start or 0) - verb.idx)
        if best is None or distance < best[0]:
            best = (distance, time)
    return best[1] if best is not None else None


def _sentence_times(reading: Reading, verb: Token) -> list[TimeRange]:
    sentence = verb.sent
    return [
        t for t in reading.parsed.times if t.start is not None and sentence.start_char <= t.start < sentence.end_char
    ]


def _owner(reading: Reading, time: TimeRange) -> Token | None:
    """The verb or noun a time expression hangs on."""
    assert time.start is not None and time.end is not None
    indices = reading.span_tokens(time.start, time.end)
    if len(indices) == 0:
        return None
    inside = set(indices)
    head = next((reading.doc[i] for i in indices if reading.doc[i].head.i not in inside), reading.doc[indices[0]])
    if head.head == head:
        return head
    owner = head.head
    while owner.pos_ in ("ADP", "NUM", "ADV", "SCONJ", "PART", "DET", "PUNCT") and owner.head != owner:
        owner = owner.head
    return owner


def _belongs(owner: Token, time: TimeRange, token: Token, verb: Token) -> bool:
    if owner.i in (token.i, verb.i):
        return True
    current = owner
    while current.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "ADP") and current.head != current:
        if current.dep_ in ("relcl", "acl"):
            break
        current = current.head
        if current.i in (token.i, verb.i):
            return True
        if current.pos_ in ("VERB", "AUX"):
            break
    if token.pos_ in ("NOUN", "PROPN") and owner.i in {t.i for t in token.subtree}:
        return True
    fronted = (time.start or 0) < verb.idx
    apart = current.dep_ in ("ROOT", "parataxis", "acl", "relcl", "conj")
    if apart and _opens_sentence(time, verb) and not _reports(current):
        return True
    return _shares_clause(verb, current, fronted, (time.start or 0) < owner.idx) or _carried(token, current)


def _opens_sentence(time: TimeRange, verb: Token) -> bool:
    """A time that opens the sentence dates its main verbs and what they are about."""
    first = next((t for t in verb.sent if not t.is_space and not t.is_punct), verb)
    main = verb
    while main.dep_ in ("conj", "relcl") and main.head != main:
        main = main.head
    at_root = main.dep_ == "ROOT" or main.head.dep_ == "ROOT" and verb.dep_ == "relcl"
    return at_root and (time.start or 0) <= first.idx + 10


def _reports(owner: Token) -> bool:
    return owner.lemma_.lower() in language(owner.doc.lang_).saying and owner.lemma_ != "claim"


def _shares_clause(verb: Token, owner: Token, fronted: bool, before_owner: bool) -> bool:
    """Coordinated verbs share a fronted time; open complements share their governor's."""
    current = verb
    for _ in range(6):
        if current.dep_ == "conj" and current.head.pos_ in ("VERB", "AUX"):
            current = current.head
            if current.i == owner.i:
                return before_owner and owner.i < verb.i
        elif current.dep_ == "xcomp" or (current.dep_ in ("pcomp",) and current.head.dep_ == "prep"):
            inner, current = current, current.head if current.dep_ == "xcomp" else current.head.head
            if current.i == owner.i:
                return not fronted or not _looks_ahead(current) or inner.dep_ != "xcomp"
        else:
            return False
    return False


def _looks_ahead(governor: Token) -> bool:
    """A verb of agreeing, planning or promising: its own date is not that of what it looks ahead to."""
    return governor.lemma_.lower() in language(governor.doc.lang_).words["stance.planned_governors"]


def _carried(token: Token, owner: Token) -> bool:
    """A noun takes the time of the verb that it is subject or object of, or that only locates it."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    head = token.head
    if head.i == owner.i and token.dep_ in ("nsubj", "nsubjpass"):
        return owner.lemma_ not in ("say", "show", "mean")
    return False


def _turned(reading: Reading, time: TimeRange, stance: Stance) -> TimeRange:
    """A weekday or bare month of something planned is the next one, not the last."""
    anchor = reading.parsed.anchor
    return time if stance is not Stance.PLANNED or anchor is None else planned(time, anchor)


def _time_of_speech(reading: Reading, finding: Finding, stance: Stance, chain: Chain) -> TimeRange | None:
    """The day of the saying, for acts done by saying it and for states held at that moment."""
    if not chain.cues or stance in (Stance.PLANNED, Stance.CONDITIONAL):
        return None
    done = finding.kind in SAID_IS_DONE or (finding.kind is Kind.PRESENCE and stance is not Stance.DENIED)
    if not done:
        return None
    cue = chain.cues[0]
    if finding.kind is Kind.AGREEMENT and cue.word.sent.start != finding.token.sent.start:
        return None
    for time in _sentence_times(reading, cue.word):
        owner = _owner(reading, time)
        if owner is not None and owner.i == cue.word.i:
            return time
    return None


def _present(finding: Finding, verb: Token) -> bool:
    """Whether the clause speaks of now: present tense, or an act of speech in the present perfect-less present."""
    if verb.pos_ not in ("VERB", "AUX"):
        return finding.kind is Kind.PRESENCE
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(a.lemma_ == "have" for a in auxiliaries):
        return False
    if verb.tag_ in PRESENT_TENSE or any(a.tag_ in PRESENT_TENSE for a in auxiliaries):
        return True
    return finding.kind is Kind.PRESENCE and verb.tag_ in ("VBN", "VBG") and verb.dep_ in ("acl", "amod")


def days(time: TimeRange) -> tuple[date | None, date | None]:
    """The ends of a time as dates."""
    ends = (time.earliest, time.latest)
    first, last = (None if e is None else date.fromisoformat(e[:10]) for e in ends)
    return first, last
