"""Origins come out the same in every process: words are kept in sets, whose order differs from process to process."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
from dateline.reconcile.origins.comparing import _part
from dateline.reconcile.origins.retelling import retelling
from dateline.reconcile.origins.wording import wording

FORCES = "Russian French American Turkish Chadian Malian German Italian Rwandan Ukrainian".split()
PLACES = "Niamey Agadez Gao Kidal Bangui Goma Tripoli Benghazi Khartoum Bamako".split()
texts = [
    " ".join(
        f"About {137 * (n + 3)} {FORCES[(n + shift) % 10]} soldiers, {n + 2} vehicles reached {PLACES[n]} at {n + 3}."
        for n in range(10)
    )
    for shift in range(4)
]
read = [wording(text, ((0, len(text)),)) for text in texts]
for a in read:
    for b in read:
        print(retelling(a, b).told, _part({t for t in a.terms if t} & set(b.terms), {t for t in a.terms if t}))
"""


def test_shares_are_the_same_under_any_hash_seed() -> None:
    told = set()
    for seed in ("1", "2", "3", "4"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=environment, check=True
        )
        told.add(done.stdout)
    assert len(told) == 1 and len(told.pop().splitlines()) == 16
