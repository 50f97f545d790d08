"""What French reaches on the case files is kept: floors a little under the figures of `benchmarks/french.py`.

The cases set aside are measured and not worked on: nothing here shows their texts. Raise the floors with every gain.
"""

from __future__ import annotations

import pytest

import french
from dateline.parse.nlp import installed_model

FLOORS: dict[str, dict[str, dict[str, float]]] = {
    "attribution": {
        "open": {"recall": 0.67, "precision": 0.94, "source": 0.86, "name": 0.88, "stance": 0.82, "commitment": 0.91},
        "unseen": {"recall": 0.58, "precision": 0.93, "source": 0.79, "name": 0.76, "stance": 0.83, "commitment": 0.9},
    },
    "kinds": {
        "open": {"recall": 0.71, "precision": 0.86, "quiet where no claim": 0.88, "actor": 0.94, "stance": 0.94},
        "unseen": {"recall": 0.5, "precision": 0.74, "quiet where no claim": 0.72, "actor": 0.85, "stance": 0.94},
    },
    "times": {"open": {"all right": 0.98}, "unseen": {"all right": 0.85}},
    "quantities": {"open": {"all right": 0.91}},
    "claims": {
        "open": {"strict": 0.75, "uncontradicted": 0.56, "whole": 0.26},
        "unseen": {"strict": 0.74, "uncontradicted": 0.62, "whole": 0.21},
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
