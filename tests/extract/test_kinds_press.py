"""Claims of the daily press (`kinds_press.en.jsonl`), by `benchmarks/kind_cases.py`, as in `test_kinds_world.py`.

Denials and answers, who is behind an attack, tolls, acts told twice, charges of wrongdoing; whole reports of local
affairs (councils, burglaries, road accidents) that hold no claim. The file set aside only measures.
"""

from __future__ import annotations

import pytest

import kind_cases as measure

FILES = {
    "open": measure.CASES.with_name("kinds_press.en.jsonl"),
    "unseen": measure.CASES.with_name("kinds_press_unseen.en.jsonl"),
}
FLOORS = {
    "open": {"precision": 0.85, "recall": 0.95, "quiet": 0.9, "actor": 0.95, "recipient": 0.8, "stance": 0.95},
    "unseen": {"precision": 0.73, "recall": 0.73, "quiet": 0.95, "actor": 0.95, "recipient": 0.75, "stance": 0.95},
}
"""By set: of the claims read, of those expected, of the texts without any left alone; then slots of those found."""


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_reached_is_kept(name: str) -> None:
    got = measure.figures(list(measure.outcomes(measure.cases(FILES[name], name))))
    reached = {"precision": got.precision, "recall": got.recall, "quiet": got.quiet, **got.agreeing}
    assert {k: round(v, 3) for k, v in reached.items() if v < FLOORS[name][k]} == {}


@pytest.mark.parametrize(("name", "size", "least"), [("open", 39, 10), ("unseen", 15, 5)])
def test_texts_are_well_formed(name: str, size: int, least: int) -> None:
    rows = measure.cases(FILES[name], name)
    assert len({row["id"] for row in rows}) == len({row["text"] for row in rows}) == size
    assert sum(not row["claims"] for row in rows) >= least
    for row in rows:
        assert ("trap" in row) == (not row["claims"]), row["id"]
        words = (claim[slot] for claim in row["claims"] for slot in ("trigger", "actor", "recipient"))
        assert all(word is None or word in row["text"] for word in words), row["id"]
