"""Times counted from another act of the sentence: "on Wednesday, a day after gunmen killed", "a week before the vote".

The day is stated of the one verb and counted off for the other, so no guess is made: it is the day of the verb over
the clause, less or more the days in between. "Hours after" tells no day, and a span of months none either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.extract.arguments import words
from dateline.extract.reading import Reading
from dateline.model import TimeBasis, TimeRange
from dateline.parse.forms import means, pivot
from dateline.parse.numerals import numeral

if TYPE_CHECKING:
    from spacy.tokens import Token

TimeOf = Callable[["Token"], TimeRange | None]
"""The time said at a verb."""
REACH = 8
"""Sentences back over which a report tells of one event."""
LONGEST = 31
"""Days up to which a count is exact enough to give a day."""


def counted_time(reading: Reading, token: Token, time_of: TimeOf) -> TimeRange | None:
    """The time of an act that the sentence tells as so many days before or after another; None where it does not."""
    link, verb = _linked(token)
    if link is None or verb is None or pivot(link) not in ("after", "before"):
        return None
    gap = _days(reading, link)
    if gap is None:
        return None
    time = time_of(verb) or _day_told(reading, verb, time_of)
    if time is None or time.earliest is None or time.earliest != time.latest or time.basis is TimeBasis.PUBLISHED:
        return None
    count, span = gap
    shift = timedelta(days=-count if pivot(link) == "after" else count)
    day = (date.fromisoformat(time.earliest[:10]) + shift).isoformat()
    start, end = span
    basis = TimeBasis.RELATIVE
    return replace(time, text=reading.text[start:end], start=start, end=end, earliest=day, latest=day, basis=basis)


def _day_told(reading: Reading, verb: Token, time_of: TimeOf) -> TimeRange | None:
    """The day of what "it came a week after" speaks of: the nearest day told before, else of "it comes" the report's.

    Only where the subject is the event just told, by a pronoun or a definite noun for one.
    """
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or verb.lemma_.lower() not in words(verb, "following"):
        return None
    events = reading.lexicon.classes["told_event"] | words(verb, "told_again")
    if pivot(subject) not in ("it", "this", "that") and subject.lemma_.lower() not in events:
        return None
    for sentence in reversed([s for s in reading.doc.sents if s.end <= verb.sent.start][-REACH:]):
        time = time_of(sentence.root)
        if time is not None and time.earliest is not None and time.earliest == time.latest:
            return time
    published = reading.parsed.document.published
    if verb.tag_ != "VBZ" or published is None or reading.parsed.anchor is None:
        return None
    return TimeRange(None, None, None, published[:10], published[:10], TimeBasis.RELATIVE)


def _linked(token: Token) -> tuple[Token | None, Token | None]:
    """The "after" by which an act hangs on another verb, and that verb: of a clause, or of a noun behind it."""
    if token.dep_ == "relcl":
        token = token.head
    if token.dep_ == "advcl" and token.head.pos_ in ("VERB", "AUX"):
        return next((c for c in token.children if c.dep_ in ("mark", "prep") and c.i < token.i), None), token.head
    if token.dep_ in ("pobj", "pcomp") and token.head.pos_ in ("ADP", "SCONJ"):
        over = token.head.head
        while over.pos_ not in ("VERB", "AUX") and over.head != over:
            over = over.head
        return token.head, over if over.pos_ in ("VERB", "AUX") else None
    return None, None


def _days(reading: Reading, link: Token) -> tuple[int, tuple[int, int]] | None:
    """How many days stand right before "after", with the span of "two days after"."""
    unit = link.nbor(-1) if link.i > link.sent.start else None
    if unit is None or not means(unit, "day", "week"):
        return None
    if not any(c.dep_ in ("det", "nummod", "quantmod", "amod") for c in unit.children):
        return None
    first = unit.left_edge if unit.left_edge.i <= unit.i else unit
    number = next((c for c in unit.children if c.dep_ == "nummod"), None)
    if number is None and not any(pivot(c) in ("a", "one") for c in unit.lefts):
        return None
    many = 1.0
    if number is not None:
        found = numeral(reading.text, number.idx)
        if found is None or found.low is None or found.low != found.high:
            return None
        many = found.low
    days = round(many * (7 if means(unit, "week") else 1))
    return (days, (first.idx, link.idx + len(link))) if 0 < days <= LONGEST else None
