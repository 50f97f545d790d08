"""Claims of sentences in the register of world agencies (`kinds_world.en.jsonl`), by `benchmarks/kind_cases.py`.

The sentences of the file set aside (`kinds_world_unseen.en.jsonl`) are measured and not worked on: nothing here shows
their texts. The floors lie a little under what is reached; raise them with every gain.
"""

from __future__ import annotations

from typing import Any

import pytest

import kind_cases as measure
from dateline.model import Kind, Stance

FILES = {
    "open": measure.CASES.with_name("kinds_world.en.jsonl"),
    "unseen": measure.CASES.with_name("kinds_world_unseen.en.jsonl"),
}
FLOORS = {
    "open": {"precision": 0.76, "recall": 0.8, "quiet": 0.91, "actor": 0.89, "recipient": 0.76, "stance": 0.94},
    "unseen": {"precision": 0.85, "recall": 0.76, "quiet": 0.94, "actor": 0.91, "recipient": 0.74, "stance": 0.95},
}
"""By set: of the claims read, of those expected, of the sentences without any left alone; then slots of those found."""


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_reached_is_kept(name: str) -> None:
    got = measure.figures(list(measure.outcomes(measure.cases(FILES[name], name))))
    reached = {"precision": got.precision, "recall": got.recall, "quiet": got.quiet, **got.agreeing}
    assert {k: round(v, 3) for k, v in reached.items() if v < FLOORS[name][k]} == {}


@pytest.mark.parametrize(("name", "size", "least"), [("open", 160, 45), ("unseen", 80, 20)])
def test_sentences_are_well_formed(name: str, size: int, least: int) -> None:
    rows: list[dict[str, Any]] = measure.cases(FILES[name])
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == size
    assert {row["set"] for row in rows} == {name}
    assert sum(not row["claims"] for row in rows) >= least
    for row in rows:
        assert ("trap" in row) == (not row["claims"]), row["id"]
        for claim in row["claims"]:
            assert set(claim) == {"kind", "trigger", "actor", "recipient", "stance"}, row["id"]
            Kind(claim["kind"])
            Stance(claim["stance"])
            for slot in ("trigger", "actor", "recipient"):
                assert claim[slot] is None or claim[slot] in row["text"], row["id"]
