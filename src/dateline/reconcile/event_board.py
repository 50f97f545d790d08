"""Groups of tellings, findable by week and by place, count and report, so that none is compared with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dateline.model import Kind
from dateline.reconcile.event_groups import Group, Mark
from dateline.reconcile.event_tellings import Telling

WEEK = 7
MOST = 48
"""Groups of one key and week that a telling is compared with at most, so that a dense block stays linear."""


class Board:
    """The groups of one family and mode, findable by week and by place, count and report."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._weeks: dict[tuple[str, int], list[Group]] = defaultdict(list)
        self._reports: dict[str, list[Group]] = defaultdict(list)

    def open(self, telling: Telling, marks: Iterable[Mark]) -> Group:
        """A new group of that telling."""
        group = Group(telling.family, telling.mode)
        self.groups.append(group)
        self.take(group, telling, marks)
        return group

    def take(self, group: Group, telling: Telling, marks: Iterable[Mark]) -> None:
        """Add a telling to a group."""
        group.take(telling, marks)
        if group not in self._reports[telling.document]:
            self._reports[telling.document].append(group)
        if group.core is None:
            return
        for key in _places(telling, lookup=False):
            for week in _weeks(group.core):
                listed = self._weeks[key, week]
                if group not in listed[-MOST:]:
                    listed.append(group)

    def near(self, telling: Telling) -> Iterator[Group]:
        """Groups that a telling can belong to, each once, in an order that its content settles."""
        seen: set[int] = set()
        listed = [self._reports.get(telling.document, [])]
        if telling.near is not None:
            weeks = _weeks(telling.near)
            listed += [self._weeks.get((key, week), []) for key in _places(telling, lookup=True) for week in weeks]
        for groups in listed:
            for group in groups[-MOST:]:
                if group.members and id(group) not in seen:
                    seen.add(id(group))
                    yield group


def _weeks(window: tuple[int, int]) -> range:
    """The weeks of a window, at most a year of them."""
    first, last = window[0] // WEEK, window[1] // WEEK
    return range(max(first, last - 53), last + 1)


def _places(telling: Telling, *, lookup: bool) -> list[str]:
    """The keys under which groups are listed and looked up: words of the place, its square degree, the count."""
    where = telling.where
    keys = []
    if where.exact:
        keys = [f"w:{word}" for word in sorted(where.words)]
        cell = where.cell
        if cell is not None:
            reach = range(-1, 2) if lookup else range(1)
            step = 3 if where.wide and lookup else 1
            keys += [f"c:{cell[0] + step * i}:{cell[1] + step * j}" for i in reach for j in reach]
    if telling.family is Kind.ATTACK:
        return keys + _attack_keys(telling)
    if not where.exact:
        return ["all"] if lookup else ["all", "broad"]
    if where.wide:
        keys.append("wide")
    return keys + (["broad", "wide"] if lookup else ["all"])


def _attack_keys(telling: Telling) -> list[str]:
    """Attacks without a place are found by their count or a name alone: too many are told in one country."""
    amount = telling.amount
    keys = [] if amount is None else [f"q:{amount.unit}:{amount.low}:{amount.high}"]
    return keys + [f"n:{name}" for party in telling.sides if party is not None for name in sorted(party.names)]


