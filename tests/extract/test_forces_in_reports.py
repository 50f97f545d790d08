"""Forces over the sentences of a report: whose they are, where, how many, and who denies them."""

from __future__ import annotations

from extraction import Case, problems, readings, table

NAME = "forces_in_reports"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []
