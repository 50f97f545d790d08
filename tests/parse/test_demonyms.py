"""Whose troops they are by demonym: 65 countries, and the demonyms and places that could be of several states."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.parse.actors import Cast
from dateline.parse.nlp import parse_texts

FILE = Path(__file__).parents[1] / "cases" / "demonyms.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@cache
def docs() -> tuple[Any, ...]:
    return tuple(parse_texts(case["text"] for case in CASES))


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: CASES[n]["text"][:40])
def test_country(number: int) -> None:
    case, doc = CASES[number], docs()[number]
    token = next(t for t in doc if t.text == case["head"])
    assert Cast(doc, case["text"]).country(token) == case["country"]


def test_the_checklist_is_complete() -> None:
    assert len({case["country"] for case in CASES[:65]}) == 65
