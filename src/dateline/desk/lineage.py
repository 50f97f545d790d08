"""The figure of an origin: its reports in time, one row each, and who carried whom as lines between them.

Only where things stand, in the units of the drawing; a template draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.desk.origins import Carried

WIDTH = 920
_ROW = 30
_TOP = 34
_LEFT = 54
_RIGHT = 560
"""Between these the dots stand; the names stand right of them."""

_TICKS = 5
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Node:
    """One report: its dot at (`x`, `y`), its name right of `name_x`, its number in the list from 1.

    `guess` says that its day is not known and the dot stands at the beginning.
    """

    x: float
    y: float
    name_x: float
    number: int
    name: str
    document: str
    day: str | None
    part: bool
    guess: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from a report to one that carried it, as the path of an SVG."""

    path: str
    part: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A day beneath the time axis."""

    x: float
    day: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """The figure; `bottom` is where the time axis lies."""

    width: int
    height: int
    bottom: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    ticks: tuple[Tick, ...]


def lineage(reports: Sequence[Carried]) -> Lineage:
    """The figure of reports in the order given; one of each document."""
    moments = [_seconds(carried.document.published) for carried in reports]
    known = [moment for moment in moments if moment is not None]
    first, last = min(known, default=0.0), max(known, default=0.0)
    nodes: dict[str, Node] = {}
    for number, (carried, moment) in enumerate(zip(reports, moments, strict=True), 1):
        share = 0.0 if moment is None or last == first else (moment - first) / (last - first)
        x = round(_LEFT + share * (_RIGHT - _LEFT), 1)
        document = carried.document
        name = document.outlet or document.title or "report"
        day = None if document.published is None else document.published[:10]
        y = _TOP + (number - 1) * _ROW
        nodes.setdefault(document.id, Node(x, y, x + 12, number, name, document.id, day, carried.part, moment is None))
    edges = [
        _edge(nodes[carried.earlier.id], nodes[carried.document.id], carried.part)
        for carried in reports
        if carried.earlier is not None and carried.earlier.id in nodes and carried.earlier.id != carried.document.id
    ]
    bottom = _TOP + len(reports) * _ROW
    return Lineage(WIDTH, bottom + 30, bottom, tuple(nodes.values()), tuple(edges), tuple(_ticks(first, last)))


def _seconds(published: str | None) -> float | None:
    """The moment of a publication; a bare day counts from its beginning."""
    if published is None:
        return None
    try:
        if len(published) <= 10:
            return datetime.combine(date.fromisoformat(published), time(), UTC).timestamp()
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()


def _edge(one: Node, other: Node, part: bool) -> Edge:
    """Down from the earlier report, then across to the later one."""
    if other.x - one.x < 12:
        bend = one.x - min(12 + 5 * (other.number - one.number), 50)
        return Edge(f"M{one.x} {one.y}C{bend} {one.y} {bend} {other.y} {other.x} {other.y}", part)
    return Edge(f"M{one.x} {one.y}V{other.y - 8}Q{one.x} {other.y} {one.x + 8} {other.y}H{other.x}", part)


def _ticks(first: float, last: float) -> list[Tick]:
    if last == first:
        return [] if first == 0.0 else [Tick(float(_LEFT), _day(first))]
    span = last - first
    count = max(1, min(_TICKS, int(span // _DAY) + 1))
    found: dict[str, Tick] = {}
    for at in range(count):
        share = 0.0 if count == 1 else at / (count - 1)
        day = _day(first + share * span)
        found.setdefault(day, Tick(round(_LEFT + share * (_RIGHT - _LEFT), 1), day))
    return list(found.values())


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
