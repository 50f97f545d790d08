"""Which language a report is in."""

from __future__ import annotations

import pytest

from dateline.parse import language
from dateline.parse.language import code, language_of, plain, supported

LONG = {
    "en": "The army left the town on Friday, officers said, and nobody has come to replace it since then. ",
    "fr": "L'armée a quitté la ville vendredi, ont dit des officiers, et personne ne l'a remplacée depuis. ",
    "ru": "Армия покинула город в пятницу, сообщили офицеры, и с тех пор её никто не заменил. ",
    "ar": "غادر الجيش المدينة يوم الجمعة، بحسب ما قاله ضباط، ولم يحل أحد محله منذ ذلك الحين. ",
}


@pytest.mark.parametrize("language", LONG)
def test_long_texts(language: str) -> None:
    assert language_of(LONG[language] * 3) == language
    assert plain(LONG[language] * 3) == ("en" if language == "en" else None)


def test_plain_english_needs_no_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", None)
    assert language_of(LONG["en"] * 3, declared="fr") == "en"
    with pytest.raises(TypeError):
        language_of(LONG["ru"] * 3)


def test_plain_french_needs_no_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", None)
    text = (
        "Les habitants disent que les camions sont partis avant l'aube avec une partie des hommes, et que personne ne "
        "les a remplacés depuis. Selon eux, le ministère n'a pas voulu commenter ces informations sur la ville, qui "
        "avait été reprise par l'armée il y a deux ans après plusieurs mois de combats dans cette région. "
    )
    assert language_of(text) == "fr"


def test_mixed_texts_are_left_to_the_identifier() -> None:
    assert plain(LONG["en"] + LONG["fr"] * 2) is None
    assert plain(LONG["en"] * 2 + LONG["ru"] * 2) is None
    assert plain("Karo 400, Sund 300, Orvale 200. " * 20) is None


def test_long_texts_are_believed_over_the_page() -> None:
    assert language_of(LONG["fr"] * 3, declared="en-US") == "fr"


def test_short_texts() -> None:
    assert language_of("Karo, Sund: 400.") == "en"
    assert language_of("Karo, Sund: 400.", declared="fr") == "fr"
    assert language_of("Армия ушла") != "en"
    assert language_of("") == "en"


def test_supported_languages_are_those_with_a_lexicon() -> None:
    assert "en" in supported()
    assert "furniture" not in supported()


@pytest.mark.parametrize(
    ("tag", "expected"), [("en-GB", "en"), ("EN_us", "en"), ("fr", "fr"), ("english", None), (None, None)]
)
def test_codes(tag: str | None, expected: str | None) -> None:
    assert code(tag) == expected
