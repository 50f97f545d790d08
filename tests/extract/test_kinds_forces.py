"""Ways of telling of forces sent, kept and moved, and of charges made by what is said (`kinds_forces.en.jsonl`).

By `benchmarks/kind_cases.py`. The sentences of the file set aside (`kinds_forces_unseen.en.jsonl`, forces only) were
written before the rules were mended and are only counted. Parties are compared for the charges alone.
"""

from __future__ import annotations

import pytest

import kind_cases as measure

FILES = {
    "open": measure.CASES.with_name("kinds_forces.en.jsonl"),
    "unseen": measure.CASES.with_name("kinds_forces_unseen.en.jsonl"),
}
FLOORS = {
    "open": {"precision": 0.78, "recall": 0.6, "quiet": 0.8, "stance": 0.97},
    "unseen": {"precision": 0.75, "recall": 0.57, "quiet": 0.95, "stance": 0.95},
}
"""By set: of the claims read, of those expected, of the sentences without any left alone; stances of those found."""


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_reached_is_kept(name: str) -> None:
    got = measure.figures(list(measure.outcomes(measure.cases(FILES[name], name))))
    reached = {"precision": got.precision, "recall": got.recall, "quiet": got.quiet, "stance": got.agreeing["stance"]}
    assert {k: round(v, 3) for k, v in reached.items() if v < FLOORS[name][k]} == {}


@pytest.mark.parametrize("name", FLOORS)
def test_triggers_stand_in_their_sentences(name: str) -> None:
    rows = measure.cases(FILES[name])
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == len(rows)
    assert all(claim["trigger"] in row["text"] for row in rows for claim in row["claims"])
