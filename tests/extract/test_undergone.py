"""Who undergoes an act, who is blamed for it, who has a part in it; places close by, and the count of the dead."""

from __future__ import annotations

from dateline.extract.undergone import BEHIND, VERBAL, VIOLENT
from dateline.lexicon.language import language
from extraction import Case, problems, readings, table

NAME = "undergone"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_what_is_undergone_in_words_is_not_undergone_by_a_place() -> None:
    assert not VERBAL & VIOLENT


def test_verbs_of_blame_lead_to_what_is_blamed() -> None:
    assert all(BEHIND.values())
    assert not language("en").words["grammar.undergoing"] & language("en").words["grammar.shaking"]
