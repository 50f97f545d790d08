"""What French reaches on the case files is kept: floors a little under the figures of `benchmarks/french.py`.

The cases set aside are measured and not worked on: nothing here shows their texts. Raise the floors with every gain.
"""

from __future__ import annotations

import pytest

import french
from dateline.parse.nlp import installed_model

FLOORS: dict[str, dict[str, dict[str, float]]] = {
    "attribution": {
        "open": {"recall": 0.58, "precision": 0.93, "source": 0.86, "name": 0.87, "stance": 0.78, "commitment": 0.9},
        "unseen": {"recall": 0.5, "precision": 0.9, "source": 0.7, "name": 0.68, "stance": 0.74, "commitment": 0.84},
    },
    "kinds": {
        "open": {"recall": 0.47, "precision": 0.76, "quiet where no claim": 0.86, "actor": 0.88, "stance": 0.9},
        "unseen": {"recall": 0.33, "precision": 0.68, "quiet where no claim": 0.68, "actor": 0.88, "stance": 0.86},
    },
    "times": {"open": {"all right": 0.96}, "unseen": {"all right": 0.85}},
    "quantities": {"open": {"all right": 0.8}},
    "claims": {
        "open": {"strict": 0.58, "uncontradicted": 0.38, "whole": 0.16},
        "unseen": {"strict": 0.64, "uncontradicted": 0.5, "whole": 0.14},
    },
}
"""By measure and part, as the benchmark names them."""

CASES = [(name, part) for name, parts in FLOORS.items() for part in parts]


@pytest.mark.skipif(installed_model("fr") is None, reason="no French parser is installed: dateline[fr]")
@pytest.mark.parametrize(("name", "part"), CASES)
def test_what_is_reached_is_kept(name: str, part: str) -> None:
    if name == "claims" and not french.SCORER.exists():
        pytest.skip(f"{french.SCORER} is not here")
    reached = french.MEASURES[name]("fr", part)
    floors = FLOORS[name][part]
    assert {field: reached[field] for field in floors if float(reached[field]) < floors[field]} == {}
