"""Infinitives of English verbs in -e that a shorter word hides."""

from __future__ import annotations

import pytest

from dateline.parse.nlp import pipeline


@pytest.mark.parametrize(
    ("text", "form", "infinitive"),
    [
        ("The army staged a coup in May.", "staged", "stage"),
        ("They are waging war on the rebels.", "waging", "wage"),
        ("Soldiers raped two women there.", "raped", "rape"),
        ("The court fined the newspaper.", "fined", "fine"),
        ("The convoy stopped at the bridge.", "stopped", "stop"),
        ("Their leaders visited Kabul.", "visited", "visit"),
    ],
)
def test_the_infinitive_of_a_form(text: str, form: str, infinitive: str) -> None:
    assert next(t for t in pipeline("en")(text) if t.text == form).lemma_ == infinitive
