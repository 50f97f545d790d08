"""How well a telling fits a group: what must agree, what is tolerated, what tells two acts apart."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Kind
from dateline.reconcile.events.blocks import LOCAL, MOVES, MUTUAL
from dateline.reconcile.events.groups import ONCE, SPOKEN, Group, Mark, counted, parties_agree, placed
from dateline.reconcile.events.places import Nearness
from dateline.reconcile.events.tellings import Telling
from dateline.reconcile.events.windows import NEWS, Mode

CLOSE = 3
"""Days between two reports within which a vague telling without a place is taken for the same news."""

EDGE = 0.2
"""Part of the shorter of two vague windows that they must share: those that touch at an edge tell of two acts."""

MANY = 10
"""Counts below agree by chance."""

HEAD = 200
"""Characters within which headline and first sentence, which tell of one thing, begin."""

_FIRST = 6
"""Members of a group whose words are compared with those of a telling."""


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
    mine, theirs = group.target, telling.target
    if mine is not None and theirs is not None and (theirs[0] > mine[1] or mine[0] > theirs[1]):
        return False
    shared = min(telling.near[1], group.core[1]) - max(telling.near[0], group.core[0]) + 1
    return shared > EDGE * min(telling.near[1] - telling.near[0], group.core[1] - group.core[0])


def _exact(group: Group, telling: Telling) -> bool:
    """Whether both date the act to the same few days."""
    if telling.mode is Mode.PLAN and (telling.target is not None or group.target is not None):
        return telling.target == group.target
    return (group.anchored and telling.tight) or _one_window(group, telling)


def _one_window(group: Group, telling: Telling) -> bool:
    """Whether another telling gives nearly the same few days."""
    stated = telling.stated
    if stated is None or stated[1] - stated[0] > NEWS:
        return False
    return any(_mostly_same(window, stated) for window in group.windows)


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
    if family in LOCAL and family is not Kind.COUP:
        return _same_incident(group, telling, near, amount)
    if one_sided(telling):
        return bool(telling.speakers & group.speakers) and _reports_apart(group, telling) <= 1
    if telling.document in group.documents or exact or near > 0:
        return True
    if not telling.fresh or not group.fresh or _reports_apart(group, telling) <= CLOSE:
        return True
    return _one_window(group, telling)


def one_sided(telling: Telling) -> bool:
    """Whether it tells of words or dealings without saying with whom: then only their speaker and day are known."""
    actor, other = telling.sides
    if telling.family not in SPOKEN and telling.family not in MUTUAL:
        return False
    return other is None and (actor is None or "+" not in actor.key)


def _same_incident(group: Group, telling: Telling, near: Nearness, amount: int) -> bool:
    """Whether violence, arrests or a march are of one place, of one name and day, or of one count.

    Too many are told in one country for its name to be enough; small counts agree by chance.
    """
    exact = telling.tight and group.anchored
    if near is Nearness.SAME or (near is Nearness.WITHIN and exact):
        return True
    if amount > 0 and (exact or _telling_count(telling) or telling.document in group.documents):
        return True
    return (exact and _named_alike(group, telling)) or _same_words(group, telling) or _both_lead(group, telling)


def _telling_count(telling: Telling) -> bool:
    """Whether a count is large and closed enough that another report's equal count is no chance."""
    amount = telling.amount
    if amount is None or amount.low is None or amount.high is None:
        return False
    return amount.low >= MANY and amount.high <= amount.low * 1.1


def _both_lead(group: Group, telling: Telling) -> bool:
    """Whether one is the headline of a report and the other its first sentence."""
    return any(
        member.document == telling.document
        and min(member.starts, telling.starts) == 0
        and max(member.starts, telling.starts) < HEAD
        for member in group.members[:_FIRST]
    )


def _same_words(group: Group, telling: Telling) -> bool:
    """Whether the words that show them overlap in the same report (killed and wounded of one sentence)."""
    return any(
        member.document == telling.document and one.start < other.end and other.start < one.end
        for member in group.members[:_FIRST]
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
