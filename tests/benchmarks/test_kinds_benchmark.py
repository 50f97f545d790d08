"""`benchmarks/kinds.py`, run as from the command line, and the sentences that the model was trained on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.lexicon.ontology import ontology
from dateline.model import Stance

ROOT = Path(__file__).parents[2]
MARKED = {
    "plain": ("<s>Ankara</s> condemned <t>Damascus</t> over the raid.", "ACCUSE"),
    "turned": ("<t>Two reporters</t> were arrested by <s>the police</s> in Lomé on Monday.", "COERCE"),
    "alone": ("<s>Dockers</s> downed tools in Durban.", None),
}
LINES = {path.stem: path for path in sorted((ROOT / "training" / "kinds").glob("*.jsonl"))}


def test_every_line_gets_a_type(tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": k, "sentence": "", "marked": text, "source": "", "target": ""} for k, (text, _) in MARKED.items()]
    given.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    command = [sys.executable, "-W", "ignore", str(ROOT / "benchmarks" / "kinds.py"), str(given), str(out)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
    got = {row["id"]: row["root"] for row in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert list(got) == list(MARKED)
    assert {k: v for k, v in got.items() if MARKED[k][1]} == {k: v for k, (_, v) in MARKED.items() if v}


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


def test_there_are_many_and_of_every_sort() -> None:
    rows = [json.loads(line) for path in LINES.values() for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 4000
    assert sum(row["code"].startswith("none.") for row in rows) >= 1000
    assert {row["stance"] for row in rows} == {None, *map(str, Stance)}


def test_no_sentence_of_the_cases_was_learned() -> None:
    path = ROOT / "tests" / "cases" / "kinds.en.jsonl"
    asked = {json.loads(line)["text"].casefold() for line in path.read_text(encoding="utf-8").splitlines()}
    for file in LINES.values():
        for line in file.read_text(encoding="utf-8").splitlines():
            assert json.loads(line)["sentence"].casefold() not in asked
