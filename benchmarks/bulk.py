"""What `dateline bulk` costs a page, how that grows, and what it comes to for the world's news.

    python benchmarks/bulk.py [--pages 60] [--sizes 1000 10000 100000] [--parts pages filter workers growth] [--write]

All costs are CPU seconds, of this process and of the workers it starts, so that other work on the machine does not
count; rates are pages a CPU second of one core. Only the column "on the wall" is timed by the clock.

Pages: real news texts in `../shared/data` (else the examples), the whole path with the real parser, in one process;
page to text apart, on the same texts set into a page of about 60 kB with menus, links and a script.
Growth: reports of a few lines made by `tests/fakes.py`, with its light reader in the place of the parser, so that only
the machinery is measured: tasks, describing, shards, manifest, committer, ledger. Reading is everything up to the
shards, committing what goes into the ledger; what is derived afterwards is measured by `benchmarks/big_ledger.py`.
Workers: a job of the real parser with one and with two local workers; CPU seconds, and the most memory each has had.
Filter: the whole path, from page to claims, over relevant texts (PolNeAR and TR-News, the examples) and over ordinary
ones, with and without the relevance filter, each text in a page as above with headlines of the others beside it;
ordinary once as made by `training/relevance/generate.py` (its templates are learned from: the best case), short as they
are and joined to the length of the relevant ones, once as texts of LGL that hold no claim by the whole path (local
papers, court and police: a hard case), and once half as these, half as made ones of length.

`--write` puts the figures into `docs/scale.md`; tables of parts that were not measured stay as they are.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "training" / "relevance")]

from generate import reports as ordinary_reports  # noqa: E402

import bulk_work  # noqa: E402
import fakes  # noqa: E402
from dateline.bulk import job  # noqa: E402
from dateline.bulk.committing import Committer  # noqa: E402
from dateline.bulk.coordinating import ENGINES, Progress  # noqa: E402
from dateline.bulk.engine import EngineOptions  # noqa: E402
from dateline.bulk.job import Outcome, Watch  # noqa: E402
from dateline.bulk.local import done  # noqa: E402
from dateline.bulk.reading import described as bulk_described  # noqa: E402
from dateline.bulk.settings import Prefilters, Setup  # noqa: E402
from dateline.bulk.units import PageUnit  # noqa: E402
from dateline.bulk.working import Worker  # noqa: E402
from dateline.ingest import html, text  # noqa: E402
from dateline.ingest.warc import Page, Told  # noqa: E402
from dateline.model import Document, Hints  # noqa: E402
from dateline.pipeline import Reading, describe, extract_claims  # noqa: E402
from dateline.relevance import keeps  # noqa: E402
from dateline.store import open_store  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
REPORT = ROOT / "docs" / "scale.md"
MARKS = ("<!-- figures: benchmarks/bulk.py --write -->", "<!-- end of figures -->")
HINTS = Hints(published="2024-05-04", outlet="Benchmark")
DAY = 500_000
"""Pages of a day of the world's news: about what Common Crawl News holds."""
YEARS = 10 * 365.25
CORES = 16
"""Cores of a machine."""
SHARES = (0.05, 0.1, 0.2, 0.5)
"""Shares of relevant reports in mixed news."""
AS_LONG = "made, as long"
"""Made ordinary reports of the length of the relevant ones."""
LOCAL = "LGL"
HALVES = "half made, as long, half LGL"
"""Ordinary news of both sorts, a page of the one for each of the other."""
PARTS = ("pages", "filter", "workers", "growth")
MIX = 0.1
"""The share that the extrapolation takes."""

Costs = tuple[float, float, float]
"""CPU ms a page without the filter and with it, and the share of pages that it leaves to be read."""


@dataclass(slots=True)
class Figures:
    """What was measured: lines of tables by name, and single figures in CPU milliseconds a page."""

    tables: dict[str, list[str]] = field(default_factory=dict)
    whole: float = 0.0
    page: float = 0.0
    commit: float = 0.0
    saved: dict[str, float] = field(default_factory=dict)

    def line(self, table: str, *cells: object) -> None:
        """Add a line to a table, and print it."""
        words = " | ".join(str(cell) for cell in cells)
        self.tables.setdefault(table, []).append(f"| {words} |")
        print(f"{table}: {words}", flush=True)


