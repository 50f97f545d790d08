"""Figures that cannot all be so: which agree, which differ, and what explains a difference."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from dateline.reconcile.disputes.tellings import Telling, agree, bounds, covers, days_between, place_name

Bounds = tuple[float, float]
Conflict = Callable[["Figure", "Figure"], bool]

LONGEST = 183
"""Days between two figures of a standing force beyond which they are no dispute: the time between is not told."""

_EXACT = 1.25
_FEW = 200
"""Movements looked at in one stretch of time: with that many reported, something has moved."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """Tellings that give figures which agree, over the same days: `level` is what they are grouped under."""

    level: int
    first: int
    last: int
    tellings: tuple[Telling, ...]
    bounds: Bounds


def figure(level: int, first: int, last: int, told: Iterable[Telling]) -> Figure:
    """A figure with the bounds that all of its tellings together may mean."""
    tellings = tuple(told)
    given = [found for telling in tellings if (found := bounds(telling)) is not None]
    together = min(low for low, _ in given), max(high for _, high in given)
    return Figure(level, first, last, tellings, together)


@dataclass(frozen=True, slots=True)
class Movements:
    """Arrivals or departures with known days, in order of their first day."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    @classmethod
    def of(cls, found: Iterable[Telling]) -> Movements:
        """Those of the tellings whose days are known at both ends."""
        windows = sorted({(t.first, t.last) for t in found if t.first is not None})
        return cls(tuple(first for first, _ in windows), tuple(last for _, last in windows))

    def within(self, start: int, end: int) -> bool:
        """Whether one of them lies wholly between the two days, these included."""
        at = bisect_left(self.firsts, start)
        upto = bisect_right(self.firsts, end)
        return upto - at > _FEW or any(last <= end for last in islice(self.lasts, at, upto))


def levels(found: Iterable[Telling]) -> tuple[tuple[Telling, ...], ...]:
    """The tellings by the figure they stand for, lowest first: those within 10 percent of the figure most give.

    A vague figure ("several hundred") joins the only one it agrees with; one that agrees with several is left out,
    for it speaks for none of them.
    """
    valued: dict[Bounds, list[Telling]] = defaultdict(list)
    for telling in found:
        given = bounds(telling)
        if given is not None:
            valued[given].append(telling)
    exact = {value: told for value, told in valued.items() if _is_exact(value)}
    anchors = _anchored(exact)
    rest = {value: told for value, told in valued.items() if value not in exact}
    apart: dict[Bounds, list[Telling]] = {}
    for value in sorted(rest):
        homes = _homes(value, rest[value], anchors)
        if len(homes) == 1:
            anchors[homes[0]].extend(rest[value])
        elif not homes:
            apart[value] = rest[value]
    anchors |= _anchored(apart)
    return tuple(tuple(sorted(anchors[value], key=lambda t: t.order)) for value in sorted(anchors))


def _is_exact(value: Bounds) -> bool:
    return value[1] <= value[0] * _EXACT


def _homes(value: Bounds, told: Sequence[Telling], anchors: Iterable[Bounds]) -> list[Bounds]:
    """The figures that a vague one can stand for; "more than N" stands for N before anything above."""
    open_ended = all(t.claim.quantity is not None and t.claim.quantity.high is None for t in told)
    if open_ended:
        at_floor = [anchor for anchor in anchors if agree((value[0], value[0]), anchor)]
        if at_floor:
            return at_floor[:1]
    return [anchor for anchor in anchors if agree(value, anchor)]


def _anchored(valued: dict[Bounds, list[Telling]]) -> dict[Bounds, list[Telling]]:
    """Groups around the figures that most reports give, the lower first among equals."""
    left = dict(valued)
    groups: dict[Bounds, list[Telling]] = {}
    support = {value: len({t.claim.document for t in told}) for value, told in valued.items()}
    for anchor in sorted(valued, key=lambda value: (-support[value], value)):
        if anchor in left:
            near = [value for value in left if agree(value, anchor)]
            groups[anchor] = [telling for value in near for telling in left.pop(value)]
    return groups


def figures(found: Iterable[Telling]) -> tuple[Figure, ...]:
    """The dated tellings as figures: one for each level and window, in time order."""
    made = []
    for level, told in enumerate(levels(found)):
        windows: dict[tuple[int, int], list[Telling]] = defaultdict(list)
        for telling in told:
            if telling.first is not None:
                windows[telling.first, telling.last].append(telling)
        made += [figure(level, first, last, group) for (first, last), group in windows.items()]
    return tuple(sorted(made, key=lambda figure: (figure.last, figure.first, figure.level)))


