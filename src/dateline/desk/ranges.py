"""The sides of a dispute as what the drawing of `dateline.charts.ranges` needs of them."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.charts import ranges
from dateline.charts.ranges import Drawing, Given
from dateline.desk.statements import Statement

Sides = Sequence[tuple[int, Sequence[Statement]]]
"""The number of each side and its claims."""


def numbers(sides: Sides) -> Drawing | None:
    """The figures of the sides, as they count now; None where fewer than two differ."""
    return ranges.numbers(_given(sides))


def dates(sides: Sides) -> Drawing | None:
    """The times of the sides, as they count now; None where fewer than two differ."""
    return ranges.dates(_given(sides))


def _given(sides: Sides) -> list[tuple[int, list[Given]]]:
    return [(number, [_of(statement) for statement in told]) for number, told in sides]


def _of(statement: Statement) -> Given:
    quantity, time = statement.counted.quantity, statement.counted.time
    return Given(
        None if quantity is None else (quantity.low, quantity.high),
        "" if quantity is None else str(quantity.unit),
        None if time is None else (time.earliest, time.latest),
        statement.voice,
    )
