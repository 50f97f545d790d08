"""What is disputed: each dispute with its sides, the strongest first, each with its own claims and origins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.brief.making import Making, optional, told_by, words
from dateline.brief.model import Group, Sentence
from dateline.brief.values import Amount, Count, Days, Host, Part, Party, Term, Words, part
from dateline.model import Claim, Dispute, DisputeKind, DisputeStatus, Event, Presence, Side

HELD = ("there", "not there", "so", "not so", "all gone", "some still there", "all", "only a part")
"""What sides hold in closed words (`dateline.reconcile.disputes`)."""

_ENDS = (" there", " left")


def disputes(making: Making) -> tuple[Group, ...]:
    """Every dispute of the days asked for: a sentence on what it is about, then its sides."""
    return tuple(_dispute(making, dispute) for dispute in making.material.disputes)


def _dispute(making: Making, dispute: Dispute) -> Group:
    lead = making.sentence([*_about(making, dispute), *_status(dispute)], dispute.claims, (), dispute=dispute.id)
    sides = [_side(making, dispute, number, side) for number, side in enumerate(dispute.sides, start=1)]
    return Group(None, lead, tuple(sides))


def _about(making: Making, dispute: Dispute) -> Iterator[Part]:
    kind = Term("disputes", str(dispute.kind))
    about = making.material.about(dispute)
    if isinstance(about, Presence):
        yield part("disputed_presence", kind=kind, force=Party(about.force), host=Host(about.host))
    elif isinstance(about, Event):
        yield part("disputed_act", kind=kind, act=Term("kinds", str(about.kind)))
        yield from optional("by", party=None if about.actor is None else Party(about.actor))
        yield from optional("towards", party=None if about.recipient is None else Party(about.recipient))
        yield from optional("country", host=None if about.country is None else Host(about.country))
    else:
        yield part("disputed", kind=kind, topic=Words(dispute.topic))
    if dispute.first_day is not None or dispute.last_day is not None:
        yield part("disputed_days", days=Days(dispute.first_day, dispute.last_day))


def _status(dispute: Dispute) -> Iterator[Part]:
    if dispute.status is not DisputeStatus.SETTLED:
        yield part("open")
    elif dispute.favours is None:
        yield part("settled")
    else:
        yield part("settled_for", side=Count(dispute.favours + 1, "side"))


def _side(making: Making, dispute: Dispute, number: int, side: Side) -> Sentence:
    claims = list(making.material.claims(side.claims).values())
    independent = sum(not witness.background for witness in side.witnesses)
    parts = [
        part("side", side=Count(number, "side")),
        held(dispute.kind, side.holds, claims),
        *optional("side_days", days=_days(claims) if dispute.kind is not DisputeKind.DATE else None),
        told_by(independent, len(side.claims)),
        *optional("said_by", voices=words(", ".join(_names(side)))),
    ]
    return making.sentence(parts, side.claims, side.witnesses, dispute=dispute.id, side=number)


def held(kind: DisputeKind, holds: str, claims: Sequence[Claim]) -> Part:
    """What a side holds: a figure, days, or a closed word; else the ledger's own words.

    Figures and days are those of its claims, as `reconcile.disputes.phrases` puts them together.
    """
    if holds in HELD:
        return part("holds", held=Term("held", holds))
    end = next((end for end in _ENDS if holds.endswith(end)), "")
    if kind in (DisputeKind.NUMBER, DisputeKind.COMPLETION) and (figure := _figure(claims)) is not None:
        if end:
            return part("holds_of", amount=figure, held=Term("held", end.strip()))
        if kind is DisputeKind.NUMBER:
            return part("holds_figure", amount=figure)
    days = _days(claims)
    if days is not None and kind is DisputeKind.DATE:
        return part("holds_days", days=days)
    if days is not None and holds.startswith("all gone "):
        return part("holds_when", held=Term("held", "all gone"), days=days)
    return part("holds_words", held=Words(holds))


def _figure(claims: Sequence[Claim]) -> Amount | None:
    """The lowest and highest figure of a side; a bound is open where every claim leaves it open."""
    given = [claim.quantity for claim in claims if claim.quantity is not None]
    values = [value for one in given for value in (one.low, one.high) if value is not None]
    if not values:
        return None
    low, high = min(values), max(values)
    spoken = next((one.text for one in given if one.text), None)
    if low == high and all(one.high is None for one in given):
        return Amount(low, None, str(given[0].unit), spoken)
    if low == high and all(one.low is None for one in given):
        return Amount(None, high, str(given[0].unit), spoken)
    return Amount(low, high, str(given[0].unit), spoken)


def _days(claims: Sequence[Claim]) -> Days | None:
    """From the first to the last day that a side speaks of."""
    times = [claim.time for claim in claims if claim.time is not None]
    firsts = [day for time in times if (day := time.earliest or time.latest) is not None]
    lasts = [day for time in times if (day := time.latest or time.earliest) is not None]
    return Days(min(firsts), max(lasts)) if firsts and lasts else None


def _names(side: Side) -> list[str]:
    """Who tells a side, six names at most."""
    return list(dict.fromkeys(witness.name for witness in side.witnesses if witness.name))[:6]
