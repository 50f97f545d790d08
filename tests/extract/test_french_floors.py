"""What French reaches on the case files is kept: floors a little under the figures of `benchmarks/french.py`.

The cases set aside are measured and not worked on: nothing here shows their texts. Raise the floors with every gain.
"""

from __future__ import annotations

import pytest

import french
from dateline.parse.nlp import installed_model

FLOORS: dict[str, dict[str, dict[str, float]]] = {
    "attribution": {
        "open": {"recall": 0.63, "precision": 0.94, "source": 0.87, "name": 0.88, "stance": 0.81, "commitment": 0.91},
        "unseen": {"recall": 0.57, "precision": 0.93, "source": 0.77, "name": 0.75, "stance": 0.78, "commitment": 0.9},
    },
    "kinds": {
        "open": {"recall": 0.64, "precision": 0.83, "quiet where no claim": 0.88, "actor": 0.94, "stance": 0.92},
        "unseen": {"recall": 0.37, "precision": 0.67, "quiet where no claim": 0.72, "actor": 0.82, "stance": 0.92},
    },
    "times": {"open": {"all right": 0.98}, "unseen": {"all right": 0.85}},
    "quantities": {"open": {"all right": 0.91}},
    "claims": {
        "open": {"strict": 0.71, "uncontradicted": 0.53, "whole": 0.22},
        "unseen": {"strict": 0.69, "uncontradicted": 0.57, "whole": 0.21},
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
