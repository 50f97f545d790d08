"""Who is where as a map (SVG): symbols in proportion over the outlines of countries, each with a number of a key."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.charts.outlines import Box, Outline, Point, around, world
from dateline.charts.paper import BAND, INK, PALE, text
from dateline.charts.scales import nice_step
from dateline.charts.words import ENGLISH, ChartWords

WIDTH = 720
_HIGHEST, _LOWEST = 620, 300
_LARGEST, _SMALLEST = 30.0, 7.0
_FOOT = 46
_SEA, _LAND, _HOST, _BORDER = "#e9f0f5", "#fbfaf6", "#ece4d0", "#a8a294"
_MOST = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A force at a place: `low` and `high` as told (None: not said); `words` are its line of the key.

    `lat` and `lon` are degrees; without them it stands at the point of the country `host`, and as a square, for a
    whole country is no place.
    """

    words: str
    host: str
    lat: float | None
    lon: float | None
    low: float | None
    high: float | None

    @property
    def size(self) -> float | None:
        """The figure that the symbol stands for: the highest told; None where none is said."""
        return self.high if self.high is not None else self.low

    @property
    def point(self) -> Point | None:
        """Where it stands; None where neither a point nor an outline is known."""
        if self.lat is not None and self.lon is not None:
            return self.lon, self.lat
        outline = world().country(self.host)
        return None if outline is None else outline.at


@dataclass(frozen=True, slots=True)
class _Placed:
    number: int
    spot: Spot
    x: float
    y: float
    at: Point
    radius: float

    @property
    def whole(self) -> bool:
        """Whether it stands for the whole country, as a square."""
        return self.spot.lat is None or self.spot.lon is None

    @property
    def reach(self) -> float:
        """How far the symbol reaches from its middle, in pixels."""
        return self.radius * (math.sqrt(math.pi / 2) if self.whole else 1.0)


def on_map(spots: Iterable[Spot]) -> tuple[list[tuple[int, Spot]], int]:
    """Those that can be shown, numbered from 1 in their order, and how many are left out (no point, or too many)."""
    given = list(spots)
    shown = [one for one in given if one.point is not None][:_MOST]
    return list(enumerate(shown, start=1)), len(given) - len(shown)


def map_svg(spots: Iterable[Spot], hosts: Sequence[str], *, title: str, words: ChartWords = ENGLISH) -> str | None:
    """The map of some forces, of the countries `hosts` and what lies around them; None where nothing can be placed.

    The numbers are those of `on_map`, for a key beside it that tells the same in words.
    """
    numbered, _ = on_map(spots)
    outlines = [one for code in hosts if (one := world().country(code)) is not None]
    points = [point for _, spot in numbered if (point := spot.point) is not None]
    corners = [*points, *(corner for one in outlines for corner in _corners(one.box))]
    if not corners or not numbered:
        return None
    paper = _Paper(around(corners).grown(0.12, 1.2))
    placed = _placed(numbered, paper)
    height = round(paper.height + _FOOT)
    told = " ".join(f"{number}: {spot.words}." for number, spot in numbered)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" font-family="Helvetica, Arial, \'Liberation Sans\', sans-serif" font-size="12">',
        f"<title>{text(title)}</title>",
        f"<desc>{text(told)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<svg width="{WIDTH}" height="{paper.height:.0f}" viewBox="0 0 {WIDTH} {paper.height:.0f}" overflow="hidden">',
        f'<rect width="{WIDTH}" height="{paper.height:.0f}" fill="{_SEA}"/>',
        *_lands(paper, hosts),
        *_names(paper, words, placed),
        *(line for one in placed for line in _leader(one)),
        *(line for one in placed for line in _symbol(one)),
        "</svg>",
        *_key(paper.height, _most(numbered), words),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


