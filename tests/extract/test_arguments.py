"""Who does what to whom: passives, relative clauses, control, coordination, light verbs and joint subjects undone."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from dateline.extract.arguments import particle_lemma, verb_arguments
from dateline.parse.nlp import parse_text
from extraction import Case, problems, readings, table

NAME = "arguments"


@table(NAME)
def test_case(case: Case) -> None:
    assert problems(case, readings(NAME)[case["about"]].claims) == []


def verb(text: str, word: str) -> Token:
    return next(token for token in parse_text(text) if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "roles"),
    [
        ("The rebels seized the town.", "seized", {"subj": "rebels", "obj": "town"}),
        ("The town was seized by rebels.", "seized", {"subj": "rebels", "obj": "town"}),
        ("The town was seized.", "seized", {"subj": None, "obj": "town"}),
        ("The rebels who seized the town fled.", "seized", {"subj": "rebels", "obj": "town"}),
        ("The town that the rebels attacked is empty.", "attacked", {"subj": "rebels", "obj": "town"}),
        ("The soldiers stationed in Chad slept.", "stationed", {"subj": None, "obj": "soldiers"}),
        ("The rebels plan to seize the town.", "seize", {"subj": "rebels", "obj": "town"}),
        ("The king ordered the rebels to leave the town.", "leave", {"subj": "rebels", "obj": "town"}),
        ("The rebels burned the camp and seized the town.", "seized", {"subj": "rebels", "obj": "town"}),
        ("After seizing the town, the rebels fled.", "seizing", {"subj": "rebels", "obj": "town"}),
        ("The king gave the rebels guns.", "gave", {"subj": "king", "obj": "guns", "dative": "rebels"}),
        ("The king met with the rebels.", "met", {"subj": "king", "with": "rebels"}),
    ],
)
def test_logical_roles(text: str, word: str, roles: dict[str, str | None]) -> None:
    arguments = verb_arguments(verb(text, word))
    found = {name: arguments.first(name) for name in roles}
    assert {name: token and token.text for name, token in found.items()} == roles


def test_passives_are_told() -> None:
    assert verb_arguments(verb("The town was seized by rebels.", "seized")).passive
    assert not verb_arguments(verb("The rebels seized the town.", "seized")).passive


def test_a_head_stands_in_a_slot_once() -> None:
    arguments = verb_arguments(verb("The town was seized by rebels.", "seized"))
    assert [token.text for token in arguments.get("subj")] == ["rebels"]
    assert arguments.get("nothing") == []


def test_a_verb_with_its_particle() -> None:
    assert particle_lemma(verb("The soldiers pulled out of the town.", "pulled")) == "pull_out"
    assert particle_lemma(verb("The soldiers left the town.", "left")) == "leave"
