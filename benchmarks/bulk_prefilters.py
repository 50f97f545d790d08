"""What the prefilters of `dateline bulk` lose: reports that are read anyway, and claims that only a copy makes.

    python benchmarks/bulk_prefilters.py PATH... [--limit N]

The paths are files and folders of reports. Told are the reports that the filter of languages leaves out though the
pipeline reads them; the reports taken for copies; and of the claims in these how many have no counterpart (same kind,
stance, actor, recipient, country and figures) in the report that is read in their place.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from dateline import pipeline
from dateline.bulk.copies import Index, Mark, mark
from dateline.bulk.prefilters import FOREIGN, other_languages_out
from dateline.bulk.settings import Prefilters
from dateline.ingest.sources import captured, files
from dateline.model import Claim, Document, Hints, Issue
from dateline.pipeline import Reading


def described(paths: list[str], limit: int | None) -> tuple[list[Reading], Counter[str]]:
    """The reports that the pipeline reads, and what the filter of languages says of each of them."""
    found: list[Reading] = []
    counts: Counter[str] = Counter()
    for file in (file for path in paths for file in files(path)):
        hints = Hints(path=str(file))
        for item, capture in captured([file], hints):
            reading = next(iter(pipeline.readings([(item, capture)], hints)), None)
            if reading is None or reading.document is None or not isinstance(item, Document):
                continue
            out, _ = next(other_languages_out([(item, None)], hints))
            left_out = isinstance(out, Issue) and out.code == FOREIGN
            counts[f"{'refused' if reading.refused else 'read'}, {'left out' if left_out else 'kept'}"] += 1
            if not reading.refused:
                found.append(replace(reading, capture=None))
    return list(islice(found, limit)), counts


def key(claim: Claim) -> tuple[object, ...]:
    """What a claim tells, wherever it stands."""
    actor, recipient, place, quantity = claim.actor, claim.recipient, claim.place, claim.quantity
    return (
        claim.kind,
        claim.stance,
        None if actor is None else actor.name,
        None if recipient is None else recipient.name,
        None if place is None else place.country,
        None if quantity is None else (quantity.low, quantity.high, quantity.unit),
    )


def marks(reports: list[Reading]) -> Iterator[Mark]:
    """The marks of reports that are long enough."""
    for number, reading in enumerate(reports):
        found = None if reading.document is None else mark((number, 0), reading.document)
        if found is not None:
            yield found


def main() -> None:
    """Print what is lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    reports, counts = described(given.paths, given.limit)
    print("languages:", ", ".join(f"{count} {name}" for name, count in sorted(counts.items())))
    by_document = {one.document.id: one for one in reports if one.document is not None}
    for name, prefilters in (("exact", Prefilters(duplicates=True)), ("exact and near", Prefilters(copies=True))):
        copies = Index(prefilters).copies(marks(reports))
        pairs = [(reports[copy.where[0]], by_document[copy.of]) for copy in copies]
        flat = [reading for pair in pairs for reading in pair]
        read = list(pipeline.extract_claims(flat))
        only = claims = 0
        for copy, original in zip(read[::2], read[1::2], strict=True):
            told = {key(claim) for claim in original.claims}
            claims += len(copy.claims)
            only += sum(key(claim) not in told for claim in copy.claims)
        kinds = dict(Counter(copy.kind for copy in copies))
        print(
            f"{name}: {len(copies)} of {len(reports)} reports are copies {kinds}; {only} of their {claims} claims lost"
        )


if __name__ == "__main__":
    main()
