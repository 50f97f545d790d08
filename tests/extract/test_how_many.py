"""How many: bounds, units and scopes, tolls in two parts, and numbers that count nothing."""

from __future__ import annotations

from dateline.extract.how_many import FITTING
from dateline.model import Kind, Unit
from extraction import Case, problems, readings, table

NAME = "how_many"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_units_fit_their_kinds() -> None:
    assert set(FITTING) <= set(Kind)
    assert all(units and set(units) <= set(Unit) for units in FITTING.values())
    assert {Unit.KILLED, Unit.WOUNDED} <= set(FITTING[Kind.ATTACK])
    assert Unit.KILLED not in FITTING[Kind.PRESENCE]


def test_bounds_run_upward_and_are_never_negative() -> None:
    counted = [claim.quantity for reading in readings(NAME).values() for claim in reading.claims if claim.quantity]
    assert counted
    for quantity in counted:
        low, high = quantity.low, quantity.high
        assert low is not None or high is not None
        assert low is None or low >= 0
        assert low is None or high is None or low <= high
