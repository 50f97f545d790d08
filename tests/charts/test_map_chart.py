"""The map of who is where: in proportion, in place, well-formed, and escaped."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.charts.outlines import world
from dateline.charts.places import Spot, map_svg, on_map
from dateline.charts.raster import png

SVG = "{http://www.w3.org/2000/svg}"
BASE = Spot("Russia, Airbase 101: 100", "NER", 13.48, 2.18, 100, 100)
WHOLE = Spot("United States, Niger: 400", "NER", None, None, None, 400)
OPEN = Spot("Italy, Niamey", "NER", 13.51, 2.11, None, None)


def drawn(*spots: Spot) -> ET.Element:
    svg = map_svg(spots, ["NER"], title="Niger")
    assert svg is not None
    return ET.fromstring(svg)


def symbols(root: ET.Element) -> list[ET.Element]:
    return [one for one in root.iter(f"{SVG}g") if one.find(f"{SVG}title") is not None]


def test_areas_are_in_proportion_and_a_country_is_a_square() -> None:
    whole, base = symbols(drawn(BASE, WHOLE))
    circle, square = base.find(f"{SVG}circle"), whole.find(f"{SVG}rect")
    assert circle is not None and square is not None
    area = math.pi * float(circle.get("r") or 0) ** 2
    assert float(square.get("width") or 0) ** 2 / area == pytest.approx(4, rel=0.03)


def test_what_is_not_said_is_hollow_and_numbers_follow_the_key() -> None:
    told = symbols(drawn(BASE, OPEN))
    assert sorted("".join(one.find(f"{SVG}text").itertext()) for one in told) == ["1", "2"]  # type: ignore[union-attr]
    hollow = [one for one in told if one.find(f"{SVG}circle").get("fill") == "#ffffff"]  # type: ignore[union-attr]
    assert len(hollow) == 1
    description = drawn(BASE, OPEN).find(f"{SVG}desc")
    assert description is not None and description.text == f"1: {BASE.words}. 2: {OPEN.words}."


def test_symbols_at_one_place_do_not_cover_each_other() -> None:
    many = [replace(BASE, words=f"force {number}", high=float(number * 50)) for number in range(1, 9)]
    circles = [one.find(f"{SVG}circle") for one in symbols(drawn(*many))]
    placed = [(float(c.get("cx")), float(c.get("cy")), float(c.get("r"))) for c in circles]  # type: ignore[union-attr, arg-type]
    for number, (x, y, r) in enumerate(placed):
        for x2, y2, r2 in placed[number + 1 :]:
            assert math.dist((x, y), (x2, y2)) >= r + r2


def test_the_note_on_borders_is_in_the_picture_and_disputed_ones_are_broken() -> None:
    svg = map_svg([Spot("India", "IND", None, None, 10, 10)], ["IND"], title="India")
    assert svg is not None and "take no position on disputed borders" in svg and 'stroke-dasharray="3 3"' in svg


def test_what_cannot_be_placed_is_counted() -> None:
    nowhere = Spot("Mission", "Sahel", None, None, 5, 5)
    numbered, left_out = on_map([nowhere, BASE])
    assert [number for number, _ in numbered] == [1] and left_out == 1
    assert map_svg([nowhere], ["Sahel"], title="Sahel") is None


@pytest.mark.parametrize("code", ["RUS", "FJI", "USA", "ATA", "SGP", "KIR"])
def test_every_part_of_the_world_is_a_drawing_of_sane_size(code: str) -> None:
    svg = map_svg([Spot(code, code, None, None, 10, 10)], [code], title=code)
    if world().country(code) is None:
        assert svg is None
        return
    assert svg is not None
    root = ET.fromstring(svg)
    assert 250 < int(root.get("height") or 0) < 720 and len(svg) < 900_000


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_words_stay_words(words: str) -> None:
    root = drawn(replace(BASE, words=f"{words}<script>alert(1)</script>"))
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "path", "circle", "text", "g"}


def test_it_becomes_a_picture_where_there_is_a_face_for_its_words() -> None:
    svg = map_svg([BASE], ["NER"], title="Niger")
    assert svg is not None
    picture = png(svg)
    assert picture is None or picture.startswith(b"\x89PNG")
