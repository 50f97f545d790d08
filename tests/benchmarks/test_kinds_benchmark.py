"""`benchmarks/kinds.py`, run as from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import scripts

MARKED = {
    "plain": ("<s>Ankara</s> condemned <t>Damascus</t> over the raid.", "ACCUSE"),
    "turned": ("<t>Two reporters</t> were arrested by <s>the police</s> in Lomé on Monday.", "COERCE"),
    "alone": ("<s>Dockers</s> downed tools in Durban.", None),
}


def test_every_line_gets_a_type(tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": k, "sentence": "", "marked": text, "source": "", "target": ""} for k, (text, _) in MARKED.items()]
    given.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    scripts.run("kinds", given, out)
    got = {row["id"]: row["root"] for row in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert list(got) == list(MARKED)
    assert {k: v for k, v in got.items() if MARKED[k][1]} == {k: v for k, (_, v) in MARKED.items() if v}
