"""Who speaks, in passages of our own (`tests/cases/sources_en.jsonl`): name, kind of voice, anonymity, relays.

A line names the word of saying (`cue`, its `nth` occurrence) and what must be read for it; `description`, `office`,
`affiliation` and `condition` are compared where they are given. Names are right when they hold every word that is
expected. The lines marked `unseen` were written before the rules and are not worked on. `xfail`: why it fails today.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.extract.attribution import Attributor
from dateline.extract.reading import Reading
from dateline.extract.speech import speech
from dateline.extract.stance import commitment
from dateline.ingest import text as plain_text
from dateline.lexicon.language import language
from dateline.model import Attribution, Commitment, Hints
from dateline.parse import parsed_documents
from dateline.pipeline import describe

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "sources_en.jsonl").read_text(encoding="utf-8").splitlines()
]
EMPTY = {"the", "a", "an", "of", "in", "s", "for", "to"}
TOLD = ("description", "office", "affiliation", "condition")


@cache
def readings() -> dict[str, Reading]:
    """Every passage parsed, by the id of its case."""
    hints = Hints(language="en")
    given = [describe(item, hints).document for case in CASES for item in plain_text.read(case["text"].encode(), hints)]
    parsed = parsed_documents([document for document in given if document is not None])
    return {case["id"]: Reading(p, language("en")) for case, p in zip(CASES, parsed, strict=True)}


def attributed(case: dict[str, Any]) -> Attribution | None:
    """What the engine says of the case's cue; None where it sees no cue."""
    reading = readings()[case["id"]]
    found = speech(reading)
    starts = [m.start() for m in re.finditer(rf"\b{re.escape(case['cue'])}\b", case["text"])]
    cue = next((c for c in found if c.word.idx == starts[case.get("nth", 1) - 1]), None)
    attributor = Attributor(reading, found, reading.quoted, judge=commitment)
    return None if cue is None else attributor.said(cue)


def words(name: str | None) -> set[str]:
    """The words of a name that tell it from others."""
    return set(re.findall(r"\w+", (name or "").casefold())) - EMPTY


def problems(case: dict[str, Any]) -> list[str]:
    """What differs from the case."""
    said = attributed(case)
    if said is None:
        return ["no cue"]
    source = said.source
    got = {"kind": str(said.source_kind), "anonymous": said.anonymous}
    wrong = [f"{field}: {value}" for field, value in got.items() if value != case[field]]
    if source is None or not words(case["source"]) <= words(source.name):
        wrong.append(f"source: {source}")
    if [words(v) for v in said.via] != [words(v) for v in case["via"]]:
        wrong.append(f"via: {said.via}")
    told = {field: getattr(source, field, None) for field in TOLD if field in case}
    return wrong + [f"{field}: {value}" for field, value in told.items() if words(value) != words(case[field])]


def _parameters() -> list[Any]:
    rows = []
    for case in CASES:
        marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
        rows.append(pytest.param(case, id=case["id"], marks=marks))
    return rows


@pytest.mark.parametrize("case", _parameters())
def test_case(case: dict[str, Any]) -> None:
    assert problems(case) == []


def test_the_file_is_large_and_a_third_of_it_was_set_aside() -> None:
    unseen = sum(case["part"] == "unseen" for case in CASES)
    assert len(CASES) >= 120
    assert len(CASES) < 4 * unseen < 2 * len(CASES)
    assert len({case["text"] for case in CASES}) == len(CASES)


def test_source_and_cue_are_words_of_the_report() -> None:
    for case in CASES:
        said = attributed(case)
        if said is None or said.source is None:
            continue
        for part in (said.source, said.cue):
            assert part is not None
            assert case["text"][part.start : part.end] == part.text
        if said.source.condition is not None:
            assert said.source.condition in case["text"]


def test_the_report_s_commitment_comes_with_the_attribution() -> None:
    judged = [said.commitment for case in CASES if (said := attributed(case)) is not None]
    assert set(judged) <= set(Commitment)
    assert Commitment.COMMITTED in judged
