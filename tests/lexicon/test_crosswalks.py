"""Codes of other schemes: every kind and stage has a quality, every country its codes."""

from __future__ import annotations

import pytest

from dateline.lexicon.countries import by_code, countries
from dateline.lexicon.country_codes import by_cow, by_fips, by_gw, by_numeric, codes_of
from dateline.lexicon.crosswalks import (
    EVENT_OF,
    Quality,
    disorder_of,
    of_acled,
    of_cameo,
    of_plover,
    to_acled,
    to_plover,
)
from dateline.lexicon.ontology import PLOVER_TYPES, ontology
from dateline.model import Kind, Stage

EVERY = [(kind, stage) for kind in Kind for stage in Stage]


@pytest.mark.parametrize(("kind", "stage"), EVERY)
def test_a_code_and_its_quality_go_together(kind: Kind, stage: Stage) -> None:
    acled, plover = to_acled(kind, stage), to_plover(kind, stage)
    assert (acled.quality is Quality.NONE) == (acled.sub_event is None)
    assert (plover.quality is Quality.NONE) == (plover.type is None)
    assert acled.sub_event is None or EVENT_OF[acled.sub_event] == acled.event
    assert plover.type is None or plover.type in PLOVER_TYPES and plover.quad is not None
    if stage in (Stage.ANNOUNCED, Stage.ALLEGED):
        assert Quality.EXACT not in (acled.quality, plover.quality)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_denied_has_no_code(kind: Kind) -> None:
    assert to_acled(kind, Stage.DENIED).sub_event is None
    assert to_plover(kind, Stage.DENIED).type is None


def test_every_sub_event_of_the_ontology_is_one_of_acleds() -> None:
    codes = [code for entry in ontology().values() for code in (entry.code, *entry.codes.values())]
    assert {code.acled for code in codes if code.acled is not None} <= set(EVENT_OF)
    assert len(EVENT_OF) == 25


@pytest.mark.parametrize(
    ("event", "sub", "kind"),
    [
        ("Battles", "Armed clash", Kind.ATTACK),
        ("Strategic developments", "Change to group/activity", Kind.DEPLOYMENT),
        ("Strategic developments", "Other", None),
        ("Battles", "A type of next year", Kind.ATTACK),
        ("", "", None),
    ],
)
def test_kinds_of_acled(event: str, sub: str, kind: Kind | None) -> None:
    assert of_acled(event, sub) is kind


def test_kinds_of_plover_and_cameo() -> None:
    assert of_plover("SANCTION", "expel") is Kind.EXPULSION
    assert of_plover("MOBILIZE", "troops") is Kind.DEPLOYMENT
    assert of_plover("NOTHING", None) is None
    assert all(of_plover(name, None) is not None for name in PLOVER_TYPES)
    assert (of_cameo("1663"), of_cameo("0874"), of_cameo("13y")) == (Kind.EXPULSION, Kind.WITHDRAWAL, Kind.THREAT)
    assert (of_cameo("010"), of_cameo("99"), of_cameo("")) == (None, None, None)


def test_disorders_are_those_of_acled() -> None:
    assert {disorder_of(sub) for sub in EVENT_OF} == {
        "Political violence",
        "Demonstrations",
        "Political violence; Demonstrations",
        "Strategic developments",
    }


def test_every_country_has_its_codes() -> None:
    for country in countries():
        codes = codes_of(country.code)
        assert codes is not None and codes.region
        assert codes.numeric is not None or country.code == "XKX"
        assert codes.fips and all(len(code) == 2 for code in codes.fips)


def test_codes_lead_back_to_the_country() -> None:
    for country in countries():
        codes = codes_of(country.code)
        assert codes is not None
        assert codes.numeric is None or by_numeric(codes.numeric) == country.code
        assert codes.cow is None or by_cow(codes.cow) == country.code
        assert codes.gw is None or by_gw(codes.gw) == country.code
        assert {by_fips(code) for code in codes.fips} == {country.code}


@pytest.mark.parametrize(
    ("fips", "code"), [("NG", "NER"), ("NI", "NGA"), ("CH", "CHN"), ("SZ", "CHE"), ("GM", "DEU"), ("UV", "BFA")]
)
def test_fips_is_not_iso(fips: str, code: str) -> None:
    assert by_fips(fips) == code
    assert by_code(fips) is None or by_code(fips).code != code  # type: ignore[union-attr]
