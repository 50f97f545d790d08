"""What a check found, in words: what was looked at, what is wrong, and what should be known besides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

MOST = 20
"""Lines of one matter that are told; the rest is counted."""


@dataclass(slots=True)
class Findings:
    """The outcome of a check. `sound` are things found to be right, `wrong` those that are not, `notes` the rest."""

    sound: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _wrong: dict[str, list[str]] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def differs(self, matter: str, told: str) -> None:
        """One thing that is wrong; of each `matter` ("the files", "claims") only the first are told."""
        self._counts[matter] += 1
        if self._counts[matter] <= MOST:
            self._wrong.setdefault(matter, []).append(told)

    @property
    def wrong(self) -> list[str]:
        """What is wrong, matter by matter."""
        told = []
        for matter, lines in self._wrong.items():
            told += lines
            rest = self._counts[matter] - len(lines)
            told += [f"and {rest:,} more of {matter}"] if rest else []
        return told

    def count(self, matter: str) -> int:
        """How many things of a matter are wrong."""
        return self._counts[matter]
