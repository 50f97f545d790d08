"""Posture: who has forces where, how many, who comes, goes, is replaced or told to leave; half not mended from."""

from __future__ import annotations

from extraction import Case, problems, readings, table

NAME = "posture"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []
