"""Groups of tellings, findable by fortnight and by place, count and report, so that none is compared with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dateline.model import Kind
from dateline.reconcile.events.blocks import LOCAL
from dateline.reconcile.events.groups import Group, Mark
from dateline.reconcile.events.tellings import Telling

SPAN = 14
"""Days of one page of the lists."""

_DENSE = LOCAL - {Kind.COUP}

MOST = 48
"""Groups that a telling is compared with at most, so that a dense block stays linear."""


class Board:
    """The groups of one family and mode, findable by fortnight and by place, count and report."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._pages: dict[tuple[str, int], list[Group]] = defaultdict(list)
        self._reports: dict[str, list[Group]] = defaultdict(list)

    def open(self, telling: Telling, marks: Iterable[Mark]) -> Group:
        """A new group of that telling."""
        group = Group(telling.family, telling.mode)
        self.groups.append(group)
        self.take(group, telling, marks)
        return group

    def take(self, group: Group, telling: Telling, marks: Iterable[Mark]) -> None:
        """Add a telling to a group."""
        new = telling.document not in group.documents
        group.take(telling, marks)
        if new:
            self._reports[telling.document].append(group)
        if group.core is None:
            return
        for key in _keys(telling):
            for page in _ends(group.core):
                if (key, page) not in group.listed:
                    group.listed.add((key, page))
                    self._pages[key, page].append(group)

    def near(self, telling: Telling) -> list[Group]:
        """Groups that a telling can belong to, each once, in an order that its content settles.

        Those of its own report, then at most `MOST` others; a vague telling that so many could mean is left with the
        first.
        """
        found = {id(group): group for group in self._reports.get(telling.document, ()) if group.members}
        own = list(found.values())
        if telling.near is None:
            return own
        low, high = telling.near
        pages = _pages(telling.near)
        for key in _lookups(telling):
            for page in pages:
                for group in self._pages.get((key, page), ()):
                    core = group.core
                    if core is not None and core[0] <= high and low <= core[1] and group.members:
                        found[id(group)] = group
                if len(found) > MOST:
                    return own if not telling.tight else list(found.values())
        return list(found.values())


def _pages(window: tuple[int, int]) -> range:
    """The fortnights of a window, at most a year of them."""
    first, last = window[0] // SPAN, window[1] // SPAN
    return range(max(first, last - 27), last + 1)


def _ends(window: tuple[int, int]) -> tuple[int, ...]:
    """The fortnights under which a group is listed: of a long window only the first and the last."""
    pages = _pages(window)
    return tuple(pages) if len(pages) < 5 else (pages[0], pages[-1])


def _keys(telling: Telling) -> tuple[str, ...]:
    """The keys under which a group of a telling is listed: words and square degree of the place, the count."""
    where = telling.where
    if telling.family in _DENSE:
        return where.keys + _incident_keys(telling)
    if not where.exact:
        return ("all", "broad")
    return (*where.keys, "all", "wide") if where.wide else (*where.keys, "all")


def _lookups(telling: Telling) -> tuple[str, ...]:
    """The keys under which groups are looked up: a telling without a place looks at all, one with a place nearby."""
    where = telling.where
    if telling.family in _DENSE:
        return where.lookups + _incident_keys(telling)
    return (*where.lookups, "broad", "wide") if where.exact else ("all",)


def _incident_keys(telling: Telling) -> tuple[str, ...]:
    """What happens without a place is found by its count or a name alone: too much is told in one country."""
    amount = telling.amount
    keys = () if amount is None else (f"q:{amount.unit}:{amount.low}:{amount.high}",)
    return keys + tuple(f"n:{name}" for party in telling.sides if party is not None for name in sorted(party.names))
