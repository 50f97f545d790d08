"""What the sections of a brief share: sentences with the claims, origins and rows that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateline.brief.material import WEIGHED, Material
from dateline.brief.model import Group, Sentence
from dateline.brief.references import References
from dateline.brief.values import Amount, Beginning, Count, Part, Party, Value, Words, part
from dateline.model import Presence, Step, Witness

CITED = 12
"""Claims that a sentence cites at most: one of each origin first, then the newest."""


@dataclass(slots=True)
class Making:
    """A brief in the making: its material, its references, and the claims cited so far with their reference."""

    material: Material
    references: References
    cited: dict[str, int | None] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """The day for which what is known is told."""
        return self.material.day

    @property
    def since(self) -> str | None:
        """The first day of which changes are told."""
        return self.material.asked.since

    def sentence(
        self, parts: Iterable[Part], claims: Sequence[str], witnesses: Sequence[Witness] | None = None, **about: Any
    ) -> Sentence:
        """A sentence that rests on claims; `about` are the rows it tells of (`presence`, `step`, ...).

        `witnesses` are those of the row; without them they are counted anew from the claims.
        """
        told = self.material.witnesses(claims) if witnesses is None else witnesses
        chosen = _chosen(claims, told)
        numbers = self.references.of(told)
        known = self.material.claims(chosen)
        of_claims = self.references.of_claims(told)
        for key in known:
            if self.cited.get(key) is None:
                self.cited[key] = of_claims.get(key)
        return Sentence(tuple(parts), tuple(known), len(claims), numbers, **about)


def _chosen(claims: Sequence[str], witnesses: Iterable[Witness]) -> list[str]:
    """Claims to cite: the first of each origin, then the newest."""
    first = [witness.claims[0] for witness in witnesses if witness.claims]
    return list(dict.fromkeys([*(one for one in first if one in set(claims)), *reversed(claims)]))[:CITED]


def told_by(origins: int, claims: int) -> Part:
    """On how many independent origins and claims a sentence rests."""
    return part("told_by", origins=Count(origins, "origin"), claims=Count(claims, "claim"))


def told_of(making: Making, step: Step) -> tuple[tuple[Part, ...], tuple[Witness, ...]]:
    """On how many independent origins a step rests, and on how many its figure does where that is another number.

    A step of very many claims is told by the origins of its figure alone, which reconciliation counted.
    """
    told = making.material.witnesses(step.supports)
    counted = sum(not one.background for one in told)
    if len(step.supports) > WEIGHED:
        return (told_by(step.origins, len(step.supports)),), told
    parts = (told_by(counted, len(step.supports)),)
    figured = (step.low is not None or step.high is not None) and counted != step.origins
    return (*parts, part("figure_by", origins=Count(step.origins, "origin"))) if figured else parts, told


def strength(step: Step) -> Amount:
    """The bounds of a step."""
    return Amount(step.low, step.high)


def is_gone(step: Step) -> bool:
    """Whether nobody is there."""
    return step.low == 0 and step.high == 0


def holds_on(steps: Sequence[Step], day: str) -> tuple[int, Step] | None:
    """The step that holds on a day with its number from 1, None where none is told."""
    for number, step in enumerate(steps, start=1):
        begun = step.start or (step.as_of if is_gone(step) else None)
        if (begun is None or begun <= day) and (step.end is None or day <= step.end):
            return number, step
    return None


def beginning(step: Step) -> Beginning:
    """When a step began and how well that is known."""
    return Beginning(step.start, step.start_precise, step.start_asserted)


def force(presence: Presence) -> Party:
    """The force of a presence."""
    return Party(presence.force)


def within(day: str | None, since: str | None, until: str) -> bool:
    """Whether a day lies in a span; one that is not known does only where the span has no beginning."""
    if day is None:
        return since is None
    return (since is None or since <= day[:10]) and day[:10] <= until


def days_between(earlier: str, later: str) -> int:
    """Days from one ISO day to another, below 0 where it is the other way round."""
    return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])).days


def grouped(*groups: tuple[str | None, Sequence[Sentence]]) -> tuple[Group, ...]:
    """Groups of sentences under the keys of their headings; those without a sentence are left out."""
    return tuple(Group(key, None, tuple(sentences)) for key, sentences in groups if sentences)


def optional(key: str, **values: Value | None) -> tuple[Part, ...]:
    """A piece of a sentence, none where one of its values is not known."""
    known = {name: value for name, value in values.items() if value is not None}
    return (Part(key, known),) if len(known) == len(values) else ()


def words(text: str | None) -> Words | None:
    """Words that stay as they are; None where there are none."""
    return Words(text) if text else None
