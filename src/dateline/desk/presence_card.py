"""One presence with what it rests on: steps with claims for and against, agreements, disputes, witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from dateline.desk.desk import Desk
from dateline.desk.statements import Statement, statements
from dateline.desk.stays import Site, Stays, all_stays
from dateline.desk.terms import country_name
from dateline.export.plot import presence_figure
from dateline.model import Dispute, Event, Kind, Presence, Step, Witness
from dateline.store import Filters
from dateline.store.paging import Paging
from dateline.store.records import decoded
from dateline.store.schema import events

SHOWN = 5
"""How many claims stand under a step before the reader asks for all of them."""

MOST = 200
"""How many claims a page shows of one step that was asked for, and how many stand apart."""

AGREEMENTS = (Kind.AGREEMENT, Kind.TERMINATION, Kind.CONSULTATION, Kind.COOPERATION, Kind.REQUEST)
_EVENTS = 20
_DISPUTES = 30
_WITNESSES = 40
_Lines = Mapping[str, tuple[Statement, str | None]]
APART = ("planned", "conditional", "alleged", "denied")


@dataclass(frozen=True, slots=True)
class ClaimLines:
    """Some claims of a list, each with the id of its report's origin, and how many there are in all."""

    shown: tuple[tuple[Statement, str | None], ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step with its number from 1, the claims for and against it; `whole`: all of them are shown."""

    number: int
    step: Step
    supports: ClaimLines
    contradicts: ClaimLines
    whole: bool

    @property
    def gone(self) -> bool:
        """Whether nobody is there."""
        return self.step.low == 0 and self.step.high == 0


@dataclass(frozen=True, slots=True)
class WitnessLine:
    """One independent telling: who, in how many reports and claims; `linked` where it is an origin of the ledger."""

    witness: Witness
    linked: bool


@dataclass(frozen=True, slots=True)
class PresenceCard:
    """A presence as its page shows it.

    `figure` is its strength over time as SVG of our own making, every word in it escaped; None without a step.
    `apart` are claims that nobody asserts, by stance; `departures` those that it leaves or left; `independent` counts
    the witnesses that are no mere recollection; `locator` are the bases and towns that have a point.
    """

    presence: Presence
    by: str
    host: str
    figure: str | None
    steps: tuple[StepCard, ...]
    apart: Mapping[str, ClaimLines]
    departures: ClaimLines
    agreements: tuple[Event, ...]
    disputes: tuple[Dispute, ...]
    witnesses: tuple[WitnessLine, ...]
    more_witnesses: int
    independent: int
    locator: tuple[Site, ...]

    @property
    def gone(self) -> bool:
        """Whether all of them have left."""
        return bool(self.steps) and self.steps[-1].gone


def presence_card(desk: Desk, key: str, *, step: int | None = None) -> PresenceCard:
    """The page of a presence; `step` is the number of a step of which all claims are wanted. LookupError: no such."""
    presence = desk.view.derived_record(key)
    if not isinstance(presence, Presence):
        raise LookupError(key)
    asked = {name: getattr(presence, name)[:MOST] for name in APART}
    departures = _newest_first(presence.departures)[: SHOWN * 2]
    chosen = [_of_step(one, whole=number == step) for number, one in enumerate(presence.series, start=1)]
    ids = [*_flat(asked.values()), *departures, *(claim for pair in chosen for claim in _flat(pair))]
    known = statements(desk, ids)
    origins = desk.view.origins_of([one.claim.document for one in known.values()])
    lines = {
        key: (one, None if one.claim.document not in origins else origins[one.claim.document].id)
        for key, one in known.items()
    }
    about = disputes_of(desk, presence)
    return PresenceCard(
        presence=presence,
        by=country_name(presence.force_country) or "",
        host=country_name(presence.host) or presence.host,
        figure=_figure(presence, about, lines),
        steps=tuple(
            StepCard(
                number,
                one,
                _some(supports, lines, len(one.supports)),
                _some(against, lines, len(one.contradicts)),
                number == step,
            )
            for number, (one, (supports, against)) in enumerate(zip(presence.series, chosen, strict=True), start=1)
        ),
        apart={name: _some(claims, lines, len(getattr(presence, name))) for name, claims in asked.items() if claims},
        departures=_some(departures, lines, len(presence.departures)),
        agreements=agreements(desk, presence),
        disputes=about,
        witnesses=tuple(WitnessLine(one, one.origin.startswith("origin-")) for one in presence.witnesses[:_WITNESSES]),
        more_witnesses=max(0, len(presence.witnesses) - _WITNESSES),
        independent=sum(not one.background for one in presence.witnesses),
        locator=_located(all_stays(desk).by_id.get(presence.id)),
    )


def agreements(desk: Desk, presence: Presence) -> tuple[Event, ...]:
    """Events between the sending state and the host that their terms rest on: agreed, ended, asked for, talked over."""
    if presence.force_country is None:
        return ()
    c = events.c
    pair = (presence.force_country, presence.host)
    either = or_(*(and_(c.actor_country == one, c.recipient_country == other) for one, other in (pair, pair[::-1])))
    wanted: list[ColumnElement[Any]] = [c.kind.in_([str(kind) for kind in AGREEMENTS]), either]
    last = func.coalesce(c.last_day, c.first_day, "")
    query = select(c.record).where(*wanted).order_by(last.desc(), c.id).limit(_EVENTS)
    with desk.store.reading() as connection:
        return tuple(decoded(Event, row.record) for row in connection.execute(query))


def disputes_of(desk: Desk, presence: Presence) -> tuple[Dispute, ...]:
    """Disputes about a presence, or about an event of its force in its host; open ones first, newest first."""
    wanted = Filters(host=presence.host, actor=presence.force_country)
    found = desk.view.disputes_page(wanted, Paging(limit=MOST)).rows
    mine = [one for one in found if one.about == presence.id or _of_events(one, presence)]
    return tuple(mine[:_DISPUTES])


def _located(stays: Stays | None) -> tuple[Site, ...]:
    """The bases and towns that have a point."""
    return () if stays is None else tuple(site for site in stays.sites if site.lat is not None)


def _of_events(dispute: Dispute, presence: Presence) -> bool:
    if presence.force_country is None or dispute.about.startswith("presence"):
        return False
    return dispute.force_country == presence.force_country


def _figure(presence: Presence, about: Sequence[Dispute], lines: _Lines) -> str | None:
    if not presence.series:
        return None
    days = {key: one.day for key, (one, _) in lines.items() if one.day is not None}
    return presence_figure(presence, about, days=days)


def _newest_first(ids: Sequence[str]) -> list[str]:
    """Claims are named oldest first; the newest tell most of how it stands."""
    return list(reversed(ids))


def _of_step(step: Step, *, whole: bool) -> tuple[list[str], list[str]]:
    """The claims that are shown for and against a step."""
    most = MOST if whole else SHOWN
    return _newest_first(step.supports)[:most], _newest_first(step.contradicts)[:most]


def _flat(lists: Iterable[Sequence[str]]) -> list[str]:
    return [claim for some in lists for claim in some]


def _some(ids: Sequence[str], lines: _Lines, total: int) -> ClaimLines:
    return ClaimLines(tuple(lines[key] for key in ids if key in lines), total)
