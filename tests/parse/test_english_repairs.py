"""Slips of the English parser, put right: verbs, subjects and numbers that it took for something else."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from dateline.parse.nlp import parse_text


def word(text: str, form: str) -> Token:
    return next(token for token in parse_text(text) if token.text == form)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Iran has 300 men in Homs, the Pentagon estimates.", "estimates", "Pentagon"),
        ("Yemen's Houthis control the port of Hodeidah.", "control", "Houthis"),
        ("Three Iranian warships docked at Port Sudan on Monday.", "docked", "warships"),
    ],
)
def test_a_verb_with_its_subject(text: str, verb: str, subject: str) -> None:
    found = word(text, verb)
    assert found.pos_ == "VERB"
    assert [child.text for child in found.lefts if child.dep_ == "nsubj"] == [subject]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("The paper has seen the ministry's letters, maps and estimates.", "estimates"),
        ("Border control is the army's task.", "control"),
        ("Three soldiers wounded in a raid near Gao.", "wounded"),  # they are hit: no doer
    ],
)
def test_what_is_no_finite_verb_stays(text: str, noun: str) -> None:
    assert not [child for child in word(text, noun).lefts if child.dep_ == "nsubj"]


def test_two_nations_are_of_one_noun() -> None:
    soldiers = word("Some 140 Guatemalan and Salvadoran soldiers have joined the force.", "soldiers")
    assert soldiers.dep_ == "nsubj"
    assert {child.text for child in soldiers.lefts} >= {"140", "Guatemalan", "Salvadoran"}


def test_a_number_is_no_part_of_a_name() -> None:
    doc = parse_text("Sixty Wagner trainers were sent to Malabo.")
    assert doc[0].pos_ == "NUM"
    assert doc[0].head.text == "trainers"
    assert all(ent.start > 0 for ent in doc.ents)