class _Paper:
    """Degrees to pixels: an equirectangular map that is true to scale along its middle parallel."""

    def __init__(self, box: Box) -> None:
        squeeze = max(0.2, math.cos(math.radians((box.north + box.south) / 2)))
        wide, high = (box.east - box.west) * squeeze, box.north - box.south
        if wide * _LOWEST > high * WIDTH:
            high = wide * _LOWEST / WIDTH
        if high * WIDTH > wide * _HIGHEST:
            wide = high * WIDTH / _HIGHEST
        middle = ((box.west + box.east) / 2, (box.south + box.north) / 2)
        self._scale = WIDTH / wide
        self._squeeze = squeeze
        self.height = high * self._scale
        self.box = Box(
            middle[0] - wide / squeeze / 2, middle[1] - high / 2, middle[0] + wide / squeeze / 2, middle[1] + high / 2
        )

    def at(self, point: Point) -> tuple[float, float]:
        """Pixels from the left and from above."""
        x = (point[0] - self.box.west) * self._squeeze * self._scale
        return x, (self.box.north - point[1]) * self._scale


def _corners(box: Box) -> tuple[Point, Point]:
    return (box.west, box.south), (box.east, box.north)


def _lands(paper: _Paper, hosts: Sequence[str]) -> Iterator[str]:
    for one in world().countries:
        shown = [ring for ring in one.rings if paper.box.touches(around(ring))]
        if shown:
            fill = _HOST if one.code in hosts else _LAND
            path = "".join(f"{_path(paper, ring)}Z" for ring in shown)
            yield f'<path d="{path}" fill="{fill}" fill-rule="evenodd"/>'
    for lines, dash in ((world().borders, ""), (world().disputed, ' stroke-dasharray="3 3"')):
        path = "".join(_path(paper, line) for line in lines if paper.box.touches(around(line)))
        if path:
            yield f'<path d="{path}" fill="none" stroke="{_BORDER}" stroke-width="0.9"{dash}/>'


def _path(paper: _Paper, line: Sequence[Point]) -> str:
    points = [f"{x:.1f} {y:.1f}" for x, y in map(paper.at, line)]
    return f"M{'L'.join(points)}"


def _names(paper: _Paper, words: ChartWords, placed: Sequence[_Placed]) -> Iterator[str]:
    """The names of countries wide enough for them, inside their outlines and where no symbol stands."""
    for one in world().countries:
        name = words.host(one.code)
        half = len(name) * 3.2
        if _width(paper, one) < 2 * half + 6:
            continue
        x, y = paper.at(one.at)
        x, y = min(max(x, half + 8), WIDTH - half - 8), min(max(y, 24.0), paper.height - 14)
        rings = [[paper.at(point) for point in ring] for ring in one.rings]
        tried = ((x, y + by) for by in (0, 30, -30, 60, -60, 90, -90))
        place = next((at for at in tried if _inside(at, rings) and _free(placed, *at, half)), None)
        if place is not None:
            yield (
                f'<text x="{place[0]:.1f}" y="{place[1]:.1f}" text-anchor="middle" font-size="11" fill="{PALE}" '
                f'paint-order="stroke" stroke="{_LAND}" stroke-width="2.5">{text(name)}</text>'
            )


def _inside(at: Point, rings: Sequence[Sequence[Point]]) -> bool:
    """Whether a point lies in an area, by how often a line to the left of it crosses its edge."""
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
            if (y1 > at[1]) != (y2 > at[1]) and x1 + (at[1] - y1) / (y2 - y1) * (x2 - x1) < at[0]:
                crossed += 1
    return crossed % 2 == 1


def _free(placed: Sequence[_Placed], x: float, y: float, half: float) -> bool:
    """Whether a name of this half width would stand clear of all symbols."""
    return all(abs(one.y - y) > one.reach + 8 or abs(one.x - x) > one.reach + half for one in placed)


def _width(paper: _Paper, one: Outline) -> float:
    left, _ = paper.at((one.box.west, one.box.south))
    right, _ = paper.at((one.box.east, one.box.south))
    return right - left


def _most(numbered: Sequence[tuple[int, Spot]]) -> float:
    return max((spot.size or 0.0 for _, spot in numbered), default=0.0)


def _radius(size: float | None, most: float) -> float:
    """The area is in proportion to the figure, down to a size that can still be seen."""
    if size is None or most <= 0:
        return _SMALLEST
    return max(_SMALLEST, _LARGEST * math.sqrt(size / most))


