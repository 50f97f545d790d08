"""Verbs after an inserted saying belong to the clause before it; a bare body that closes it to the state that acts."""

from __future__ import annotations

import pytest

from dateline.parse.actors import Cast
from dateline.parse.nlp import parse_text


@pytest.mark.parametrize(
    ("text", "verb", "head"),
    [
        ("The army bombed a market in Omdurman, the ministry said, killing 20 people.", "killing", "bombed"),
        ("Jets struck a house in Rafah, medics said, wounding nine people.", "wounding", "struck"),
        ("Rebels ambushed a convoy near Goma, the army said, killing three soldiers.", "killing", "ambushed"),
        ("The army bombed a market in Omdurman, the ministry said, and killed 20 people.", "killed", "bombed"),
        ("Ukraine hit a refinery near Samara, the general staff said, citing its own drones.", "citing", "said"),
    ],
)
def test_verb_after_an_inserted_saying(text: str, verb: str, head: str) -> None:
    doc = parse_text(text)
    token = next(t for t in doc if t.text == verb)
    assert token.head.text == head


@pytest.mark.parametrize(
    ("text", "body", "country"),
    [
        ("Kenya has sent 400 police officers to Haiti, the government said on Tuesday.", "government", "KEN"),
        ("Rwanda has deployed 1,000 soldiers to Mozambique, the army said.", "army", "RWA"),
        ("Moldova has asked Romania for ammunition, the ministry of defence said.", "ministry", "MDA"),
        ("Norway's prime minister met his Ukrainian counterpart in Kyiv, the government said.", "government", "NOR"),
        ("Russia shelled Kharkiv in eastern Ukraine for a third day, the army said.", "army", "UKR"),
        ("Burundi sent a battalion to eastern Congo, the government in Kinshasa said.", "government", "COD"),
    ],
)
def test_whose_a_body_is_that_speaks_last(text: str, body: str, country: str) -> None:
    doc = parse_text(text)
    actor = Cast(doc, text).actor(next(t for t in doc if t.text == body))
    assert actor is not None
    assert actor.country == country
