"""Who is where on the day of a brief, each force by the step of its presence that holds then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.brief.making import (
    Making,
    beginning,
    days_between,
    force,
    holds_on,
    is_gone,
    optional,
    strength,
    told_of,
)
from dateline.brief.model import Sentence, Stay
from dateline.brief.values import Count, Days, Host, Part, Term, Words, part
from dateline.model import Presence, SitePresence, Standing, Step

STALE = (31, 365)
"""Days after the last report from which it is ageing, and from which it is old, as in `policies.stale`."""

SURE = 2
"""Independent origins from which on a strength is told as known, not as claimed."""

SITES = 8
"""Bases and towns of a force that are told, those with most claims."""


@dataclass(frozen=True, slots=True)
class Standings:
    """What holds on the day: told by two independent origins or more, by one alone, and what is old of it."""

    sure: tuple[Sentence, ...]
    single: tuple[Sentence, ...]
    stale: tuple[Sentence, ...]
    stays: tuple[Stay, ...]


def standings(making: Making) -> Standings:
    """Every presence on the day of the brief, and those of its bases and towns that are told most."""
    sure: list[Sentence] = []
    single: list[Sentence] = []
    stale: list[Sentence] = []
    stays: list[Stay] = []
    for presence in making.material.presences:
        found = holds_on(presence.series, making.day)
        if found is None:
            continue
        number, step = found
        told = _told(making, presence, number, step)
        (sure if step.origins >= SURE else single).append(told)
        if is_gone(step):
            continue
        stays.append(_stay(presence, step))
        stale += _stale(making, presence, number, step)
        if making.material.asked.redaction.blur is None:
            for site, at, one in _sites(making, presence):
                sentence = _at_site(making, presence, site, at, one)
                (sure if one.origins >= SURE else single).append(sentence)
                if site.lat is not None:
                    stays.append(_stay(presence, one, site))
    return Standings(tuple(sure), tuple(single), tuple(stale), tuple(stays))


def _stay(presence: Presence, step: Step, site: SitePresence | None = None) -> Stay:
    there = Stay(presence.id, presence.force, presence.host, None, None, None, step.low, step.high)
    return there if site is None else replace(there, site=site.site, lat=site.lat, lon=site.lon)


def _told(making: Making, presence: Presence, number: int, step: Step) -> Sentence:
    """A force in a host; how it stands is told only where the step is the newest of its series."""
    key = "gone" if is_gone(step) else "there"
    lead = part(key, force=force(presence), host=Host(presence.host), strength=strength(step))
    last = number == len(presence.series)
    standing = presence.status if last and presence.status in (Standing.LEAVING, Standing.EXPELLED) else None
    counted, witnesses = told_of(making, step)
    parts = [
        lead,
        *_times(step),
        *optional("standing", standing=None if standing is None else Term("standings", str(standing))),
        *optional("here_for", deployment=_here_for(presence, step)),
        *counted,
        *_against(step),
    ]
    return making.sentence(parts, step.supports, witnesses, presence=presence.id, step=number)


def _here_for(presence: Presence, step: Step) -> Term | None:
    if presence.deployment is None or is_gone(step):
        return None
    return Term("deployments", str(presence.deployment))


def _times(step: Step) -> Iterator[Part]:
    """Since when, by how new a report, and whether the figure is an older one."""
    yield part("since", day=beginning(step))
    if step.as_of is not None and step.as_of != step.start:
        yield part("newest", day=Days(step.as_of, step.as_of))
    if step.carried:
        yield part("carried")


def _against(step: Step) -> tuple[Part, ...]:
    if not step.contradicts:
        return ()
    return (part("against", claims=Count(len(step.contradicts), "claim")),)


def _sites(making: Making, presence: Presence) -> list[tuple[SitePresence, int, Step]]:
    """The bases and towns where the force is on the day, those with most claims first."""
    found = []
    for site in presence.at_sites:
        held = holds_on(site.steps, making.day)
        if held is not None and not is_gone(held[1]):
            found.append((site, *held))
    return sorted(found, key=lambda one: (-len(one[2].supports), one[0].site))[:SITES]


def _at_site(making: Making, presence: Presence, site: SitePresence, number: int, step: Step) -> Sentence:
    counted, witnesses = told_of(making, step)
    parts = [
        part(
            "at_site", force=force(presence), site=Words(site.site), host=Host(presence.host), strength=strength(step)
        ),
        *_times(step),
        *counted,
        *_against(step),
    ]
    return making.sentence(parts, step.supports, witnesses, presence=presence.id, step=number, site=site.site)


def _stale(making: Making, presence: Presence, number: int, step: Step) -> Iterator[Sentence]:
    """That nothing newer was reported for a month or more."""
    if step.as_of is None:
        return
    age = days_between(step.as_of, making.day)
    if age <= STALE[0]:
        return
    parts = [
        part("stale", force=force(presence), host=Host(presence.host), age=Count(age, "day")),
        part("last_report", day=Days(step.as_of, step.as_of)),
        part("age", age=Term("ages", "old" if age > STALE[1] else "ageing")),
    ]
    yield making.sentence(parts, step.supports, presence=presence.id, step=number)
