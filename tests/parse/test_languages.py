"""Words of other languages than English: the cases of `cases/*_<language>.jsonl`, one file a layer.

`times` and `quantities` as in the English files; `places` has the words and the country of each place, `demonyms` the
noun whose country is asked. A language whose parser is not installed is skipped.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.lexicon import countries
from dateline.lexicon.actors import names
from dateline.lexicon.exonyms import listed_name
from dateline.parse.actors import Cast
from dateline.parse.language import supported
from dateline.parse.nlp import installed_model, parse_text
from dateline.parse.numerals import numeral
from dateline.parse.places import places
from dateline.parse.quantities import quantities
from dateline.parse.times import times

FILES = Path(__file__).parents[1] / "cases"
LANGUAGES = [code for code in supported() if code != "en" and installed_model(code) is not None]


def cases(layer: str) -> list[Any]:
    found = []
    for code in LANGUAGES:
        file = FILES / f"{layer}_{code}.jsonl"
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            case = json.loads(line)
            found.append(pytest.param(code, case, id=f"{code}: {case['text'][:60]}"))
    return found


@cache
def parsed(text: str, code: str) -> Any:
    return parse_text(text, code=code)


def given(case: dict[str, Any]) -> date | None:
    return None if case["anchor"] is None else date.fromisoformat(case["anchor"])


@pytest.mark.parametrize(("code", "case"), cases("times"))
def test_times(code: str, case: dict[str, Any]) -> None:
    found = times(case["text"], given(case), language=code)
    assert [[t.text, t.earliest, t.latest, str(t.basis)] for t in found] == case["times"]


@pytest.mark.parametrize(("code", "case"), cases("quantities"))
def test_quantities(code: str, case: dict[str, Any]) -> None:
    found = [c.quantity for c in quantities(parsed(case["text"], code), case["text"])]
    assert [[q.text, q.low, q.high, str(q.unit), str(q.scope)] for q in found] == case["quantities"]


@pytest.mark.parametrize(("code", "case"), cases("demonyms"))
def test_demonyms(code: str, case: dict[str, Any]) -> None:
    doc = parsed(case["text"], code)
    token = next(t for t in doc if t.text == case["head"])
    assert Cast(doc, case["text"]).country(token) == case["country"]


@pytest.mark.parametrize(("code", "case"), cases("places"))
def test_places(code: str, case: dict[str, Any]) -> None:
    found = places(parsed(case["text"], code), case["text"])
    assert [[p.text, p.country] for p in found] == case["places"]


@pytest.mark.parametrize("code", [code for code in countries.languages() if code != "en"])
def test_every_country_has_a_name_and_every_actor_is_known(code: str) -> None:
    told = {country.code: known for country, known in countries.forms(code)}
    assert set(told) == {country.code for country in countries.countries()}
    assert all(known.names for known in told.values())
    for country in countries.countries():
        assert listed_name(told[country.code].names[0], code) == country.name
    assert names(code)


@pytest.mark.parametrize(
    ("code", "word", "country"),
    [("fr", "nigérien", "NER"), ("fr", "nigérianes", "NGA"), ("fr", "Burkinabè", "BFA"), ("fr", "burkinabè", "BFA")],
)
def test_demonyms_one_letter_apart(code: str, word: str, country: str) -> None:
    found = countries.by_demonym(word, code)
    assert found is not None
    assert found.code == country
    assert countries.by_demonym("malien") is None, "no demonym in an English text"


@pytest.mark.parametrize(
    ("code", "written", "low", "high"),
    [
        ("fr", "quatre-vingt-dix-sept", 97, 97),
        ("fr", "deux cent cinquante", 250, 250),
        ("fr", "soixante et onze", 71, 71),
        ("fr", "trois mille cinq cents", 3500, 3500),
        ("fr", "2 500", 2500, 2500),
        ("fr", "2\u202f500 à 3\u00a0000", 2500, 3000),
        ("fr", "1.500", 1500, 1500),
        ("fr", "1,5 million", 1_500_000, 1_500_000),
        ("fr", "une quinzaine", 15, 15),
        ("fr", "des centaines", 200, 999),
        ("fr", "plusieurs milliers", 3000, 9000),
        ("fr", "40 ou plus", 40, None),
    ],
)
def test_numerals(code: str, written: str, low: float | None, high: float | None) -> None:
    found = numeral(written, 0, code)
    assert found is not None
    assert (found.low, found.high, found.end) == (low, high, len(written))
