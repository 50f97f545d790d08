"""Acts between states, forces and armed groups: who did what to whom, where, with how many, and who denies it."""

from __future__ import annotations

from extraction import Case, problems, readings, table

NAME = "acts"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []
