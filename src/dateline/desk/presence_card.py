"""One presence with what it rests on: steps with claims for and against, agreements, disputes, witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from dateline.charts.presence import presence_figure
from dateline.desk.desk import Desk
from dateline.desk.statements import Statement, statements
from dateline.desk.stays import Site, Stays, all_stays
from dateline.desk.terms import country_name
from dateline.model import Dispute, Event, Kind, Presence, SitePresence, Step, Witness
from dateline.store import Filters
from dateline.store.around import ids_of_origins
from dateline.store.lookups import among, of_ids
from dateline.store.paging import Paging
from dateline.store.records import decoded
from dateline.store.schema import claims, documents, events

SHOWN = 3
"""How many claims stand under a step, or apart, before the reader asks for all of them."""

OPEN = 6
"""Under how many steps, the newest, claims stand without being asked for."""

STEPS = 40
"""How many steps, the newest, are shown before the reader asks for all of them."""

SITES, SITE_STEPS = 20, 6
"""How many bases and towns, those told of most, are shown, and how many steps of each, the newest."""

MOST = 100
"""How many claims a page shows of what was asked for whole."""

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
class SiteCard:
    """A base or town with its newest steps, newest first, and how many earlier ones there are."""

    site: SitePresence
    steps: tuple[Step, ...]
    earlier: int


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
    sites: tuple[SiteCard, ...]

    @property
    def earlier(self) -> int:
        """How many steps are not shown, the oldest."""
        return len(self.presence.series) - len(self.steps)

    @property
    def more_sites(self) -> int:
        """How many bases and towns are not shown."""
        return len(self.presence.at_sites) - len(self.sites)

    @property
    def gone(self) -> bool:
        """Whether all of them have left."""
        return bool(self.steps) and self.steps[-1].gone


def presence_card(desk: Desk, key: str, *, step: int | None = None, whole: str = "") -> PresenceCard:
    """The page of a presence; LookupError where there is none of this id.

    `step` is the number of a step of which all claims are wanted; `whole` a list of which all are: `steps`,
    `departures`, or a stance of those apart.
    """
    presence = desk.view.derived_record(key)
    if not isinstance(presence, Presence):
        raise LookupError(key)
    lists = ("departures", *APART)
    asked = {name: _newest_first(getattr(presence, name), whole=name == whole) for name in lists}
    last = len(presence.series)
    chosen = [
        _of_step(one, shown=MOST if number == step else SHOWN if number > last - OPEN else 0)
        for number, one in enumerate(presence.series, start=1)
    ]
    lines = _lines(desk, [*_flat(asked.values()), *(claim for pair in chosen for claim in _flat(pair))])
    name = ("beside presence", presence.id)
    beside = desk.kept_derived(name, lambda: _beside(desk, presence, desk.last_derived(name, _Beside)))
    told = {name: _some(claims, lines, len(getattr(presence, name))) for name, claims in asked.items()}
    return PresenceCard(
        presence=presence,
        by=country_name(presence.force_country) or "",
        host=country_name(presence.host) or presence.host,
        figure=beside.figure,
        steps=tuple(
            StepCard(
                number,
                one,
                _some(supports, lines, len(one.supports)),
                _some(against, lines, len(one.contradicts)),
                number == step,
            )
            for number, (one, (supports, against)) in enumerate(zip(presence.series, chosen, strict=True), start=1)
            if number > last - STEPS or whole == "steps" or (step is not None and number >= step)
        ),
        apart={name: told[name] for name in APART if told[name].total},
        departures=told["departures"],
        agreements=beside.agreements,
        disputes=beside.disputes,
        witnesses=tuple(WitnessLine(one, one.origin.startswith("origin-")) for one in presence.witnesses[:_WITNESSES]),
        more_witnesses=max(0, len(presence.witnesses) - _WITNESSES),
        independent=sum(not one.background for one in presence.witnesses),
        locator=_located(all_stays(desk).by_id.get(presence.id)),
        sites=_sites(presence),
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is the same however many claims of a presence are shown."""

    presence: Presence
    figure: str | None
    agreements: tuple[Event, ...]
    disputes: tuple[Dispute, ...]


def _beside(desk: Desk, presence: Presence, before: _Beside | None) -> _Beside:
    """As it is now; the figure `before` is the same while the presence and its disputes are."""
    about = disputes_of(desk, presence)
    same = before is not None and before.presence == presence and before.disputes == about
    figure = before.figure if before is not None and same else _figure(desk, presence, about)
    return _Beside(presence, figure, agreements(desk, presence), about)


