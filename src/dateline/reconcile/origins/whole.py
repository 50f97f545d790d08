"""All origins at once, in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dateline.model import Claim, Document, Origin
from dateline.reconcile.origins.candidates import pairs
from dateline.reconcile.origins.grouping import origins
from dateline.reconcile.origins.linking import link
from dateline.reconcile.origins.sketches import Sketch
from dateline.reconcile.origins.sketching import sketch
from dateline.reconcile.verdicts import NO_VERDICTS, Verdicts


def all_origins(
    documents: Iterable[Document], claims: Iterable[Claim], verdicts: Verdicts = NO_VERDICTS
) -> tuple[Origin, ...]:
    """The origins of all documents; the same as report by report through `sketch`, `pairs`, `link` and `origins`."""
    known = {document.id: document for document in documents}
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.document].append(claim)
    sketches = {key: sketch(document, told.get(key, ())) for key, document in known.items()}
    links = [tie for a, b in _met(sketches) if (tie := link(a, b, lambda key: known[key].text)) is not None]
    return origins(sketches, links, verdicts)


def _met(sketches: dict[str, Sketch]) -> Iterator[tuple[Sketch, Sketch]]:
    """Every pair that meets under some key, once, in the order of publication: what is read lies close together."""
    ordered = sorted(sketches.values(), key=lambda one: one.order)
    number = {one.document: at for at, one in enumerate(ordered)}
    buckets: dict[str, list[Sketch]] = defaultdict(list)
    for one in ordered:
        for key in one.keys:
            buckets[key].append(one)
    size = len(ordered)
    found = {
        number[a.document] * size + number[b.document]
        for bucket in buckets.values()
        if len(bucket) > 1
        for a, b in pairs(bucket)
    }
    for pair in sorted(found):
        yield ordered[pair // size], ordered[pair % size]
