"""Texts without a beginning or an end: a cut line, a headline, half a sentence. None may break the reader."""

from __future__ import annotations

import pytest

import dateline
from dateline.parse.nlp import installed_model

HEADLESS = (
    "Police killing of marchers in Lomé.",
    "Militia attack in Beni leaves nine dead.",
    "Coalition strikes hit Raqqa.",
    "which Ankara denied.",
    "Which Ankara denies, officials said.",
    "shelling from hills near Aden killed four.",
    "Bombing of bridges by the army goes on.",
    "-backed fighters took Bria.",
    "- led forces entered Sirte.",
    "dead in Bamako, the police said.",
    "home to 900 American troops.",
    "over 20 tonnes of arms to Juba.",
    "even if troops leave Chad.",
    "without giving proof, Baku accused Yerevan.",
    "of opening fire on marchers.",
    "and Chad 120.",
    "them in the north of Mali.",
    ", the ministry said, troops left Gao.",
    ": our soldiers have left Gao.",
    "— soldiers have left Gao.",
    "hardly any soldiers are left in Gao.",
    "days after the raid on Gao, soldiers left.",
    "a charge that Minsk denies.",
    "according to Khartoum.",
    "number about 500 in Goma.",
    "the Bay of Kotor was closed by the navy.",
)
ENDLESS = (
    "Togo sent soldiers to the border after The",
    "Togo sent between 20 and",
    "Togo sent soldiers, according to",
    "Togo sent around",
    "Togo said:",
    "Togo sent soldiers, home to",
    "Togo sent the US-",
    "The",
)
FRENCH = (
    "libérés à Gao, selon Le",
    "que Bamako dément.",
    "-major de l’armée à Gao.",
    "Le",
    "qu’il accuse d’armer le M23.",
)
SPANISH = ("retira a sus soldados del puerto de Los", "que Caracas niega.", "-bomba en Cali.", "La")


def unread(text: str, language: str) -> list[str]:
    """What the reader says of itself where it broke at a text."""
    report = dateline.read(f"{text}\n", published="2024-05-04", language=language)
    return [issue.message for issue in report.issues if issue.code == "failed"]


@pytest.mark.parametrize("text", [*HEADLESS, *ENDLESS])
def test_an_english_fragment_is_read(text: str) -> None:
    assert unread(text, "en") == []


@pytest.mark.skipif(installed_model("fr") is None, reason="no French parser is installed: dateline[fr]")
@pytest.mark.parametrize("text", FRENCH)
def test_a_french_fragment_is_read(text: str) -> None:
    assert unread(text, "fr") == []


@pytest.mark.skipif(installed_model("es") is None, reason="no Spanish parser is installed: dateline[es]")
@pytest.mark.parametrize("text", SPANISH)
def test_a_spanish_fragment_is_read(text: str) -> None:
    assert unread(text, "es") == []