def conflicting(found: Sequence[Figure], conflict: Conflict) -> list[tuple[Figure, ...]]:
    """Figures joined by conflicts, group by group; each figure is compared with the nearest of every other level."""
    by_level: dict[int, list[Figure]] = defaultdict(list)
    for figure in found:
        by_level[figure.level].append(figure)
    joined = _Groups()
    for one, other in combinations(sorted(by_level), 2):
        for left, right in _neighbours(by_level[one], by_level[other]):
            if conflict(left, right):
                joined.join(left, right)
    return joined.groups()


def _neighbours(one: Sequence[Figure], other: Sequence[Figure]) -> Iterable[tuple[Figure, Figure]]:
    """Each figure with the last before and the first after it on the other level, the earlier of the two first."""
    for these, those in ((one, other), (other, one)):
        ends = [figure.last for figure in those]
        for this in these:
            at = bisect_right(ends, this.last)
            for near in those[max(0, at - 1) : at + 1]:
                yield _in_time(this, near)


def _in_time(one: Figure, other: Figure) -> tuple[Figure, Figure]:
    earlier = min(one, other, key=lambda figure: (figure.last, figure.first, figure.level))
    return (one, other) if earlier is one else (other, one)


class _Groups:
    """Figures that belong together, by union."""

    def __init__(self) -> None:
        self._parent: dict[Figure, Figure] = {}

    def join(self, one: Figure, other: Figure) -> None:
        """Put the groups of both together."""
        first, second = self._root(one), self._root(other)
        if first is not second:
            self._parent[second] = first

    def _root(self, figure: Figure) -> Figure:
        self._parent.setdefault(figure, figure)
        while self._parent[figure] is not figure:
            self._parent[figure] = self._parent[self._parent[figure]]
            figure = self._parent[figure]
        return figure

    def groups(self) -> list[tuple[Figure, ...]]:
        """The groups in time order."""
        members: dict[Figure, list[Figure]] = defaultdict(list)
        for figure in self._parent:
            members[self._root(figure)].append(figure)
        ordered = [tuple(sorted(group, key=lambda f: (f.last, f.first, f.level))) for group in members.values()]
        return sorted(ordered, key=lambda group: [(f.last, f.first, f.level) for f in group])


def of_one_time(arrivals: Movements, departures: Movements) -> Conflict:
    """Whether two figures of a standing force, the earlier first, are a dispute.

    Not when more than half a year lies between them or either is known to no less, when one voice tells both as a
    development, or when a movement told between them explains the step: an arrival a rise, a departure a fall.
    """

    def conflict(earlier: Figure, later: Figure) -> bool:
        if max(0, later.first - earlier.last) > LONGEST or agree(earlier.bounds, later.bounds):
            return False
        if (earlier.first, earlier.last) == (later.first, later.last):
            return True
        long = max(earlier.last - earlier.first, later.last - later.first) > LONGEST
        if long or not _two_voices(earlier, later):
            return False
        moved = arrivals if earlier.bounds[1] < later.bounds[0] else departures
        return not moved.within(min(earlier.first, later.first), later.last)

    return conflict


def _two_voices(one: Figure, other: Figure) -> bool:
    return len({telling.voice for figure in (one, other) for telling in figure.tellings}) > 1


def of_one_move(one: Figure, other: Figure) -> bool:
    """Whether two figures of arrivals (or of departures) are of the same one and differ.

    Their days must be the same, or overlap and be known to half a year. A part is no dispute with the whole: the
    smaller figure may be of one base, of a shorter time or of one contingent.
    """
    if agree(one.bounds, other.bounds):
        return False
    if (one.first, one.last) != (other.first, other.last):
        long = max(one.last - one.first, other.last - other.first) > LONGEST
        if long or max(one.first, other.first) > min(one.last, other.last) + 1 or not _two_voices(one, other):
            return False
    return any(_same_move(left, right) for left in _spots(one) for right in _spots(other))


def _spots(figure: Figure) -> list[Telling]:
    """One telling for each place of a figure's, which is all that a comparison needs."""
    return list({place_name(telling): telling for telling in figure.tellings}.values())


def _same_move(one: Telling, other: Telling) -> bool:
    less, more = sorted((one, other), key=lambda telling: (bounds(telling) or (0.0, 0.0), telling.order))
    if less.spot and more.spot and less.spot != more.spot:
        return False
    return not _inside(less, more)


def _inside(part: Telling, whole: Telling) -> bool:
    """Whether one counts a part of what the other counts, by place or by time."""
    if part.spot and not whole.spot:
        return True
    if part.width < whole.width and days_between(part, whole) == 0:
        return covers(whole, part) and not (whole.spot and not part.spot)
    return False
