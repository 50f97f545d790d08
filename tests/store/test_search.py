"""Search takes any words a person types, and finds without case and accents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fakes
from dateline.ledger import Ledger
from places import Places

TEXT = "A C-130 flew from Sévaré. 400 Russian soldiers are in Mali. Africa OR Europe, foo AND bar."


@pytest.fixture(scope="module")
def ledger(places: Places) -> Iterator[Ledger]:
    with pytest.MonkeyPatch.context() as patch, Ledger(places.new()) as ledger:
        fakes.install(patch)
        ledger.add_text(TEXT, title="Soldiers in the Sahel")
        ledger.add_text("Nothing of the kind.")
        yield ledger


@pytest.mark.parametrize(
    "words",
    ["C-130", "c-130 sevare", "SÉVARÉ", '"foo AND', "Africa OR", "foo* NEAR(" + "", "sahel", "flew*", "-", ""],
)
def test_documents(ledger: Ledger, words: str) -> None:
    found = ledger.documents(text=words)
    expected = 0 if words in ("foo* NEAR(", "-", "") else 1
    assert len(found) == expected, words


@pytest.mark.parametrize("words", ["russian mali", "Touré", "toure AFP", "soldiers", "Russian forces"])
def test_claims_by_words_names_and_voices(ledger: Ledger, words: str) -> None:
    assert len(ledger.claims(text=words)) == 1


def test_all_words_are_wanted(ledger: Ledger) -> None:
    assert len(ledger.claims(text="russian niger")) == 0


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_no_words_break_the_query(ledger: Ledger, words: str) -> None:
    ledger.documents(text=words)
    ledger.claims(text=words, actor=words, source=words, place=words)
    ledger.presence(actor=words, place=words)
    ledger.issues(text=words, code=words)
