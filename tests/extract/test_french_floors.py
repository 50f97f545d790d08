"""What French reaches on the case files is kept: floors a little under the figures of `benchmarks/french.py`.

The cases set aside are measured and not worked on: nothing here shows their texts. Raise the floors with every gain.
"""

from __future__ import annotations

import pytest

import french
from dateline.parse.nlp import installed_model

FLOORS: dict[str, dict[str, dict[str, float]]] = {
    "attribution": {
        "open": {"recall": 0.77, "precision": 0.94, "source": 0.86, "name": 0.88, "stance": 0.83, "commitment": 0.91},
        "unseen": {"recall": 0.67, "precision": 0.92, "source": 0.85, "name": 0.8, "stance": 0.87, "commitment": 0.87},
    },
    "kinds": {
        "open": {"recall": 0.71, "precision": 0.86, "quiet where no claim": 0.88, "actor": 0.94, "stance": 0.94},
        "unseen": {"recall": 0.5, "precision": 0.74, "quiet where no claim": 0.72, "actor": 0.85, "stance": 0.94},
    },
    "times": {"open": {"all right": 0.98}, "unseen": {"all right": 0.85}},
    "quantities": {"open": {"all right": 0.91}},
    "claims": {
        "open": {"strict": 0.78, "uncontradicted": 0.66, "whole": 0.38},
        "unseen": {"strict": 0.76, "uncontradicted": 0.62, "whole": 0.3},
    },
    "passages": {
        "open": {"strict": 0.79, "uncontradicted": 0.61, "whole": 0.34},
        "unseen": {"strict": 0.64, "uncontradicted": 0.52, "whole": 0.25},
    },
}
"""By measure and part, as the benchmark names them."""

CASES = [(name, part) for name, parts in FLOORS.items() for part in parts]


@pytest.mark.skipif(installed_model("fr") is None, reason="no French parser is installed: dateline[fr]")
@pytest.mark.parametrize(("name", "part"), CASES)
def test_what_is_reached_is_kept(name: str, part: str) -> None:
    if name in ("claims", "passages") and not french.SCORER.exists():
        pytest.skip(f"{french.SCORER} is not here")
    reached = french.MEASURES[name]("fr", part)
    floors = FLOORS[name][part]
    assert {field: reached[field] for field in floors if float(reached[field]) < floors[field]} == {}
