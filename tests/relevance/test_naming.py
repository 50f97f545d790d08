"""A name of a state or person within a longer name is no state and no person; one beside an office is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.relevance.features import features, sentences
from dateline.relevance.naming import LENT, STATE, named

LENDING = [
    ("He taught for years at Paris High School in town.", "Paris"),
    ("One resident there, Chad LaBumbard, said the road was bad.", "Chad"),
    ("Two men were seen by New London police near the bridge.", "London"),
    ("A truck left the road on U.S. Route 9 in the rain.", "U"),
    ("They moved to Lebanon, Pa., when she was a child.", "Lebanon"),
    ("They moved to Moscow, West Virginia, when she was a child.", "Moscow"),
    ("The hikers slept near Mount Lebanon and went home.", "Lebanon"),
    ("Her teacher, Sharon Marsh, planted a tree at school.", "Sharon"),
    ("They cut the ribbon of the SRF Water Project without a word.", "SRF"),
]
STANDING = [
    ("Troops of Mali, Colonel Goita said, had left the town.", "Mali"),
    ("Talks in Moscow on Tuesday came to nothing.", "Moscow"),
    ("Talks in Moscow Tuesday came to nothing at all.", "Moscow"),
    ("The Israeli Prime Minister spoke to a crowd of men.", "Israeli"),
    ("Drones struck Russia, North Korea and a third state at once.", "Russia"),
    ("Envoys came from Ukraine, Georgia and Moldova by train.", "Ukraine"),
    ("Soldiers from northern Mali marched to the south in Niger.", "Mali"),
    ("Russia Attacks Ukraine Port With Drones", "Ukraine"),
    ("Fighters came from Eastern Ukraine and dug in on the hill.", "Ukraine"),
]


def mark(text: str, word: str) -> str | None:
    (sentence,) = sentences(text)
    found = named(sentence, sentence.index(word), 0)
    return found.mark if found else None


@pytest.mark.parametrize(("text", "word"), LENDING)
def test_a_name_within_another_is_lent(text: str, word: str) -> None:
    assert mark(text, word) == LENT


@pytest.mark.parametrize(("text", "word"), STANDING)
def test_a_state_beside_other_words_is_one(text: str, word: str) -> None:
    assert mark(text, word) == STATE


def test_a_lent_name_stands_for_no_actor() -> None:
    (school,) = sentences("The police came to Paris High School at noon.")
    (state,) = sentences("The police came to Syria at noon.")
    assert LENT in features(school) and not any("+#" in feature for feature in features(school))
    assert any(feature.startswith("<state>+#") for feature in features(state))


def test_kinds_of_names_are_features() -> None:
    (words,) = sentences("French envoys met Vladimir Putin in Ankara.")
    assert {"<people>", "<person>", "<capital>", "<state>", "<GOV>"} <= features(words)


def test_initials_end_no_sentence() -> None:
    assert len(list(sentences("A car hit a tree on U.S. Route 9. No one was hurt."))) == 2


@given(
    st.lists(st.sampled_from(["Paris", "New", ",", "(", "Texas", "U", "S", "Chad", "in", "9", "Élysée"]), max_size=9)
)
@settings(max_examples=80, deadline=None)
def test_any_words_have_features(words: list[str]) -> None:
    assert all(isinstance(feature, str) and feature for feature in features(words))
