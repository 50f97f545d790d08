"""What the whole path costs over the bare parser, and whether memory stays flat.

    python benchmarks/throughput.py [--texts FILE.jsonl] [--sample 150] [--pairs 5] [--documents 5000]

Bare: the same spaCy model as spaCy itself loads it, without anything of dateline's, over the texts.
Whole: the same texts as bytes, read, described, parsed by dateline's pipeline in batches of the same
size, their claims extracted and written as JSON. Both run in one process, in pairs whose order
alternates; the ratio is the median over the pairs. Costs are CPU seconds of the process, so that other
work on the machine and a second core do not count.

Texts are the `text` of each line of FILE.jsonl, else public news texts in `../shared/data` where those
lie, else the examples. Memory is the resident set after every thousand of many short documents, each
made different by a suffix of its own, so that nothing is saved by knowing it.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import spacy
from spacy.language import Language

from dateline.ingest import sources, text
from dateline.model import Document, Hints, as_record
from dateline.parse.nlp import model_version, pipeline
from dateline.pipeline import Reading, describe, extract_claims

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
CORPORA = (SHARED / "polnear" / "dev.jsonl", SHARED / "geo" / "trnews.jsonl")
EXAMPLES = ROOT / "examples" / "niger-2024"
BATCH = 16


def jsonl_texts(path: Path) -> list[str]:
    """The texts of a JSON Lines file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line)["text"] for line in lines if line.strip()]


def example_texts() -> list[str]:
    """The texts of the example reports."""
    found = sources.reports([EXAMPLES], Hints())
    return [document.text for document in found if isinstance(document, Document)]


def chosen_texts(given: Path | None, sample: int) -> tuple[str, list[str]]:
    """Where the texts come from, and an evenly spaced sample of them."""
    if given is not None:
        name, texts = str(given), jsonl_texts(given)
    elif all(path.is_file() for path in CORPORA):
        name, texts = "PolNeAR dev and TR-News", [body for path in CORPORA for body in jsonl_texts(path)]
    else:
        name, texts = "examples", example_texts()
    step = max(1, len(texts) // sample)
    return name, texts[::step][:sample]


def bare(texts: Sequence[str]) -> int:
    """The parser alone; the count of documents."""
    nlp = plain()
    with nlp.memory_zone():
        return sum(1 for _ in nlp.pipe(texts, batch_size=BATCH))


@cache
def plain() -> Language:
    """The model of dateline's pipeline as spaCy loads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return spacy.load(pipeline().path)


def whole(texts: Iterable[str]) -> int:
    """Bytes to claims as JSON; the count of documents."""
    count = 0
    for reading in extract_claims(read(texts)):
        for claim in reading.claims:
            json.dumps(as_record(claim), ensure_ascii=False)
        count += 1
    return count


def read(texts: Iterable[str]) -> Iterator[Reading]:
    """Described reports of texts, as the pipeline makes them of files."""
    hints = Hints(published="2024-05-04", outlet="Benchmark")
    for body in texts:
        for item in text.read(body.encode("utf-8"), hints):
            yield describe(item, hints)


def cost(run: Callable[[Sequence[str]], int], texts: Sequence[str]) -> float:
    """CPU seconds of one run."""
    began = time.process_time()
    run(texts)
    return time.process_time() - began


def pairs(texts: Sequence[str], count: int) -> list[tuple[float, float]]:
    """Costs (bare, whole) of alternating runs."""
    found = []
    for number in range(count):
        if number % 2 == 0:
            first = cost(bare, texts)
            found.append((first, cost(whole, texts)))
        else:
            second = cost(whole, texts)
            found.append((cost(bare, texts), second))
        print(f"pair {number + 1}: bare {found[-1][0]:.2f} s, whole {found[-1][1]:.2f} s of CPU", flush=True)
    return found


def resident() -> float:
    """Resident set of this process in MiB (Linux: now; elsewhere: the peak so far)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    import resource

    return pages * resource.getpagesize() / 2**20


def memory(count: int) -> list[float]:
    """Resident MiB after every thousand of `count` documents read in one stream."""
    varied = (f"{body}\n\nCopy {number} of this report." for number, body in enumerate(cycle(example_texts())))
    sizes: list[float] = []

    def watched() -> Iterator[str]:
        for number, body in enumerate(islice(varied, count)):
            if number and number % 1000 == 0:
                sizes.append(resident())
                print(f"after {number} documents: {sizes[-1]:.0f} MiB resident", flush=True)
            yield body

    whole(watched())
    sizes.append(resident())
    print(f"after {count} documents: {sizes[-1]:.0f} MiB resident", flush=True)
    return sizes


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--texts", type=Path, metavar="FILE.jsonl", help="texts to read instead")
    options.add_argument("--sample", type=int, default=150, help="how many of the texts")
    options.add_argument("--pairs", type=int, default=5, help="how many pairs of runs")
    options.add_argument("--documents", type=int, default=5000, help="how many for the memory figures; 0: none")
    given = options.parse_args()
    name, texts = chosen_texts(given.texts, given.sample)
    characters = sum(map(len, texts))
    print(f"{model_version()}, Python {platform.python_version()}, batches of {BATCH}")
    print(f"{len(texts)} documents from {name}, {characters // len(texts)} characters each on average")
    bare(texts[:BATCH])
    whole(texts[:BATCH])
    measured = pairs(texts, given.pairs)
    ratio = statistics.median(path / parser for parser, path in measured)
    per_second = len(texts) / statistics.median(path for _, path in measured)
    if given.documents:
        sizes = memory(given.documents)
        print(f"memory: {sizes[-1] / sizes[0]:.3f} times that after the first thousand")
    print(f"whole path: {per_second:.1f} documents per second and core")
    print(f"ratio: {ratio:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
