"""The tables of actors: they load, keep their schema, and answer by every written form."""

from __future__ import annotations

import pytest

from dateline.lexicon import actors, countries
from dateline.model import Sector


def test_known_actors_are_many_and_belong_to_real_countries() -> None:
    known = actors.known_actors()
    assert len(known) > 2000
    assert all(a.country is None or countries.by_code(a.country) is not None for a in known)
    assert len({(a.name, a.country, a.sector) for a in known}) == len(known)


@pytest.mark.parametrize(
    ("written", "name", "country", "sector"),
    [
        ("ISIL", "Islamic State", None, Sector.REB),
        ("Wagner", "Wagner Group", "RUS", Sector.PMC),
        ("CJTF-OIR", "Coalition (CJTF-OIR)", None, Sector.MIL),
        ("MINUSMA", "MINUSMA", None, Sector.IGO),
        ("IDF", "Israel, armed forces", "ISR", Sector.MIL),
        ("Élysée", "France, government", "FRA", Sector.GOV),
        ("Erdogan", "Recep Tayyip Erdoğan", "TUR", Sector.GOV),
        ("Tiani", "Abdourahamane Tiani", "NER", Sector.MIL),
        ("AFP", "Agence France-Presse", "FRA", Sector.MED),
    ],
)
def test_by_name(written: str, name: str, country: str | None, sector: Sector) -> None:
    found = actors.by_name(written)
    assert found is not None
    assert (found.name, found.country, found.sector) == (name, country, sector)


def test_unknown_names_are_none() -> None:
    assert actors.by_name("Ministry of Silly Walks") is None


@pytest.mark.parametrize(
    ("word", "family"),
    [
        ("soldiers", actors.Family.FORCE),
        ("servicemen", actors.Family.FORCE),
        ("militia", actors.Family.FIGHTER),
        ("mercenaries", actors.Family.MERCENARY),
        ("military council", actors.Family.JUNTA),
        ("embassies", actors.Family.BODY),
        ("prime minister", actors.Family.OFFICE),
        ("colonel", actors.Family.RANK),
        ("news agency", actors.Family.MEDIA),
    ],
)
def test_family_of_heads(word: str, family: actors.Family) -> None:
    assert actors.words().family(word) is family


def test_things_are_no_heads() -> None:
    for word in ("bridge", "airport", "monday", "agreement", "airstrike"):
        assert actors.words().family(word) is None


def test_words_lists_name_known_sectors_and_coalitions() -> None:
    words = actors.words()
    assert set(words.sectors) == set(actors.Family)
    for opponent, coalition in words.coalitions.items():
        assert actors.by_name(opponent) is not None
        assert actors.by_name(coalition) is not None
    assert all(code is None or countries.by_code(code) is not None for code in words.peoples.values())


@pytest.mark.parametrize("form", ["al-Qa'ida", "Al Qaida", "al-Qaida", "AL-QAIDA"])
def test_forms_fold_hyphens_accents_and_articles(form: str) -> None:
    assert [w.casefold() for w in actors.name_words(form)][0] == "al"


def test_folding_keeps_length() -> None:
    for text in ("Élysée", "Erdoğan", "Yıldırım", "Đinđić", "plain", "œuvre"):
        assert len(actors.folded(text)) == len(text)
