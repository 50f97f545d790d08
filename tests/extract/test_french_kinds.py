"""French words of every kind, a sentence each as news agencies put it, and sentences of sport, trade and weather."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline
from dateline.lexicon.language import load_yaml
from dateline.parse.nlp import installed_model

CASES = Path(__file__).resolve().parents[1] / "cases" / "kind_words.fr.jsonl"

pytestmark = pytest.mark.skipif(installed_model("fr") is None, reason="no French parser is installed: dateline[fr]")


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()])
def test_the_kind_is_told(case: dict[str, str | None]) -> None:
    kinds = {c.kind.value for c in dateline.read(str(case["text"]), published="2024-05-05", language="fr").claims}
    assert (case["kind"] in kinds) if case["kind"] is not None else not kinds


def test_no_class_hides_one_of_the_word_list() -> None:
    for code in ("en", "fr"):
        shared = set(load_yaml(f"{code}.triggers.yaml")["classes"]) & set(load_yaml("en.yaml")["classes"])
        assert not shared
