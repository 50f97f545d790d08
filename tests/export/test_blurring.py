"""Blurring takes places out of records and out of words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.export.blurring import WITHHELD, Blur, Blurring, names_of
from dateline.model import Precision
from made_claims import PLACES, draft, report

BASE, TOWN, COUNTRY, REGION = PLACES[1], PLACES[2], PLACES[3], PLACES[4]


def blurring(blur: Blur, *more: str) -> Blurring:
    claims = [replace(draft(), place=place) for place in PLACES]
    return Blurring(blur, [*(name for claim in claims for name in names_of(claim)), *more])


@pytest.mark.parametrize("blur", list(Blur))
def test_names_go_from_words_and_countries_and_regions_stay(blur: Blur) -> None:
    words = blurring(blur).words("From AGADEZ and Airbase 101 to Mali, across the Sahel; Agadezian stays.")
    assert words == f"From {WITHHELD} and {WITHHELD} to Mali, across the Sahel; Agadezian stays."


def test_a_place_becomes_its_country() -> None:
    found = blurring(Blur.COUNTRY).of(replace(draft(), place=BASE)).place
    assert found is not None and (found.name, found.lat, found.lon) == ("Niger", None, None)
    assert found.text is None and found.precision is Precision.COUNTRY


def test_a_place_becomes_a_whole_degree() -> None:
    found = blurring(Blur.REGION).of(replace(draft(), place=TOWN)).place
    assert found is not None and (found.lat, found.lon) == (17.0, 8.0) and found.uncertainty == 80_000


@pytest.mark.parametrize("place", [COUNTRY, REGION, None])
def test_what_is_coarse_already_stays(place: object) -> None:
    claim = replace(draft(), place=place)  # type: ignore[arg-type]
    assert blurring(Blur.COUNTRY).of(claim).place == place


def test_documents_lose_text_address_and_dateline() -> None:
    made, claims = report([draft()], "2024-05-02", "The Agadez Daily", None)
    document = replace(made, url="https://example.org/agadez", dateline_place="Niamey", title="In Agadez")
    blurred = blurring(Blur.COUNTRY, *names_of(document)).of(document)
    assert (blurred.url, blurred.text, blurred.dateline_place) == (None, "", None)
    assert blurred.title == f"In {WITHHELD}" and blurred.outlet == f"The {WITHHELD} Daily"
    assert "101" not in blurring(Blur.COUNTRY).of(claims[0]).evidence[0].exact


def test_without_names_words_stay_as_they_are() -> None:
    assert Blurring(Blur.COUNTRY, ["Mali", "Niger", "the Sahel", "x"]).words("x in Mali") == "x in Mali"
