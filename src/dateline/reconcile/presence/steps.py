"""The series of a force in one place as steps: from its sightings to intervals that each explain themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.model import Claim, Step, Witness
from dateline.reconcile.origins import witnesses
from dateline.reconcile.presence.exits import held
from dateline.reconcile.presence.figures import departed_as_remaining, outliers
from dateline.reconcile.presence.forces import by_canonical, lineage
from dateline.reconcile.presence.readings import Act, Reading, reading
from dateline.reconcile.presence.reasons import Telling, sentence, signs
from dateline.reconcile.presence.series import Interval, intervals, last_day, placed_against
from dateline.reconcile.presence.sightings import BEGINNING, Sighting, day_of
from dateline.reconcile.presence.turns import Turn, minus, turns
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import Verdicts

FRESH = timedelta(days=31)
"""A figure is carried where the newest sighting is more than a month newer."""

OLD = timedelta(days=365)
"""An age after which a step that nobody reports on is only history."""

STANDS = timedelta(days=180)
"""An order or plan to leave from up to half a year before a step is told with it."""


_BESIDE = frozenset({Act.SIGN, Act.DENIED})
_LEAVING = frozenset({Act.LEFT, Act.GONE})


@dataclass(frozen=True, slots=True)
class Staleness:
    """How old the last report behind a step is, seen from a day, and a mark for it."""

    days: int
    mark: str


def stale(step: Step, on: date) -> Staleness | None:
    """The age of a step's last report on a day, with `fresh` (a month), `ageing` (a year) or `old`; a view, not stored.

    None for a step that has ended by then, for one of no known day and for a day before its last report.
    """
    if step.as_of is None or (step.end is not None and date.fromisoformat(step.end) < on):
        return None
    age = on - date.fromisoformat(step.as_of)
    if age < timedelta(0):
        return None
    mark = "fresh" if age <= FRESH else "ageing" if age <= OLD else "old"
    return Staleness(age.days, mark)


@dataclass(frozen=True, slots=True)
class Series:
    """The steps of one force in one place, oldest first: ordered, gap-free, apart; and the exits that ended it."""

    steps: tuple[Step, ...]
    exits: tuple[Turn, ...]


def series(
    sightings: Sequence[Sighting],
    reports: Reports,
    verdicts: Verdicts,
    *,
    at: str | None = None,
    exits: Sequence[Turn] = (),
) -> Series:
    """What the sightings of one force come to in its host, or at one base or town of it.

    Claims of undated reports stand only where there is nothing else: they cannot be put in time. `exits` are those
    from the whole country, which end the stay at each of its bases.
    """
    read = [one for s in sightings if (one := reading(s, at=at, accepted=verdicts.accepted)) is not None]
    if any(one.window.last != BEGINNING and one.act not in _BESIDE for one in read):
        read = [one for one in read if one.window.last != BEGINNING]
    read = _handed_over(read)
    lost = frozenset().union(*(s.claims - s.favours for s in verdicts.settlements if s.favours))
    lost |= outliers(read, sightings) | departed_as_remaining(read)
    stands = held(turns(one for one in read if one.id not in lost), lambda some: _origins(_claims(some), reports))
    ended = [replace(turn, inherited=True) for turn in exits]
    found = intervals(sorted([*stands.turns, *ended], key=lambda turn: turn.order))
    against = [(turn.day, one) for turn in stands.against for one in turn.readings]
    against += [(one.window.last, one) for one in read if one.id in lost or one.act is Act.DENIED]
    placed_against(found, sorted(against, key=lambda pair: (pair[0], pair[1].id)))
    hints = sorted((one for one in read if one.act is Act.SIGN), key=lambda one: (one.window.last, one.id))
    began = next((number for number, one in enumerate(found) if _leaving(one)), len(found))
    steps = tuple(_step(found, number, hints if number < began else [], reports) for number in range(len(found)))
    return Series(steps, tuple(interval.turn for interval in found if interval.gone))


def _leaving(interval: Interval) -> bool:
    """Whether somebody has left the country by then, so that plans and orders need no more telling."""
    before = interval.start == BEGINNING
    return any(
        one.act is Act.LEFT or (one.act is Act.GONE and not before) for one in (*interval.numbers, *interval.seen)
    )


def _handed_over(readings: list[Reading]) -> list[Reading]:
    """Readings in which a force that goes on under a new name does not leave: its departure under the old is none."""
    names = {
        by_canonical(one.sighting.force.name) for one in readings if one.act in (Act.SEEN, Act.FIGURE, Act.ARRIVED)
    }
    later = {name for name in names if lineage(name) != name}
    if not later:
        return readings
    return [
        one for one in readings if one.act not in _LEAVING or not _goes_on(by_canonical(one.sighting.force.name), later)
    ]


def _goes_on(name: str, later: set[str]) -> bool:
    return name not in later and any(lineage(other) == lineage(name) for other in later)


def _claims(readings: Sequence[Reading]) -> list[Claim]:
    return [one.sighting.claim for one in readings]


def _origins(claims: Sequence[Claim], reports: Reports) -> int:
    return _independent(witnesses(claims, reports))


def _independent(told: Sequence[Witness]) -> int:
    """Tellings at first hand; where all only recall it, those. Data sets are none."""
    return sum(not one.background for one in told) or sum(not one.is_data for one in told)


def _step(found: Sequence[Interval], at: int, hints: Sequence[Reading], reports: Reports) -> Step:
    """One interval as a step of the record."""
    interval, end = found[at], last_day(found, at)
    after: Turn | None = found[at + 1].turn if at + 1 < len(found) else None
    behind = _once([*interval.numbers, *interval.seen])
    told = witnesses(_claims(_once([*(interval.numbers or interval.seen)])), reports)
    as_of, numbered = _newest(behind, end), _newest(interval.numbers, end)
    seen = _newest([one for one in behind if one.act not in _LEAVING], end)
    carried = seen is not None and numbered is not None and seen - numbered > FRESH and not interval.gone
    beside = _during(hints, interval.start, end)
    telling = Telling(_names(told, reports), numbered if carried else None, signs(beside))
    return Step(
        start=_iso(interval.start),
        end=_iso(end),
        low=_whole(interval.figure.low),
        high=_whole(interval.figure.high),
        as_of=_iso(as_of),
        supports=_ids(_once([*interval.basis, *behind])),
        reason=sentence(interval, end, telling, as_of),
        start_precise=interval.start == interval.turn.day != BEGINNING and interval.turn.precise,
        start_asserted=interval.asserted and interval.start != BEGINNING,
        end_precise=after is not None and after.precise,
        end_asserted=after is not None and after.asserted,
        contradicts=_ids(_once(interval.against)),
        origins=_independent(told),
        carried=carried,
    )


def _whole(number: float | None) -> float | None:
    """A whole number as one, so that 184.0 and 184 are the same bytes."""
    return number if number is None or not float(number).is_integer() else int(number)


def _once(readings: Sequence[Reading]) -> list[Reading]:
    """Each claim once, in order of time."""
    unique = {one.id: one for one in readings}
    return sorted(unique.values(), key=lambda one: one.sighting.order)


def _ids(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(one.id for one in readings)


def _newest(readings: Sequence[Reading], end: date | None) -> date | None:
    """The newest day that readings speak of, no later than the interval."""
    newest = max((one.window.last for one in readings), default=None)
    if newest is None or newest == BEGINNING:
        return None
    return newest if end is None else min(newest, end)


def _during(hints: Sequence[Reading], start: date, end: date | None) -> list[Reading]:
    """Signs of leaving that were told up to the end of an interval and not long before it."""
    since = minus(start, STANDS)
    return [one for one in hints if since <= _told_on(one) and (end is None or _told_on(one) <= end)]


def _told_on(one: Reading) -> date:
    """The day on which a sign was told: a plan lies in the time of its report, not of what is planned."""
    said = day_of(one.sighting.said)
    return one.window.last if said is None else min(one.window.last, said)


def _names(told: Sequence[Witness], reports: Reports) -> list[str]:
    """Those who tell it at first hand, who say most first; by their outlet where the origin has no name."""
    first_hand = [one for one in told if not one.background] or list(told)
    first_hand.sort(key=lambda one: (-len(one.claims), _name(one, reports)))
    return list(dict.fromkeys(_name(one, reports) for one in first_hand))


def _name(witness: Witness, reports: Reports) -> str:
    if witness.name is not None:
        return witness.name
    known = (reports.documents[d] for d in witness.documents if d in reports.documents)
    return next((name for d in known if (name := d.agency or d.outlet)), "a report without a name")


def _iso(day: date | None) -> str | None:
    return None if day is None or day == BEGINNING else day.isoformat()
