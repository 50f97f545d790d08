"""Claims that cannot all be so: each disagreement once, its sides with their independent origins.

Origins are counted, not reports: nine copies of one agency's figure are one telling of it. A side that no claim
likely to be read right supports is no side. Growth over time, different units, different scopes, another base or
another force are no disputes; `docs/disputes.md` lists what is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dateline.model import Claim, Dispute, DisputeKind, DisputeStatus, Event, Presence, Side, content_id
from dateline.reconcile.disputes.events import of_events
from dateline.reconcile.disputes.phrases import reporters, sources, span, when
from dateline.reconcile.disputes.presence import of_presences
from dateline.reconcile.disputes.tellings import Disagreement, Position, day
from dateline.reconcile.origins import witnesses
from dateline.reconcile.reports import Reports
from dateline.reconcile.verdicts import NO_VERDICTS, Settlement, Verdicts

_Placed = tuple[Side, Position]


def disputes(
    events: Iterable[Event],
    presences: Iterable[Presence],
    claims: Mapping[str, Claim],
    reports: Reports,
    verdicts: Verdicts = NO_VERDICTS,
) -> tuple[Dispute, ...]:
    """Disputes in order of time, the same whatever the order of what is given.

    `claims` holds at least all claims of the events and presences by id. A dispute of an event rests on the events
    of its block alone, one of a presence on the presences of the same force country and host.
    """
    found = chain(of_events(events, claims, reports), of_presences(presences, claims, reports))
    made = {one.id: one for one in (_dispute(each, reports, verdicts) for each in found if each.holds)}
    return tuple(sorted(made.values(), key=lambda d: (d.first_day or "", d.last_day or "", str(d.kind), d.id)))


def _dispute(found: Disagreement, reports: Reports, verdicts: Verdicts) -> Dispute:
    placed = sorted((_side(p, reports) for p in found.positions if p.sure), key=_strength)
    sides = tuple(side for side, _ in placed)
    first, last = span(chain.from_iterable(position.tellings for _, position in placed))
    status, judgement, favours = _settled(found.kind, sides, verdicts.settlements)
    return Dispute(
        id=content_id("dispute", str(found.kind), found.about, sorted(sorted(side.claims) for side in sides)),
        kind=found.kind,
        about=found.about,
        topic=found.topic,
        sentence=_sentence(found, placed, reports),
        sides=sides,
        status=status,
        settled_by=judgement,
        favours=favours,
        force_country=found.force_country,
        host=found.host,
        first_day=day(first),
        last_day=day(last),
    )


def _side(position: Position, reports: Reports) -> _Placed:
    told = [telling.claim for telling in position.tellings]
    ids = tuple(claim.id for claim in told)
    return Side(position.holds, ids, witnesses(told, reports)), position


def _strength(placed: _Placed) -> tuple[int, int, str, tuple[str, ...]]:
    """Most independent origins first, then the side told first; how it is worded does not count."""
    side, position = placed
    said = [telling.said for telling in position.tellings if telling.said > 0]
    return (-independent(side), min(said, default=10**7), side.holds, side.claims)


def independent(side: Side) -> int:
    """How many independent origins tell a side."""
    return sum(not witness.background for witness in side.witnesses)


def _settled(
    kind: DisputeKind, sides: Sequence[Side], settlements: Iterable[Settlement]
) -> tuple[DisputeStatus, str | None, int | None]:
    """What the last judgement on it decided; a side that it had not seen opens the dispute again."""
    status: tuple[DisputeStatus, str | None, int | None] = (DisputeStatus.OPEN, None, None)
    for settlement in settlements:
        seen = all(settlement.claims & set(side.claims) for side in sides)
        if settlement.kind in (None, kind) and seen:
            shared = [len(settlement.favours & set(side.claims)) for side in sides]
            favours = shared.index(max(shared)) if any(shared) else None
            status = (DisputeStatus.SETTLED, settlement.judgement, favours)
    return status


def _sentence(found: Disagreement, placed: Sequence[_Placed], reports: Reports) -> str:
    """One sentence: what, then each side with its time and sources, and whether one is a copy that changed it."""
    figures = "{}" in found.thing
    told_by = Counter(name for side, _ in placed for name in reporters(side, reports))
    common = {name for name, count in told_by.items() if count > 1}
    copies = _copies([position for _, position in placed], reports)
    parts = []
    for number, (side, position) in enumerate(placed):
        who = sources(side, position.tellings, reports, common)
        days = when(*span(position.tellings))
        days = "" if days in side.holds or found.kind is DisputeKind.DATE else days
        if figures:
            holds = found.thing.format(side.holds) if number == 0 else side.holds
            parts.append(" ".join(filter(None, (holds, days, "by", who))))
        else:
            parts.append(" ".join(filter(None, (side.holds, days, "according to", who))))
        parts[-1] += copies[number]
    sentence = f"{'' if figures else f'{found.thing}: '}{'; '.join(parts)}."
    return sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True, slots=True)
class _Telling:
    """What tells a copy from its original: who is quoted, in which reports of which origins, first on which day."""

    voices: frozenset[str]
    documents: frozenset[str]
    origins: frozenset[str]
    first: tuple[str, int, tuple[str, ...]]


def _told(position: Position, reports: Reports) -> _Telling:
    """Among reports of one day, what more of them have comes first."""
    documents = frozenset(telling.claim.document for telling in position.tellings)
    origins = (reports.origin_of.get(document) for document in documents)
    published = min(reports.published(document) or "9999" for document in documents)
    return _Telling(
        voices=frozenset(telling.voice[1] for telling in position.tellings) - {""},
        documents=documents,
        origins=frozenset(o.id if o else d for d, o in zip(documents, origins, strict=True)),
        first=(published, -len(documents), tuple(sorted(documents))),
    )


def _copies(positions: Sequence[Position], reports: Reports) -> list[str]:
    """For each side, words that it is a copy: it stands only in later reports of another side's reporting."""
    told = [_told(position, reports) for position in positions]
    words = []
    for one in told:
        originals = [
            position.holds
            for position, other in zip(positions, told, strict=True)
            if one.voices == other.voices
            and not one.documents & other.documents
            and one.first > other.first
            and one.origins <= other.origins
        ]
        words.append(f", a copy of the same reporting that changed “{originals[0]}”" if originals else "")
    return words