def _placed(numbered: Sequence[tuple[int, Spot]], paper: _Paper) -> list[_Placed]:
    """Each symbol at its point, or beside it where a larger one stands there; the largest first."""
    most = _most(numbered)
    found: list[_Placed] = []
    for number, spot in sorted(numbered, key=lambda one: (-(one[1].size or 0.0), one[0])):
        if spot.point is None:
            continue
        at = paper.at(spot.point)
        radius = _radius(spot.size, most)
        one = _Placed(number, spot, *at, at, radius)
        found.append(next((moved for moved in _moved(one) if _fits(moved, found)), one))
    return found


def _moved(one: _Placed) -> Iterator[_Placed]:
    """A symbol at its point, and at others ever farther around it."""
    for step in range(80):
        angle, reach = step * 2.4, 8.0 * math.sqrt(step)
        x, y = one.at[0] + reach * math.cos(angle), one.at[1] + reach * math.sin(angle)
        yield replace(one, x=x, y=y)


def _fits(one: _Placed, found: Sequence[_Placed]) -> bool:
    return all(math.dist((one.x, one.y), (other.x, other.y)) >= one.reach + other.reach + 3 for other in found)


def _leader(one: _Placed) -> Iterator[str]:
    """A line from a symbol to its place, where it stands beside it."""
    if not one.whole and math.dist((one.x, one.y), one.at) > 3:
        yield (
            f'<path d="M{one.at[0]:.1f} {one.at[1]:.1f}L{one.x:.1f} {one.y:.1f}" stroke="{INK}" stroke-width="0.8"/>'
            f'<circle cx="{one.at[0]:.1f}" cy="{one.at[1]:.1f}" r="1.8" fill="{INK}"/>'
        )


def _symbol(one: _Placed) -> Iterator[str]:
    """A circle for a place, a square for a whole country; hollow where no number is said."""
    look = f'fill="{BAND}" fill-opacity="0.55"' if one.spot.size is not None else 'fill="#ffffff"'
    look += f' stroke="{BAND}" stroke-width="1.5"'
    label = text(f"{one.number}: {one.spot.words}")
    if one.whole:
        side = one.radius * math.sqrt(math.pi)
        shape = f'<rect x="{one.x - side / 2:.1f}" y="{one.y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}"'
    else:
        shape = f'<circle cx="{one.x:.1f}" cy="{one.y:.1f}" r="{one.radius:.1f}"'
    yield f"<g><title>{label}</title>{shape} {look}/>"
    yield (
        f'<text x="{one.x:.1f}" y="{one.y + 3.8:.1f}" text-anchor="middle" font-size="10.5" font-weight="bold" '
        f'fill="{INK}" paint-order="stroke" stroke="#ffffff" stroke-width="2">{one.number}</text></g>'
    )


def _key(top: float, most: float, words: ChartWords) -> Iterator[str]:
    """What the sizes mean, and the note on borders."""
    y = top + 16
    if most > 0:
        sample = nice_step(most / 4)
        radius = min(_radius(sample, most), 12.0) if _radius(sample, most) > _SMALLEST else _SMALLEST
        yield (
            f'<circle cx="14" cy="{y - 3:.1f}" r="{radius:.1f}" fill="{BAND}" fill-opacity="0.55" stroke="{BAND}"/>'
            f'<text x="32" y="{y + 1:.1f}" font-size="11" fill="{PALE}">{text(words.amount(sample, sample))}. '
            f"{text(words.map_key)}</text>"
        )
    yield (
        f'<rect x="316" y="{y - 9:.1f}" width="12" height="12" fill="{BAND}" fill-opacity="0.55" stroke="{BAND}"/>'
        f'<text x="336" y="{y + 1:.1f}" font-size="11" fill="{PALE}">{text(words.map_whole)}</text>'
    )
    yield (
        f'<circle cx="{WIDTH - 142}" cy="{y - 3:.1f}" r="{_SMALLEST}" fill="#ffffff" stroke="{BAND}" '
        f'stroke-width="1.5"/><text x="{WIDTH - 128}" y="{y + 1:.1f}" font-size="11" fill="{PALE}">'
        f"{text(words.map_open)}</text>"
    )
    yield f'<text x="4" y="{y + 22:.1f}" font-size="8.6" fill="{PALE}">{text(words.map_note)}</text>'
