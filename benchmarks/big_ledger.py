"""How long a large ledger takes: a full rebuild, and one more report.

    python benchmarks/big_ledger.py [--claims 30000 300000] [--folder DIR] [--added 20] [--check]

Writes a made-up ledger of each size (`made_up.py`; some ten claims a report), then measures in processes of their own
the rebuild (seconds, peak memory) and the addition of single reports of ten claims to the rebuilt ledger (seconds until
everything derived is up to date; the slowest counts). The ratio of the last size to the first shows what is linear.
With --check the derived rows after the additions are compared with those of another rebuild.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from dateline.model import Run
from dateline.store import Store, Writer, open_store
from dateline.store.schema import DERIVED
from made_up import Report, reports

SEED = 6
BATCH = 500
"""Reports that are written in one transaction."""
RUN = Run("run-made-up", "made up", "none", "3.11", "none")
CLAIMS_ADDED = 10


class Batch:
    """A store whose writes go into one transaction, so that a large ledger is written quickly."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one connection."""
        yield self._connection


def write(path: Path, claims: int) -> tuple[int, float]:
    """A ledger of so many made-up claims; how many reports, in how many seconds."""
    began = time.perf_counter()
    store = open_store(path, create=True)
    made = reports(SEED, claims)
    count = 0
    while some := list(islice(made, BATCH)):
        with store.writing() as connection:
            count += add(Batch(connection), some)
    store.close()
    return count, time.perf_counter() - began


def add(store: Store | Batch, some: Iterable[Report]) -> int:
    """Write reports; how many."""
    writer = Writer(store)  # type: ignore[arg-type]
    return sum(writer.add(document, found, (), run=RUN) == "new" for document, found in some)


def fresh(claims: int, wanted: int) -> Iterator[Report]:
    """Reports of ten claims that the ledger does not have: copies of its newest ones, and others of the same days."""
    for document, found in reports(SEED + 1, claims * 10):
        if len(found) == CLAIMS_ADDED and document.published is not None and document.published > "2019":
            yield document, found
            wanted -= 1
        if wanted == 0:
            return


def measured(path: Path, claims: int, added: int, *, check: bool) -> dict[str, Any]:
    """What the ledger takes, each step in a process of its own."""
    count, spent = write(path, claims)
    found: dict[str, Any] = {"claims": claims, "reports": count, "written_s": round(spent, 1)}
    found["megabytes"] = round(path.stat().st_size / 1e6)
    found |= _apart("rebuild", path, claims, added)
    found |= _apart("add", path, claims, added)
    if check:
        before = digest(path)
        _apart("rebuild", path, claims, added)
        found["same_as_rebuilt"] = digest(path) == before
    return found


def _apart(step: str, path: Path, claims: int, added: int) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", __file__, "--step", step, "--claims", str(claims)]
    done = subprocess.run([*command, "--folder", str(path), "--added", str(added)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def rebuilt(path: Path) -> dict[str, Any]:
    """Seconds and peak megabytes of a rebuild."""
    from dateline.derivation import rebuild

    store = open_store(path, create=False)
    began = time.perf_counter()
    rebuild(store)
    spent = time.perf_counter() - began
    store.close()
    return {
        "rebuild_s": round(spent, 1),
        "rebuild_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def added_one_by_one(path: Path, claims: int, wanted: int) -> dict[str, Any]:
    """Seconds that single reports take until all that is derived is up to date."""
    from dateline.derivation import bring_up_to_date

    store = open_store(path, create=False)
    bring_up_to_date(store)
    spent = []
    for report in fresh(claims, wanted):
        began = time.perf_counter()
        add(store, [report])
        bring_up_to_date(store)
        spent.append(time.perf_counter() - began)
    store.close()
    return {"add_median_s": round(statistics.median(spent), 3), "add_slowest_s": round(max(spent), 3)}


def digest(path: Path) -> str:
    """A hash of all derived rows."""
    found = hashlib.sha256()
    with sqlite3.connect(path) as connection:
        for table in sorted(table.name for table in DERIVED if table.name != "derived"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(column for column in columns if column != "number")
            for row in connection.execute(f"SELECT {kept} FROM {table} ORDER BY {kept}"):
                found.update(repr(row).encode())
    return found.hexdigest()


def compared(all_found: list[dict[str, Any]]) -> str:
    """How the last size stands to the first."""
    first, last = all_found[0], all_found[-1]
    times = last["claims"] / first["claims"]
    keys = ("rebuild_s", "rebuild_mb", "add_median_s", "add_slowest_s")
    ratios = ", ".join(f"{key} {last[key] / max(first[key], 1e-3):.1f} times" for key in keys)
    return f"{times:g} times the claims: {ratios}"


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--claims", type=int, nargs="+", default=[30_000, 300_000])
    options.add_argument("--folder", type=Path, help="where the ledgers are written and kept")
    options.add_argument("--added", type=int, default=20, help="single reports that are added")
    options.add_argument("--check", action="store_true", help="compare with another rebuild")
    options.add_argument("--step", choices=("rebuild", "add"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step is not None:
        step = (
            rebuilt(given.folder)
            if given.step == "rebuild"
            else added_one_by_one(given.folder, *given.claims, given.added)
        )
        print(json.dumps(step))
        return 0
    found = []
    with tempfile.TemporaryDirectory() as room:
        for claims in given.claims:
            path = (given.folder or Path(room)) / f"made-up-{claims}.db"
            path.unlink(missing_ok=True)
            found.append(measured(path, claims, given.added, check=given.check))
            print(json.dumps(found[-1]), flush=True)
    if len(found) > 1:
        print(compared(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
