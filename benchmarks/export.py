"""How long an export takes and what memory it needs, format by format.

    python benchmarks/export.py [--ledger FILE ...] [--reports 10000 100000] [--folder DIR] [--formats csv] [--check]

Every format of `dateline.export.formats.FORMATS` is written from each ledger in a process of its own, to a file that is
thrown away: records, seconds, records a second, megabytes of the file, and peak memory in megabytes, also as what it is
above that of a process that has opened the ledger and read one record. Formats of tables are written once more as a
package of all tables, unless --no-packages is given. Without --ledger, made-up ledgers of so many reports, some three
claims each, are written first (`desk_ledger.py`). With --check the memory of the last ledger must not be more than 1.25
times that of the first and 32 megabytes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from dateline.export.formats import FORMATS
from dateline.ledger import Ledger

PACKAGE = "+zip"
NOTHING = "(nothing)"
TIMES, MORE = 1.25, 32
"""How much more memory a larger ledger may take: times, and megabytes on top."""


def written(ledger: Path, name: str, folder: Path) -> dict[str, Any]:
    """One export in this process: what it took."""
    with Ledger(ledger, create=False) as opened, opened.selection() as selection:
        if name == NOTHING:
            next(selection.claims(), None)
            return {"peak_mb": _peak()}
        target = folder / "export"
        began = time.perf_counter()
        with target.open("wb") as out:
            FORMATS[name.removesuffix(PACKAGE)].written(selection, out, package=name.endswith(PACKAGE))
        spent = time.perf_counter() - began
        size = target.stat().st_size
        target.unlink()
        records = selection.given.total()
    return {
        "format": name,
        "records": records,
        "seconds": round(spent, 1),
        "records_a_second": round(records / spent),
        "file_mb": round(size / 1e6, 1),
        "peak_mb": _peak(),
    }


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def apart(ledger: Path, name: str, folder: Path) -> dict[str, Any]:
    """One export in a process of its own."""
    command = [sys.executable, "-W", "ignore", __file__, "--ledger", str(ledger), "--folder", str(folder)]
    done = subprocess.run([*command, "--one", name], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{name}: {done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def names(wanted: list[str] | None, packages: bool) -> list[str]:
    """The formats to be written, those of tables as a package too."""
    every = [
        made for name, one in FORMATS.items() for made in (name, f"{name}{PACKAGE}" if one.package else "") if made
    ]
    return [
        name
        for name in every
        if wanted is None or name.removesuffix(PACKAGE) in wanted
        if packages or PACKAGE not in name
    ]


def ledgers(given: argparse.Namespace, folder: Path) -> list[Path]:
    """The ledgers to export from, made where none is given."""
    if given.ledger:
        return [Path(path) for path in given.ledger]
    import desk_ledger

    return [desk_ledger.ledger(folder, reports) for reports in given.reports]


def compared(first: list[dict[str, Any]], last: list[dict[str, Any]]) -> list[str]:
    """Formats whose memory grows with the ledger."""
    return [
        f"{two['format']}: {one['peak_mb']} MB, then {two['peak_mb']} MB"
        for one, two in zip(first, last, strict=True)
        if two["peak_mb"] > TIMES * one["peak_mb"] + MORE
    ]


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--ledger", nargs="+", help="ledgers to export from, the smallest first")
    options.add_argument("--reports", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--folder", type=Path, help="where made-up ledgers and files are written")
    options.add_argument("--formats", nargs="+", help="only these")
    options.add_argument("--no-packages", action="store_true", help="no packages of all tables")
    options.add_argument("--check", action="store_true", help="fail where memory grows with the ledger")
    options.add_argument("--one", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.one is not None:
        print(json.dumps(written(Path(given.ledger[0]), given.one, given.folder)))
        return 0
    found: list[list[dict[str, Any]]] = []
    with tempfile.TemporaryDirectory() as room:
        folder = given.folder or Path(room)
        folder.mkdir(parents=True, exist_ok=True)
        for path in ledgers(given, folder):
            start = apart(path, NOTHING, folder)["peak_mb"]
            found.append([])
            for name in names(given.formats, not given.no_packages):
                row = apart(path, name, folder)
                found[-1].append(row | {"above_start_mb": row["peak_mb"] - start})
                print(json.dumps({"ledger": path.name} | found[-1][-1]), flush=True)
    grown = compared(found[0], found[-1])
    for line in grown:
        print(f"memory grows: {line}")
    return int(given.check and bool(grown))


if __name__ == "__main__":
    sys.exit(main())
