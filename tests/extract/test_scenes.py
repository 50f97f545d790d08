"""Scenes: where acts were whose sentence does not say it, in reports of our own."""

from __future__ import annotations

from dateline.extract.scenes import MEETING, STORIES, VIOLENCE
from dateline.extract.where import PLACELESS
from extraction import Case, problems, readings, table

NAME = "where_reports"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_no_kind_is_of_two_stories() -> None:
    assert not VIOLENCE & MEETING
    assert not frozenset().union(*STORIES) & PLACELESS


def test_a_carried_place_says_from_which_word() -> None:
    carried = [
        claim.basis["place"]
        for reading in readings(NAME).values()
        for claim in reading.claims
        if "scene of" in claim.basis.get("place", "")
    ]
    assert carried
    assert all("“" in how for how in carried)
