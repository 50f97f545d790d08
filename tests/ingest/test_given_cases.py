"""Names, places, kinds and sources of claims from elsewhere, case by case (`tests/cases/given_*.jsonl`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.claims.parties import party
from dateline.ingest.claims.propositions import kind_of
from dateline.ingest.claims.spots import Scene, spot
from dateline.ingest.claims.voices import Carrier, agencies, attribution
from dateline.model import Kind

CASES = Path(__file__).resolve().parent.parent / "cases"


def cases(name: str) -> list[Any]:
    lines = (CASES / f"given_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=str(case.get("text") or case.get("source"))) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", cases("parties"))
def test_parties(case: dict[str, Any]) -> None:
    found = party(case["text"], case["country"])
    assert (found.name, found.sector) == (case["name"], case["sector"])
    assert found.country == case.get("found", case["country"])
    assert (found.text, found.start, found.end) == (case["text"], None, None)


def test_the_country_that_was_given_wins() -> None:
    assert party("Wagner Group", "MLI").country == "MLI"
    assert party("Russian instructors", "BLR").name == "Belarus, armed forces"


@pytest.mark.parametrize("case", cases("places"))
def test_places(case: dict[str, Any]) -> None:
    found = spot(case["text"], Scene(Kind(case["kind"]), tuple(case["expected"])))
    if case.get("unknown"):
        assert found is None
        return
    assert found is not None
    assert (found.country, found.precision) == (case["country"], case["precision"])
    assert found.name == case.get("name", found.name)
    assert (found.lat is not None and found.lon is not None) == case["point"]


@pytest.mark.parametrize("case", cases("kinds"))
def test_kinds(case: dict[str, Any]) -> None:
    found = kind_of(case["type"], case["text"])
    assert (None if found is None else str(found)) == case["kind"]


@pytest.mark.parametrize("case", cases("voices"))
def test_voices(case: dict[str, Any]) -> None:
    found = attribution(case, Carrier(case["outlet"], tuple(case["agencies"])))
    if case["attribution"] is None:
        assert found is None
    else:
        assert found is not None and found.source is not None
        told = [found.source.name, str(found.source_kind), found.anonymous, list(found.via)]
        assert told == case["attribution"]


def test_agencies_of_a_credit() -> None:
    assert agencies("AP / Reuters / CNN") == ("AP", "Reuters", "CNN")
    assert agencies("Reuters (named in the text)") == ("Reuters",)
    assert agencies("US AFRICOM statement") == ("US AFRICOM",)
    assert agencies("AP; Reuters; AP") == ("AP", "Reuters")
