"""Acts as disputes see them: events, and events of a block that only their counts keep apart, as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.model import Claim, Event, Kind, Unit
from dateline.reconcile.disputes.tellings import SHORT, Telling, ordinal, tellings
from dateline.reconcile.events import event_block
from dateline.reconcile.reports import Reports

ONCE = frozenset(
    {Kind.AGREEMENT, Kind.TERMINATION, Kind.CONSULTATION, Kind.COUP, Kind.PROTEST, Kind.ACCUSATION, Kind.SANCTION}
)
"""Acts that the same parties do once in the same few days: two counts for them are of one act."""

_COUNTED = frozenset({Unit.KILLED, Unit.WOUNDED, Unit.DETAINED, Unit.DISPLACED, Unit.PEOPLE})


@dataclass(frozen=True, slots=True)
class Act:
    """An event with all that is told of it, also in passing: a copy errs there most."""

    event: Event
    told: tuple[Telling, ...]


def acts(events: Iterable[Event], claims: Mapping[str, Claim], reports: Reports) -> Iterator[Act]:
    """Events as acts; those of a block that share parties, days and town and both count are one.

    Counts that contradict one another keep tellings apart as events, where neither day nor town is exact. For a
    dispute they are what it is about.
    """
    groups: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        groups[_key(event, claims, reports)].append(event)
    for key in sorted(groups):
        for together in _of_one_time(groups[key]):
            main = min(together, key=lambda event: (-len(event.claims), event.id))
            yield Act(main, tellings((c for event in together for c in event.claims), claims, reports))


def _key(event: Event, claims: Mapping[str, Claim], reports: Reports) -> tuple[str, ...]:
    """What events that may be one act share; the id of the event where nothing but itself may be."""
    first = claims[event.claims[0]]
    document = reports.documents.get(first.document)
    block = None if document is None else event_block(first, document)
    dated = event.earliest is not None and event.latest is not None
    if block is None or not dated or not _counts(event, claims):
        return (event.id,)
    if event.kind in ONCE:
        return (block, str(event.kind), event.actor_country or "", event.recipient_country or "")
    if event.kind is Kind.ATTACK and event.place is not None and event.place != event.country:
        return (block, str(event.kind), event.place)
    return (event.id,)


def _counts(event: Event, claims: Mapping[str, Claim]) -> bool:
    units = {quantity.unit for c in event.claims if (quantity := claims[c].quantity) is not None}
    return bool(units & _COUNTED) if event.kind is Kind.ATTACK else bool(units)


@dataclass(slots=True)
class _Group:
    """Events of overlapping days by parties that can be one; `doers` are the names and countries told so far."""

    end: int
    doers: set[str]
    events: list[Event]

    def admits(self, first: int, doers: set[str]) -> bool:
        """Whether an event that begins on that day, by these, can be of the group; nobody named can be anybody."""
        return first <= self.end and (not doers or not self.doers or bool(doers & self.doers))


def _of_one_time(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Events whose days overlap, each known to a month, in order of time."""
    open_groups: list[_Group] = []
    for event in sorted(events, key=lambda e: (e.earliest or "", e.latest or "", e.id)):
        first, last = ordinal(event.earliest), ordinal(event.latest)
        if first is None or last is None or last - first > SHORT:
            yield [event]
            continue
        yield from (group.events for group in open_groups if group.end < first)
        open_groups = [group for group in open_groups if group.end >= first]
        doers = _doers(event)
        fitting = next((group for group in open_groups if group.admits(first, doers)), None)
        if fitting is None:
            open_groups.append(_Group(last, doers, [event]))
        else:
            fitting.end = min(fitting.end, last)
            fitting.doers |= doers
            fitting.events.append(event)
    yield from (group.events for group in open_groups)


def _doers(event: Event) -> set[str]:
    """The names of those who did it, one by one, and the country of all."""
    names = set() if event.actor is None else {name.strip() for name in event.actor.split(";")}
    return names if event.actor_country is None else names | {event.actor_country}
