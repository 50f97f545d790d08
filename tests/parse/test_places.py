"""Places in short texts: which words, which place, which country, how exact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Place, Precision
from dateline.parse.nlp import parse_text
from dateline.parse.places import places

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases/places.jsonl").read_text(encoding="utf-8").splitlines()
]
WORDS = [
    "Niger",
    "Mali",
    "Airbase 101",
    "in",
    "the",
    "north of",
    "Paris",
    ",",
    "Texas",
    "al-Tanf",
    "-",
    "\n",
    "base",
    "U.S.",
]


def found(text: str, *, home: str | None = None) -> tuple[Place, ...]:
    return places(parse_text(text), text, home=home)


def agrees(place: Place, expected: list[Any]) -> bool:
    words, name, country, precision, point = expected
    return (
        place.text == words
        and (name is None or place.name == name)
        and place.country == country
        and (precision is None or place.precision == precision)
        and (point is None or (place.lat is not None) == point)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_case(case: dict[str, Any]) -> None:
    got = found(case["text"])
    assert len(got) == len(case["places"]), got
    for place, expected in zip(got, case["places"], strict=True):
        assert agrees(place, expected), (place, expected)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_spans_quote_the_text_in_order(words: list[str]) -> None:
    text = " ".join(words)
    got = found(text)
    for place in got:
        assert place.start is not None and place.end is not None
        assert text[place.start : place.end] == place.text
    bounds = [(place.start or 0, place.end or 0) for place in got]
    assert all(a[1] <= b[0] for a, b in zip(bounds, bounds[1:], strict=False))


def test_only_exact_places_carry_a_point() -> None:
    for place in found("Russia sent troops to Mali, to the Sahel and to northern Niger, and to Gao."):
        if place.precision in (Precision.COUNTRY, Precision.REGION):
            assert place.lat is None and place.lon is None


def test_home_breaks_a_tie() -> None:
    text = "He met the mayor in Dakota and in Valencia."
    spain = {p.text: p.country for p in found(text, home="ESP")}
    venezuela = {p.text: p.country for p in found(text, home="VEN")}
    assert spain["Valencia"] == "ESP"
    assert venezuela["Valencia"] in ("VEN", "ESP", None)


def test_nothing_in_nothing() -> None:
    assert found("") == ()
    assert found("\n \n") == ()
    assert found("nothing here is a name") == ()
