"""What analysts put together and what they keep apart, made free of contradiction: the later word wins."""

from __future__ import annotations

from collections.abc import Iterable

Wall = tuple[frozenset[str], frozenset[str]]


class Bonds:
    """Merges and splits in the order they were made.

    What is merged is one with all that either part was merged with before; a merge takes down every wall inside
    the new whole. A split takes members out of a whole: those taken out stay together with one another if they
    were merged, and so do those left behind. Each step costs about the number of members it names.
    """

    def __init__(self) -> None:
        self._whole: dict[str, set[str]] = {}
        self._walls: dict[int, tuple[set[str], set[str]]] = {}
        self._beside: dict[str, set[int]] = {}
        self._built = 0

    def join(self, members: Iterable[str]) -> None:
        """All the members are one."""
        given = set(members)
        parts = {id(part): part for member in given if (part := self._whole.get(member)) is not None}
        whole = max(parts.values(), key=len, default=set())
        new = given.union(*parts.values()) - whole
        whole |= new
        for member in new:
            self._whole[member] = whole
        for number in sorted({number for member in new for number in self._beside.get(member, ())}):
            self._breach(number, whole)

    def part(self, taken: Iterable[str], rest: Iterable[str]) -> None:
        """Those taken are none of the rest; one that is named on both sides is taken."""
        out = set(taken)
        left = set(rest) - out
        torn = {id(whole): whole for member in out if (whole := self._whole.get(member)) is not None}
        for whole in torn.values():
            if not whole.isdisjoint(left):
                self._set(whole & out)
                self._set(whole - out)
        self._build(out, left)

    def together(self) -> tuple[frozenset[str], ...]:
        """The wholes of two members and more, in the order of their first member."""
        wholes = {id(whole): frozenset(whole) for whole in self._whole.values() if len(whole) > 1}
        return tuple(sorted(wholes.values(), key=min))

    def apart(self) -> tuple[Wall, ...]:
        """Pairs of sets of which no member of one is one with a member of the other; wholes stand on one side whole."""
        walls = {self._ordered(self._closed(left), self._closed(right)) for left, right in self._walls.values()}
        return tuple(sorted(walls, key=lambda wall: (sorted(wall[0]), sorted(wall[1]))))

    def _set(self, members: set[str]) -> None:
        for member in members:
            self._whole[member] = members

    def _build(self, left: set[str], right: set[str]) -> None:
        if not left or not right:
            return
        self._built += 1
        self._walls[self._built] = (left, right)
        for member in left | right:
            self._beside.setdefault(member, set()).add(self._built)

    def _breach(self, number: int, whole: set[str]) -> None:
        """Take down as much of a wall as now runs through one whole."""
        left, right = self._walls[number]
        here, there = left & whole, right & whole
        if not here or not there:
            return
        del self._walls[number]
        for member in left | right:
            self._beside[member].discard(number)
        self._build(left - here, right)
        self._build(here, right - there)

    def _closed(self, members: set[str]) -> frozenset[str]:
        return frozenset(members).union(*(self._whole.get(member, ()) for member in members))

    @staticmethod
    def _ordered(left: frozenset[str], right: frozenset[str]) -> Wall:
        return (left, right) if min(left) < min(right) else (right, left)
