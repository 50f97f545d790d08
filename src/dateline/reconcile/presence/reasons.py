"""The one sentence in which each interval of a presence explains itself, put together from its claims."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.model import Claim, Kind, Stance
from dateline.reconcile.presence.figures import Range, range_of
from dateline.reconcile.presence.readings import Act, Reading
from dateline.reconcile.presence.series import Interval
from dateline.reconcile.presence.sightings import BEGINNING
from dateline.reconcile.presence.turns import MONTH, Turn

NAMED = 3
"""How many tellers a sentence names before it only counts them."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells an interval, and what a reader must know beside.

    `names` are the independent tellers, `carried_from` the day of the newest figure where it is older than the newest
    sighting, `signs` say how leaving stood ("pull-out ordered, not begun").
    """

    names: Sequence[str]
    carried_from: date | None = None
    signs: Sequence[str] = ()


def sentence(interval: Interval, until: date | None, told: Telling, as_of: date | None) -> str:
    """Strength, time, tellers, what they tell, and what stands beside it.

    "950 to 1,000 from 19 May 2024: AP and Reuters, citing a joint statement; pull-out ordered, not begun."
    """
    head = " ".join(filter(None, (strength(interval.figure), _span(interval, until, as_of))))
    return f"{head}: {'; '.join([_because(interval, told), *_notes(interval, told)])}."


def strength(figure: Range) -> str:
    """A range in words: "950 to 1,000", "At least 100", "Present, number not said,"."""
    if figure.empty:
        return "None"
    if not figure.said:
        return "Present, number not said,"
    if figure.low is None:
        return f"At most {_number(figure.high)}"
    if figure.high is None:
        return f"At least {_number(figure.low)}"
    if figure.low == figure.high:
        return _number(figure.low)
    return f"{_number(figure.low)} to {_number(figure.high)}"


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,g}"


def day_words(day: date) -> str:
    """The day as it is written: "19 May 2024"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _span(interval: Interval, until: date | None, as_of: date | None) -> str:
    """From when to when; `until` is the last day, `as_of` what stands in for all days where none is known."""
    began = "" if interval.start == BEGINNING else f"from {day_words(interval.start)}"
    if until is None:
        return began or ("at a time not said" if as_of is None else f"as of {day_words(as_of)}")
    return f"{began} to {day_words(until)}" if began else f"until {day_words(until)}"


def _because(interval: Interval, told: Telling) -> str:
    """Who tells it and what they tell."""
    who, several = listed(told.names), len(told.names) > 1
    who += _citing([*interval.numbers, *interval.seen], told.names)
    account = "" if interval.start == BEGINNING else _account(interval.turn)
    return f"{who} {'say' if several else 'says'} that {account}" if account else who.rstrip(",")


def listed(names: Sequence[str], most: int = NAMED) -> str:
    """Names in one phrase: "AP, Reuters, RTN and 2 more"."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _citing(readings: Sequence[Reading], tellers: Sequence[str]) -> str:
    """The source that all of them name, if it is one and not the one who tells it (a data set)."""
    sources = {_source(reading.sighting.claim) for reading in readings}
    if len(sources) != 1:
        return ""
    (source,) = sources
    return "" if source is None or [source] == list(tellers) else f", citing {source},"


def _source(claim: Claim) -> str | None:
    said = claim.attribution
    return None if said is None or said.source is None else said.source.name


def _account(turn: Turn) -> str:
    """What was told that began the interval; "" for a plain state."""
    if turn.act is Act.ARRIVED:
        return _arrived(turn)
    if turn.act is Act.GONE:
        worded = any(reading.worded for reading in turn.readings)
        return "the last of them had left" if worded else "they had left"
    return _left(turn) if turn.act is Act.LEFT else ""


def _arrived(turn: Turn) -> str:
    more = any(reading.more for reading in turn.readings)
    if not turn.figure.said:
        return "more of them came" if more else "they came"
    counts = {(reading.low, reading.high) for reading in turn.readings if reading.counted}
    told = Range(*counts.pop()) if len(counts) == 1 else Range(turn.figure.low, turn.figure.high or turn.figure.low)
    return f"{_inside(strength(told))} {'more ' if more else ''}came"


def _left(turn: Turn) -> str:
    left = turn.readings[0]
    if left.act is Act.GONE:
        return "all but a few had left"
    if left.share is not None:
        return "a part of them had left"
    if not left.counted:
        return "the pull-out had begun"
    number = _inside(strength(range_of(left)))
    return f"{number} of {_number(left.whole)} had left" if left.whole is not None else f"{number} had left"


def _inside(number: str) -> str:
    """A number as it stands within a sentence."""
    return number[0].lower() + number[1:]


def _notes(interval: Interval, told: Telling) -> list[str]:
    """The window of an act without a day, an old figure, an order to go, how many claims say otherwise."""
    notes = []
    turn = interval.turn
    if not turn.precise and interval.asserted and interval.start != BEGINNING:
        notes.append(f"the day is not said, only {between(turn.first, turn.last)}")
    if told.carried_from is not None:
        notes.append(f"the number is of {day_words(told.carried_from)}, newer reports give none")
    notes += told.signs
    denied = {reading.id for reading in interval.against if reading.act is Act.DENIED}
    other = {reading.id for reading in interval.against} - denied
    notes += [f"denied in {_claims(len(denied))}"] if denied else []
    notes += [f"{_claims(len(other))} against it"] if other else []
    return notes


def _claims(count: int) -> str:
    return "one claim" if count == 1 else f"{count} claims"


def between(first: date, last: date) -> str:
    """A window in words: "in August 2022", "between 1 March 2024 and 10 May 2024", "by 31 December 2023"."""
    if first in (BEGINNING, last):
        return f"by {day_words(last)}"
    if (first.year, first.month) == (last.year, last.month) and last - first >= MONTH * 0.85:
        return f"in {calendar.month_name[first.month]} {first.year}"
    return f"between {day_words(first)} and {day_words(last)}"


def signs(readings: Sequence[Reading]) -> list[str]:
    """How leaving stood before anybody left the country: ordered, planned, a base left."""
    found = []
    claims = [reading.sighting.claim for reading in readings]
    if any(claim.kind is Kind.EXPULSION for claim in claims):
        found.append("pull-out ordered, not begun")
    elif any(claim.stance is Stance.PLANNED for claim in claims):
        found.append("pull-out planned, not begun")
    bases = sorted({r.sighting.spot for r in readings if r.worded and r.sighting.spot is not None})
    return [*found, f"{listed(bases)} left"] if bases else found
