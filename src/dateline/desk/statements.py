"""A claim as a page tells it: in its sentence, with who says so, how the chain is rated and what counts of it now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.desk.desk import Desk
from dateline.desk.standing import standing_on, state_of
from dateline.export.sentences import sentence_around
from dateline.export.voices import voice_of
from dateline.export.words import amount, days
from dateline.model import Claim, Document, Evidence
from dateline.reconcile.ratings import ChainRating
from dateline.reconcile.verdicts import Verdicts, judged, rating
from dateline.store.passages import Stretch, stretches

_AROUND = 400
"""Code points before and after the evidence in which the ends of its sentence are looked for."""

LONGEST = 1200
"""Code points of evidence that a passage shows; the claim's own page has the whole."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence in its sentence: what stands before, the words themselves, what follows.

    `cut`: the words are longer than what is shown of them.
    """

    before: str
    words: str
    after: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as it was read, with its report (without text), and as it counts now: None where it is rejected.

    `state` is what analysts decided: `accepted`, `rejected`, `corrected`, or "" where nobody judged.
    """

    claim: Claim
    document: Document
    passages: tuple[Passage, ...]
    now: Claim | None
    state: str
    rating: ChainRating

    @property
    def counted(self) -> Claim:
        """The claim as corrected; as it was read where it is rejected."""
        return self.claim if self.now is None else self.now

    @property
    def voice(self) -> str:
        """Who says it and through whom; the report itself where nobody else does."""
        return voice_of(self.counted, self.document)

    @property
    def day(self) -> str | None:
        """The newest day that it speaks of, else that of its report."""
        time = self.counted.time
        spoken = None if time is None else time.latest or time.earliest
        return spoken or (None if self.document.published is None else self.document.published[:10])

    @property
    def when(self) -> str:
        """The time it speaks of in words, "" where it gives none."""
        time = self.counted.time
        return "" if time is None else days(time.earliest, time.latest)

    @property
    def how_many(self) -> str:
        """Its figure in words, "" where it gives none."""
        quantity = self.counted.quantity
        if quantity is None:
            return ""
        return f"{amount(quantity.low, quantity.high)} {quantity.unit}".strip()


def statements(desk: Desk, ids: Iterable[str], *, sentences: Collection[str] | None = None) -> dict[str, Statement]:
    """Claims by their ids, in that order, with all that a page shows of each; unknown ids are left out.

    With `sentences`, only the evidence of these claims stands in its sentence, that of the others alone.
    """
    wanted = list(dict.fromkeys(ids))
    found = desk.view.claims_of(wanted)
    told = stated(desk, [found[key] for key in wanted if key in found], sentences=sentences)
    return {one.claim.id: one for one in told}


def stated(desk: Desk, claims: Sequence[Claim], *, sentences: Collection[str] | None = None) -> tuple[Statement, ...]:
    """As `statements`, for claims that are at hand, in their order."""
    headers = desk.view.headers([claim.document for claim in claims])
    standing = standing_on(desk, [claim.id for claim in claims])
    around = _around(desk, [claim for claim in claims if sentences is None or claim.id in sentences])
    return tuple(_statement(claim, headers[claim.document], standing, around) for claim in claims)


def in_order(known: Mapping[str, Statement], ids: Sequence[str]) -> tuple[Statement, ...]:
    """Those of some statements that are asked for, in the order of the ids."""
    return tuple(known[key] for key in ids if key in known)


def _statement(claim: Claim, document: Document, standing: Verdicts, around: Mapping[Stretch, str]) -> Statement:
    now = judged(claim, standing)
    return Statement(
        claim,
        document,
        tuple(_passage(claim.document, part, around) for part in claim.evidence),
        now,
        state_of(claim.id, standing),
        rating(claim if now is None else now, document, standing),
    )


def _around(desk: Desk, claims: Iterable[Claim]) -> dict[Stretch, str]:
    parts = [(claim.document, part) for claim in claims for part in claim.evidence]
    return stretches(desk.store, [_stretch(document, part) for document, part in parts if len(part.exact) <= LONGEST])


def _stretch(document: str, part: Evidence) -> Stretch:
    return document, max(0, part.start - _AROUND), part.end + _AROUND


def _passage(document: str, part: Evidence, around: Mapping[Stretch, str]) -> Passage:
    stretch = _stretch(document, part)
    found = sentence_around(around.get(stretch, ""), part.start - stretch[1], part.end - stretch[1])
    if found.exact != part.exact:
        return Passage("", part.exact[:LONGEST], "", len(part.exact) > LONGEST)
    return Passage(found.before, found.exact, found.after)
