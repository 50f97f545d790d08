"""What is kept of a report to decide whose reporting it carries: all but its text, small enough to keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from dateline.reconcile.origins.wording import Spans


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as far as it shows whose reporting it is.

    `matter` is what it is about, loosely: a family of kinds, who acts, which country. `first`/`last` are ISO days.
    `source` is who says it, folded; `unnamed` that he is not named; `relay` the newsroom that was told.
    `news`: it is of the days before publication, and no background.
    """

    matter: str
    kind: str
    first: str | None
    last: str | None
    low: float | None
    high: float | None
    unit: str | None
    source: str | None
    unnamed: bool
    relay: str | None
    news: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report for comparing. `keys` lead to the reports worth comparing with it: those that share one.

    `textual`: the text is the report's own words (of an imported sheet it is a paraphrase). `body` are the
    stretches of the text that are no furniture. `house` is its publisher, `credits` the newsrooms it is credited to
    (an agency's own report to that agency), `credit_line` its words, `credit_sure` that they were seen and not
    inferred; `relays` are newsrooms that its words or claims name as told, `unnamed` describes sources whose names are
    withheld. `bag` is a MinHash of what it tells, `prints` are a sample of its six-word sequences.
    """

    document: str
    published: str | None
    outlet: str | None
    house: str | None
    credits: tuple[str, ...]
    credit_sure: bool
    credit_line: str | None
    byline: str | None
    language: str | None
    textual: bool
    words: int
    body: Spans
    relays: tuple[str, ...]
    unnamed: tuple[str, ...]
    told: tuple[Told, ...]
    bag: tuple[int, ...]
    prints: tuple[int, ...]
    keys: tuple[str, ...]

    @property
    def order(self) -> Order:
        """Its place among others, as `order_of` has it."""
        return order_of(self)


Order = tuple[str, bool, int, str]
"""What sketches are sorted by."""


class Placed(Protocol):
    """What the place of a sketch among others rests on, and the report that it is of."""

    @property
    def document(self) -> str:
        """As in `Sketch`."""

    @property
    def published(self) -> str | None:
        """As in `Sketch`."""

    @property
    def outlet(self) -> str | None:
        """As in `Sketch`."""

    @property
    def house(self) -> str | None:
        """As in `Sketch`."""

    @property
    def credits(self) -> tuple[str, ...]:
        """As in `Sketch`."""

    @property
    def words(self) -> int:
        """As in `Sketch`."""


def order_of(one: Placed) -> Order:
    """Oldest first; of one day the agency's own before its clients, the longer before the shorter."""
    own = one.outlet is not None and one.house in one.credits
    return (one.published or "9999", not own, -one.words, one.document)


def written(room: str, sketches: Iterable[Sketch]) -> str:
    """A newsroom as a reader knows it: its listed name, else as the reports that are credited to it alone write it."""
    if any(char.isupper() for char in room):
        return room
    lines = (one.credit_line for one in sketches if one.credits == (room,) and one.credit_line is not None)
    return next(lines, room.title())
