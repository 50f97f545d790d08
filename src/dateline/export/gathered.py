"""Reports with their claims, one after the other, for formats in which a report is an object of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from dateline.export.listing import Record
from dateline.export.selection import Selection

_TOGETHER = 500
"""Reports that are asked for at a time: the log, which tells when they came, is read once for each time."""
_TEXTS = 50
"""Texts that are in memory at the same time."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report (without its text) with those of its claims that are exported, in its order.

    `text` is the stored text, None where redaction takes texts out or it was not asked for; `recorded` the moment in
    UTC at which the report came into the ledger, None where the ledger does not know.
    """

    document: Record
    claims: tuple[Record, ...]
    text: str | None
    recorded: str | None


def gathered(selection: Selection, *, texts: bool = False) -> Iterator[Gathered]:
    """Every report that has claims, newest first."""
    documents = selection.documents()
    groups = (
        (key, tuple(claims)) for key, claims in groupby(selection.claims(), lambda claim: claim["document"]["id"])
    )
    while some := list(islice(groups, _TOGETHER)):
        recorded = selection.recorded([key for key, _ in some])
        for at in range(0, len(some), _TEXTS):
            part = some[at : at + _TEXTS]
            read = selection.texts([key for key, _ in part]) if texts else {}
            for key, claims in part:
                document = next((one for one in documents if one["id"] == key), claims[0]["document"])
                yield Gathered(document, claims, read.get(key), recorded.get(key))
