"""Give the readers worsened files for as long as wanted, and keep those that break, hang or leave something behind.

    python tools/fuzz_readers.py --minutes 20 --keep /tmp/found --only pdf,docx

Each round draws a new seed, which is told, so that it can be run again (`--seed`). Every file is read by the reader
that fits its name and bytes, and then by the reader it was made for. Exit status 1 if something was found.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "tests" / "ingest")]

from fuzz_checks import Failure, failures, look_at, look_at_claims, look_with  # noqa: E402
from fuzz_hostile import hostile  # noqa: E402
from fuzz_mutations import cases  # noqa: E402
from fuzz_seeds import claim_seeds, seeds  # noqa: E402

from dateline.ingest import READERS  # noqa: E402

BATCH = 200
WAIT = 300.0


def main() -> int:
    """Run until the time is over; say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--seed", type=int)
    parser.add_argument(
        "--only", help="readers, parted by commas; `claims` for files of claims, `hostile` for the made ones"
    )
    given = parser.parse_args()
    chosen = given.only.split(",") if given.only else [*READERS, "claims"]
    until = time.monotonic() + 60 * given.minutes
    rounds = files = found = 0
    if given.only is None or "hostile" in chosen:
        found += kept(given.keep, "hostile", 0, batch("hostile", 0))
    while time.monotonic() < until:
        seed = given.seed if given.seed is not None else random.SystemRandom().randrange(2**31)
        for name in chosen:
            if name != "hostile":
                found += kept(given.keep, name, seed, batch(name, seed))
                files += BATCH
        rounds += 1
        print(f"round {rounds}, seed {seed}: {files} files, {found} found", flush=True)
        if given.seed is not None:
            break
    return 1 if found else 0


def batch(name: str, seed: int) -> list[Failure]:
    """What goes wrong with one batch of files."""
    with tempfile.TemporaryDirectory() as folder:
        if name == "hostile":
            return failures(hostile(), look_at, Path(folder), wait=WAIT)
        some = list(
            cases(claim_seeds(frozenset(READERS)) if name == "claims" else seeds()[name], seed=seed, count=BATCH)
        )
        if name == "claims":
            return failures(some, look_at_claims, Path(folder), wait=WAIT)
        wrong = failures(some, look_at, Path(folder), wait=WAIT)
        return [*wrong, *failures(some, look_with(name), Path(folder), wait=WAIT)]


def kept(folder: Path, reader: str, seed: int, found: list[Failure]) -> int:
    """Keep what was found as files, and say it; how many there are."""
    for number, failure in enumerate(found):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{reader}-{seed}-{number}-{Path(failure.name).name[:40]}"
        path.write_bytes(failure.data)
        print(f"{path}: {failure.what}", flush=True)
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
