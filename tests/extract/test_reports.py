"""General news: measures, raids, tolls and quarrels, each as one claim of its own kind."""

from __future__ import annotations

from extraction import Case, problems, readings, table

NAME = "reports"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []
