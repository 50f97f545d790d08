"""Which reports are worth comparing: neighbours in time among those that share a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol, TypeVar

from dateline.reconcile.origins.sketches import Order


class Ordered(Protocol):
    """A sketch, or what is left of one that has its place among others."""

    @property
    def order(self) -> Order:
        """As in `Sketch`."""


T = TypeVar("T", bound=Ordered)
NEIGHBOURS: Final = 12
"""Of the reports that share one key, a report meets so many before and after it: many copies of one hang together
neighbour by neighbour, and a stock phrase costs no more for being everywhere."""


def pairs(bucket: Iterable[T]) -> Iterator[tuple[T, T]]:
    """The pairs to compare among sketches that share one key, the earlier first; at most `NEIGHBOURS` a sketch."""
    ordered = sorted(bucket, key=lambda one: one.order)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield one, other
