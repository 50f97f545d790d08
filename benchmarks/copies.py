"""Whether copies and rewrites of one report are found, and nothing else: on made-up reports, at scale.

    python benchmarks/copies.py [--documents 20000] [--seed 1] [--unseen] [--scale] [--examples]

Events are told by one to four reporters, who share names, figures, statements and phrases; outlets carry what they
wrote: whole, cut, reordered, edited with a wrong figure, reworded, rewritten, with paragraphs of their own, under
other titles and outlets, credited or not. Some take a paragraph (partial) or mix two (round-up): those are origins of
their own. Pairs of documents of one origin are scored. `--unseen` rewords by rules that were never looked at
while the engine was tuned. The rewrites of the reports in `examples/` are among them.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from copies_reports import DATA, Happening, Report, World, expand
from copies_rewrites import Newsroom
from dateline.model import Claim, Document, Furniture, identified
from dateline.reconcile.origins import all_origins

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "niger-2024"
TOGETHER = ("2024-05-03-shared-base-courier", "2024-05-03-shared-base-herald", "2024-05-03-shared-base-weekly")


def reports(size: int, seed: int, rules: str) -> list[Report]:
    """`size` made-up reports of one seed, rewrites of the examples first."""
    world = World(seed)
    newsroom = Newsroom(random.Random(seed + 1), rules)
    found: list[Report] = list(example_reports(newsroom))
    number, recent = 0, []
    while len(found) < size:
        event = world.happening(number)
        number += 1
        told = list(_told(world, newsroom, event, recent))
        found.extend(told)
        recent = ([report for report in told if report.how == "base"] + recent)[:6]
    return found[:size]


def _told(world: World, newsroom: Newsroom, event: Happening, recent: Sequence[Report]) -> Iterator[Report]:
    """What the press makes of one event."""
    chance = world.chance
    bases: list[Report] = []
    for at in range(chance.choices([1, 2, 3, 4], weights=[5, 4, 3, 2])[0]):
        bases.append(world.report(event, at, _newsrooms(bases)))
    titles = DATA["scenarios"][event.scenario]["titles"]
    for base in bases:
        yield _on_page(world, base)
        carried = [base]
        for _ in range(chance.choices([0, 1, 2, 3, 5, 8], weights=[4, 4, 4, 3, 2, 1])[0]):
            model = chance.choice(carried) if chance.random() < 0.2 else base
            named = [expand(title, event.slots, chance) for title in titles]
            copy = newsroom.copy(model, lambda: world.filler(event), named)
            carried.append(copy)
            yield _on_page(world, copy)
    if len(bases) > 1 and chance.random() < 0.3:
        own = world.report(event, 90, _newsrooms(bases))
        yield newsroom.partial(own, chance.choice(bases), f"{event.number}.partial")
    if (recent or len(bases) > 1) and chance.random() < 0.15:
        mixed = [bases[0], chance.choice([*bases[1:], *recent])]
        lead = expand(chance.choice(DATA["fillers"]), event.slots, chance)
        yield newsroom.round_up(mixed, f"{event.number}.round-up", lead)


def _newsrooms(reports: Iterable[Report]) -> set[str | None]:
    return {name for report in reports for name in (report.agency, report.outlet)}


def _on_page(world: World, report: Report) -> Report:
    return world.furniture(report) if world.chance.random() < 0.3 else report


def example_reports(newsroom: Newsroom) -> Iterator[Report]:
    """The text examples and six rewrites of each; the three that are one origin by their README are one here."""
    chance = newsroom.chance
    for path in sorted(EXAMPLES.glob("*.txt")):
        title, *parts = [" ".join(part.split()) for part in path.read_text(encoding="utf-8").split("\n\n")]
        prose = [part for part in parts if part.endswith((".", '"')) and len(part.split()) > 12]
        base = Report(
            origin="shared base" if path.stem in TOGETHER else path.stem,
            how="base",
            title=title,
            paragraphs=tuple(tuple(sentences(part)) for part in prose),
            outlet="examples",
            agency=None,
            published=date.fromisoformat(path.stem[:10]),
        )
        yield base
        for _ in range(6):
            yield newsroom.copy(base, lambda: expand(chance.choice(DATA["fillers"][1:4]), {}, chance), [title])


def sentences(paragraph: str) -> list[str]:
    """A paragraph of the examples cut at full stops before capitals."""
    parts, start = [], 0
    for at in range(1, len(paragraph) - 2):
        stop = paragraph[at] == "." and paragraph[at + 1] == " " and paragraph[at - 2 : at].islower()
        if stop and paragraph[at + 2].isupper() and paragraph[start : at + 1].count('"') % 2 == 0:
            parts.append(paragraph[start : at + 1])
            start = at + 2
    return [*parts, paragraph[start:]]


def document(report: Report) -> Document:
    """The report as a document, its page lines above marked as furniture."""
    above = "".join(f"{line}\n" for line in report.above)
    body = "\n\n".join((report.title, *(" ".join(paragraph) for paragraph in report.paragraphs), *report.below))
    furniture = (Furniture(0, len(above), "menu"),) if above else ()
    return identified(
        Document(
            id="",
            text=above + body,
            sha256="",
            title=report.title,
            outlet=report.outlet,
            agency=report.agency,
            published=report.published.isoformat(),
            language="en",
            furniture=furniture,
        )
    )


def pairs(sizes: Iterable[int]) -> int:
    """How many pairs groups of these sizes hold."""
    return sum(size * (size - 1) // 2 for size in sizes)


def score(truth: dict[str, str], groups: Sequence[Sequence[str]]) -> tuple[int, int, int]:
    """(right, found, true) pairs of one origin."""
    right = pairs(count for group in groups for count in Counter(truth[i] for i in group).values())
    return right, pairs(len(group) for group in groups), pairs(Counter(truth.values()).values())


def of_example(report: Report) -> bool:
    """Whether a report is an example or made of one."""
    return not report.origin.split(".")[0].isdigit()


def example_claims(documents: Sequence[Document]) -> list[Claim]:
    """What our extractor reads in the rewrites of the examples: in a ledger every report comes with its claims."""
    from dateline import extract
    from dateline.parse import parsed_documents

    return [claim for parsed in parsed_documents(documents) for claim in extract.claims(parsed)]


def run(size: int, seed: int, rules: str, *, verbose: bool) -> None:
    """Make, group and score one set."""
    made = reports(size, seed, rules)
    by_id = {}
    for report in made:
        by_id.setdefault(document(report).id, report)
    documents = [document(report) for report in made]
    documents = list({d.id: d for d in documents}.values())
    random.Random(seed).shuffle(documents)
    claims = example_claims([one for one in documents if of_example(by_id[one.id])])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    found = all_origins(documents, claims)
    seconds = time.process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    truth = {key: report.origin for key, report in by_id.items()}
    right, said, true = score(truth, [origin.documents for origin in found])
    print(
        f"{len(documents):6} documents  {len(set(truth.values()))} origins  P {right / max(1, said):.4f}  "
        f"R {right / max(1, true):.4f}  {seconds:.1f} s  {1000 * seconds / len(documents):.2f} ms each  +{grown:.0f} MB"
    )
    if verbose:
        detail(by_id, {i: origin.id for origin in found for i in origin.documents})


def detail(by_id: dict[str, Report], group_of: dict[str, str]) -> None:
    """Recall of each kind of copy against the other members of its origin, and how many mixtures stay alone."""
    members = defaultdict(list)
    for key, report in by_id.items():
        members[report.origin].append(key)
    hits, all_ = Counter(), Counter()
    for keys in members.values():
        for key in keys:
            others = [other for other in keys if other != key]
            if others:
                hits[by_id[key].how] += sum(group_of[key] == group_of[other] for other in others) / len(others)
                all_[by_id[key].how] += 1
    for how in sorted(all_):
        print(f"    {how:16} {hits[how] / all_[how]:.3f} of {all_[how]}")
    sizes = Counter(group_of.values())
    for how in ("partial", "round-up"):
        keys = [key for key, report in by_id.items() if report.how == how]
        alone = sum(sizes[group_of[key]] == 1 for key in keys)
        print(f"    {how:16} {alone} of {len(keys)} alone")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unseen", action="store_true", help="reword by the rules that were kept away from tuning")
    parser.add_argument("--scale", action="store_true", help="2,500, 5,000, 10,000 and 20,000 documents")
    options = parser.parse_args()
    rules = "unseen" if options.unseen else "seen"
    if options.scale:
        for size in (2_500, 5_000, 10_000, 20_000):
            run(size, options.seed, rules, verbose=False)
        return 0
    run(options.documents, options.seed, rules, verbose=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
