"""The day of an event that the next sentences tell on about: its dead and wounded, those who did it, those it hit.

A past act without a date has no time (the annotation guide). But "Gunmen attacked a post on Monday. Six policemen were
killed. The gunmen fled" dates one event once, and the text itself says that it is one: a bare count of victims, or a
definite noun for a party that the dated sentence brought in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.draft import Draft
from dateline.extract.reading import Reading
from dateline.extract.time_ties import SUBJECTS, VERBAL, counted, past
from dateline.extract.when import counting
from dateline.model import Actor, Kind, TimeRange
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

TOLD_ON = frozenset({Kind.ATTACK, Kind.COERCION, Kind.PROTEST})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
NEAR = 2
"""Sentences over which a report tells on about the event it has just dated."""

Told = list[tuple[int, Draft, TimeRange]]
"""What has been dated so far, with the number of its sentence."""


def event_goes_on(reading: Reading, draft: Draft, told: Told, here: int) -> TimeRange | None:
    """The day of the event just told, where the draft tells on about it; None where nothing says so."""
    verb = counting(draft.finding)
    if draft.kind not in TOLD_ON or verb.pos_ not in VERBAL or not past(verb) or _another(reading, verb):
        return None
    for n, earlier, time in reversed(told):
        if here - n > NEAR:
            return None
        if n < here and earlier.kind in TOLD_ON:
            one_day = time.earliest is not None and time.earliest == time.latest
            return time if one_day and not _elsewhere(draft, earlier) and _of_it(reading, draft, earlier) else None
    return None


def _another(reading: Reading, verb: Token) -> bool:
    """Whether the clause speaks of an event of its own: "in a separate attack", "elsewhere", "earlier"."""
    words = reading.lexicon.words
    if any(c.lemma_.lower() in words["when.other"] for c in verb.children if c.dep_ == "advmod"):
        return True
    objects = [o for c in verb.children if c.pos_ in ("ADP", "SCONJ") for o in c.children if o.dep_ == "pobj"]
    return any(o.lemma_.lower() in words["when.events"] and not _definite(o) for o in objects)


def _elsewhere(draft: Draft, earlier: Draft) -> bool:
    """Whether the two are told of different places."""
    here, there = draft.place, earlier.place
    return here is not None and there is not None and here.name != there.name


def _of_it(reading: Reading, draft: Draft, earlier: Draft) -> bool:
    return _its_toll(draft, earlier) or _its_culprits(reading, draft) or _those_hit(reading, draft, earlier)


def _its_toll(draft: Draft, earlier: Draft) -> bool:
    """Whether the draft bare counts victims that the dated sentence has not counted otherwise."""
    verb, count = counting(draft.finding), draft.quantity
    if draft.kind is not earlier.kind or draft.finding.trigger.toll is None or count is None or not counted(verb):
        return False
    before = earlier.quantity
    if before is None or before.unit is not count.unit:
        return True
    return (before.low, before.high) == (count.low, count.high)


def _its_culprits(reading: Reading, draft: Draft) -> bool:
    """Whether a party to the act is "the gunmen", "the attacker", or what was used "the bomb"."""
    verb = counting(draft.finding)
    near = [c for c in verb.children if c.dep_ in (*SUBJECTS, "dobj")]
    near += [o for c in verb.children if c.dep_ == "agent" for o in c.children]
    culprits = reading.lexicon.words["when.culprits"]
    return any(c.lemma_.lower() in culprits and _definite(c) for c in near)


def _those_hit(reading: Reading, draft: Draft, earlier: Draft) -> bool:
    """Whether those hit are taken up by the same noun or number: "arrested eight activists. The eight were held"."""
    now, before = _head(reading, draft.recipient), _head(reading, earlier.recipient)
    if draft.kind is not earlier.kind or now is None or before is None or not _definite(now):
        return False
    same = now.lemma_.lower() == before.lemma_.lower() and now.pos_ == "NOUN"
    first, second = draft.quantity, earlier.quantity
    return same and (first is None or second is None or (first.low, first.high) == (second.low, second.high))


def _head(reading: Reading, actor: Actor | None) -> Token | None:
    """The noun of an actor as the report writes it."""
    if actor is None or actor.start is None or actor.end is None:
        return None
    tokens = [reading.doc[i] for i in reading.span_tokens(actor.start, actor.end)]
    return next((t for t in tokens if t.pos_ in ("NOUN", "PROPN", "NUM") and t.head not in tokens), None)


def _definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and pivot(c) in DEFINITE for c in noun.children)
