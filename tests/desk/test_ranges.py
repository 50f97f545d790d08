"""Sides on one axis."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.desk.ranges import dates, numbers
from dateline.desk.statements import Statement
from dateline.model import (
    Claim,
    Document,
    Evidence,
    Kind,
    Quantity,
    Scope,
    Stance,
    TimeBasis,
    TimeRange,
    Unit,
)
from dateline.reconcile.ratings import ChainRating, Credibility, Reliability

REPORT = Document(
    id="doc-1",
    text="",
    sha256="",
    title=None,
    outlet="Gulf Morning Post",
    byline=None,
    agency=None,
    dateline_place=None,
    dateline_date=None,
    published="2024-05-14",
    url=None,
    language="en",
)
CLAIM = Claim(
    "claim-1", "doc-1", Kind.PRESENCE, None, None, None, None, None, Stance.ASSERTED, None, (Evidence(0, 1, "x"),), 1.0
)


def told(
    figure: tuple[float | None, float | None] | None = None, time: tuple[str | None, str | None] | None = None
) -> Statement:
    quantity = None if figure is None else Quantity(None, None, None, *figure, Unit.PERSONNEL, Scope.TOTAL)
    when = None if time is None else TimeRange(None, None, None, *time, TimeBasis.STATED)
    claim = replace(CLAIM, quantity=quantity, time=when)
    return Statement(claim, REPORT, (), claim, "", ChainRating((), Reliability.F, Credibility.UNKNOWN))


def test_figures_stand_in_proportion() -> None:
    drawn = numbers([(1, [told((900, 1000)), told((900, 1000)), told((1000, None))]), (2, [told((650, 650))])])
    assert drawn is not None and drawn.of == "personnel"
    scale = {round(tick.at, 4): tick.label for tick in drawn.ticks}
    assert scale[0.0] == "0" and drawn.ticks[-1].at == 1.0
    top = float(drawn.ticks[-1].label.replace(",", ""))
    first, second, third = drawn.ranges
    assert (first.label, first.claims) == ("900–1,000", 2)
    assert (first.start * top, first.end * top) == (pytest.approx(900), pytest.approx(1000))
    assert second.open_end and second.end == 1.0 and not second.open_start
    assert (third.side, third.start) == (2, third.end)


def test_days_stand_in_order() -> None:
    drawn = dates([(1, [told(time=("2024-04-01", "2024-04-30"))]), (2, [told(time=("2024-03-16", None))])])
    assert drawn is not None
    first, second = drawn.ranges
    assert second.start < first.start < first.end < 1 and second.open_end
    assert "2024-04-01" in first.label and first.voices == ("Gulf Morning Post",)


@pytest.mark.parametrize(
    "sides",
    [[], [told()], [told((5, 5)), told((5, 5))], [told((None, None))], [told((0, 0)), told((0, 0))]],
)
def test_nothing_is_drawn_where_nothing_differs(sides: list[Statement]) -> None:
    assert numbers([(1, sides)]) is None and dates([(1, sides)]) is None


def test_days_that_are_none_are_left_out() -> None:
    assert (
        dates([(1, [told(time=("not a day", "2024-13-45"))]), (2, [told(time=("2024-03-16", "2024-03-16"))])]) is None
    )
