"""Kinds of voice and anonymity of many sources in one frame (`tests/cases/voices_en.jsonl`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.extract.attribution import Attributor
from dateline.extract.reading import Reading
from dateline.extract.speech import speech
from dateline.lexicon.language import language
from dateline.model import Document
from dateline.parse import parsed_documents

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "voices_en.jsonl").read_text(encoding="utf-8").splitlines()
]


@cache
def voices() -> dict[str, tuple[str, bool] | None]:
    """Kind and anonymity of the first saying of each text; None where the engine hears none."""
    given = [Document(id=c["text"], text=c["text"], sha256="", language="en", published="2024-06-15") for c in CASES]
    found: dict[str, tuple[str, bool] | None] = {}
    for case, parsed in zip(CASES, parsed_documents(given), strict=True):
        reading = Reading(parsed, language("en"))
        cues = speech(reading)
        said = Attributor(reading, cues, reading.quoted).said(cues[0]) if cues else None
        found[case["text"]] = None if said is None else (str(said.source_kind), said.anonymous)
    return found


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in CASES])
def test_voice(case: dict[str, Any]) -> None:
    assert voices()[case["text"]] == (case["kind"], case["anonymous"])
