"""What is only claimed: planned, alleged, denied or conditional, claim by claim; none of it enters a strength."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.brief.changes import act
from dateline.brief.making import Making, optional, within, words
from dateline.brief.model import Sentence
from dateline.brief.values import Amount, Days, Host, Part, Party, Term, part, voices_of
from dateline.model import Claim, Document, Event, Precision, Stance

APART = (Stance.PLANNED, Stance.ALLEGED, Stance.DENIED, Stance.CONDITIONAL)
EACH = 6
"""Claims of one presence and stance that are told, the newest."""

MOST = 40
"""Claims of one stance that are told, the newest."""

_LOOKED_AT = 200


def apart(making: Making) -> tuple[Mapping[Stance, tuple[Sentence, ...]], int]:
    """Claims that stand beside the presences, by stance, those of the days asked for; how many are left out."""
    found: dict[Stance, list[tuple[Claim, Document, str]]] = {stance: [] for stance in APART}
    left_out = 0
    for presence in making.material.presences:
        for stance in APART:
            ids: tuple[str, ...] = getattr(presence, str(stance))
            told = _newest(making, ids[-_LOOKED_AT:])
            left_out += max(0, len(told) - EACH) + max(0, len(ids) - _LOOKED_AT)
            found[stance] += [(claim, report, presence.id) for claim, report in told[:EACH]]
    sentences = {}
    for stance, rows in found.items():
        rows.sort(key=lambda row: (_day(row[0], row[1]) or "", row[0].id), reverse=True)
        left_out += max(0, len(rows) - MOST)
        sentences[stance] = tuple(_claim(making, *row) for row in rows[:MOST])
    return sentences, left_out


def events(making: Making, found: Sequence[Event]) -> Mapping[Stance, tuple[Sentence, ...]]:
    """Acts that nobody asserts, by their first stance, where no claim of theirs is told already."""
    told: dict[Stance, list[Sentence]] = {stance: [] for stance in APART}
    for event in found:
        stance = next((one for one in APART if one in event.stances), None)
        if stance is not None and not any(claim in making.cited for claim in event.claims):
            told[stance].append(act(making, event))
    return {stance: tuple(sentences) for stance, sentences in told.items()}


def _newest(making: Making, ids: Sequence[str]) -> list[tuple[Claim, Document]]:
    """Claims in the days asked for with their reports, the newest first."""
    claims = making.material.claims(ids)
    reports = making.material.headers(claim.document for claim in claims.values())
    known = [(one, reports[one.document]) for one in claims.values() if one.document in reports]
    dated = [(_day(claim, report), claim, report) for claim, report in known]
    kept = [one for one in dated if within(one[0], making.since, making.day)]
    kept.sort(key=lambda one: (one[0] or "", one[1].id), reverse=True)
    return [(claim, report) for _, claim, report in kept]


def _day(claim: Claim, report: Document) -> str | None:
    """The day of its report, else the newest it speaks of: a plan is made when it is told, whatever it is for."""
    spoken = None if claim.time is None else claim.time.latest or claim.time.earliest
    return report.published or spoken


def _claim(making: Making, claim: Claim, report: Document, presence: str) -> Sentence:
    parts = [*matter(claim), part("said_by", voices=voices_of(without_source(making, claim), report))]
    if report.published is not None:
        parts.append(part("reported", day=Days(report.published[:10], report.published[:10])))
    return making.sentence(parts, [claim.id], presence=presence)


def without_source(making: Making, claim: Claim) -> Claim:
    """The claim as its voices may be told: without the source that the report does not name, where that was asked."""
    if making.material.asked.redaction.anonymous:
        return claim
    return making.material.redactor.of(claim)


def matter(claim: Claim) -> Iterator[Part]:
    """What a claim says: its stance and kind, who, to whom, where, how many, when."""
    yield part("claimed", stance=Term("stances", str(claim.stance)), kind=Term("kinds", str(claim.kind)))
    yield from optional("by", party=None if claim.actor is None else Party(claim.actor.name))
    yield from optional("towards", party=None if claim.recipient is None else Party(claim.recipient.name))
    if claim.place is not None and claim.place.precision is Precision.COUNTRY and claim.place.country is not None:
        yield part("country", host=Host(claim.place.country))
    elif claim.place is not None:
        yield from optional("place", place=words(claim.place.name))
    quantity = claim.quantity
    if quantity is not None and (quantity.low is not None or quantity.high is not None):
        yield part("figure", amount=Amount(quantity.low, quantity.high, str(quantity.unit), quantity.text))
    if claim.time is not None and (claim.time.earliest or claim.time.latest):
        yield part("when", days=Days(claim.time.earliest, claim.time.latest))
