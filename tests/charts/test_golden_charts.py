"""Drawings as they were looked at and kept; `DATELINE_RENEW_GOLDEN=1` writes them anew."""

from __future__ import annotations

from pathlib import Path

from dateline.charts.places import Spot, map_svg
from dateline.charts.presence import presence_svg, with_own_ids
from dateline.charts.ranges import Given, dates, numbers, ranges_svg
from dateline.charts.words import ChartWords
from golden import same_as_golden
from made_presences import presence, step

GOLDEN = Path(__file__).parent / "golden"
STEPS = (
    step(None, "2023-12-31", None, None),
    step("2024-01-01", "2024-04-30", 900, 1000),
    step("2024-05-01", "2024-08-04", None, 500),
    step("2024-08-05", None, 0, 0),
)


def test_a_presence() -> None:
    svg = presence_svg([presence("USA", "NER", STEPS)], until="2024-09-30")
    same_as_golden(GOLDEN / "presence.svg", svg.encode())


def test_a_presence_in_other_words() -> None:
    words = ChartWords(heading="{force} : {host}", gone="partis", group="\u202f", hosts={"NER": "au Niger"})
    svg = presence_svg([presence("USA", "NER", STEPS)], until="2024-09-30", words=words)
    assert "partis" in svg and "900–1\u202f000" in svg and ": au Niger" in svg and "gone" not in svg


def test_patterns_of_two_drawings_in_a_page_have_names_of_their_own() -> None:
    svg = presence_svg([presence("USA", "NER", STEPS)])
    first, second = (with_own_ids(svg, prefix) for prefix in ("a-", "b-"))
    assert 'id="a-hatch"' in first and "url(#a-hatch)" in first and "url(#hatch" not in first
    assert len(first) == len(second) and first != second


def test_a_map() -> None:
    spots = [
        Spot("Russia, Airbase 101: 100", "NER", 13.4815, 2.1836, 60, 100),
        Spot("United States, Niger: 400", "NER", None, None, None, 400),
        Spot("Italy, Niamey", "NER", 13.51, 2.11, None, None),
    ]
    svg = map_svg(spots, ["NER"], title="Niger")
    assert svg is not None
    same_as_golden(GOLDEN / "map.svg", svg.encode())


def test_the_sides_of_a_dispute() -> None:
    given = [(1, [Given((900, 1000), "personnel", None, "A")]), (2, [Given((None, 500), "personnel", None, "B")])]
    drawing = numbers(given)
    assert drawing is not None
    same_as_golden(GOLDEN / "ranges.svg", ranges_svg(drawing, title="Two sides", width=720).encode())
    assert "%" in ranges_svg(drawing, title="Two sides") and "fill=" not in ranges_svg(drawing, title="Two sides")


def test_sides_that_do_not_differ_are_not_drawn() -> None:
    same = Given((5, 5), "personnel", ("2024-01-01", "2024-01-01"), "A")
    assert numbers([(1, [same]), (2, [same])]) is None and dates([(1, [same]), (2, [same])]) is None
    assert numbers([]) is None and dates([]) is None
