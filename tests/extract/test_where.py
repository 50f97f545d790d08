"""Where: left, reached, near, meant by “the country” or “there”, and the kinds that take no place."""

from __future__ import annotations

from dateline.extract.place_heads import GRAIN
from dateline.extract.where import LEAVING, MADE_SOMEWHERE, PLACELESS
from dateline.model import Precision
from extraction import Case, problems, readings, table

NAME = "where"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def test_every_precision_has_its_grain() -> None:
    assert set(GRAIN) == set(Precision)
    assert len(set(GRAIN.values())) == len(Precision)
    assert GRAIN[Precision.SITE] < GRAIN[Precision.SETTLEMENT] < GRAIN[Precision.COUNTRY] < GRAIN[Precision.REGION]


def test_the_rules_for_kinds_do_not_contradict() -> None:
    assert not PLACELESS & MADE_SOMEWHERE
    assert not LEAVING & (PLACELESS | MADE_SOMEWHERE)


def test_countries_and_regions_have_no_point() -> None:
    places = [claim.place for reading in readings(NAME).values() for claim in reading.claims if claim.place]
    wide = [place for place in places if place.precision in (Precision.COUNTRY, Precision.REGION)]
    assert wide
    assert all(place.lat is None and place.lon is None for place in wide)
