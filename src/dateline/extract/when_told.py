"""Times carried between sentences: to an event spoken of again, along a list, to what a speaker says next.

The guide leaves a past act without a date null; these are the cases in which the text itself ties the act to one that
it has dated: "Three soldiers died in the attack", the items of a list under "On 8 January the coalition struck:", and
what the speaker of a dated speech goes on to demand. Times are never taken from general knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.cues import Cue
from dateline.extract.draft import Draft
from dateline.extract.reading import Reading
from dateline.extract.time_ties import SUBJECTS, VERBAL
from dateline.extract.when import counting, sentence_times, time_said
from dateline.extract.when_goes_on import Told, event_goes_on
from dateline.model import Kind, Stance, TimeBasis, TimeRange
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

DONE = frozenset({Stance.ASSERTED, Stance.ALLEGED})
EVENTS = frozenset({Kind.ATTACK, Kind.COERCION, Kind.PROTEST, Kind.COUP})
NEAR = 2
"""Sentences back within which "the attack" is the last one told, though others were told with other times."""
SPOKEN = frozenset({Kind.REQUEST, Kind.ACCUSATION, Kind.THREAT, Kind.REJECTION, Kind.SUPPORT})
SPEECH = 4
"""Sentences over which a speech is taken to go on."""
ONE_SPEECH = 15
"""Sentences over which it is where the report gives the speaker one day only."""
ITEM = re.compile(r"[^\S\n]*[.•*·–-][^\S\n]+\S")


def carried_times(reading: Reading, drafts: Iterable[Draft], cues: Iterable[Cue]) -> Iterator[Draft]:
    """The drafts, with the times that the sentences before give to those without one."""
    number = {s.start: n for n, s in enumerate(reading.doc.sents)}
    told: Told = []
    said = _sayings(reading, cues, number)
    given = list(drafts)
    filled: dict[int, Draft] = {}
    for at in sorted(range(len(given)), key=lambda n: given[n].finding.token.i):
        draft = given[at]
        here = number[draft.finding.token.sent.start]
        if draft.time is None and (draft.stance in DONE or _refusing(draft)):
            found, how = _carried(reading, draft, told, said, here)
            if found is not None:
                draft = replace(draft, time=found, basis=draft.basis | {"time": how})
        _note(told, draft, here)
        filled[at] = draft
    yield from (filled[n] for n in range(len(given)))


def _note(told: Told, draft: Draft, here: int) -> None:
    if draft.time is None or draft.time.basis is TimeBasis.PUBLISHED or draft.stance not in DONE:
        return
    told.append((here, draft, draft.time))


def _carried(
    reading: Reading, draft: Draft, told: Told, said: Sequence[tuple[int, str, TimeRange]], here: int
) -> tuple[TimeRange | None, str]:
    if draft.kind in EVENTS and _event_named(reading, draft):
        found = _last(told, draft.kind, here)
        if found is not None:
            return found, "of the event told before"
    if sentence_times(reading, draft.finding.token):
        return None, ""
    opener = _list_opener(reading, draft)
    if opener is not None:
        return opener, "of the list"
    again = _told_again(draft, told, here)
    if again is not None:
        return again, "of the total told before"
    spoken = _spoken_on(reading, draft, said, here) if draft.kind in SPOKEN else None
    if spoken is not None:
        return spoken, "day of the speech"
    return event_goes_on(reading, draft, told, here), "of the event that goes on"


def _spoken_on(
    reading: Reading, draft: Draft, said: Sequence[tuple[int, str, TimeRange]], here: int
) -> TimeRange | None:
    """The day of the speech in which an act is done by saying it: told ("He urged"), or heard ("must go," he said)."""
    if draft.actor is not None and _speech_goes_on(draft.finding.token):
        return _spoken(draft.actor.name, said, here)
    cue = draft.chain.cues[0] if draft.chain.cues else None
    if cue is None or cue.word == draft.finding.token or not _speech_goes_on(cue.word):
        return None
    speaker = reading.actor(cue.source)
    return _spoken(speaker.name, said, here) if speaker is not None else None


def _refusing(draft: Draft) -> bool:
    """A refusal or threat that the report narrates: what it hangs on is to come, the word is spoken."""
    narrated = draft.kind in (Kind.REJECTION, Kind.THREAT) and draft.chain.attribution is None
    return narrated and draft.stance is Stance.CONDITIONAL


def _spoken(name: str, said: Sequence[tuple[int, str, TimeRange]], here: int) -> TimeRange | None:
    """The day of what somebody goes on to say: the last dated just before, or the only one that the report gives."""
    mine = [(n, t) for n, who, t in said if who == name and n <= here]
    if not mine:
        return None
    one = len({(t.earliest, t.latest) for _, t in mine}) == 1
    return mine[-1][1] if here - mine[-1][0] <= (ONE_SPEECH if one else SPEECH) else None


def _sayings(reading: Reading, cues: Iterable[Cue], number: dict[int, int]) -> list[tuple[int, str, TimeRange]]:
    """Dated sayings in text order: number of the sentence, name of the speaker, time."""
    found = []
    for cue in sorted(cues, key=lambda c: c.word.i):
        actor = reading.actor(cue.source)
        time = time_said(reading, cue.word, shared=True) if actor is not None else None
        if actor is not None and time is not None:
            found.append((number[cue.word.sent.start], actor.name, time))
    return found


def _event_named(reading: Reading, draft: Draft) -> bool:
    """Whether the clause speaks of an event told before: "in the attack", "The blast wounded"."""
    token = draft.finding.token
    verb = draft.finding.arguments.first("governed") or counting(draft.finding)
    if verb.pos_ not in VERBAL:
        return False
    if verb.dep_ == "conj" and any(c.dep_ in SUBJECTS and c.pos_ == "NUM" for c in verb.children):
        verb = verb.head
    near = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    within = reading.lexicon.words["when.within"]
    preps = [c for holder in (verb, *verb.children) for c in holder.children if c.dep_ == "prep" and pivot(c) in within]
    near += [c for prep in preps for c in prep.children if c.dep_ == "pobj"]
    again = [c.lemma_.lower() for c in near if c.i != token.i and _known(c)]
    return any(noun in reading.lexicon.words["when.events"] for noun in again)


def _known(noun: Token) -> bool:
    """Whether a noun phrase names an event as known, with nothing that would tell it from others."""
    known = any(c.dep_ == "det" and pivot(c) in ("the", "this", "that", "these", "those") for c in noun.children)
    return known and not any(c.dep_ in ("prep", "relcl", "poss", "acl") for c in noun.children)


def _last(told: Told, kind: Kind, here: int) -> TimeRange | None:
    """The time of the event of a kind that is meant: the only one dated, one told just before, or the report's lead."""
    times = [(n, t) for n, d, t in told if d.kind is kind]
    if not times:
        return None
    n, time = times[-1]
    one = all((t.earliest, t.latest) == (time.earliest, time.latest) for _, t in times)
    if one or here - n <= NEAR:
        return time
    return times[0][1] if times[0][0] <= NEAR else None


