"""What an analyst types for a slot: resolved, or refused in words that say what to type instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import judged_ledger as judged
from dateline.judging import assignment
from dateline.judging.actors import actor_typed, voice_typed
from dateline.judging.amounts import quantity_typed, time_typed
from dateline.judging.corrections import value_typed
from dateline.judging.places import place_typed
from dateline.judging.words import in_words
from dateline.reconcile.corrections import SLOTS, checked

CLAIM = judged.CLAIMS[1]


@pytest.mark.parametrize(
    ("typed", "name", "country", "sector"),
    [
        ("Wagner Group", "Wagner Group", "RUS", "PMC"),
        ("wagner", "Wagner Group", "RUS", "PMC"),
        ("RUS", "Russia, government", "RUS", "GOV"),
        ("russia", "Russia, government", "RUS", "GOV"),
        ("Kremlin", "Russia, government", "RUS", "GOV"),
        ("Russian soldiers", "Russia, armed forces", "RUS", "MIL"),
        ("U.S. Army", "United States, armed forces", "USA", "MIL"),
        ("Central African soldiers", "Central African Republic, armed forces", "CAF", "MIL"),
        ("Mali, police", "Mali, police", "MLI", "POL"),
        ("Malian security forces", "Mali, security forces", "MLI", "MIL"),
        ("Niger's junta", "Niger, military government", "NER", "GOV"),
        ("Russia, Ministry of Defence", "Russia, Ministry of Defence", "RUS", "GOV"),
        ("Russian mercenaries", "Russian mercenaries", "RUS", "PMC"),
        ("COD army", "Democratic Republic of the Congo, armed forces", "COD", "MIL"),
        ("ECOWAS", "ECOWAS", None, "IGO"),
        ("Katiba X [MLI REB]", "Katiba X", "MLI", "REB"),
        ("Katiba X [Mali reb]", "Katiba X", "MLI", "REB"),
        ("Katiba X [? REB]", "Katiba X", None, "REB"),
        ("wagner group [BLR PMC]", "wagner group", "BLR", "PMC"),
        ("France; Germany", "France, government; Germany, government", None, "GOV"),
        ("French army; French police", "France, armed forces; France, police", "FRA", "MIL"),
    ],
)
def test_actors(typed: str, name: str, country: str | None, sector: str) -> None:
    found = actor_typed(typed)
    assert found is not None
    assert (found.name, found.country, str(found.sector)) == (name, country, sector)
    assert (found.text, found.start, found.end) == (None, None, None)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "an actor needs a name"),
        ("Wagnr Group", "did you mean Wagner Group"),
        ("Katiba X", "say whose it is, as in: Katiba X [MLI REB]"),
        ("Katiba X [REB]", "write country and sector"),
        ("Katiba X [MLI FOO]", "'FOO' is no sector"),
        ("Katiba X [Atlantis REB]", "'Atlantis' is no country"),
        ("Katiba X [MLI REB", "its brackets"),
        ("Katiba X [MLI REB] 12", "stands behind the brackets"),
        ("Congolese army", "may be of COD or COG"),
        ("France; ", "an actor needs a name"),
    ],
)
def test_actors_refused(typed: str, wrong: str) -> None:
    with pytest.raises(ValueError) as error:
        actor_typed(typed)
    assert wrong in str(error.value)


@pytest.mark.parametrize(
    ("typed", "name", "kind", "anonymous"),
    [
        ("Lloyd Austin", "Lloyd Austin", "official", False),
        ("agence france presse", "Agence France-Presse", "media", False),
        ("Pentagon", "Pentagon", "military", False),
        ("Niger", "Niger", "government", False),
        ("a senior official [official anonymous]", "a senior official", "official", True),
        ("Anna Ba [expert]", "Anna Ba", "expert", False),
        ("Lloyd Austin [witness]", "Lloyd Austin", "witness", False),
    ],
)
def test_sources(typed: str, name: str, kind: str, anonymous: bool) -> None:
    found = voice_typed(typed)
    assert found is not None and found.source is not None
    assert (found.source.name, str(found.source_kind), found.anonymous) == (name, kind, anonymous)


@pytest.mark.parametrize(
    "typed", ["Anna Ba", "Anna Ba [friend]", "Anna Ba [expert witness]", "[expert]", "A [expert] B"]
)
def test_sources_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        voice_typed(typed)


@pytest.mark.parametrize(
    ("typed", "name", "country", "precision"),
    [
        ("Airbase 101, Niamey", "Airbase 101", "NER", "site"),
        ("Base aérienne 101", "Airbase 101", "NER", "site"),
        ("Niamey airport", "Diori Hamani International Airport", "NER", "site"),
        ("Niamey", "Niamey", "NER", "settlement"),
        ("Agadez, Niger", "Agadez", "NER", "settlement"),
        ("Agadez [NER province]", "Agadez", "NER", "province"),
        ("Tripoli, Lebanon", "Tripoli", "LBN", "settlement"),
        ("Niger", "Niger", "NER", "country"),
        ("Sahel", "Sahel", None, "region"),
        ("Camp X [MLI site] 16.25,-0.03", "Camp X", "MLI", "site"),
        ("Camp X [? site]", "Camp X", None, "site"),
    ],
)
def test_places(typed: str, name: str, country: str | None, precision: str) -> None:
    found = place_typed(typed)
    assert found is not None
    assert (found.name, found.country, str(found.precision)) == (name, country, precision)
    assert (found.lat is None) == (precision in ("country", "region") or "?" in typed)


@pytest.mark.parametrize(
    ("typed", "near", "country"),
    [("Tripoli", "LBN", "LBN"), ("Tripoli", None, "LBY"), ("Gao", "MLI", "MLI"), ("Paris", "NER", "FRA")],
)
def test_a_namesake_of_the_claims_country_is_meant(typed: str, near: str | None, country: str) -> None:
    found = place_typed(typed, near=(near, None))
    assert found is not None and found.country == country


def test_a_small_namesake_of_the_claims_country_is_asked_for() -> None:
    with pytest.raises(ValueError, match="may be Paris"):
        place_typed("Paris", near=("USA",))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "a place needs a name"),
        ("Gao", "may be Gao [MLI settlement]"),
        ("Springfield", "may be Springfield [USA settlement] 42.1"),
        ("Bamako, Niger", "there is Bamako [MLI settlement] 12.6091,-7.9752"),
        ("Nowhereville", "is not in the gazetteer"),
        ("Camp X [MLI]", "write country and precision"),
        ("Camp X [MLI country] 1,2", "a country has no point"),
        ("Camp X [MLI site] here", "write LAT,LON"),
    ],
)
def test_places_refused(typed: str, wrong: str) -> None:
    with pytest.raises(ValueError) as error:
        place_typed(typed)
    assert wrong in str(error.value)


@pytest.mark.parametrize(
    ("typed", "low", "high", "unit", "scope"),
    [
        ("900..1000 personnel total", 900, 1000, "personnel", "total"),
        ("900 .. 1,000 total personnel", 900, 1000, "personnel", "total"),
        ("2,500-3,000 troops", 2500, 3000, "personnel", "total"),
        ("60 troops part", 60, 60, "personnel", "part"),
        ("300.. vehicles", 300, None, "vehicles", "total"),
        ("..300 people ceiling", None, 300, "people", "ceiling"),
        ("nearly 1,000 soldiers", 900, 1000, "personnel", "total"),
        ("up to 300 mercenaries", None, 300, "personnel", "total"),
        ("more than 600 men", 600, None, "people", "total"),
        ("about 1.5 million people", 1_500_000, 1_500_000, "people", "total"),
        ("several hundred personnel", 300, 900, "personnel", "total"),
        ("dozens killed", 24, 99, "killed", "total"),
        ("sixty soldiers", 60, 60, "personnel", "total"),
        ("0 killed", 0, 0, "killed", "total"),
    ],
)
def test_quantities(typed: str, low: float | None, high: float | None, unit: str, scope: str) -> None:
    found = quantity_typed(typed)
    assert found is not None
    assert (found.low, found.high, str(found.unit), str(found.scope)) == (low, high, unit, scope)


def test_unit_and_scope_stay_where_they_are_not_typed() -> None:
    present = judged.CLAIMS[0].quantity
    found = quantity_typed("100..", present)
    assert found is not None and present is not None
    assert (found.unit, found.scope) == (present.unit, present.scope)


@pytest.mark.parametrize(
    "typed", ["", "1,000", "troops", "many personnel", "-5 personnel", ".. personnel", "1..x people"]
)
def test_quantities_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="as in: 900..1000 personnel total"):
        quantity_typed(typed)


@pytest.mark.parametrize(
    ("typed", "earliest", "latest"),
    [
        ("2024-05-02..2024-05-03", "2024-05-02", "2024-05-03"),
        ("2024-05-02", "2024-05-02", "2024-05-02"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2023-11..2024", "2023-11-01", "2024-12-31"),
        ("..2023-12-31", None, "2023-12-31"),
        ("2024-05-02..", "2024-05-02", None),
    ],
)
def test_times(typed: str, earliest: str | None, latest: str | None) -> None:
    found = time_typed(typed)
    assert found is not None
    assert (found.earliest, found.latest, str(found.basis)) == (earliest, latest, "stated")


@pytest.mark.parametrize("typed", ["", "..", "May 2024", "2024-13", "2023-02-30", "24-05-02"])
def test_times_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="write 2024-05-02"):
        time_typed(typed)


@pytest.mark.parametrize("typed", [actor_typed, voice_typed, place_typed, quantity_typed, time_typed])
def test_none_is_not_said(typed: Any) -> None:
    assert typed("none") is None
    assert typed(" Not said ") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("stance=Denied", "denied"),
        ("kind=arms transfer", "arms_transfer"),
        ("actor=Wagner", "Wagner Group [RUS PMC]"),
        ("recipient=none", "not said"),
        ("actor.country=?", "not said"),
        ("actor.country=Belarusian", "BLR"),
        ("actor.sector=pmc", "PMC"),
        ("actor.name=Katiba  X", "Katiba X"),
        ("place=Tessalit, Mali", "Tessalit [MLI settlement]"),
        ("place.precision=site", "site"),
        ("place.point=13.48, 2.18", "13.48,2.18"),
        ("place.point=none", "not said"),
        ("quantity=900..1000 personnel", "900–1,000 personnel (total)"),
        ("time=2024-05", "2024-05-01 … 2024-05-31"),
        ("source=Anna Ba [expert anonymous]", "Anna Ba [expert anonymous]"),
        ("source.kind=military", "military"),
        ("source.anonymous=yes", "yes"),
        ("via=Al Jazeera; Reuters", "Al Jazeera; Reuters"),
        ("via=none", "nobody"),
    ],
)
def test_values_are_kept_as_json_and_told_in_words(change: str, words: str) -> None:
    slot, text = assignment(change)
    value = value_typed(slot, text, CLAIM)
    checked(slot, value)
    assert in_words(slot, value) == words


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("stance", "write slot=value"),
        ("weather=fine", "'weather' is no slot; there are kind, stance"),
        ("stance=", "stance: nothing was given; write stance=none"),
        ("stance=denyed", "stance: 'denyed' is no stance; did you mean denied?"),
        ("kind=party", "kind: 'party' is no kind; there are presence"),
        ("quantity.scope=total", "quantity.scope: the claim has no quantity; correct quantity first"),
        ("source.anonymous=maybe", "neither yes nor no"),
        ("place.point=north", "write LAT,LON"),
        ("place.point=1000,0", "not on the globe"),
        ("quantity=1000..900 personnel", "1000 is more than 900"),
        ("time=2024-05-03..2024-05-02", "2024-05-03 is after 2024-05-02"),
    ],
)
def test_what_cannot_be_a_correction(change: str, wrong: str) -> None:
    with pytest.raises(ValueError) as error:
        value_typed(*assignment(change), CLAIM)
    assert wrong in str(error.value)


@pytest.mark.parametrize("slot", ["via", "source.kind", "source.anonymous"])
def test_a_claim_in_the_reports_own_voice_has_no_source_to_correct(slot: str) -> None:
    value = {"via": "AFP", "source.kind": "media", "source.anonymous": "no"}[slot]
    with pytest.raises(ValueError, match="names no source; correct source first"):
        value_typed(slot, value, replace(CLAIM, attribution=None))


@given(st.sampled_from(SLOTS), st.text(max_size=40))
def test_anything_typed_is_a_value_or_a_reason(slot: str, text: str) -> None:
    try:
        value = value_typed(slot, text, CLAIM)
    except ValueError as error:
        assert str(error)
    else:
        checked(slot, value)
        in_words(slot, value)
