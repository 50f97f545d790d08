"""What a feed or wire says of an item it sends: which version it is, whether it may be used, and from when.

A wire takes its words back: it corrects an item (a higher version), withholds it, or cancels it. Every version that
came is kept as a `Notice`, and what the notices of an item come to (`effects`) does not depend on their order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from dateline.model.records import content_id


class PubStatus(StrEnum):
    """Whether an item may be used, as its provider says (IPTC publishing status)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


class Effect(StrEnum):
    """What notices come to for a report; all but `current` leave it out of listings and of what is derived."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    WITHHELD = "withheld"
    EMBARGOED = "embargoed"


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of an item as it was sent.

    `item` is the id that the provider gave it (guid, uri), `version` and `issued` (a moment) tell which of two
    versions is later. `embargoed` is the moment until which nothing of the item may be used. `document` is the report
    that the version came with, None where it has no text of its own (a cancel, as a rule). `summary` tells that the
    report is only a summary of the item: it never takes the place of the whole. `provider` is who sent it, `note` what
    it says to editors, `path` the file it was read from, which does not make it another notice.
    """

    id: str
    item: str
    status: PubStatus = PubStatus.USABLE
    version: str | None = None
    issued: str | None = None
    embargoed: str | None = None
    document: str | None = None
    summary: bool = False
    provider: str | None = None
    note: str | None = None
    path: str | None = None

    @property
    def rank(self) -> tuple[tuple[int, ...], str, int]:
        """What the versions of an item are ordered by: number, moment, and of equal ones the strictest last."""
        strict = _STRICTNESS[self.status]
        return _numbers(self.version), self.issued or ("~" if strict else ""), strict


@dataclass(frozen=True, slots=True)
class Affected:
    """What becomes of a report and which notice did it; `until` is the end of an embargo."""

    document: str
    effect: Effect
    notice: str
    until: str | None = None


_STRICTNESS = {PubStatus.USABLE: 0, PubStatus.WITHHELD: 1, PubStatus.CANCELED: 2}
_HELD = {PubStatus.WITHHELD: Effect.WITHHELD, PubStatus.CANCELED: Effect.RETRACTED}
_PARTS = 6
_DIGITS = 18


def noticed(notice: Notice) -> Notice:
    """The notice under the id of its content, without the path it was read from."""
    parts = (notice.item, str(notice.status), notice.version, notice.issued, notice.embargoed)
    return replace(notice, id=content_id("notice", *parts, notice.document, notice.summary, notice.note))


def effects(notices: Iterable[Notice], kept: frozenset[str], at: str) -> tuple[Affected, ...]:
    """What becomes at a moment of the reports of one item, those that are `kept` in the ledger.

    The highest version tells for all: canceled retracts every report of the item, withheld withholds them, an embargo
    that is not over holds them back until then (IPTC: "all versions"), and otherwise earlier versions are superseded.
    A version whose report is not there, and a summary where there is a whole report, supersede nothing. Versions of
    one rank stand side by side.

    >>> one = Notice("n1", "urn:x", version="9", document="doc-a")
    >>> two = Notice("n2", "urn:x", version="10", document="doc-b")
    >>> [(row.document, str(row.effect)) for row in effects([two, one], frozenset({"doc-a", "doc-b"}), "2024")]
    [('doc-a', 'superseded'), ('doc-b', 'current')]
    """
    found = sorted(notices, key=lambda notice: (notice.rank, notice.id))
    documents = sorted({notice.document for notice in found if notice.document in kept and notice.document is not None})
    usable = [n for n in found if n.status is PubStatus.USABLE and n.document in kept]
    whole = [n for n in usable if not n.summary] or usable
    telling = sorted([*whole, *(n for n in found if n.status in _HELD)], key=lambda notice: (notice.rank, notice.id))
    if not telling:
        return ()
    last = telling[-1]
    if last.status in _HELD:
        return tuple(Affected(document, _HELD[last.status], last.id) for document in documents)
    if last.embargoed is not None and last.embargoed > at:
        return tuple(Affected(one, Effect.EMBARGOED, last.id, last.embargoed) for one in documents)
    standing = {n.document for n in telling if n.rank == last.rank}
    return tuple(Affected(one, Effect.CURRENT if one in standing else Effect.SUPERSEDED, last.id) for one in documents)


def _numbers(version: str | None) -> tuple[int, ...]:
    """A version as numbers ("10", "2.1"); one that is no number counts as none and leaves it to the moment."""
    parts = (version or "").strip().split(".")[:_PARTS]
    if not all(part.isascii() and part.isdigit() and len(part) <= _DIGITS for part in parts):
        return ()
    numbers = [int(part) for part in parts]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
