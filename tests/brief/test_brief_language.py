"""Both languages say the same things, with their own numbers, days, countries and words for likelihood."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.brief import LANGUAGES, AskedError, Brief
from dateline.brief.language import language
from dateline.brief.likelihood import SCALE, likelihood
from dateline.brief.sheet import sheet
from dateline.brief.values import Amount, Beginning, Count, Host, Party, Voices
from dateline.model import DeploymentKind, DisputeKind, Kind, SourceKind, Stage, Stance, Standing, Unit

NNBSP = "\u202f"


def file_of(code: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files("dateline.brief").joinpath(f"{code}.yaml").read_text(encoding="utf-8"))
    return found


def test_the_files_have_the_same_templates_with_the_same_places() -> None:
    one, other = (file_of(code) for code in LANGUAGES)
    for table in ("parts", "labels", "when", "text", "nouns", "figures", "units"):
        assert set(one[table]) == set(other[table]), table
    for table in ("parts", "labels", "when"):
        for key, template in one[table].items():
            places = [sorted(re.findall(r"\{(\w+)", told)) for told in (template, other[table][key])]
            assert places[0] == places[1], (table, key)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_closed_word_has_a_word(code: str) -> None:
    told = file_of(code)
    for table, words in (
        ("kinds", Kind),
        ("stances", Stance),
        ("stages", Stage),
        ("standings", Standing),
        ("deployments", DeploymentKind),
        ("disputes", DisputeKind),
        ("units", Unit),
        ("unnamed", SourceKind),
    ):
        assert set(map(str, words)) <= set(told[table]), table
    assert set(told["likelihood"]) == set(SCALE)


@pytest.mark.parametrize(
    ("amount", "english", "french"),
    [
        (Amount(900, 1000), "900 to 1,000 persons", f"de 900 à 1{NNBSP}000 personnes"),
        (Amount(1, 1), "1 person", "1 personne"),
        (Amount(0, 0), "0 persons", "0 personne"),
        (Amount(600, None), "at least 600 persons", "au moins 600 personnes"),
        (Amount(None, 1, "killed"), "at most 1 killed", "au plus 1 tué"),
        (Amount(None, None), "number not said", "effectif non précisé"),
        (Amount(2, 2, "other", "two <flags>"), "2 (“two <flags>”)", "2 («\u00a0two <flags>\u00a0»)"),
    ],
)
def test_amounts(amount: Amount, english: str, french: str) -> None:
    assert (language("en").amount(amount), language("fr").amount(amount)) == (english, french)


@pytest.mark.parametrize(
    ("span", "english", "french"),
    [
        (("2024-04-12", "2024-04-12"), "on 12 April 2024", "le 12 avril 2024"),
        (("2024-05-01", "2024-05-01"), "on 1 May 2024", "le 1er mai 2024"),
        (("2024-02-01", "2024-02-29"), "in February 2024", "en février 2024"),
        (("2023-01-01", "2023-12-31"), "in 2023", "en 2023"),
        (
            ("2024-04-12", "2024-05-02"),
            "between 12 April 2024 and 2 May 2024",
            "entre le 12 avril 2024 et le 2 mai 2024",
        ),
        ((None, "2024-09-15"), "by 15 September 2024 at the latest", "au plus tard le 15 septembre 2024"),
        (("2024-09-15", None), "from 15 September 2024", "à partir du 15 septembre 2024"),
        ((None, None), "no date given", "sans date"),
        (("0000-99-99", "0000-99-99"), "on 0000-99-99", "le 0000-99-99"),
    ],
)
def test_days(span: tuple[str | None, str | None], english: str, french: str) -> None:
    assert (language("en").days(*span), language("fr").days(*span)) == (english, french)


def test_a_beginning_says_how_well_it_is_known() -> None:
    english = language("en")
    assert english.value(Beginning("2024-04-12", True, True), "since") == "since 12 April 2024"
    assert "the day is not said" in english.value(Beginning("2024-04-12", False, True), "since")
    assert "when it began is not said" in english.value(Beginning("2024-04-12", True, False), "since")
    assert english.value(Beginning(None, False, False), "since") == "since a day that is not known"


@pytest.mark.parametrize(
    ("code", "french"),
    [
        ("NER", "au Niger"),
        ("FRA", "en France"),
        ("IRN", "en Iran"),
        ("USA", "aux États-Unis"),
        ("CUB", "à Cuba"),
        ("MEX", "au Mexique"),
        ("CIV", "en Côte d’Ivoire"),
        ("COD", "en République démocratique du Congo"),
        ("Sahel", "au Sahel"),
        ("DJI", "à Djibouti"),
    ],
)
def test_countries_with_their_preposition(code: str, french: str) -> None:
    assert language("fr").value(Host(code), "in") == french


def test_parties_and_voices_in_french() -> None:
    french = language("fr")
    assert french.value(Party("United States, armed forces")) == "États-Unis, forces armées"
    both = french.value(Party("Germany, armed forces; Italy, armed forces"))
    assert both == "Allemagne, forces armées et Italie, forces armées"
    assert french.value(Party("Bears Brigade")) == "Bears Brigade"
    assert french.value(Voices(None, "military", ("AFP",))).startswith("une source militaire non nommée, par")


@pytest.mark.parametrize(
    ("number", "french"),
    [(0, "0 origine indépendante"), (1, "1 origine indépendante"), (2, "2 origines indépendantes")],
)
def test_french_counts_nothing_in_the_singular(number: int, french: str) -> None:
    assert language("fr").value(Count(number, "origin")) == french


def test_an_unknown_language_is_told() -> None:
    with pytest.raises(AskedError, match="'xx' is no language"):
        language("xx")


@given(st.floats(0.0, 1.0))
def test_a_word_of_likelihood_fits_its_probability(probability: float) -> None:
    word = likelihood(probability)
    if word is None:
        assert probability < 0.01 or probability > 0.99
    else:
        low, high = SCALE[word]
        assert low <= probability <= high


@pytest.mark.parametrize("code", LANGUAGES)
def test_likelihood_is_said_of_readings_alone(niger: Brief, code: str) -> None:
    words = language(code)
    told = sheet(niger, words)
    scale = sorted((words.term("likelihood", key) for key in SCALE), key=len, reverse=True)
    pattern = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in scale), re.IGNORECASE)
    for chapter in told.chapters:
        for group in chapter.groups:
            for line in (group.lead, *group.lines):
                assert line is None or not pattern.search(line.text)
    for row in told.rows:
        step = likelihood(row.cited.claim.confidence)
        assert step is None or row.reading.startswith(words.term("likelihood", step))
