"""What changed: steps of presences that begin in the days asked for, acts that move forces, and agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.brief.making import Making, beginning, force, is_gone, optional, strength, told_by, told_of, within, words
from dateline.brief.model import Sentence
from dateline.brief.values import Amount, Days, Host, Part, Party, Term, Value, part
from dateline.model import Event, Presence, Stance

CHANGES = 40
"""Changes of each sort that are told, the newest."""


def steps(making: Making) -> tuple[tuple[Sentence, ...], int]:
    """Changes of strength in the span, the newest first, and how many older ones are left out."""
    found: list[tuple[str, Presence, int]] = []
    for presence in making.material.presences:
        for number, step in enumerate(presence.series, start=1):
            if step.start is None or not within(step.start, making.since, making.day):
                continue
            before = presence.series[number - 2] if number > 1 else None
            if before is None or (before.low, before.high) != (step.low, step.high):
                found.append((step.start, presence, number))
    found.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    shown = [_step(making, presence, number) for _, presence, number in found[:CHANGES]]
    return tuple(shown), max(0, len(found) - CHANGES)


def _step(making: Making, presence: Presence, number: int) -> Sentence:
    step = presence.series[number - 1]
    before = presence.series[number - 2] if number > 1 else None
    named: dict[str, Value] = {"force": force(presence), "host": Host(presence.host), "day": beginning(step)}
    if is_gone(step):
        lead = part("change_gone", **named)
    elif before is None:
        lead = part("change_first", **named, strength=strength(step))
    elif is_gone(before):
        lead = part("change_again", **named, strength=strength(step))
    else:
        lead = part("change", **named, before=strength(before), strength=strength(step))
    counted, witnesses = told_of(making, step)
    return making.sentence([lead, *counted], step.supports, witnesses, presence=presence.id, step=number)


def asserted(events: Iterable[Event]) -> list[Event]:
    """Events that somebody asserts, by an independent origin at least."""
    return [one for one in events if Stance.ASSERTED in one.stances and one.origins]


def not_asserted(events: Iterable[Event]) -> list[Event]:
    """Events that are only planned, alleged, denied or conditional."""
    return [one for one in events if one.stances and Stance.ASSERTED not in one.stances]


def acts(making: Making, events: Sequence[Event]) -> tuple[tuple[Sentence, ...], int]:
    """Events as sentences, and how many older ones are left out."""
    shown = [act(making, event) for event in events[:CHANGES]]
    return tuple(shown), max(0, len(events) - CHANGES)


def act(making: Making, event: Event) -> Sentence:
    """One event: when, what, who, to or with whom, where, how many, how far it has come, who tells it."""
    return making.sentence(
        [*_act_parts(event), told_by(event.origins, len(event.claims))],
        event.claims,
        event.witnesses,
        event=event.id,
    )


def _act_parts(event: Event) -> Iterator[Part]:
    stage = Term("stages", str(event.stage))
    yield part("act", days=Days(event.earliest, event.latest), kind=Term("kinds", str(event.kind)), stage=stage)
    yield from optional("by", party=None if event.actor is None else Party(event.actor))
    yield from optional("towards", party=None if event.recipient is None else Party(event.recipient))
    if event.place is not None:
        yield from optional("place", place=words(event.place))
    elif event.country is not None:
        yield part("country", host=Host(event.country))
    if (event.low is not None or event.high is not None) and event.unit is not None:
        yield part("figure", amount=Amount(event.low, event.high, str(event.unit)))
