#!/usr/bin/env python3
"""How fast the gazetteer answers, what it adds to the start of a program, and how large it is.

    PYTHONPATH=src python benchmarks/gazetteer.py [--names N]

A look-up is timed on names drawn evenly from the file's own keys and on as many that are not in it, each asked
once with every cache empty, then all of them again. Prints microseconds a look-up (the mean of the fastest of
three rounds), the milliseconds until the first answer of a fresh interpreter, and bytes.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
import zlib
from importlib.resources import files
from pathlib import Path

from dateline.lexicon import gazetteer, sites

PACKAGE = Path(str(files("dateline")))
ROUNDS = 3
_FIRST = "import time; t = time.perf_counter(); from dateline.lexicon.gazetteer import lookup; lookup('Gao'); "
_PRINT = "print(1000 * (time.perf_counter() - t))"


def names(wanted: int) -> list[str]:
    """Names of places, drawn evenly from the file, in an order that does not follow it."""
    data = files("dateline.lexicon").joinpath(gazetteer.DATA).read_bytes()
    start, end = (int(part) for part in data[: data.find(b"\n")].split(b"\t")[1:3])
    found = [line.partition(b"\t")[0].decode() for line in data[start:end].splitlines()]
    drawn = found[:: max(1, len(found) // wanted)]
    return sorted(drawn, key=lambda name: zlib.crc32(name.encode()))


def microseconds(asked: list[str], *, cold: bool) -> float:
    """The mean time of a look-up in the fastest round; `cold` empties the caches before each."""
    best = float("inf")
    gazetteer.lookup("Gao")
    gc.disable()
    for _ in range(ROUNDS):
        if cold:
            gazetteer._lookup.cache_clear()
            gazetteer._entry.cache_clear()
        start = time.perf_counter()
        for name in asked:
            gazetteer.lookup(name)
        best = min(best, time.perf_counter() - start)
    gc.enable()
    return 1e6 * best / len(asked)


def first_answer() -> float:
    """Milliseconds a fresh interpreter takes to import the gazetteer and answer once."""
    runs = [subprocess.run([sys.executable, "-c", _FIRST + _PRINT], capture_output=True, text=True) for _ in range(5)]
    return min(float(run.stdout) for run in runs)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=20_000)
    known = names(parser.parse_args().names)
    unknown = [f"{name} zzq" for name in known]
    print(f"look-up, known name     {microseconds(known, cold=True):6.1f} µs  ({len(known)} names)")
    print(f"look-up, unknown name   {microseconds(unknown, cold=True):6.1f} µs")
    print(f"look-up, asked before   {microseconds(known, cold=False):6.1f} µs")
    print(f"first answer            {first_answer():6.1f} ms")
    size = files("dateline.lexicon").joinpath(gazetteer.DATA).read_bytes()
    print(f"gazetteer.tsv           {len(size) / 1e6:6.1f} MB  ({len(zlib.compress(size, 9)) / 1e6:.1f} MB compressed)")
    whole = sum(path.stat().st_size for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    print(f"package                 {whole / 1e6:6.1f} MB, {len(sites.shipped_sites())} sites")


if __name__ == "__main__":
    main()
