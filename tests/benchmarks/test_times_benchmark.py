"""`benchmarks/times.py`, run as from the command line: bare phrases, ends of ranges apart, durations without days."""

from __future__ import annotations

import json
from pathlib import Path

import scripts

TEXT = "Talks ran from 3 to 5 May 2021. On 9 May they resumed; two days later the port, shut for six weeks, was open."


def test_times_as_timex3_has_them(tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    line = {"id": "a", "published": "2021-06-01T10:00:00Z", "text": TEXT}
    given.write_text(json.dumps(line) + "\n", encoding="utf-8")
    scripts.run("times", given, out)
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    got = {TEXT[t["start"] : t["end"]]: (t["earliest"], t["latest"]) for t in row["times"]}
    assert got == {
        "3": ("2021-05-03", "2021-05-03"),
        "5 May 2021": ("2021-05-05", "2021-05-05"),
        "9 May": ("2021-05-09", "2021-05-09"),
        "two days later": ("2021-05-11", "2021-05-11"),
        "six weeks": (None, None),
    }
