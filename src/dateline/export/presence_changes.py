"""The days on which a presence began, changed or ended, as occurrences: never one a day.

A change that an event of the selection tells (an arrival, a withdrawal, an expulsion within a week of it) is left out:
the event is its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from dateline.export.listing import Record
from dateline.export.occurrences import Amount, Occurrence, Party, Spot, batches, told_by
from dateline.export.selection import Selection
from dateline.lexicon.countries import by_code
from dateline.model import Kind, Precision, Sector, Stage, Unit, content_id

BATCH: Final = 50
"""Presences whose claims are held at once."""

NEAR_DAYS: Final = 7
"""Days around a change within which an act that is told of the force is that change."""

_ACTS: Final = frozenset(
    {Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL, Kind.EXPULSION, Kind.TERMINATION, Kind.MOBILIZATION}
)


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which a series turns: `what` is "start", "change" or "end", `step` the step that begins or ends then."""

    what: str
    day: str
    precise: bool
    asserted: bool
    step: Record
    site: Record | None = None


def from_presences(selection: Selection) -> Iterator[Occurrence]:
    """The changes of every presence of the selection that no event tells."""
    for some in batches(selection.presences(), BATCH):
        turns = [(presence, change) for presence in some for change in changes(presence)]
        wanted = chain.from_iterable((*change.step["supports"], *p["departures"]) for p, change in turns)
        claims = selection.claims_of(list(dict.fromkeys(wanted)))
        recorded = selection.last_read([claim["document"]["id"] for claim in claims.values()])
        for presence, change in turns:
            if not _is_told(presence, change, claims):
                yield _occurrence(presence, change, claims, recorded)


def changes(presence: Record) -> list[Change]:
    """The turns of the country's series, and those of a site on other days than these.

    A turn of the country on a day on which exactly one site turns the same way is put at that site.
    """
    own = list(_turns(presence["series"], None))
    days = {change.day for change in own}
    at_sites = [list(_turns(site["steps"], site)) for site in presence["at_sites"]]
    by_turn: dict[tuple[str, str], list[Record]] = {}
    for change in chain.from_iterable(at_sites):
        by_turn.setdefault((change.day, change.what), []).append(change.site or {})
    placed = [_placed(change, by_turn.get((change.day, change.what), [])) for change in own]
    return placed + [change for change in chain.from_iterable(at_sites) if change.day not in days]


def _placed(change: Change, sites: Sequence[Record]) -> Change:
    if len(sites) != 1:
        return change
    return Change(change.what, change.day, change.precise, change.asserted, change.step, sites[0])


def _turns(series: Sequence[Record], site: Record | None) -> Iterator[Change]:
    """The turns of one series; a beginning that no claim dates is none."""
    for at, step in enumerate(series):
        gone = (step["low"], step["high"]) == (0, 0)
        if step["start"] is not None:
            what = "end" if gone else "start" if at == 0 else "change"
            yield Change(what, step["start"], step["start_precise"], step["start_asserted"], step, site)
    last = series[-1] if series else None
    if last is not None and last["end"] is not None and (last["low"], last["high"]) != (0, 0):
        yield Change("end", last["end"], last["end_precise"], last["end_asserted"], last, site)


def _is_told(presence: Record, change: Change, claims: Mapping[str, Record]) -> bool:
    """Whether one of the claims behind a change tells it as an act of its own, dated about that day."""
    day = date.fromisoformat(change.day).toordinal()
    for key in (*change.step["supports"], *presence["departures"]):
        claim = claims.get(key)
        if claim is None or claim["kind"] not in _ACTS or claim["stance"] != "asserted" or claim["time"] is None:
            continue
        first, last = claim["time"]["earliest"], claim["time"]["latest"]
        low = date.fromisoformat(first or last).toordinal()
        high = date.fromisoformat(last or first).toordinal()
        if low - NEAR_DAYS <= day <= high + NEAR_DAYS:
            return True
    return False


def _occurrence(
    presence: Record, change: Change, claims: Mapping[str, Record], recorded: Mapping[str, str]
) -> Occurrence:
    step, site = change.step, change.site
    held = [claims[key] for key in step["supports"] if key in claims]
    ended = change.what == "end"
    name = None if site is None else site["site"]
    host = by_code(presence["host"])
    amount = Amount(None, step["low"], step["high"], Unit.PERSONNEL)
    return Occurrence(
        id=content_id("change", presence["id"], change.what, change.day, name),
        record="presence change",
        kind=Kind.WITHDRAWAL if ended else Kind.DEPLOYMENT,
        stage=Stage.DONE,
        stances=("asserted",),
        actor=Party(presence["force"], presence["force_country"], Sector(presence["sector"])),
        recipient=None if host is None else Party(f"{host.name}, government", host.code, Sector.GOV),
        spot=_spot(presence["host"], site),
        first=change.day,
        last=change.day,
        told=told_by(held, recorded, step["origins"]),
        claims=tuple(step["supports"]),
        amount=None if ended or (step["low"] is None and step["high"] is None) else amount,
        change=change.what,
        asserted=change.asserted,
        precise=change.precise,
        reason=step["reason"],
    )


def _spot(host: str, site: Record | None) -> Spot:
    """The site with its point, else the host without one."""
    if site is None:
        return host_spot(host)
    return Spot(site["site"], host_spot(host).country, Precision.SITE, site["lat"], site["lon"])


def host_spot(host: str) -> Spot:
    """The host of a presence as a place without a point; a region ("Sahel") keeps its name."""
    if by_code(host) is None:
        return Spot(host, None, Precision.REGION)
    return Spot(None, host, Precision.COUNTRY)
