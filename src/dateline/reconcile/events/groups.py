"""A group of tellings taken for one act so far, and how well another telling fits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.model import Kind, Quantity, Stance, Unit
from dateline.reconcile.events.blocks import LOCAL, MOVES, MUTUAL
from dateline.reconcile.events.places import NOWHERE, Nearness, Where, nearness
from dateline.reconcile.events.sides import Side
from dateline.reconcile.events.tellings import Phase, Telling
from dateline.reconcile.events.windows import NEWS, Mode

Mark = tuple[int, int]
"""The number of a verdict that keeps claims apart, and the side of it."""

ONCE = frozenset({Kind.EXPULSION, Kind.TERMINATION, Kind.AGREEMENT, Kind.CONSULTATION, Kind.COUP})
"""Acts that the same parties rarely repeat within days: a date that is a little off is a slip, not a second act."""

SPOKEN = frozenset({
    Kind.SUPPORT, Kind.CONCESSION, Kind.REQUEST, Kind.ACCUSATION, Kind.REJECTION, Kind.THREAT, Kind.SANCTION,
})  # fmt: skip
"""Acts done by speaking: known by their day and speaker."""

_KEPT = 6
"""Places and amounts of a group that a telling is compared with; the first ones are the exact ones."""


@dataclass(slots=True, eq=False)
class Group:
    """Tellings of one act. `core` is the window that all of them share, `anchored` whether words date it."""

    family: Kind
    mode: Mode
    members: list[Telling] = field(default_factory=list)
    core: tuple[int, int] | None = None
    target: tuple[int, int] | None = None
    anchored: bool = False
    total: bool = False
    places: list[Where] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    windows: set[tuple[int, int]] = field(default_factory=set)
    names: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)
    parts: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    speakers: set[str] = field(default_factory=set)
    sides: tuple[Side | None, Side | None] = (None, None)
    host: str | None = None
    documents: set[str] = field(default_factory=set)
    said: tuple[int, int] | None = None
    phase: Phase | None = None
    marks: set[Mark] = field(default_factory=set)
    listed: set[tuple[str, int]] = field(default_factory=set)

    def take(self, telling: Telling, marks: Iterable[Mark] = ()) -> None:
        """Add a telling and narrow what the group is known by."""
        self.members.append(telling)
        self.documents.add(telling.document)
        self.marks.update(marks)
        self.total = self.total or (telling.total and len(self.members) == 1)
        self.host = self.host or telling.host
        self.phase = self.phase or telling.phase
        self.core = _narrowed(self.core, None if telling.seen else telling.near)
        self.target = _narrowed(self.target, telling.target)
        self.anchored = self.anchored or telling.tight
        self.speakers |= telling.speakers
        if (
            telling.stated is not None
            and telling.near == telling.stated
            and telling.stated[1] - telling.stated[0] <= NEWS
        ):
            self.windows.add(telling.stated)
        if telling.said is not None and (telling.fresh or self.said is None):
            low, high = self.said or (telling.said, telling.said)
            self.said = (min(low, telling.said), max(high, telling.said))
        if telling.where.exact and telling.where not in self.places:
            self.places.append(telling.where)
        if telling.amount is not None and telling.amount not in self.amounts:
            self.amounts.append(telling.amount)
        self._name(telling)

    def _name(self, telling: Telling) -> None:
        mine, theirs = self.sides, telling.sides
        self.sides = (mine[0] or theirs[0], mine[1] or theirs[1])
        for number, party in enumerate(theirs):
            if party is not None:
                at = (number, party.key) if telling.family not in MUTUAL else (0, party.key)
                self.names[at] = self.names.get(at, frozenset()) | party.names
                self.parts.setdefault(at, set()).add(party.part)

    @property
    def day(self) -> int | None:
        """The last day on which the act can have been, by what its tellings share."""
        return None if self.core is None else self.core[1]

    @property
    def fresh(self) -> bool:
        """Whether some report tells it as news."""
        return any(member.fresh for member in self.members)

    @property
    def contested(self) -> bool:
        """Whether nobody asserts it."""
        return all(member.claim.stance in (Stance.DENIED, Stance.ALLEGED) for member in self.members)

    @property
    def denied(self) -> bool:
        """Whether one of its tellings denies it."""
        return any(member.claim.stance is Stance.DENIED for member in self.members)


def _narrowed(window: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """What two windows share; the first where they share nothing."""
    if window is None or other is None:
        return window or other
    low, high = max(window[0], other[0]), min(window[1], other[1])
    return (low, high) if low <= high else window


def placed(group: Group, where: Where) -> Nearness:
    """How a place stands to those of a group: the best of them, of its towns and bases before its provinces."""
    if not where.exact or not group.places:
        return Nearness.UNKNOWN
    spots = [] if where.wide else [place for place in group.places if not place.wide]
    return max(nearness(where, place) for place in (spots or group.places)[:_KEPT])


def counted(group: Group, amount: Quantity | None) -> int:
    """1 where a count agrees with one of the group's, -1 where it contradicts all of its unit, 0 otherwise."""
    if amount is None or (amount.low is None and amount.high is None):
        return 0
    found = 0
    for other in group.amounts[:_KEPT]:
        if other.unit is not amount.unit:
            continue
        if _agree(amount, other):
            return 1
        if amount.scope is other.scope and amount.unit not in (Unit.OTHER, Unit.COUNTRIES, Unit.SITES):
            found = -1
    return found


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether the bounds of two counts meet, with a twentieth for rounding."""
    low = max(one.low or 0.0, other.low or 0.0)
    high = min(float("inf") if q.high is None else q.high for q in (one, other))
    return low <= high * 1.05


def parties_agree(group: Group, telling: Telling) -> bool:
    """Whether both can be of the same parties: same countries, no two names that exclude one another.

    Soldiers and hired men of one country, or two names, are one force only where they are at the same spot. A fight
    is told from either side.
    """
    mutual = telling.family in MUTUAL
    for number, party in enumerate(telling.sides):
        if party is None:
            continue
        mine, at = group.sides[number], (0 if mutual else number, party.key)
        if mine is not None and mine.key != party.key and not mutual and not _same_fight(group, telling):
            return False
        if mine is not None and mine.key == party.key and mine.diplomats != party.diplomats:
            return False
        if _others(group, telling, party, at) and not _same_spot(group, telling):
            return False
    return True


def _same_fight(group: Group, telling: Telling) -> bool:
    """Whether two tellings of violence at one spot have a party in common, whoever began, or count the same dead."""
    if telling.family is not Kind.ATTACK or placed(group, telling.where) is not Nearness.SAME:
        return False
    mine = {party.key for party in group.sides if party is not None}
    theirs = {party.key for party in telling.sides if party is not None}
    return bool(mine & theirs) or counted(group, telling.amount) > 0


def _others(group: Group, telling: Telling, party: Side, at: tuple[int, str]) -> bool:
    """Whether a party of the same country goes by another name or is of another part of society."""
    names, parts = group.names.get(at, frozenset()), group.parts.get(at, set())
    if names & party.names:
        return False
    if names and party.names:
        return True
    return bool(parts) and party.part not in parts and telling.family not in LOCAL


def _same_spot(group: Group, telling: Telling) -> bool:
    """Whether the place is so exact that another name is another word for the same force."""
    return telling.family in MOVES and placed(group, telling.where) is Nearness.SAME


def spot(places: list[Where]) -> Where:
    """The most exact place of a group."""
    return min(places, key=lambda p: (p.wide, p.reach, sorted(p.words)), default=NOWHERE)
