"""Presences as they were on a day, and their steps as rows of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dateline.model import Presence, Standing, Step, as_record


@dataclass(frozen=True, slots=True)
class PresenceStep:
    """One step of a force in a host country, or at one `site` of it."""

    presence: str
    force: str
    force_country: str | None
    host: str
    site: str | None
    step: Step

    def record(self) -> dict[str, Any]:
        """The step as a plain dict, its presence beside it."""
        names = ("presence", "force", "force_country", "host", "site")
        return {name: getattr(self, name) for name in names} | as_record(self.step)


class Interval(Protocol):
    """ISO days, both inclusive; None is an open end."""

    @property
    def start(self) -> str | None:
        """The first day."""

    @property
    def end(self) -> str | None:
        """The last day."""


def covers(step: Interval, day: str) -> bool:
    """Whether a step holds on a day; one without a known beginning reaches back, an open one on."""
    return (step.start is None or step.start <= day) and (step.end is None or day <= step.end)


def true_on(presence: Presence, day: str) -> Presence | None:
    """The presence as its series has it on a day (valid time), None where the force was not there then.

    Its supports are those of the step that holds on the day.
    """
    step = next((step for step in presence.series if covers(step, day)), None)
    if step is None or (step.low, step.high) == (0, 0):
        return None
    there = replace(presence, status=Standing.PRESENT, scope=None, strength_from=None, supports=step.supports)
    return replace(there, low=step.low, high=step.high, as_of=step.as_of)


def steps_of(presence: Presence, day: str | None = None) -> Iterator[PresenceStep]:
    """The steps of a presence, of the country first, then of each site; with `day` only those that hold on it."""
    series = ((None, presence.series), *((site.site, site.steps) for site in presence.at_sites))
    for site, steps in series:
        for step in steps:
            if day is None or covers(step, day):
                yield PresenceStep(presence.id, presence.force, presence.force_country, presence.host, site, step)
