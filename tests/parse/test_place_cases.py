"""Places of our own news passages: found, told apart, and within their uncertainty; `unseen` ones are only counted."""

from __future__ import annotations

import pytest

from place_cases import cases, counts

FLOORS = {"open": (0.92, 0.90, 0.90), "unseen": (0.92, 0.86, 0.85)}
"""Shares of places found, of those right, and of points within their uncertainty: a little under what was measured."""


@pytest.mark.parametrize("name", FLOORS)
def test_floors(name: str) -> None:
    count = counts(case for case in cases() if case["set"] == name)[name]
    found, right, inside = FLOORS[name]
    assert count["found"] >= found * count["wanted"]
    assert count["spurious"] <= 0.06 * count["found"]
    assert count["right"] >= right * count["found"]
    assert count["inside"] >= inside * count["points"]
