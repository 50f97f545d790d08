"""`benchmarks/judged.py`, on a report of our own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import scripts

TEXT = (
    "Rebels shelled the town of Sake on Monday. Uganda condemned the attack. Kenya sent 400 police officers to Haiti."
)


def judged(kind: str, words: str, verdict: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"kind": kind, "start": start, "end": start + len(words), "is": verdict, "core": True}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """A folder with one judged report, one claim right, one false, one missed, and its corpus."""
    row = {
        "corpus": "own/reports",
        "report": "one",
        "published": "2024-03-14",
        "title": None,
        "judged": [
            judged("attack", "Rebels shelled the town of Sake on Monday", "right"),
            judged("accusation", "Uganda condemned the attack", "no"),
        ],
        "same": [],
        "missed": [judged("deployment", "Kenya sent 400 police officers to Haiti", "right")],
    }
    (tmp_path / "own").mkdir()
    record = json.dumps({"id": "one", "text": TEXT}) + "\n"
    (tmp_path / "own" / "reports.jsonl").write_text(record, encoding="utf-8")
    (tmp_path / "open.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


def test_claims_are_counted(labels: Path) -> None:
    shown = scripts.run("judged", "--data", labels, "--labels", labels, "--show", "FALSE").stdout
    assert "right, still told   1 of 1 (core 1 of 1)" in shown
    assert "false, still told   1 of 1: precision of the judged 0.500" in shown
    assert "missed, told now    1 of 1" in shown
    assert shown.endswith("one accusation: Uganda condemned the attack (no)\n")


def test_a_corpus_that_is_not_there_is_said(labels: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        scripts.run("judged", "--data", labels / "elsewhere", "--labels", labels)
    assert "reports.jsonl is not there" in failed.value.stderr
