"""The outlines of the world's countries, as the desk's map has them (`tools/build_world.py`), for drawings of a part.

Degrees of WGS 84. A ring that crosses the 180th meridian goes on beyond it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world in degrees; `east` may be beyond 180."""

    west: float
    south: float
    east: float
    north: float

    def touches(self, other: Box) -> bool:
        """Whether the two share a point."""
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north

    def grown(self, share: float, least: float) -> Box:
        """The box with a margin on each side: so much of its own size, and so many degrees at least."""
        x = max(least, (self.east - self.west) * share)
        y = max(least, (self.north - self.south) * share)
        return Box(self.west - x, max(-89.0, self.south - y), self.east + x, min(89.0, self.north + y))


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: its alpha-3 code, a point to write at, its rings and the box around the largest of them."""

    code: str
    at: Point
    rings: tuple[tuple[Point, ...], ...]
    box: Box


@dataclass(frozen=True, slots=True)
class World:
    """All outlines; `borders` and `disputed` (to be drawn broken) are lines, each drawn once for both neighbours."""

    countries: tuple[Outline, ...]
    borders: tuple[tuple[Point, ...], ...]
    disputed: tuple[tuple[Point, ...], ...]

    def country(self, code: str) -> Outline | None:
        """The outline of a country; None for a region or a place without one."""
        return next((one for one in self.countries if one.code == code), None)


def around(points: Sequence[Point]) -> Box:
    """The box around some points, at least one."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Box(min(lons), min(lats), max(lons), max(lats))


@cache
def world() -> World:
    """The outlines, read once."""
    data = json.loads(files("dateline").joinpath("web/static/world.json").read_text(encoding="utf-8"))
    lines = [tuple(_decoded(arc, data["scale"])) for arc in data["arcs"]]
    return World(
        tuple(found for one in data["countries"] if (found := _outline(one, lines)) is not None),
        tuple(lines[at] for at in data["borders"]),
        tuple(lines[at] for at in data["disputed"]),
    )


def _decoded(arc: Sequence[int], scale: float) -> Iterator[Point]:
    x = y = 0
    for at in range(0, len(arc), 2):
        x, y = x + arc[at], y + arc[at + 1]
        yield x / scale, y / scale


def _outline(one: Any, lines: Sequence[Sequence[Point]]) -> Outline | None:
    rings = tuple(_ring(ring, lines) for polygon in one["shape"] for ring in polygon)
    lat, lon = one["at"]
    if not rings:
        return Outline(one["code"], (lon, lat), (), Box(lon, lat, lon, lat))
    boxes = [around(ring) for ring in rings]
    largest = max(boxes, key=lambda box: (box.east - box.west) * (box.north - box.south))
    return Outline(one["code"], (lon, lat), rings, largest)


def _ring(arcs: Sequence[int], lines: Sequence[Sequence[Point]]) -> tuple[Point, ...]:
    """The points of a ring: its arcs one after another, beyond the 180th meridian where they cross it."""
    found: list[Point] = []
    for at in arcs:
        line = lines[at] if at >= 0 else lines[~at][::-1]
        turn = 360 * round((line[0][0] - found[-1][0]) / 360) if found else 0
        found += [(lon - turn, lat) for lon, lat in (line[1:] if found else line)]
    mean = sum(lon for lon, _ in found) / len(found)
    turn = 360 * round(mean / 360)
    return tuple((lon - turn, lat) for lon, lat in found)