def _lines(desk: Desk, ids: Sequence[str]) -> _Lines:
    """Claims as lists show them, each with the id of its report's origin."""
    known = statements(desk, ids)
    origins = ids_of_origins(desk.store, [one.claim.document for one in known.values()])
    return {key: (one, origins.get(one.claim.document)) for key, one in known.items()}


def agreements(desk: Desk, presence: Presence) -> tuple[Event, ...]:
    """Events between the sending state and the host that their terms rest on: agreed, ended, asked for, talked over."""
    if presence.force_country is None:
        return ()
    pair = (presence.force_country, presence.host)
    found: dict[str, tuple[str, str]] = {}
    with desk.store.reading() as connection:
        for one, other in {pair, pair[::-1]}:
            for row in connection.execute(_BY_ONE_WITH_OTHER, {"one": one, "other": other}):
                found[row.id] = (row.day, row.record)
    by_id = sorted(found.items())
    newest = sorted(by_id, key=lambda one: one[1][0], reverse=True)[:_EVENTS]
    return tuple(decoded(Event, record) for _, (_, record) in newest)


def _by_one_with_other() -> Select[Any]:
    """The newest agreements by one state with another: those of either are told from indexes alone."""
    c, others = events.c, events.alias()
    last = func.coalesce(c.last_day, c.first_day, "")
    with_other = select(others.c.id).where(others.c.recipient_country == bindparam("other"))
    with_other = with_other.with_hint(others, "INDEXED BY ix_events_recipient_country_listed", "sqlite")
    query = select(c.id, last.label("day"), c.record).where(
        c.actor_country == bindparam("one"), c.id.in_(with_other), c.kind.in_([str(kind) for kind in AGREEMENTS])
    )
    query = query.with_hint(events, "INDEXED BY ix_events_actor_country_listed", "sqlite")
    return query.order_by(last.desc(), c.id).limit(_EVENTS)


_BY_ONE_WITH_OTHER = _by_one_with_other()


def disputes_of(desk: Desk, presence: Presence) -> tuple[Dispute, ...]:
    """Disputes about a presence, or about an event of its force in its host; open ones first, newest first."""
    wanted = Filters(host=presence.host, actor=presence.force_country)
    found = desk.view.disputes_page(wanted, Paging(limit=MOST)).rows
    mine = [one for one in found if one.about == presence.id or _of_events(one, presence)]
    return tuple(mine[:_DISPUTES])


def _located(stays: Stays | None) -> tuple[Site, ...]:
    """The bases and towns that have a point."""
    return () if stays is None else tuple(site for site in stays.sites if site.lat is not None)[:MOST]


def _sites(presence: Presence) -> tuple[SiteCard, ...]:
    """The bases and towns that most claims tell of, by name."""
    told = sorted(presence.at_sites, key=lambda site: (-sum(len(step.supports) for step in site.steps), site.site))
    return tuple(
        SiteCard(site, site.steps[::-1][:SITE_STEPS], max(0, len(site.steps) - SITE_STEPS))
        for site in sorted(told[:SITES], key=lambda site: site.site)
    )


def _of_events(dispute: Dispute, presence: Presence) -> bool:
    if presence.force_country is None or dispute.about.startswith("presence"):
        return False
    return dispute.force_country == presence.force_country


def _figure(desk: Desk, presence: Presence, about: Sequence[Dispute]) -> str | None:
    if not presence.series:
        return None
    beside = [claim for name in APART for claim in getattr(presence, name)[-MOST:]]
    return presence_figure(presence, about, days=_days(desk, beside))


_DAY_OF = func.coalesce(claims.c.time_latest, claims.c.time_earliest, func.substr(documents.c.published, 1, 10))
_DAYS = among(
    select(claims.c.id, _DAY_OF.label("day")).join(documents, documents.c.id == claims.c.document), claims.c.id
)


def _days(desk: Desk, ids: Sequence[str]) -> dict[str, str]:
    """The day that each claim speaks of, else that of its report."""
    with desk.store.reading() as connection:
        return {row.id: row.day for row in of_ids(connection, _DAYS, ids) if row.day is not None}


def _newest_first(ids: Sequence[str], *, whole: bool) -> list[str]:
    """Claims are named oldest first; the newest tell most of how it stands."""
    return list(reversed(ids))[: MOST if whole else SHOWN]


def _of_step(step: Step, *, shown: int) -> tuple[list[str], list[str]]:
    """The claims that are shown for and against a step."""
    return list(reversed(step.supports))[:shown], list(reversed(step.contradicts))[:shown]


def _flat(lists: Iterable[Sequence[str]]) -> list[str]:
    return [claim for some in lists for claim in some]


def _some(ids: Sequence[str], lines: _Lines, total: int) -> ClaimLines:
    return ClaimLines(tuple(lines[key] for key in ids if key in lines), total)
