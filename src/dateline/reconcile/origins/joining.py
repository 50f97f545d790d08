"""Groups that grow by links: by shared text at once, by other signs only as far as they agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from dateline.model import OriginLink, OriginSign

CONTAINED: Final = 0.6
"""A text of which so much stands in another is within it."""

WITHIN: Final = 0.66
"""A text of which so much stands in another may be a cut of it."""

HALF: Final = 0.5
"""A text of which less stands in another that it contains is more than a carrier of it."""

AGREEING: Final = 2
"""Links without much shared text that must agree before they join two groups of several reports each."""

Links = Sequence[OriginLink]
Pair = tuple[str, str]


class Groups:
    """Reports joined so far; a group is named by its smallest id."""

    def __init__(self, members: Iterable[str]) -> None:
        self._above = {member: member for member in members}

    def of(self, member: str) -> str:
        """The group of a report."""
        while self._above[member] != member:
            self._above[member] = self._above[self._above[member]]
            member = self._above[member]
        return member

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first

    def members(self) -> dict[str, list[str]]:
        """Each group with its reports, both in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._above):
            found[self.of(member)].append(member)
        return dict(found)

    def divide(self, members: Collection[str], leaving: frozenset[str], links: Links) -> None:
        """Take apart one group: those `leaving` with what hangs on them alone, and the rest."""
        gone = sorted(leaving & set(members))
        for member in members:
            self._above[member] = member
        for side in ({m for m in members if m not in leaving}, set(gone)):
            for link in links:
                if link.earlier in side and link.later in side:
                    self.join(link.earlier, link.later)
        for member in gone[1:]:
            self.join(gone[0], member)


def grouped(members: Iterable[str], links: Links) -> Groups:
    """The groups that links make: by text or judgement first, then by other signs, the strongest first.

    One loose link joins a single report to a group. Two groups of several reports need `AGREEING` loose links,
    unless one newsroom is credited in both: a chain of weak likenesses must not run through a whole event.
    """
    groups = Groups(members)
    for link in links:
        if firm(link):
            groups.join(link.earlier, link.later)
    loose = [link for link in links if not firm(link)]
    loose.sort(key=lambda link: (not _credited(link), -strength(link), link.earlier, link.later))
    sizes = Counter({group: len(found) for group, found in groups.members().items()})
    between: dict[str, Counter[str]] = defaultdict(Counter)
    for link in loose:
        one, other = groups.of(link.earlier), groups.of(link.later)
        between[one][other] += 1
        between[other][one] += 1
    waiting = loose
    while waiting:
        left = [link for link in waiting if not _joined(link, groups, sizes, between)]
        if len(left) == len(waiting):
            break
        waiting = left
    return groups


def _joined(link: OriginLink, groups: Groups, sizes: Counter[str], between: dict[str, Counter[str]]) -> bool:
    """Whether a loose link is done with: its two are of one group, already or now."""
    one, other = groups.of(link.earlier), groups.of(link.later)
    if one == other:
        return True
    several = min(sizes[one], sizes[other]) > 1
    if several and not _credited(link) and between[one][other] < AGREEING:
        return False
    groups.join(one, other)
    first, second = sorted((one, other))
    sizes[first] += sizes.pop(second)
    for third, count in between.pop(second, Counter[str]()).items():
        between[third].pop(second, None)
        if third != first:
            between[first][third] += count
            between[third][first] += count
    return True


def one_way(link: OriginLink) -> bool:
    """Whether one report is within the other, which has as much again of its own: a cut, or a part of a round-up."""
    shares = (link.share, link.taken)
    return None not in shares and min(share or 0.0 for share in shares) < HALF and strength(link) >= WITHIN


def firm(link: OriginLink) -> bool:
    """Whether shared text, or an analyst, holds the two together."""
    return strength(link) >= CONTAINED or OriginSign.JUDGED in link.signs


def strength(link: OriginLink) -> float:
    """The larger of the two shares."""
    return max(link.share or 0.0, link.taken or 0.0)


def _credited(link: OriginLink) -> bool:
    return OriginSign.AGENCY_CREDIT in link.signs
