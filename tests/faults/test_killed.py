"""kill -9 of whatever writes: `benchmarks/faults.py` does it two hundred times, here a dozen; see docs/faults.md."""

from __future__ import annotations

import json

from scripts import run


def test_killed_at_random_points_nothing_acknowledged_is_lost() -> None:
    told = run("faults", "--kills", "13", "--without-desk", "--seed", "7").stdout
    found = json.loads(told.splitlines()[-1])
    assert found["wrong"] == 0, told
    assert found["kills"] == 13
    assert found["midway"] >= 5
    assert found["acknowledged"] > 0
