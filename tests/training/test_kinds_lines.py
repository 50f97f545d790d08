"""The marked sentences of `training/kinds/`: well formed, counted by their page, and none of them asked in a test."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.lexicon.ontology import ontology
from dateline.model import Stance

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "training" / "kinds"
LINES = {path.stem: path for path in sorted(FOLDER.glob("*.jsonl"))}
ASKED = ("kinds.en", "claims_en", "attribution.en", "stance_en", "sources_en")
"""Cases of whole sentences or passages by which the engine is measured."""
RUN = 11
"""Words in a row that a taught sentence may not share with an asked one."""


@pytest.fixture(scope="module", params=LINES)
def lines(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """The marked sentences of one file."""
    return [json.loads(line) for line in LINES[request.param].read_text(encoding="utf-8").splitlines()]


def test_marks_stand_on_words(lines: list[dict[str, Any]]) -> None:
    for row in lines:
        spans = [
            row["trigger"],
            *(o["span"] for o in row["others"]),
            *(row[k] for k in ("actor", "recipient") if k in row),
        ]
        for start, end in spans:
            piece = row["sentence"][start:end]
            assert piece and piece == piece.strip(), row["id"]
    assert len({row["id"] for row in lines}) == len(lines)


def test_codes_and_stances_exist(lines: list[dict[str, Any]]) -> None:
    known = {f"{kind}.{name}" for kind, entry in ontology().items() for name in entry.codes}
    for row in lines:
        none = row["code"].startswith("none.")
        assert none or row["code"] in known, row["id"]
        assert (row["stance"] is None) if none else Stance(row["stance"]), row["id"]
        assert {other["code"] for other in row["others"]} <= known, row["id"]


def everything() -> Iterator[dict[str, Any]]:
    """Every line of every file."""
    for path in LINES.values():
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def test_the_page_counts_the_lines() -> None:
    table = re.findall(r"(?m)^\| `(\w+)\.jsonl` \| ([\d,]+) \|", (FOLDER / "README.md").read_text(encoding="utf-8"))
    counted = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in LINES.items()}
    assert {name: int(number.replace(",", "")) for name, number in table} == counted


def test_every_stance_and_nothing_are_taught() -> None:
    rows = list(everything())
    assert len({row["id"] for row in rows}) == len(rows)
    assert sum(row["code"].startswith("none.") for row in rows) >= 1000
    assert {row["stance"] for row in rows} == {None, *map(str, Stance)}


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of words of a text."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_nothing_that_is_asked_was_taught() -> None:
    asked: set[tuple[str, ...]] = set()
    for name in ASKED:
        for line in (ROOT / "tests" / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            asked |= runs(json.loads(line)["text"])
    assert len(asked) > 1000
    assert [row["sentence"] for row in everything() if runs(row["sentence"]) & asked] == []
