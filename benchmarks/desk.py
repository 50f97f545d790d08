"""How fast the desk answers many readers over a large ledger while reports come in.

    python benchmarks/desk.py [--documents 100000] [--readers 8] [--seconds 60] [--only WORDS] [--folder DIR] [--no-map]

Makes a ledger of made-up reports with some three claims each (once; it is kept in the folder for the next run), copies
it, opens it with `dateline serve` in a process of its own, and lets readers go over every page and every route of the
interface, taken from the app itself with ids taken from the ledger, while another process adds reports and derives what
they change. Tells for each route the median, the 95th percentile and the slowest in milliseconds and what failed, then
the peak memory of the server and how long the map takes in headless Chromium until its sites are drawn. The last line
is the worst 95th percentile of a route.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from desk_ledger import RUN, ledger, made
from desk_routes import Visit, visits

TOKEN = "token-of-the-benchmark-of-the-desk"
SIZES = (100_000, 8, 60)
WAIT = 180
"""Seconds that the server has to start."""


@dataclass
class Timed:
    """What the visits to one route took, in seconds, and how many failed, with one reason."""

    spent: list[float] = field(default_factory=list)
    failed: int = 0
    reason: str = ""

    def percentile(self, share: float) -> float:
        """In milliseconds; 0 without visits."""
        ordered = sorted(self.spent)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class Reader:
    """One person with a browser that keeps its connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._headers = {"Cookie": cookie, "Host": f"127.0.0.1:{port}", "Accept-Encoding": "gzip"}
        self._connection: HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and content of an address."""
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            self._connection.request("GET", path, headers=self._headers)
            response = self._connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException):
            self._connection.close()
            self._connection = None
            raise


class Server:
    """`dateline serve` over a ledger."""

    def __init__(self, path: Path) -> None:
        token = path.with_suffix(".token")
        token.write_text(TOKEN)
        token.chmod(0o600)
        self.port = _free_port()
        command = [sys.executable, "-W", "ignore", "-m", "dateline", "serve", "--ledger", str(path)]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port), "--token-file", str(token)], stdout=subprocess.DEVNULL
        )
        self.cookie = self._signed_in()

    def _signed_in(self) -> str:
        give_up = time.monotonic() + WAIT
        while True:
            try:
                connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", f"/?token={TOKEN}")
                response = connection.getresponse()
                cookies = [part.split(";")[0] for name, part in response.getheaders() if name.lower() == "set-cookie"]
                response.read()
                return "; ".join(cookies)
            except OSError:
                if time.monotonic() > give_up or self._process.poll() is not None:
                    self.close()
                    sys.exit("the desk did not start")
                time.sleep(0.2)

    def peak(self) -> int:
        """The most memory the process ever had, in megabytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024

    def worked(self) -> float:
        """Seconds of processor time that the process has taken, in all its threads."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Stop it."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ingest(
    path: Path, stop: multiprocessing.synchronize.Event, added: multiprocessing.sharedctypes.Synchronized
) -> None:  # type: ignore[type-arg]
    """Add one report after the other, and derive what it changes, until it is told to stop."""
    from dateline.derivation import bring_up_to_date
    from dateline.store import Writer, open_store

    store = open_store(path, create=False)
    bring_up_to_date(store)
    for document, found in made(100_000, seed=8):
        if stop.is_set():
            break
        Writer(store).add(document, found, (), run=RUN, at="2025-02-01T00:00:00Z")
        bring_up_to_date(store)
        added.value += 1
    store.close()


@contextmanager
def ingesting(path: Path) -> Iterator[multiprocessing.sharedctypes.Synchronized]:  # type: ignore[type-arg]
    """While a process of its own ingests: how many reports it has added."""
    there = multiprocessing.get_context("spawn")
    stop, added = there.Event(), there.Value("i", 0)
    process = there.Process(target=ingest, args=(path, stop, added))
    process.start()
    try:
        yield added
    finally:
        stop.set()
        process.join(120)


def read(server: Server, wanted: Sequence[Visit], readers: int, seconds: float) -> dict[str, Timed]:
    """What visits took while so many readers went over all of them, each in an order of its own."""
    found: dict[str, Timed] = defaultdict(Timed)
    lock = threading.Lock()
    until = time.monotonic() + seconds

    def go(number: int) -> None:
        reader, dice = Reader(server.port, server.cookie), random.Random(number)
        while time.monotonic() < until:
            for visit in dice.sample(wanted, len(wanted)):
                if time.monotonic() >= until:
                    return
                visited(reader, visit, dice.choice(visit.addresses), found, lock)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def visited(reader: Reader, visit: Visit, address: str, found: dict[str, Timed], lock: threading.Lock) -> None:
    """Visit an address and note what it took."""
    began = time.perf_counter()
    try:
        status, content = reader.get(address)
        reason = "" if status in (200, 202) else f"{status} at {address}: {content[:80]!r}"
    except (OSError, HTTPException) as error:
        reason = f"{error!r} at {address}"
    spent = time.perf_counter() - began
    with lock:
        timed = found[visit.route]
        timed.spent.append(spent)
        timed.failed += bool(reason)
        timed.reason = timed.reason or reason


def told(found: dict[str, Timed]) -> None:
    """A line for each route, the slowest last."""
    print(f"{'route':<44} {'visits':>6} {'median':>7} {'p95':>7} {'most':>7}  failed")
    for route, timed in sorted(found.items(), key=lambda item: item[1].percentile(0.95)):
        figures = (timed.percentile(0.5), timed.percentile(0.95), timed.percentile(1))
        shown = " ".join(f"{figure:7.0f}" for figure in figures)
        print(f"{route:<44} {len(timed.spent):>6} {shown}  {timed.failed or ''} {timed.reason}")


def map_painted(server: Server) -> str:
    """How long Chromium takes until the sites of the map are there, in words; the median of three."""
    from playwright.sync_api import Error, sync_playwright

    where = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
    if where is None:
        return "map: NOT MEASURED, there is no Chromium"
    spent, sites = [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(3):
            tab = browser.new_context(base_url=f"http://127.0.0.1:{server.port}").new_page()
            tab.goto(f"/?token={TOKEN}")
            tab.goto("/")
            try:
                spent.append(float(tab.wait_for_function(DRAWN, timeout=30_000).json_value()))
            except Error:
                return "map: NOT DRAWN within 30 s"
            sites = int(tab.evaluate(SITES))
            tab.context.close()
        browser.close()
    return f"map: {sites} sites drawn after {statistics.median(spent):.0f} ms"


DRAWN = """() => document.querySelector('[data-ready="1"]') ? performance.now() : 0"""
"""Milliseconds since the navigation began, once the map says that it has drawn its sites."""
SITES = """async () => {
  const answer = await (await fetch("/map.json")).json();
  return answer.presences.reduce((sum, one) => sum + one.sites.length, 0);
}"""


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--documents", type=int, default=SIZES[0])
    options.add_argument("--readers", type=int, default=SIZES[1])
    options.add_argument("--seconds", type=float, default=SIZES[2])
    options.add_argument("--only", default="", help="routes that have this in their address")
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "dateline-desk")
    options.add_argument("--no-map", action="store_true", help="leave Chromium out")
    options.add_argument("--no-ingest", action="store_true", help="nothing is added meanwhile")
    given = options.parse_args()
    kept = ledger(given.folder, given.documents)
    with tempfile.TemporaryDirectory(dir=given.folder) as room:
        path = Path(shutil.copy(kept, Path(room) / "ledger.db"))
        wanted = [visit for visit in visits(path) if given.only in visit.route]
        return measured(path, wanted, given)


def measured(path: Path, wanted: list[Visit], given: argparse.Namespace) -> int:
    """Serve, read and tell."""
    server = Server(path)
    try:
        reader, first = Reader(server.port, server.cookie), dict[str, Timed]()
        first = defaultdict(Timed)
        for visit in wanted:
            visited(reader, visit, visit.addresses[0], first, threading.Lock())
        print("first visits, one by one, in an idle server; the slowest: ", end="")
        slowest = sorted(first, key=lambda route: first[route].percentile(1))[-5:]
        print(json.dumps({route: round(first[route].percentile(1)) for route in slowest}))
        added, before = 0, server.worked()
        if given.no_ingest:
            found = read(server, wanted, given.readers, given.seconds)
        else:
            with ingesting(path) as count:
                found = read(server, wanted, given.readers, given.seconds)
                added = count.value
        told(found)
        failures = sum(timed.failed for timed in found.values())
        visits_made = sum(len(timed.spent) for timed in found.values())
        print(f"{visits_made} visits by {given.readers} readers in {given.seconds:g} s, {failures} failed", end="")
        print(f"; {added} reports added meanwhile")
        print(
            f"processor time of the server: {(server.worked() - before) / max(1, visits_made) * 1000:.1f} ms an answer"
        )
        print(f"memory: {server.peak()} MB at most")
        if not given.no_map:
            print(map_painted(server))
    finally:
        server.close()
    print(f"p95: {max((timed.percentile(0.95) for timed in found.values()), default=0):.0f} ms")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
