"""The days on which a presence began, changed or ended, as occurrences: never one a day.

A change that an event of the selection tells (an arrival, a withdrawal, an expulsion within a week of it) is left out:
the event is its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final

from dateline.export.listing import Record
from dateline.export.occurrences import Amount, Occurrence, Party, Spot, batches, told_by
from dateline.export.selection import Selection
from dateline.lexicon.countries import by_code
from dateline.model import Kind, Precision, Sector, Stage, Unit, content_id

BATCH: Final = 500
"""Claims that are held at once, but for one turn that rests on more."""

NEAR_DAYS: Final = 7
"""Days around a change within which an act that is told of the force is that change."""

Days = tuple[int, int]
"""The first and last day of an act, as ordinals."""

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
    turns = ((presence, change) for presence in selection.presences() for change in changes(presence))
    left: tuple[str, Sequence[Days]] = ("", ())
    for some in _portions(turns):
        claims = selection.claims_of(list(dict.fromkeys(chain.from_iterable(c.step["supports"] for _, c in some))))
        recorded = selection.last_read([claim["document"]["id"] for claim in claims.values()])
        for presence, change in some:
            if left[0] != presence["id"]:
                left = (presence["id"], _departures(selection, presence))
            held = [claims[key] for key in change.step["supports"] if key in claims]
            if not _is_told(change, chain(_acts(held), left[1])):
                yield _occurrence(presence, change, held, recorded)


def _portions(turns: Iterable[tuple[Record, Change]]) -> Iterator[list[tuple[Record, Change]]]:
    """Turns in their order, as many at once as rest on some `BATCH` claims: a long presence is not held whole."""
    portion: list[tuple[Record, Change]] = []
    claims = 0
    for presence, change in turns:
        portion.append((presence, change))
        claims += len(change.step["supports"])
        if claims >= BATCH:
            yield portion
            portion, claims = [], 0
    if portion:
        yield portion


def _departures(selection: Selection, presence: Record) -> list[Days]:
    """The days of the departures that are told of a presence."""
    found: list[Days] = []
    for some in batches(iter(presence["departures"]), BATCH):
        found += _acts(selection.claims_of(some).values())
    return found


def _acts(claims: Iterable[Record]) -> Iterator[Days]:
    """The days of claims that tell an act of their own."""
    for claim in claims:
        if claim["kind"] in _ACTS and claim["stance"] == "asserted" and claim["time"] is not None:
            first, last = claim["time"]["earliest"], claim["time"]["latest"]
            yield date.fromisoformat(first or last).toordinal(), date.fromisoformat(last or first).toordinal()


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


def _is_told(change: Change, acts: Iterable[Days]) -> bool:
    """Whether one of the acts behind a change, dated about that day, tells it."""
    day = date.fromisoformat(change.day).toordinal()
    return any(low - NEAR_DAYS <= day <= high + NEAR_DAYS for low, high in acts)


def _occurrence(presence: Record, change: Change, held: Sequence[Record], recorded: Mapping[str, str]) -> Occurrence:
    step, site = change.step, change.site
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
