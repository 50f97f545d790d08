"""A language by its word list: what it takes from another one, and what it says itself."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml

from dateline.lexicon.language import language, load_yaml, supported_languages
from dateline.lexicon.translation import inverted, translated

EXTENDING = [code for code in supported_languages() if "extends" in load_yaml(f"{code}.yaml")]
SECTIONS = ("saying", "saying_nouns", "frames", "voice", "grammar", "stance", "commitment", "classes", "when")


def small(**more: Any) -> dict[str, Any]:
    """A file with every section, one word in each."""
    made: dict[str, Any] = {name: {"row": "go"} for name in SECTIONS}
    plain = ("support_verbs", "locative_verbs", "voices", "told_outlet", "anonymity", "according")
    return made | dict.fromkeys(plain, "go") | {"generic_places": {"country": "land"}} | more


ROWS = {
    "classes": {"arm": "gun"},
    "verbs": [{"kind": "attack", "verb": "go fly"}, {"kind": "attack", "verb": "swim"}],
    "nouns": [{"kind": "attack", "noun": "gun"}],
    "told_verbs": [],
    "told_nouns": [],
}


def test_a_language_that_stands_alone_stays_as_it_is() -> None:
    base = small()
    assert translated(base, ROWS, lambda _: {}) == (base, ROWS)


def test_lists_hold_what_the_word_list_gives_and_own_words_first() -> None:
    own = {"extends": "yy", "words": {"aller": "go walk", "fusil": "gun"}, "saying": {"row": "dire"}}
    source = {"yy.yaml": small(), "yy.triggers.yaml": ROWS}
    base, rows = translated(own, {"verbs": [{"kind": "aid", "verb": "aider"}]}, lambda name: source[name])
    assert base["saying"]["row"] == ["dire", "aller"]
    assert base["frames"]["row"] == ["aller", "go"], "rules read these by their pivot too"
    assert [row["verb"] for row in rows["verbs"]] == ["aider", ["aller"]], "rows of no word are left out"
    assert rows["nouns"][0]["noun"] == ["fusil"]
    assert rows["classes"]["arm"] == ["fusil"]


def test_a_meaning_of_several_words_lists_them_in_order() -> None:
    assert inverted({"aller": "go", "partir": "leave go"}) == {"go": ["aller", "partir"], "leave": ["partir"]}


@pytest.mark.parametrize("code", EXTENDING)
def test_no_word_stands_twice(code: str) -> None:
    text = files("dateline.lexicon").joinpath(f"{code}.yaml").read_text(encoding="utf-8")
    nodes = yaml.compose(text, Loader=yaml.SafeLoader)
    words = next(value for key, value in nodes.value if key.value == "words")
    keys = [key.value for key, _ in words.value]
    assert not {key for key in keys if keys.count(key) > 1}


@pytest.mark.parametrize("code", EXTENDING)
def test_idioms_are_words_of_the_list(code: str) -> None:
    lexicon = language(code)
    assert lexicon.idioms
    assert not [idiom for idiom in lexicon.idioms if idiom not in lexicon.meanings]


@pytest.mark.parametrize("code", EXTENDING)
def test_function_words_and_modals_name_what_the_rules_know(code: str) -> None:
    lexicon = language(code)
    assert {"of", "to", "in", "by", "with", "that", "who", "not"} <= set(lexicon.forms.values())
    assert {told for table in lexicon.modals.values() for key, told in table.items() if key != "with"} <= {
        "can",
        "could",
        "may",
        "must",
        "will",
        "would",
        "did",
    }
    assert set(lexicon.also) <= set(lexicon.forms.values())


def test_regular_forms_lead_to_their_verbs() -> None:
    forms = language("fr").conjugated
    assert forms["frappent"] == "frapper"
    assert forms["contrôle"] == "contrôler"
    assert "dépêché" in forms


@pytest.mark.parametrize("code", EXTENDING)
def test_a_language_says_what_installs_its_parser(code: str) -> None:
    assert language(code).models
    assert language(code).package
