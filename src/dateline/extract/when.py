"""When: the time expression that belongs to a finding's own verb, by the guide's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dateline.extract.attribution import Chain
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.extract.time_ties import VERBAL, Tie, tie
from dateline.extract.undergone import undergoing
from dateline.extract.when_counted import counted_time
from dateline.model import Kind, Stance, TimeBasis, TimeRange
from dateline.parse.forms import means
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
DEEDS = frozenset({Kind.CONCESSION, Kind.SANCTION, Kind.EXPULSION, Kind.TERMINATION})
"""Acts done by the saying only where the actor says it, not "the rebels freed him, the Red Cross said"."""
JUST_PAST = 31
FAR_AHEAD = 270
"""Days up to which a day is just past, and from which its return next year is too far for a plan."""
PRESENT_TENSE = frozenset({"VBZ", "VBP"})


def time_of(reading: Reading, finding: Finding, stance: Stance, chain: Chain) -> tuple[TimeRange | None, str]:
    """The time of a finding and how it was read; None when nothing says it."""
    verb = finding.arguments.first("governed") or undergoing(finding.token) or counting(finding)
    claimed = _claimed(reading, finding)
    own = _own_time(reading, claimed, claimed) if claimed is not None else None
    own = own or _own_time(reading, finding.token, verb)
    if own is not None:
        turned = _turned(reading, own, stance)
        return (None, "") if _of_the_announcement(reading, own, turned) else (turned, "said at the verb")
    counted = counted_time(reading, finding.token, lambda word: _own_time(reading, word, word))
    if counted is not None:
        return counted, "counted from another act"
    spoken = _time_of_speech(reading, finding, stance, chain)
    if spoken is not None:
        return spoken, "day of speech"
    if stance in (Stance.ASSERTED, Stance.ALLEGED) and finding.kind is not Kind.ATTACK and _present(finding, verb):
        published = reading.parsed.document.published
        if published is not None and reading.parsed.anchor is not None:
            day = published[:10]
            return TimeRange(None, None, None, day, day, TimeBasis.PUBLISHED), "present tense"
    return None, ""


def _claimed(reading: Reading, finding: Finding) -> Token | None:
    """The attack that was "claimed by" somebody: its own time counts before that of the claim."""
    if finding.kind is not Kind.ATTACK or not means(finding.token, "claim"):
        return None
    events = [c for c in finding.token.children if c.dep_ in ("nsubjpass", "dobj")]
    return next((c for c in events if c.lemma_.lower() in reading.lexicon.nouns), None)


def counting(finding: Finding) -> Token:
    """The verb over a number of dead or wounded that no verb of killing governs; else the finding's own word."""
    token = finding.token
    if finding.trigger.toll is None or token.pos_ in VERBAL:
        return token
    while token.pos_ not in VERBAL and token.head != token:
        token = token.head
    return token


def _own_time(reading: Reading, token: Token, verb: Token, loosest: Tie = Tie.SHARED) -> TimeRange | None:
    """The time expression most closely tied to this verb or noun, of equals the nearest."""
    best: tuple[int, int, TimeRange] | None = None
    for time in sentence_times(reading, verb):
        how = tie(reading, time, token, verb)
        if how is None or how > loosest:
            continue
        distance = abs((time.start or 0) - verb.idx)
        if best is None or (how, distance) < best[:2]:
            best = (how, distance, time)
    return best[2] if best is not None else None


def sentence_times(reading: Reading, verb: Token) -> list[TimeRange]:
    """The time expressions in the sentence of a word."""
    sentence = verb.sent
    return [
        t for t in reading.parsed.times if t.start is not None and sentence.start_char <= t.start < sentence.end_char
    ]


def _turned(reading: Reading, time: TimeRange, stance: Stance) -> TimeRange:
    """A weekday or bare month of something planned is the next one, not the last."""
    anchor = reading.parsed.anchor
    if anchor is None:
        return time
    language = reading.parsed.doc.lang_
    return planned(time, anchor, language) if stance is Stance.PLANNED else _so_far(time, anchor, stance)


def _of_the_announcement(reading: Reading, written: TimeRange, turned: TimeRange) -> bool:
    """Whether a plan's day is that of its announcing: just past, so that the next one would be a year away."""
    anchor = reading.parsed.anchor
    if anchor is None or written.latest is None or turned.earliest is None or written.latest == turned.latest:
        return False
    past = (anchor - date.fromisoformat(written.latest[:10])).days
    ahead = (date.fromisoformat(turned.earliest[:10]) - anchor).days
    return 0 <= past <= JUST_PAST and ahead > FAR_AHEAD


def _so_far(time: TimeRange, anchor: date, stance: Stance) -> TimeRange:
    """ "this year" of what has been done ends with the day of the report."""
    done = stance in (Stance.ASSERTED, Stance.ALLEGED) and (time.text or "").lower().startswith("this ")
    day = anchor.isoformat()
    if not done or time.earliest is None or time.latest is None or not time.earliest <= day < time.latest:
        return time
    return replace(time, latest=day)


def _time_of_speech(reading: Reading, finding: Finding, stance: Stance, chain: Chain) -> TimeRange | None:
    """The day of the saying, for acts done by saying it and for states held at that moment."""
    if not chain.cues or stance in (Stance.PLANNED, Stance.CONDITIONAL):
        return None
    done = finding.kind in SAID_IS_DONE or (finding.kind is Kind.PRESENCE and stance is not Stance.DENIED)
    if not done:
        return None
    cue = chain.cues[0]
    if finding.kind in DEEDS and not _says_it_oneself(reading, finding, cue.source):
        return None
    if finding.kind is Kind.AGREEMENT and cue.word.sent.start != finding.token.sent.start:
        return None
    return time_said(reading, cue.word)


def _says_it_oneself(reading: Reading, finding: Finding, source: Token | None) -> bool:
    """Whether who says it may speak for who does it: the actor, one of the same state, or nobody known."""
    said, done = reading.actor(source), finding.actor
    if said is None or done is None:
        return True
    return said.name == done.name or (said.country is not None and said.country == done.country)


def time_said(reading: Reading, word: Token, *, shared: bool = False) -> TimeRange | None:
    """The time of a saying, by the word that tells it; None when only its content is dated.

    With `shared` the day of a verb beside it will do.
    """
    return _own_time(reading, word, word, Tie.SHARED if shared else Tie.PHRASE)


def _present(finding: Finding, verb: Token) -> bool:
    """Whether the clause speaks of now: present tense, or an act of speech in the present perfect-less present."""
    if verb.pos_ not in ("VERB", "AUX"):
        over = next((t for t in verb.ancestors if t.pos_ in ("VERB", "AUX")), verb)
        before = any(c.dep_ == "aux" and c.lower_ == "had" for c in over.children)
        return finding.kind is Kind.PRESENCE and not before
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(means(a, "have") for a in auxiliaries):
        return False
    if verb.tag_ in PRESENT_TENSE or any(a.tag_ in PRESENT_TENSE for a in auxiliaries):
        return True
    return finding.kind is Kind.PRESENCE and verb.tag_ in ("VBN", "VBG") and verb.dep_ in ("acl", "amod")


def days(time: TimeRange) -> tuple[date | None, date | None]:
    """The ends of a time as dates."""
    ends = (time.earliest, time.latest)
    first, last = (None if e is None else date.fromisoformat(e[:10]) for e in ends)
    return first, last
