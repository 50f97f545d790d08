"""Quarrels, opinions, raids and reproaches, which look like attacks and deals (`kinds_politics.en.jsonl`).

By `benchmarks/kind_cases.py`. The sentences of the file set aside (`kinds_politics_unseen.en.jsonl`) were written when
the rules stood and are only counted: nothing here shows their texts. The floors lie a little under what is reached.
"""

from __future__ import annotations

from typing import Any

import pytest

import kind_cases as measure

FILES = {
    "open": measure.CASES.with_name("kinds_politics.en.jsonl"),
    "unseen": measure.CASES.with_name("kinds_politics_unseen.en.jsonl"),
}
FLOORS = {
    "open": {"precision": 0.88, "recall": 0.91, "quiet": 0.85, "actor": 0.91, "recipient": 0.69, "stance": 0.95},
    "unseen": {"precision": 0.6, "recall": 0.6, "quiet": 0.6, "actor": 0.85, "recipient": 0.7, "stance": 0.95},
}


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_reached_is_kept(name: str) -> None:
    got = measure.figures(list(measure.outcomes(measure.cases(FILES[name], name))))
    reached = {"precision": got.precision, "recall": got.recall, "quiet": got.quiet, **got.agreeing}
    assert {k: round(v, 3) for k, v in reached.items() if v < FLOORS[name][k]} == {}


@pytest.mark.parametrize(("name", "size"), [("open", 34), ("unseen", 20)])
def test_sentences_are_well_formed(name: str, size: int) -> None:
    rows: list[dict[str, Any]] = measure.cases(FILES[name])
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == size
    for row in rows:
        assert ("trap" in row) == (not row["claims"]), row["id"]
        for claim in row["claims"]:
            for slot in ("trigger", "actor", "recipient"):
                assert claim[slot] is None or claim[slot] in row["text"], row["id"]