class InlineEngine:
    """A worker in this process: what it costs is counted with the rest."""

    def __init__(self, setup: Setup, _options: EngineOptions) -> None:
        self._worker = Worker(setup)
        self._task: object = None

    def capacity(self) -> int:
        """One task at a time."""
        return int(self._task is None)

    def submit(self, task: object) -> None:
        """Take a task."""
        self._task = task

    def results(self, _wait: float) -> Sequence[object]:
        """Do it."""
        task, self._task = self._task, None
        return [] if task is None else [done(self._worker, task)]  # type: ignore[arg-type]

    def workers(self) -> Sequence[int]:
        """No process."""
        return []

    def close(self) -> None:
        """Nothing to end."""


def cpu() -> float:
    """CPU seconds of this process and of the ended ones it started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def timed(run: Callable[[], object]) -> float:
    """CPU seconds of a function."""
    began = cpu()
    run()
    return cpu() - began


def corpus(name: str, count: int) -> list[str]:
    """Texts of a corpus, evenly spaced; none where it does not lie."""
    path = SHARED / f"{name}.jsonl"
    if not path.is_file():
        return []
    rows = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return rows[:: max(1, len(rows) // count)][:count]


def examples() -> list[str]:
    """The texts of the example reports."""
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.txt"))]


def described(bodies: Iterable[str]) -> list[Reading]:
    """Texts as the path describes them."""
    return [describe(item, HINTS) for body in bodies for item in text.read(body.encode(), HINTS)]


def page_of(body: str, beside: Sequence[str] = ()) -> bytes:
    """A text in a page of about 60 kB: menus, links, scripts, the paragraphs and the headlines of other reports."""
    links = "".join(f'<li class="nav-item"><a href="/section/{n}/index.html">Section {n}</a></li>' for n in range(350))
    script = "<script>window.data = {" + ",".join(f'"k{n}": [{n}, {n}]' for n in range(1200)) + "}</script>"
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in body.split("\n") if part.strip())
    others = "".join(f'<li><a href="/{n}">{escape(one.rstrip("."))}</a></li>' for n, one in enumerate(beside))
    head = '<html lang="en"><head><title>A report</title></head><body>'
    article = f"<article>{paragraphs}</article><ul>{others}</ul>"
    return f"{head}<nav><ul>{links}</ul></nav>{script}{article}</body></html>".encode()


def lines_of(bodies: Iterable[str], path: Path) -> Path:
    """Texts as JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for number, body in enumerate(bodies):
            record = {"text": body, "title": f"Report {number}", "published": "2024-05-04", "outlet": "Benchmark"}
            stream.write(json.dumps(record) + "\n")
    return path


