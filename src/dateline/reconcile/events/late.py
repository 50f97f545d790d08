"""Second looks at groups: dates that are a day off, acts recalled without a date, plans repeated, denials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.model import Kind, Stance
from dateline.reconcile.events.blocks import LOCAL, MOVES
from dateline.reconcile.events.board import MOST, Board
from dateline.reconcile.events.fit import one_sided
from dateline.reconcile.events.groups import ONCE, SPOKEN, Group, Mark, counted, parties_agree, placed
from dateline.reconcile.events.places import Nearness
from dateline.reconcile.events.tellings import Telling
from dateline.reconcile.events.windows import NEWS, Mode

LONGEST = 120
"""Days that one controversy lasts from its first to its last word, and within which a plan is repeated."""

STILL = 62
"""Days within which a denial answers what was alleged or denied before."""

ANSWERED = 31
"""Days within which a denial answers what is asserted."""

SLIP = 75
"""Days by which the date of an act that happens once may be wrong in a later report when nothing else fits."""

RECALLED = 5 * 366
"""Days for which an act is recalled without its date."""

RARE = frozenset({Kind.EXPULSION, Kind.TERMINATION, Kind.COUP})
"""Acts that happen once between the same parties, or nearly."""


def compatible(group: Group, telling: Telling, marks: Iterable[Mark] = ()) -> bool:
    """Whether nothing but time keeps a telling from a group."""
    if any((number, 1 - mine) in group.marks for number, mine in marks):
        return False
    if group.host is not None and telling.host is not None and group.host != telling.host:
        return False
    return parties_agree(group, telling) and placed(group, telling.where) is not Nearness.APART


def join_slips(board: Board) -> None:
    """Join groups whose dates are a day or two off where all else says that the act is one.

    Thursday and Friday by time zone, the landing and its report. Never where one report tells both.
    """
    lists: dict[str, list[Group]] = defaultdict(list)
    for group in sorted((g for g in board.groups if g.anchored and g.members), key=_by_day):
        for key in _slip_keys(group):
            lists[key].append(group)
    for key in sorted(lists):
        listed = lists[key]
        for at, group in enumerate(listed):
            for other in listed[at + 1 : at + 5]:
                if group.members and other.members and group is not other and _slipped(group, other):
                    _merge(board, group, other)


def _by_day(group: Group) -> tuple[int, int, str]:
    low, high = group.core or (0, 0)
    return (low, high, min(member.id for member in group.members))


def _slip_keys(group: Group) -> list[str]:
    if group.family in ONCE:
        return ["all"]
    keys = {word for where in group.places for word in where.words}
    keys |= {f"{amount.unit}:{amount.low}:{amount.high}" for amount in group.amounts}
    return sorted(keys)


def _slipped(one: Group, other: Group) -> bool:
    if one.core is None or other.core is None or one.total or other.total:
        return False
    apart = max(one.core[0], other.core[0]) - min(one.core[1], other.core[1])
    if not 0 < apart <= (2 if one.family in ONCE else 1) or one.documents & other.documents:
        return False
    if one.phase is not other.phase and None not in (one.phase, other.phase):
        return False
    near, amount = _between(one, other)
    if near is Nearness.APART or amount < 0 or not all(compatible(one, member) for member in other.members):
        return False
    if one.family in ONCE:
        return not any(one_sided(m) for m in other.members) or bool(one.speakers & other.speakers)
    if one.family in LOCAL:
        return near is Nearness.SAME and amount > 0
    if one.family in SPOKEN:
        return False
    return near is Nearness.SAME or amount > 0


def _between(one: Group, other: Group) -> tuple[Nearness, int]:
    near = max((placed(one, where) for where in other.places), default=Nearness.UNKNOWN)
    amounts = [counted(one, amount) for amount in other.amounts]
    return near, (max(amounts) if amounts and max(amounts) > 0 else min(amounts, default=0))


def _merge(board: Board, one: Group, other: Group) -> Group:
    """All tellings in the group of more reports, the earlier of equals; the other is left empty."""
    if any((number, 1 - mine) in one.marks for number, mine in other.marks):
        return one
    keep, drop = (one, other) if len(one.documents) >= len(other.documents) else (other, one)
    marks, members = drop.marks, drop.members
    drop.members = []
    for member in members:
        board.take(keep, member, ())
    keep.marks |= marks
    return keep


def standing_plan(board: Board, telling: Telling, marks: Iterable[Mark]) -> Group | None:
    """The newest earlier announcement that a telling of a plan repeats: of the same date, count, or whole departure."""
    if telling.said is None or telling.mode is not Mode.PLAN:
        return None
    for group in reversed(board.groups[-MOST:]):
        if not group.members or group.said is None or not 0 <= telling.said - group.said[0] <= LONGEST:
            continue
        if compatible(group, telling, marks) and _same_plan(group, telling):
            return group
    return None


def _same_plan(group: Group, telling: Telling) -> bool:
    alike = telling.where.exact == bool(group.places) or placed(group, telling.where) is Nearness.SAME
    amount = counted(group, telling.amount)
    if not alike or amount < 0:
        return False
    mine, theirs = group.target, telling.target
    if theirs is not None:
        return mine is not None and abs(mine[1] - theirs[1]) <= 3 and abs(mine[0] - theirs[0]) <= NEWS
    return amount > 0 or telling.family is Kind.WITHDRAWAL


def recalled(board: Board, telling: Telling, marks: Iterable[Mark]) -> Group | None:
    """The one act before the report that a claim without a time can mean; None where there are several."""
    if telling.said is None or telling.family not in MOVES | {Kind.COUP} or len(board.groups) > MOST:
        return None
    found = []
    for group in board.groups:
        if not group.members or group.day is None or not 0 <= telling.said - group.day <= RECALLED:
            continue
        if compatible(group, telling, marks) and counted(group, telling.amount) >= 0:
            found.append(group)
    same = [group for group in found if placed(group, telling.where) is Nearness.SAME]
    told = [group for group in found if len(group.documents) > 1 and telling.document not in group.documents]
    for choice in (same, told, found):
        if len(choice) == 1:
            return choice[0] if choice is same or telling.document not in choice[0].documents else None
    return None


def settle_recalled(board: Board) -> None:
    """Join what is only recalled, with a date that fits no news of it, to the one act it can mean.

    "Last month" copied a month later, "in April" for March: of acts that happen once between two parties.
    """
    listed = sorted((g for g in board.groups if g.members and g.core is not None), key=_by_day)
    if not listed or listed[0].family not in RARE:
        return
    for group in [g for g in listed if not g.fresh]:
        near = [other for other in _around(listed, group) if other.fresh or len(other.documents) > len(group.documents)]
        if near and group.members:
            best = min(near, key=lambda other: (not other.fresh, _gap(other, group), _by_day(other)))
            if all(compatible(best, member) for member in group.members):
                _merge(board, best, group)


def _around(listed: Sequence[Group], group: Group) -> Iterator[Group]:
    """Groups that are at most as far off as a wrong date can be, the nearest in order of day first."""
    at = listed.index(group)
    slip = NEWS if group.anchored else SLIP
    for other in (*reversed(listed[max(0, at - MOST) : at]), *listed[at + 1 : at + MOST]):
        if other.members and _gap(other, group) <= slip:
            yield other


def _gap(one: Group, other: Group) -> int:
    if one.core is None or other.core is None:
        return SLIP + 1
    return max(0, max(one.core[0], other.core[0]) - min(one.core[1], other.core[1]))


def answer(board: Board, denials: Iterable[Telling], marks: Mapping[str, frozenset[Mark]]) -> None:
    """Denials that forces are there, to what they deny.

    A denial is of a state, whenever it is said: it answers every allegation and denial of the same force in the two
    months before it, else what is asserted of the month before it, else it is a matter of its own.
    """
    for telling in sorted(denials, key=lambda t: (_said(t), t.id)):
        mine = marks.get(telling.id, frozenset())
        open_matters = [group for group in _open(board, telling) if compatible(group, telling, mine)]
        disputed = [group for group in open_matters if group.contested]
        if disputed:
            keep = disputed[0]
            for other in disputed[1:]:
                if _merges(keep, other):
                    keep = _merge(board, keep, other)
            board.take(keep, telling, mine)
            continue
        asserted = [group for group in open_matters if _answers(group, telling)]
        if asserted:
            board.take(max(asserted, key=_by_day), telling, mine)
        else:
            board.open(telling, mine)


def _said(telling: Telling) -> int:
    return telling.stated[1] if telling.stated is not None else telling.said or 0


def _open(board: Board, telling: Telling) -> list[Group]:
    """Groups that a denial can answer, the oldest first."""
    at = _said(telling)
    found = []
    for group in board.groups[-4 * MOST :]:
        days = [_said(member) for member in group.members]
        if not days or not min(days) - 1 <= at <= min(days) + LONGEST or at - max(days) > STILL:
            continue
        if _same_force(group, telling):
            found.append(group)
    return sorted(found, key=_by_day)


def _same_force(group: Group, telling: Telling) -> bool:
    """Whether a denied force is the one told of: by name, or of the same part, hired or of the state."""
    mine, theirs = group.sides[0], telling.sides[0]
    if mine is None or theirs is None:
        return False
    names = group.names.get((0, theirs.key), frozenset())
    return bool(names & theirs.names) or theirs.part in group.parts.get((0, theirs.key), ())


def _answers(group: Group, telling: Telling) -> bool:
    at = _said(telling)
    asserted = [_said(m) for m in group.members if m.claim.stance is not Stance.DENIED]
    return bool(asserted) and at - max(asserted) <= ANSWERED


def _merges(one: Group, other: Group) -> bool:
    return all(compatible(one, member) for member in other.members)
