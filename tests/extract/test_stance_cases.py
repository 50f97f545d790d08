"""Short sentences, each with the stance of one claim in it (`tests/cases/stance_en.jsonl`).

A line has `text`, the `kind` of the claim, a `word` inside its evidence, its `stance`, and `set`: the rules were
written with the `open` ones in view; the `unseen` ones were set aside before and only measure. `xfail` says why.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Claim, Kind, Stance
from extraction import read_texts, shown

FILE = Path(__file__).parents[1] / "cases" / "stance_en.jsonl"
RIGHT = {"open": 0.97, "unseen": 0.94}
"""Floors of the share that is right, a little under what is reached; raise them with every gain."""

Row = dict[str, str]


@cache
def rows() -> tuple[Row, ...]:
    return tuple(json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines())


@cache
def claims() -> dict[str, tuple[Claim, ...]]:
    read = read_texts([(row["text"], "2023-05-10") for row in rows()])
    return {row["text"]: reading.claims for row, reading in zip(rows(), read, strict=True)}


def stance_of(row: Row) -> Stance | None:
    """The stance of the claim of the kind whose evidence holds the word most closely; None when there is none."""
    found = re.search(rf"\b{re.escape(row['word'])}\b", row["text"])
    assert found is not None, row
    holding = [
        (part.end - part.start, claim.stance)
        for claim in claims()[row["text"]]
        for part in claim.evidence
        if claim.kind == row["kind"] and part.start <= found.start() < part.end
    ]
    return min(holding)[1] if holding else None


def cases() -> list[Any]:
    marks = {row["text"]: [pytest.mark.xfail(strict=True, reason=row["xfail"])] for row in rows() if "xfail" in row}
    return [pytest.param(row, id=row["text"], marks=marks.get(row["text"], [])) for row in rows()]


@pytest.mark.parametrize("row", cases())
def test_stance_of_the_claim(row: Row) -> None:
    read = claims()[row["text"]]
    assert stance_of(row) == row["stance"], [shown(claim) for claim in read]


@pytest.mark.parametrize("part", RIGHT)
def test_share_that_is_right(part: str) -> None:
    given = [row for row in rows() if row["set"] == part]
    assert sum(stance_of(row) == row["stance"] for row in given) >= RIGHT[part] * len(given)


def test_cases_are_well_formed_and_varied() -> None:
    assert len({row["text"] for row in rows()}) == len(rows()) >= 160
    assert {row["set"] for row in rows()} == set(RIGHT)
    assert {Kind(row["kind"]) for row in rows()} >= {Kind.PRESENCE, Kind.DEPLOYMENT, Kind.WITHDRAWAL, Kind.ATTACK}
    often = Counter(Stance(row["stance"]) for row in rows())
    assert min(often.values()) >= 15
    assert set(often) == set(Stance)
