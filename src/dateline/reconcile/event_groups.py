"""A group of tellings taken for one act so far, and how well another telling fits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.model import Kind, Quantity, Scope, Stance
from dateline.reconcile.event_blocks import LOCAL, MOVES, MUTUAL
from dateline.reconcile.event_places import NOWHERE, Nearness, Where, nearness
from dateline.reconcile.event_tellings import Mode, Phase, Side, Telling

Mark = tuple[int, int]
"""The number of a verdict that keeps claims apart, and the side of it."""

ONCE = frozenset({Kind.EXPULSION, Kind.TERMINATION, Kind.AGREEMENT, Kind.CONSULTATION, Kind.COUP})
"""Acts that the same parties rarely repeat within days: a date that is a little off is a slip, not a second act."""

SPOKEN = frozenset({
    Kind.SUPPORT, Kind.CONCESSION, Kind.REQUEST, Kind.ACCUSATION, Kind.REJECTION, Kind.THREAT, Kind.SANCTION,
})  # fmt: skip
"""Acts done by speaking: known by their day and speaker."""

CLOSE = 3
"""Days between two reports within which a vague telling without a place is taken for the same news."""

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
    names: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)
    sides: tuple[Side | None, Side | None] = (None, None)
    host: str | None = None
    documents: set[str] = field(default_factory=set)
    said: tuple[int, int] | None = None
    phase: Phase | None = None
    marks: set[Mark] = field(default_factory=set)

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
        return any(member.claim.stance is Stance.DENIED for member in self.members)


def _narrowed(window: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """What two windows share; the first where they share nothing."""
    if window is None or other is None:
        return window or other
    low, high = max(window[0], other[0]), min(window[1], other[1])
    return (low, high) if low <= high else window


def placed(group: Group, where: Where) -> Nearness:
    """How a place stands to those of a group: the best of them, unless it is apart from all."""
    if not where.exact or not group.places:
        return Nearness.UNKNOWN
    return max(nearness(where, place) for place in group.places[:_KEPT])


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
        if amount.scope is other.scope:
            found = -1
    return found


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether the bounds of two counts meet, with a twentieth for rounding."""
    low = max(one.low or 0.0, other.low or 0.0)
    high = min(float("inf") if q.high is None else q.high for q in (one, other))
    if one.scope is Scope.TOTAL and other.scope is Scope.PART:
        return False
    return low <= high * 1.05


def parties_agree(group: Group, telling: Telling) -> bool:
    """Whether both can be of the same parties: same countries, no two names that exclude one another."""
    mutual = telling.family in MUTUAL
    for number, party in enumerate(telling.sides):
        if party is None:
            continue
        mine = group.sides[number]
        if not mutual and mine is not None and mine.key != party.key:
            return False
        if mine is not None and mine.key == party.key and mine.diplomats != party.diplomats:
            return False
        if mine is not None and mine.key == party.key and mine.civil != party.civil and telling.family not in LOCAL:
            return False
        names = group.names.get((0 if mutual else number, party.key), frozenset())
        if names and party.names and not names & party.names and not _same_spot(group, telling):
            return False
    return True


def _same_spot(group: Group, telling: Telling) -> bool:
    """Whether day and place are so exact that another name is another word for the same force."""
    if telling.family not in MOVES or not telling.tight or not group.anchored:
        return False
    return placed(group, telling.where) is Nearness.SAME


def fit(group: Group, telling: Telling, marks: Iterable[Mark] = ()) -> float | None:
    """How well a telling fits a group, None where it cannot be of the same act.

    Time is what decides: the windows must meet. Two exact places that differ, counts that contradict one another
    where neither day nor place is exact, a beginning and an end, a series and a single act exclude each other.
    """
    if any((number, 1 - number_side) in group.marks for number, number_side in marks):
        return None
    together = telling.document in group.documents
    if not _times_meet(group, telling, together) or not parties_agree(group, telling):
        return None
    if group.host is not None and telling.host is not None and group.host != telling.host:
        return None
    near, amount = placed(group, telling.where), counted(group, telling.amount)
    exact = group.anchored and telling.tight
    if near is Nearness.APART or _phases_differ(group, telling):
        return None
    if amount < 0 and not (exact and near is Nearness.SAME) and not (together and exact):
        return None
    if not _of_one_number(group, telling, near, amount) or not _enough(group, telling, near, amount):
        return None
    score = 3.0 * exact + float(near) + amount + 1.5 * (together and telling.fresh)
    return score - 0.1 * _reports_apart(group, telling)


def _times_meet(group: Group, telling: Telling, together: bool) -> bool:
    if group.core is None or telling.near is None:
        return together and (group.core is None or telling.fresh)
    low, high = telling.near
    if telling.mode is Mode.PLAN and group.target is not None and telling.target is not None:
        if telling.target[0] > group.target[1] or group.target[0] > telling.target[1]:
            return False
    return low <= group.core[1] and group.core[0] <= high


def _phases_differ(group: Group, telling: Telling) -> bool:
    """A beginning is not an end, unless both are of one day."""
    if group.phase is None or telling.phase is None or group.phase is telling.phase:
        return False
    return not (group.anchored and telling.tight)


def _of_one_number(group: Group, telling: Telling, near: Nearness, amount: int) -> bool:
    """Whether both count one act, or both the same series.

    What left a base over weeks is told of its one departure; flights and deliveries over weeks are no single one.
    """
    if group.total == telling.total:
        return not group.total or amount > 0
    return telling.family is Kind.WITHDRAWAL and near is Nearness.SAME


def _enough(group: Group, telling: Telling, near: Nearness, amount: int) -> bool:
    """Whether enough is said for two reports to be joined: of attacks the place or the count, of words the day."""
    if telling.document in group.documents:
        return True
    if telling.family is Kind.ATTACK:
        return near > 0 or amount > 0 or (near is Nearness.UNKNOWN and _named_alike(group, telling))
    if telling.family in SPOKEN and telling.sides[1] is None:
        return telling.tight and group.anchored and _named_alike(group, telling)
    exact = telling.tight and group.anchored
    return exact or near > 0 or not telling.fresh or _reports_apart(group, telling) <= CLOSE


def _named_alike(group: Group, telling: Telling) -> bool:
    """Whether a proper name of a party is the same."""
    if not (telling.tight and group.anchored):
        return False
    return any(
        party is not None and group.names.get((number, party.key), frozenset()) & party.names
        for number, party in enumerate(telling.sides)
    )


def _reports_apart(group: Group, telling: Telling) -> int:
    """Days from the telling's report to the nearest end of the span of the group's reports, at most 30."""
    if group.said is None or telling.said is None:
        return CLOSE + 1
    low, high = group.said
    return min(30, max(0, low - telling.said, telling.said - high))


def spot(places: list[Where]) -> Where:
    """The most exact place of a group."""
    return min(places, key=lambda p: (p.wide, p.reach, sorted(p.words)), default=NOWHERE)
