"""Who a phrase denotes: one line a case in `tests/cases/actors.jsonl` (sentences written for this project)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Actor, Sector
from dateline.parse.actors import Cast
from dateline.parse.nlp import parse_text

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "actors.jsonl").read_text(encoding="utf-8").splitlines()
]


def cast_and_token(case: dict[str, Any]) -> tuple[Cast, Any]:
    doc = parse_text(case["text"])
    token = [t for t in doc if t.text == case["head"]][case.get("nth", 0)]
    return Cast(doc, case["text"], outlet=case.get("outlet")), token


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['head']}: {c['text'][:50]}")
def test_actor(case: dict[str, Any]) -> None:
    cast, token = cast_and_token(case)
    actor = cast.actor(token, joint=case.get("joint", True))
    if case.get("actor") is False:
        assert actor is None
        return
    assert actor is not None
    found = {
        "name": actor.name,
        "country": actor.country,
        "sector": str(actor.sector),
        "words": actor.text,
    }
    wanted = {key: case[key] for key in found if key in case}
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("case", [c for c in CASES if "points" in c], ids=lambda c: c["text"][:50])
def test_antecedent(case: dict[str, Any]) -> None:
    cast, token = cast_and_token(case)
    antecedent = cast.resolved(token)
    assert (None if antecedent is None else antecedent.text) == case["points"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_words_stand_in_the_text(case: dict[str, Any]) -> None:
    doc = parse_text(case["text"])
    cast = Cast(doc, case["text"])
    for token in doc:
        actor = cast.actor(token)
        if actor is not None and actor.start is not None and actor.end is not None:
            assert case["text"][actor.start : actor.end] == actor.text
            assert actor.start < actor.end


def test_quoted_first_person_is_the_speaker() -> None:
    text = 'Swedish Foreign Minister Karin Holm spoke. "We will stay and I will come," she said.'
    doc = parse_text(text)
    cast = Cast(doc, text)
    we, i = (next(t for t in doc if t.text == word) for word in ("We", "I"))
    assert cast.actor(we) is None
    cast.speaker = lambda token: Actor("she", None, None, "Karin Holm", "SWE", Sector.GOV)
    body, person = cast.actor(we), cast.actor(i)
    assert body is not None and (body.name, body.country) == ("Sweden, government", "SWE")
    assert person is not None and person.name == "Karin Holm"


def test_reading_twice_gives_the_same() -> None:
    text = "Ghana's army said it had freed the town. The soldiers left on Monday."
    doc = parse_text(text)
    first, second = Cast(doc, text), Cast(doc, text)
    forward = [first.actor(t) for t in doc]
    backward = [second.actor(t) for t in reversed(doc)]
    assert forward == backward[::-1]


def test_home_is_a_prior_for_unmodified_words() -> None:
    text = "The police closed the road."
    doc = parse_text(text)
    police = next(t for t in doc if t.text == "police")
    without, given = Cast(doc, text).actor(police), Cast(doc, text, home="BEL").actor(police)
    assert without is not None and without.country is None
    assert given is not None and given.country == "BEL"
