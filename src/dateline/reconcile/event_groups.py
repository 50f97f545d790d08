"""A group of tellings taken for one act so far, and how well another telling fits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.model import Kind, Quantity, Stance, Unit
from dateline.reconcile.event_blocks import LOCAL, MOVES, MUTUAL
from dateline.reconcile.event_places import NOWHERE, Nearness, Where, nearness
from dateline.reconcile.event_tellings import NEWS, Mode, Phase, Side, Telling

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

EDGE = 0.2
"""Part of the shorter of two vague windows that they must share: those that touch at an edge tell of two acts."""

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
        if telling.stated is not None and telling.near == telling.stated and telling.stated[1] - telling.stated[0] <= NEWS:
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

    Soldiers and hired men of one country, or two names, are one force only where they are at the same spot.
    """
    mutual = telling.family in MUTUAL
    for number, party in enumerate(telling.sides):
        if party is None:
            continue
        mine, at = group.sides[number], (0 if mutual else number, party.key)
        if mine is not None and mine.key != party.key and not mutual:
            return False
        if mine is not None and mine.key == party.key and mine.diplomats != party.diplomats:
            return False
        if _others(group, telling, party, at) and not _same_spot(group, telling):
            return False
    return True


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


def fit(group: Group, telling: Telling, marks: Iterable[Mark] = ()) -> float | None:
    """How well a telling fits a group, None where it cannot be of the same act.

    Time is what decides: the windows must meet. Two exact places that differ, counts that contradict one another
    where neither day nor place is exact, a beginning and an end, a series and a single act exclude each other.
    """
    if any((number, 1 - number_side) in group.marks for number, number_side in marks):
        return None
    if not _times_meet(group, telling) or not parties_agree(group, telling):
        return None
    if group.host is not None and telling.host is not None and group.host != telling.host:
        return None
    near, amount = placed(group, telling.where), counted(group, telling.amount)
    if near is Nearness.APART or _phases_differ(group, telling) or not _of_one_number(group, telling, near, amount):
        return None
    exact, together = _exact(group, telling), telling.document in group.documents
    if amount < 0 and not _rival_counts(group, telling, near, exact):
        return None
    if not _enough(group, telling, near, amount):
        return None
    score = 3.0 * exact + float(near) + amount + 1.5 * (together and telling.fresh)
    if telling.fresh and group.fresh:
        as_vague = not telling.where.exact and not group.places and not group.anchored
        return score + 0.6 * as_vague - 0.1 * _reports_apart(group, telling)
    return score + _holds(telling.near, group.core)


def _holds(window: tuple[int, int] | None, core: tuple[int, int] | None) -> bool:
    """Whether the time of a telling holds the whole of an act's."""
    return window is not None and core is not None and window[0] <= core[0] and core[1] <= window[1]


def _times_meet(group: Group, telling: Telling) -> bool:
    if group.core is None or telling.near is None:
        return telling.document in group.documents and (group.core is None or telling.fresh)
    if telling.mode is Mode.PLAN and group.target is not None and telling.target is not None:
        if telling.target[0] > group.target[1] or group.target[0] > telling.target[1]:
            return False
    shared = min(telling.near[1], group.core[1]) - max(telling.near[0], group.core[0]) + 1
    return shared > EDGE * min(telling.near[1] - telling.near[0], group.core[1] - group.core[0])


def _exact(group: Group, telling: Telling) -> bool:
    """Whether both date the act to the same few days."""
    if telling.mode is Mode.PLAN:
        return telling.target is not None and telling.target == group.target
    return (group.anchored and telling.tight) or (telling.stated is not None and telling.stated in group.windows)


def _rival_counts(group: Group, telling: Telling, near: Nearness, exact: bool) -> bool:
    """Whether a day or spot is so exact that two counts that differ are two counts of one act."""
    if telling.family is Kind.WITHDRAWAL and near is Nearness.SAME and group.anchored and _spans(telling):
        return True
    one_report = telling.family in MOVES and telling.document in group.documents
    once = telling.family in ONCE or telling.mode is Mode.PLAN or one_report
    return exact and (near is Nearness.SAME or once)


def _spans(telling: Telling) -> bool:
    """Whether its count is of a span of weeks."""
    return telling.stated is not None and telling.stated[1] - telling.stated[0] > NEWS


def _phases_differ(group: Group, telling: Telling) -> bool:
    """A beginning is not an end, unless both are of one day."""
    if group.phase is None or telling.phase is None or group.phase is telling.phase:
        return False
    return not (group.anchored and telling.tight)


def _of_one_number(group: Group, telling: Telling, near: Nearness, amount: int) -> bool:
    """Whether both count one act, or both the same series.

    What left a base over weeks is told of its one departure; flights and deliveries over weeks are no single one.
    """
    if group.total and telling.total:
        return amount > 0 and _mostly_same(group.core, telling.near)
    return group.total == telling.total or (telling.family is Kind.WITHDRAWAL and near is Nearness.SAME)


def _mostly_same(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    """Whether two windows share at least half of their union."""
    if one is None or other is None:
        return one == other
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return 2 * shared >= max(one[1], other[1]) - min(one[0], other[0]) + 1


def _enough(group: Group, telling: Telling, near: Nearness, amount: int) -> bool:
    """Whether enough is said to join two tellings: of attacks the place or count, of words the day and speaker."""
    family, exact = telling.family, telling.tight and group.anchored
    if family is Kind.ATTACK:
        return near > 0 or amount > 0 or (exact and _named_alike(group, telling)) or _same_words(group, telling)
    if (family in SPOKEN or family in MUTUAL) and telling.sides[1] is None and "+" not in _key(telling):
        return bool(telling.speakers & group.speakers) and _reports_apart(group, telling) <= 1
    if telling.document in group.documents or exact or near > 0:
        return True
    if not telling.fresh or not group.fresh or _reports_apart(group, telling) <= CLOSE:
        return True
    return telling.stated is not None and telling.stated in group.windows


def _key(telling: Telling) -> str:
    side = telling.sides[0]
    return "" if side is None else side.key


def _same_words(group: Group, telling: Telling) -> bool:
    """Whether the words that show them overlap in the same report (killed and wounded of one sentence)."""
    return any(
        member.document == telling.document and one.start < other.end and other.start < one.end
        for member in group.members[:_KEPT]
        for one in member.claim.evidence
        for other in telling.claim.evidence
    )


def _named_alike(group: Group, telling: Telling) -> bool:
    """Whether a proper name of a party is the same."""
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