def pages(figures: Figures, count: int) -> None:
    """The whole path, one process, and page to text."""
    bodies = [*corpus("polnear/dev", count // 2), *corpus("geo/trnews", count - count // 2)] or examples()
    list(extract_claims(described(bodies[:8])))
    characters = sum(map(len, bodies)) / len(bodies)
    readings: list[Reading] = []
    told = timed(lambda: readings.extend(described(bodies)))
    read = timed(lambda: list(extract_claims(readings)))
    made = [page_of(body) for body in bodies]
    figures.page = 1000 * timed(lambda: [list(html.read(page, HINTS)) for page in made]) / len(made)
    figures.whole = 1000 * (told + read) / len(bodies)
    figures.line("pages", f"texts, {characters:.0f} characters on average", len(bodies))
    figures.line("pages", "whole path, text to claims, CPU ms a page", f"{figures.whole:.0f}")
    figures.line("pages", "page to text, CPU ms a page of 60 kB", f"{figures.page:.1f}")
    rate = 1000 / (figures.whole + figures.page)
    figures.line("pages", "pages a second and core", f"{rate:.1f}")


def light(number: int) -> str:
    """A short report for the light reader, unlike any other."""
    return f"{fakes.report(number)} The ministry said on Saturday that more of them would follow before long."


def growth(figures: Figures, sizes: Sequence[int]) -> None:
    """The machinery alone, by number of reports."""
    job.Coordinator.run.__globals__["ENGINES"] = {**ENGINES, "inline": InlineEngine}
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            source = lines_of(map(light, range(size)), folder / "reports.jsonl")
            setup = Setup(folder / "shards", "", Hints(), program=bulk_work.PROGRAM, seconds=3600.0)
            outcomes: list[Outcome] = []
            read = timed(lambda: outcomes.append(job.run([str(source)], setup, "inline", EngineOptions(1))))  # noqa: B023
            bytes_ = sum(path.stat().st_size for path in (folder / "shards").rglob("*") if path.is_file())
            store = open_store(folder / "ledger.db", create=True)
            committer = Committer(folder / "shards", store)
            kept = timed(lambda: committer.commit(outcomes[0].state, lambda *_: None))  # noqa: B023
            store.close()
            figures.commit = 1000 * kept / size
            figures.line(
                "growth",
                f"{size:,}",
                f"{1000 * read / size:.2f}",
                f"{1000 * kept / size:.2f}",
                f"{bytes_ / size / 1000:.1f}",
                f"{(folder / 'ledger.db').stat().st_size / size / 1000:.1f}",
                f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}",
            )


def memory_of_children() -> dict[int, float]:
    """By process id, the most MiB that each process started by this one, at any remove, has had (Linux)."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found: dict[int, float] = {}
    for pid in parents:
        at = pid
        while at in parents and at != os.getpid():
            at = parents[at]
        if at == os.getpid() and pid != at:
            status = Path(f"/proc/{pid}/status")
            try:
                peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            except (OSError, StopIteration):
                continue
            found[pid] = int(peak.split()[1]) / 1024
    return found


def workers(figures: Figures, count: int) -> None:
    """One worker and two, with the real parser."""
    bodies = [*corpus("polnear/dev", count // 2), *corpus("geo/trnews", count - count // 2)] or examples()
    for number in (1, 2):
        most: dict[int, float] = {}
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            source = lines_of(bodies, folder / "reports.jsonl")
            setup = Setup(folder / "shards", "", Hints(), units=8)

            def watch(_: Progress, most: dict[int, float] = most) -> None:
                most.update(memory_of_children())

            began = time.monotonic()
            told = Watch(work=watch)
            used = timed(lambda: job.run([str(source)], setup, "local", EngineOptions(number), None, told))  # noqa: B023
            wall = time.monotonic() - began
        peak = max(most.values(), default=0.0)
        figures.line("workers", number, len(bodies), f"{used:.1f}", f"{wall:.0f}", f"{peak:.0f}")


def read_pages(made: Sequence[bytes], prefilters: Prefilters) -> int:
    """The whole path of a worker from pages to claims; how many pages were read to the end."""
    units = [
        PageUnit("crawl.warc", Page(f"https://example.org/{n}", None, "html", page)) for n, page in enumerate(made)
    ]
    flow = [one for unit in units for one in bulk_described(unit, HINTS, Told(), prefilters)]
    kept = [one.reading for one in flow if one.left_out is None]
    if prefilters.relevant:
        documents = [reading.document for reading in kept if isinstance(reading.document, Document)]
        keep = keeps(documents)
        kept = [reading for reading, good in zip(kept, keep, strict=True) if good]
    return sum(1 for _ in extract_claims(kept))


def costs(bodies: Sequence[str], headlines: Sequence[str]) -> Costs:
    """CPU ms a page without the filter and with it, and the share of pages that it leaves to be read."""
    made = [page_of(body, headlines[n % 7 :: 7][:12]) for n, body in enumerate(bodies)]
    each = 1000 / len(bodies)
    every = timed(lambda: read_pages(made, Prefilters()))
    left: list[int] = []
    some = timed(lambda: left.append(read_pages(made, Prefilters(relevant=True))))
    return every * each, some * each, left[0] / len(bodies)


def as_long(reports: Iterable[tuple[str, str]], characters: int) -> Iterator[str]:
    """Made reports of one subject joined, until they are as long as relevant ones are on average."""
    held: dict[str, list[str]] = {}
    for subject, body in reports:
        parts = held.setdefault(subject, [])
        parts.append(body)
        if sum(map(len, parts)) >= characters:
            yield "\n\n".join(held.pop(subject))


def mixed(figures: Figures, count: int) -> None:
    """What the filter saves, by share of relevant reports."""
    relevant = [*corpus("polnear/dev", count // 2), *corpus("geo/trnews", count // 2), *examples()]
    near = corpus("geo/lgl", 3 * count)
    silent = [r.document.text for r in extract_claims(described(near)) if r.document is not None and not r.claims]
    made = [body for _, body in ordinary_reports(2 * count, seed=41)]
    longer = as_long(ordinary_reports(10 * count, seed=43), sum(map(len, relevant)) // len(relevant))
    headlines = [re.split(r"[.!?]\s|\n", body.strip())[0][:90] for body in [*relevant[:20], *made[:80], *silent[:20]]]
    list(extract_claims(described(relevant[:8])))
    ours = costs(relevant, headlines)
    theirs: dict[str, Costs] = {}
    for name, bodies in (("made", made), (AS_LONG, list(islice(longer, count))), (LOCAL, silent)):
        if bodies:
            theirs[name] = costs(bodies, headlines)
            saved(figures, name, ours, theirs[name])
    if AS_LONG in theirs and LOCAL in theirs:
        without, filtered, left = (sum(pair) / 2 for pair in zip(theirs[AS_LONG], theirs[LOCAL], strict=True))
        saved(figures, HALVES, ours, (without, filtered, left))


def saved(figures: Figures, name: str, ours: Costs, theirs: Costs) -> None:
    """What the filter saves where ordinary news costs `theirs` and relevant news `ours`, by share of the relevant."""
    for share in SHARES:
        without, filtered = (share * one + (1 - share) * other for one, other in zip(ours[:2], theirs[:2], strict=True))
        figures.saved[f"{name} {share}"] = without / filtered
        times = f"{without / filtered:.1f}"
        figures.line("filter", name, f"{share:.0%}", f"{theirs[2]:.0%}", f"{without:.0f}", f"{filtered:.0f}", times)


HEADS = {
    "pages": "| | |",
    "growth": "| reports | reading, CPU ms a report | committing, CPU ms a report | shards, kB a report "
    "| ledger, kB a report | memory, MiB |",
    "workers": "| workers | pages | CPU seconds | seconds on the wall | most memory of a worker, MiB |",
    "filter": "| ordinary news | relevant share | of the ordinary read | without, CPU ms a page | with, CPU ms a page "
    "| times as fast |",
    "scale": f"| | core hours | hours of a machine of {CORES} cores |",
}


def table(name: str, lines: Sequence[str]) -> str:
    """A table with its head."""
    head = HEADS[name]
    return "\n".join((head, "|" + "---|" * (head.count("|") - 1), *lines))


def scale(figures: Figures) -> None:
    """A day of the world's news, and ten years."""
    page = figures.whole + figures.page
    with_commit = page + figures.commit
    plans = {"every page": with_commit}
    for name in ("made", AS_LONG, LOCAL, HALVES):
        saved = figures.saved.get(f"{name} {MIX}")
        if saved is not None:
            plans[f"with the filter, ordinary news as {name}"] = page / saved + figures.commit
    for plan, cost in plans.items():
        for period, days in (("a day", 1.0), ("ten years", YEARS)):
            hours = DAY * days * cost / 1000 / 3600
            figures.line("scale", f"{period}, {plan}", f"{hours:,.0f}", f"{hours / CORES:,.1f}")


def write(figures: Figures) -> None:
    """Put the tables between the marks of docs/scale.md."""
    page = REPORT.read_text(encoding="utf-8")
    before, _, rest = page.partition(MARKS[0])
    held_before, _, after = rest.partition(MARKS[1])
    titles = {
        "pages": "A page",
        "growth": "Growth of the machinery",
        "workers": "Workers",
        "filter": "The filter on mixed news",
        "scale": "The world's news",
    }
    held = {part.partition("\n")[0]: f"### {part.strip()}" for part in held_before.split("### ")[1:]}
    for name, title in titles.items():
        if name in figures.tables:
            held[title] = f"### {title}\n\n{table(name, figures.tables[name])}"
    parts = [held[title] for title in titles.values() if title in held]
    REPORT.write_text(f"{before}{MARKS[0]}\n\n" + "\n\n".join(parts) + f"\n\n{MARKS[1]}{after}", encoding="utf-8")


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--pages", type=int, default=60, help="real texts for each measurement")
    options.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000], help="made reports")
    options.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS), help="what to measure")
    options.add_argument("--write", action="store_true", help="write the figures into docs/scale.md")
    given = options.parse_args()
    figures = Figures()
    if "pages" in given.parts:
        pages(figures, given.pages)
    if "filter" in given.parts:
        mixed(figures, given.pages)
    if "workers" in given.parts:
        workers(figures, given.pages)
    if "growth" in given.parts:
        growth(figures, given.sizes)
    if set(given.parts) == set(PARTS):
        scale(figures)
    if given.write:
        write(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