def _told_again(draft: Draft, told: Told, here: int) -> TimeRange | None:
    """The time of a total just told, for a part of it: "34 strikes on Sunday. In Syria, the coalition made 23"."""
    part = draft.quantity
    if draft.actor is None or part is None or part.high is None:
        return None
    for n, earlier, time in reversed(told):
        if here - n > NEAR:
            return None
        total = earlier.quantity
        same = earlier.kind is draft.kind and earlier.actor is not None and earlier.actor.name == draft.actor.name
        if same and n < here and total is not None and total.unit is part.unit and part.high < (total.low or 0):
            return time
    return None


def _list_opener(reading: Reading, draft: Draft) -> TimeRange | None:
    """The time that opens the paragraph over a list of which the sentence is an item."""
    start = _line_start(reading.text, draft.finding.token.sent)
    if not _is_item(reading.text, start):
        return None
    before = [t for t in reading.parsed.times if t.start is not None and t.start < start]
    if not before:
        return None
    time = before[-1]
    line = _start_of_line(reading.text, time.start or 0)
    opens = reading.text[line : time.start].strip() == "" and not _is_item(reading.text, line)
    return time if opens and time.basis is not TimeBasis.PUBLISHED else None


def _line_start(text: str, sentence: Span) -> int:
    first = next((t for t in sentence if t.is_alpha), sentence[0])
    return _start_of_line(text, first.idx)


def _start_of_line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _is_item(text: str, start: int) -> bool:
    return ITEM.match(text, start) is not None


def _speech_goes_on(token: Token) -> bool:
    """Whether a verb tells plainly what its subject said next: "He called on", "vowing not to" after such a verb."""
    main = token.head if token.tag_ == "VBG" and token.dep_ == "advcl" else token
    return main.dep_ in ("ROOT", "conj") and main.tag_ == "VBD" and not any(c.dep_ == "aux" for c in main.children)
